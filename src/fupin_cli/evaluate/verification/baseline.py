"""Findings that were accepted before: compared with those of a run, and put together to be written down again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from os.path import relpath
from pathlib import Path

from fupin_cli.errors import PackRefused
from fupin_cli.evaluate.verification.gone import told_apart
from fupin_cli.model.baseline import Acceptance, Accepted, BaselineFinding, BaselineState, Renewed, Terms
from fupin_cli.model.run import Result
from fupin_cli.model.verification import Found


def compared(
    found: Sequence[Found], result: Result, known: Sequence[Accepted], terms: Terms
) -> tuple[list[Found], BaselineState | None]:
    """The findings, of which those that are accepted say so, and what has become of the entries of the baseline.

    Raises:
        PackRefused: an entry names another rule or year than the finding that it accepts.
    """
    path, today = terms.baseline or terms.write, terms.today
    if path is None or today is None:
        return [*found], None
    entries = {one.fingerprint: one for one in known}
    used: dict[str, Accepted] = {}
    expired: dict[str, Accepted] = {}
    unfilled: dict[str, Accepted] = {}
    told: list[Found] = []
    for one in found:
        entry = entries.get(one.fingerprint)
        if entry is None:
            told.append(one)
            continue
        _refuse_other(entry, one)
        if entry.holds_on(today):
            used[one.fingerprint] = entry
            told.append(replace(one, accepted=entry))
            continue
        (expired if entry.is_filled else unfilled)[one.fingerprint] = entry
        told.append(one)
    gone = [one for one in known if not (one.fingerprint in used or one.fingerprint in expired or one.fingerprint in unfilled)]
    vanished, unseen = told_apart(gone, result)
    return told, BaselineState(path, today, [*used.values()], [*expired.values()], vanished, unseen, [*unfilled.values()])


def _refuse_other(entry: Accepted, found: Found) -> None:
    if (entry.rule, entry.year) != (found.rule, found.year):
        facts = {"rule": found.rule, "year": found.year or ""}
        raise PackRefused("baseline-other-finding", file=entry.file, line=entry.line, column=entry.column, **facts)


def renewed(found: Sequence[Found], result: Result, state: BaselineState, wanted: Iterable[Found], target: str) -> Renewed:
    """The baseline as it is to be written to ``target``.

    What was accepted before and is found again keeps who, why and until when, also where the day has passed: nobody is made to
    accept anything again without knowing. What this run has not looked at is kept as it stands. ``wanted`` are the findings that
    would make a run fail; those of them that are new stand in a group of their own, with blanks to fill in.
    """
    kept = [*state.used, *state.expired, *state.unfilled]
    old = {one.fingerprint: one for one in (*kept, *state.unseen)}
    groups: dict[tuple[str, str, str], list[BaselineFinding]] = {_signed(one): [] for one in _in_order(old.values())}
    for one in state.unseen:
        groups[_signed(one)].append(_again(one))
    blank = ("", "", "")
    new = {one.fingerprint for one in wanted} - old.keys()
    for found_one in found:
        entry = old.get(found_one.fingerprint)
        if entry is not None:
            groups[_signed(entry)].append(_written(found_one, result, target))
        elif found_one.fingerprint in new:
            groups.setdefault(blank, []).append(_written(found_one, result, target))
    # What is to be filled in comes last.
    ordered = [signed for signed in groups if signed != blank] + [signed for signed in groups if signed == blank]
    acceptances = [
        Acceptance(who=who, why=why, until=until, findings=tuple(sorted(groups[who, why, until], key=_place)))
        for who, why, until in ordered
    ]
    return Renewed(acceptances, len(old), len(new), state.vanished)


def _in_order(entries: Iterable[Accepted]) -> list[Accepted]:
    return sorted(entries, key=lambda one: (one.file, one.line))


def _signed(one: Accepted) -> tuple[str, str, str]:
    return one.who, one.why, one.until.isoformat() if one.until is not None else ""


def _again(one: Accepted) -> BaselineFinding:
    return BaselineFinding(rule=one.rule, year=one.year, subject=one.subject, where=one.where, fingerprint=one.fingerprint)


def _written(found: Found, result: Result, target: str) -> BaselineFinding:
    row = found.where
    # The cell in the subject's own row that the rule looked at first, where it looked at one.
    cell = next((one for one in found.cells if (one.input, one.sheet, one.row) == (row.input, row.sheet, row.row)), row)
    where = f"{_path(result.inputs[row.input].path, target)} {cell}".strip()
    return BaselineFinding(rule=found.rule, year=found.year, subject=found.key, where=where, fingerprint=found.fingerprint)


def _path(path: str, target: str) -> str:
    """A file as one finds it from the folder of the baseline, so that it is called the same on every machine."""
    try:
        return Path(relpath(path, Path(target).resolve().parent)).as_posix()
    except ValueError:
        # Another drive.
        return path


def _place(one: BaselineFinding) -> tuple[str, int, str, str]:
    """An order that lasts while rows move, so that a review shows what has changed and nothing else."""
    return one.rule, one.year or 0, one.subject, one.fingerprint
