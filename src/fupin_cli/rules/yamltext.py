"""YAML read strictly: every scalar is text with its place, and nothing clever is allowed.

YAML's own reading turns ``no`` into False, ``010`` into 8 and lets the last of two equal keys win. A pack is law: what was
written is what counts, so scalars stay text, and duplicate keys, aliases and tags are refused with their line.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from fupin_cli.errors import PackRefused

#: libyaml where PyYAML was built with it: the same events and places, ten times faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTES = ("'", '"')
Data = str | list["Data"] | dict[str, "Data"]
Where = tuple[str | int, ...]

_MAX_BYTES, _MAX_DEPTH = 1_000_000, 12


@dataclass(frozen=True)
class Spot:
    """A place in a file, 1-based."""

    line: int
    column: int
    #: A scalar as it stands in the file, quotes and line breaks included, so that a place inside it can be named.
    raw: str = ""


@dataclass(frozen=True)
class Place:
    """A place in a file that people are sent to, 1-based."""

    file: str
    line: int
    column: int


@dataclass
class YamlText:
    """A YAML file as plain data, and where each part of it stands."""

    file: str
    data: Data
    #: Path of keys and indexes → place of the value.
    values: dict[Where, Spot] = field(default_factory=dict)
    #: Path → place of the key itself.
    keys: dict[Where, Spot] = field(default_factory=dict)

    def spot(self, where: Where, *, key: bool = False) -> Spot:
        """The place of a value (or its key); of the nearest enclosing part where the part itself is missing."""
        table = self.keys if key else self.values
        for length in range(len(where), -1, -1):
            if where[:length] in table:
                return table[where[:length]]
        return Spot(1, 1)

    def place(self, where: Where, *, key: bool = False, offset: int = 0) -> Place:
        """Line and column of a part of this file; ``offset`` counts characters into a scalar."""
        spot = self.spot(where, key=key)
        line, column = spot.line, spot.column
        if spot.raw and not key and (offset or spot.raw[0] in "|>"):
            text = self.data
            for part in where:
                text = text[part]  # type: ignore[index]  # the path was walked when the file was read
            column -= spot.raw[0] in _QUOTES
            before = spot.raw[: _raw_offset(spot.raw, str(text), offset)]
            line += before.count("\n")
            column = len(before) - before.rfind("\n") if "\n" in before else column + len(before)
        return Place(self.file, line, column)

    def refuse(self, code: str, where: Where, *, key: bool = False, offset: int = 0, **facts: object) -> PackRefused:
        """An error at a place of this file."""
        place = self.place(where, key=key, offset=offset)
        return PackRefused(code, file=place.file, line=place.line, column=place.column, **facts)


def _raw_offset(raw: str, text: str, offset: int) -> int:
    """Where a character of a scalar's text stands in the scalar as written: folding changes nothing but blanks."""
    wanted = sum(not character.isspace() for character in text[:offset])
    skipped = raw.index("\n") if raw[:1] in ("|", ">") else 0
    quoted = raw[:1] == "'"
    seen, place = 0, skipped + (1 if raw[:1] in ("'", '"') else 0)
    while place < len(raw) and (seen < wanted or raw[place].isspace()):
        seen += not raw[place].isspace()
        place += 2 if quoted and raw.startswith("''", place) else 1
    return place


def read_yaml(path: Path, shown: str, most: int = _MAX_BYTES) -> YamlText:
    """Read one file, of so many bytes at most. ``shown`` is the name that errors use.

    Raises:
        PackRefused: too large or deep, not UTF-8, not YAML, a duplicate key, an alias, a tag.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise PackRefused("pack-file-unreadable", file=shown, line=1, column=1) from None
    if len(raw) > most:
        raise PackRefused("pack-file-too-large", file=shown, line=1, column=1)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        _refuse_cleverness(text, shown)
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "ignore")) + 1
        raise PackRefused("pack-not-utf8", file=shown, line=line, column=column) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        if isinstance(error, yaml.reader.ReaderError):
            # A character that YAML does not allow: told by its position in the text alone.
            line = text.encode()[: error.position].count(b"\n") + 1
        raise PackRefused("pack-not-yaml", file=shown, line=line, column=column) from None
    document = YamlText(shown, "")
    if root is not None:
        document.data = _walk(document, root, (), text.split("\n"))
    return document


def _refuse_cleverness(text: str, shown: str) -> None:
    """Aliases and tags are refused on the event stream, before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        place = {"file": shown, "line": line, "column": column}
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise PackRefused("pack-yaml-alias", **place)
        if getattr(event, "tag", None):
            raise PackRefused("pack-yaml-tag", **place)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                raise PackRefused("pack-yaml-deep", **place)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _walk(document: YamlText, node: yaml.Node, where: Where, lines: list[str]) -> Data:
    mark = node.start_mark
    if isinstance(node, yaml.ScalarNode):
        end = node.end_mark
        written = lines[mark.line : end.line + 1]
        if written:
            written[-1] = written[-1][: end.column]
            written[0] = written[0][mark.column :]
        raw = "\n".join(written)
        document.values[where] = Spot(mark.line + 1, mark.column + 1 + (raw[:1] in _QUOTES), raw)
        return str(node.value)
    document.values[where] = Spot(mark.line + 1, mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(document, item, (*where, index), lines) for index, item in enumerate(node.value)]
    result: dict[str, Data] = {}
    for key_node, value_node in node.value:
        place = Spot(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise PackRefused("pack-yaml-key", file=document.file, line=place.line, column=place.column)
        key = str(key_node.value)
        if key in result:
            raise PackRefused("pack-yaml-duplicate", file=document.file, line=place.line, column=place.column, key=key)
        document.keys[(*where, key)] = place
        result[key] = _walk(document, value_node, (*where, key), lines)
    return result
