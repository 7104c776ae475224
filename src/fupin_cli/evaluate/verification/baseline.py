"""Findings that were accepted before: read strictly, compared with those of a run, and written down again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from os.path import relpath
from pathlib import Path

from pydantic import TypeAdapter

from fupin_cli.errors import InputRefused, PackRefused
from fupin_cli.evaluate.verification.gone import told_apart
from fupin_cli.model.baseline import BASELINE, Acceptance, Accepted, BaselineFile, BaselineFinding, BaselineState, Renewed, Terms
from fupin_cli.model.located import place_of
from fupin_cli.model.run import Result
from fupin_cli.model.verification import Found
from fupin_cli.rules.validated import validated
from fupin_cli.rules.yamltext import Where, YamlText, read_yaml

_FILE = TypeAdapter(BaselineFile)
#: Some fifty thousand findings. Whoever has more than that has another task than to accept them one by one.
_MOST_BYTES = 10_000_000
_DIGITS = frozenset("0123456789abcdef")
_LENGTH = 32


def known_before(terms: Terms) -> list[Accepted]:
    """The findings that the files of a run's terms accept; those of the file that is to be written again may be left to fill in.

    Raises:
        FupinError: a file cannot be read, or is no baseline; or there is none, and it is not about to be written.
    """
    filled, target = terms.write is None, terms.write
    known: list[Accepted] = []
    if target is not None and Path(target).exists():
        known += read_baseline(target, filled=False)
    if terms.baseline is not None and not _same(terms.baseline, target):
        told = {one.fingerprint for one in known}
        known += [one for one in read_baseline(terms.baseline, filled=filled) if one.fingerprint not in told]
    return known


def _same(path: str, other: str | None) -> bool:
    return other is not None and Path(path).resolve() == Path(other).resolve()


def read_baseline(path: str, *, filled: bool = True) -> list[Accepted]:
    """The findings that a file accepts, in its order. ``filled``: each must have who, why and until when.

    Raises:
        InputRefused: there is no such file, or nobody can have looked at all that is in it.
        PackRefused: it is no baseline, or an entry is not complete; with line and column.
    """
    file = Path(place_of(path))
    if not file.is_file():
        raise InputRefused("baseline-missing", path=path)
    if Path(path).stat().st_size > _MOST_BYTES:
        raise InputRefused("baseline-too-large", path=path)
    text = read_yaml(file, path, _MOST_BYTES)
    if not isinstance(text.data, dict) or text.data.get("baseline") != BASELINE:
        raise text.refuse("baseline-other-file", ("baseline",), kind=BASELINE)
    found = validated(_FILE, text)
    entries: dict[str, Accepted] = {}
    for group, acceptance in enumerate(found.accepted):
        at: Where = ("accepted", group)
        who, why = (getattr(acceptance, name).strip() for name in ("who", "why"))
        until = _until(text, at, acceptance.until.strip())
        if filled and acceptance.findings:
            _refuse_blank(text, at, {"who": who, "why": why, "until": acceptance.until.strip()})
        for number, one in enumerate(acceptance.findings):
            here: Where = (*at, "findings", number, "fingerprint")
            print_ = one.fingerprint
            for name in ("rule", "fingerprint"):
                if not getattr(one, name):
                    raise text.refuse("baseline-part-missing", (*at, "findings", number, name), name=name)
            if len(print_) != _LENGTH or not _DIGITS.issuperset(print_):
                raise text.refuse("baseline-fingerprint", here)
            if print_ in entries:
                raise text.refuse("baseline-twice", here, first=entries[print_].line)
            spot = text.spot(here)
            entries[print_] = Accepted(
                print_, one.rule, one.year, one.subject, one.where, who, why, until, path, spot.line, spot.column
            )
    return [*entries.values()]


def _until(text: YamlText, at: Where, written: str) -> date | None:
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise text.refuse("pack-date", (*at, "until")) from None
    if found.isoformat() != written:
        # ISO has other spellings, which nobody reads as a day.
        raise text.refuse("pack-date", (*at, "until"))
    return found


def _refuse_blank(text: YamlText, at: Where, parts: Mapping[str, str]) -> None:
    for name, part in parts.items():
        if not part:
            raise text.refuse("baseline-blank", (*at, name), name=name)


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
