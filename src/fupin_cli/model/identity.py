"""Resident identity numbers as GB 11643 defines them: structure and checksum.

The checksum does not prove a number undamaged: one in eleven numbers that a spreadsheet truncated still passes it. Whether a
number is damaged is decided by the kind of its cell, before anything here is asked.
"""

#: Weight of each of the first 17 digits, and the check character for each remainder of their sum by 11.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"

#: 18 characters for a resident; 20 or 22 for a disability certificate, which adds category and grade.
LENGTHS = (18, 20, 22)
#: Registers write this where a person has no number.
NO_NUMBER = "999999"


def checksum_holds(number: str) -> bool:
    """Whether the first 18 characters are 17 digits and the check character that belongs to them."""
    head = number[:17]
    if len(number) < LENGTHS[0] or not (head.isascii() and head.isdigit()):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, head, strict=True))
    return CHECK_CHARACTERS[total % 11] == number[17]
