"""A part of a whole in per cent: never nothing where there is something, never everything where something is left."""

from fractions import Fraction

from fupin_cli.report.numbers import fixed_text


def share_text(count: int, total: int) -> str:
    """The share to a tenth of a per cent; empty of nothing."""
    if not total:
        return ""
    share = Fraction(100 * count, total)
    shown = fixed_text(share, 1)
    if shown == "0.0" and count:
        return "<0.1%"
    if shown == "100.0" and count < total:
        return ">99.9%"
    return f"{shown.removesuffix('.0')}%"
