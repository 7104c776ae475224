"""A baseline as a file: read strictly, every fault with its line and column."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from fupin_cli.errors import InputRefused
from fupin_cli.model.baseline import BASELINE, Acceptance, Accepted, BaselineFile, Terms
from fupin_cli.model.located import place_of
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
    if file.stat().st_size > _MOST_BYTES:
        raise InputRefused("baseline-too-large", path=path)
    text = read_yaml(file, path, _MOST_BYTES)
    if not isinstance(text.data, dict) or text.data.get("baseline") != BASELINE:
        raise text.refuse("baseline-other-file", ("baseline",), kind=BASELINE)
    entries: dict[str, Accepted] = {}
    for group, acceptance in enumerate(validated(_FILE, text).accepted):
        for where, entry in _entries(text, ("accepted", group), acceptance, filled=filled):
            if entry.fingerprint in entries:
                raise text.refuse("baseline-twice", where, first=entries[entry.fingerprint].line)
            entries[entry.fingerprint] = entry
    return [*entries.values()]


def _entries(text: YamlText, at: Where, acceptance: Acceptance, *, filled: bool) -> Iterator[tuple[Where, Accepted]]:
    """The findings of a group, each with the place of its fingerprint."""
    parts = {name: str(getattr(acceptance, name)).strip() for name in ("who", "why", "until")}
    until = _until(text, at, parts["until"])
    if filled and acceptance.findings:
        _refuse_blank(text, at, parts)
    for number, one in enumerate(acceptance.findings):
        here = (*at, "findings", number)
        for name in ("rule", "fingerprint"):
            if not getattr(one, name):
                raise text.refuse("baseline-part-missing", (*here, name), name=name)
        where = (*here, "fingerprint")
        if len(one.fingerprint) != _LENGTH or not _DIGITS.issuperset(one.fingerprint):
            raise text.refuse("baseline-fingerprint", where)
        spot = text.spot(where)
        told = (one.fingerprint, one.rule, one.year, one.subject, one.where, parts["who"], parts["why"], until)
        yield where, Accepted(*told, text.file, spot.line, spot.column)


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
