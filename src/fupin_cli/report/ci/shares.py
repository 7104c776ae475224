"""Which findings are shown where there is room for some only: the same number of every rule, as far as it goes."""

from collections.abc import Sequence

from fupin_cli.model.verification import Found


def shared(found: Sequence[Found], limit: int) -> list[Found]:
    """So many of the findings, in their order: first one of every rule, then a second one, and so on."""
    by_rule: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        by_rule.setdefault(one.rule, []).append(place)
    chosen: list[int] = []
    turn = 0
    while len(chosen) < min(limit, len(found)):
        chosen += [places[turn] for places in by_rule.values() if turn < len(places)][: limit - len(chosen)]
        turn += 1
    return [found[place] for place in sorted(chosen)]


def shared_out(counts: Sequence[int], limit: int) -> list[int]:
    """How many of each kind are shown: the same number of every one, as far as it has them and the limit goes."""
    shares = [0] * len(counts)
    while limit > 0 and shares != list(counts):
        for place, count in enumerate(counts):
            if limit > 0 and shares[place] < count:
                shares[place] += 1
                limit -= 1
    return shares
