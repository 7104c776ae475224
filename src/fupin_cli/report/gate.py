"""Why a run fails, and what became of accepted findings, in words that every format uses."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fupin_cli.errors import FupinError
from fupin_cli.messages import Lang, say
from fupin_cli.model.baseline import Accepted, BaselineState, Gate, Share
from fupin_cli.report.mask import mask, mask_key
from fupin_cli.report.naming import shown_facts, shown_path
from fupin_cli.report.numbers import decimal_text

#: Most refused files that are told of.
_REFUSED = 5


def gate_lines(gate: Gate, lang: Lang) -> list[str]:
    """The reasons why a run fails, one line each, and what was not too much; empty where there is nothing to say."""
    reasons = [
        _share("gate-share", reason.share, lang)
        if reason.share is not None
        else say(f"gate-{reason.kind}", lang, count=reason.count)
        for reason in gate.reasons
    ]
    reasons += refused_lines(gate, lang)
    return reasons + [_share("gate-share-within", share, lang) for share in gate.shares if not share.over]


def refused_lines(gate: Gate, lang: Lang) -> list[str]:
    """The first files that were refused, and why."""
    return [_refused(error, lang) for error in gate.refused[:_REFUSED]]


def _refused(error: FupinError, lang: Lang) -> str:
    return say(error.code, lang, **shown_facts(error.facts))


def gate_line(gate: Gate, lang: Lang) -> str:
    """Whether a run fails, in a word or two."""
    return say("gate-fails" if gate.fails else "gate-passes", lang)


def _share(code: str, share: Share, lang: Lang) -> str:
    return say(code, lang, rule=share.rule, asked=share.asked, broken=share.broken, most=percent_text(share.most))


def percent_text(share: Fraction) -> str:
    """A share as it was asked for: ``0.5%``."""
    return f"{decimal_text(share * 100)}%"


def baseline_line(state: BaselineState, lang: Lang) -> str:
    """What a baseline comes to, in one line."""
    return say(
        "baseline-state",
        lang,
        path=shown_path(state.path),
        today=state.today.isoformat(),
        used=len(state.used),
        expired=len(state.expired),
        vanished=len(state.vanished),
        unseen=len(state.unseen),
    )


def baseline_lines(state: BaselineState, lang: Lang, limit: int = 0) -> Iterator[str]:
    """The entries that somebody has to look at, expired ones first; of each kind so many at most, 0 for all."""
    for code, entries in (("baseline-expired-line", state.expired), ("baseline-vanished-line", state.vanished)):
        for one in _first(entries, limit):
            until = one.until.isoformat() if one.until is not None else ""
            facts = {"rule": one.rule, "subject": mask_key(one.subject), "where": mask(one.where)}
            line = say(code, lang, until=until, who=mask(one.who), **facts)
            yield " ".join(line.split())


def _first(entries: Sequence[Accepted], limit: int) -> Sequence[Accepted]:
    return entries[:limit] if limit else entries
