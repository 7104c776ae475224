"""What tells a finding from others, and lasts from run to run: no path, no row and no value is in it."""

from hashlib import sha256

#: Between the parts of what a fingerprint is made of: it stands in no cell.
JOINT = "\x1f"


def fingerprint(rule: str, year: int | None, *parts: str) -> str:
    """32 hexadecimal digits for a rule, a year, and what its subject is known by."""
    text = JOINT.join((rule, "" if year is None else str(year), *parts))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
