"""An identity number that says what a solution asks of it; nobody's, because its area code does not exist."""

from collections.abc import Sequence
from datetime import date

import z3

from fupin_cli.model import codes
from fupin_cli.model.identity import CHECK_CHARACTERS, WEIGHTS
from fupin_cli.prove.functions import BIRTH, HAS_SEX, REAL_DAY, SEX, VALID

_AREA, _NO_DAY, _MAN = "349900", "19900230", codes.SEX.values[0]


def id_number(model: z3.ModelRef, term: z3.ArithRef, which: int, texts: Sequence[str]) -> str:
    """A number with this checksum, birth date and sex; ``which`` tells several apart."""

    def holds(condition: z3.BoolRef) -> bool:
        return bool(z3.is_true(model.eval(condition, model_completion=True)))

    day = _NO_DAY
    if holds(REAL_DAY(term)):
        day = date.fromordinal(model.eval(BIRTH(term), model_completion=True).as_long()).strftime("%Y%m%d")
    number = model.eval(SEX(term), model_completion=True).as_long() if holds(HAS_SEX(term)) else -1
    # Odd for men.
    sex = 1 if number < 0 or texts[number] == _MAN else 2
    head = f"{_AREA}{day:0>8}{which % 89 + 10}{sex}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, head, strict=True))
    right = CHECK_CHARACTERS[total % 11]
    wrong = next(character for character in CHECK_CHARACTERS if character not in (right, "X"))
    return head + (right if holds(VALID(term)) else wrong)
