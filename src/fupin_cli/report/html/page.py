"""A paper as a web page. Every text is escaped where it stands in a template; only charts, which are ours, stand as they are.

The page says by itself what may run in it: its own style and its own script, known by their hashes. All of it can be read without
the script, which only filters, sorts and folds what is there.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from fupin_cli.messages import say
from fupin_cli.report.charts.draw import svg
from fupin_cli.report.html.listing import Listing, fill
from fupin_cli.report.paper.model import (
    Blanks,
    Chart,
    Facts,
    Grid,
    Lines,
    Paper,
    Part,
    Section,
    Shades,
    Steps,
    Subjects,
    Tiles,
)

#: A page is smaller than this, in bytes.
LIMIT = 3_000_000
#: Of that is kept free for what is said about what was left out.
_SPARE = 40_000
#: Below this many sections nobody needs a list of them.
_CONTENTS = 3


def page(paper: Paper) -> Iterator[str]:
    """The page in pieces; smaller than ``LIMIT``, unless its charts and short tables alone are larger."""
    writer = _Writer(paper)
    body = writer.parts(paper.parts, 2)
    contents = writer.contents if len(writer.contents) >= _CONTENTS else []
    head = writer.template("head")(paper=paper, style=_style(), script=_script(), policy=policy(), contents=contents)
    foot = writer.template("foot")(script=_script())
    fixed = sum(len(piece.encode("utf-8", "replace")) for piece in (head, *body, foot) if isinstance(piece, str))
    fill([piece for piece in body if isinstance(piece, Listing)], LIMIT - _SPARE - fixed)
    yield head
    for piece in body:
        if isinstance(piece, str):
            yield piece
        else:
            yield from piece.pieces()
    yield foot


def policy() -> str:
    """What may run and load in the page: nothing but its own style and script."""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(_style())}'; script-src 'sha256-{_hash(_script())}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@dataclass
class _Writer:
    """Writes the parts of one paper, each under a heading of its own."""

    paper: Paper
    #: Sections of the first level: their ids and titles.
    contents: list[tuple[str, str]] = field(default_factory=list)
    _count: int = 0

    def template(self, name: str) -> partial[str]:
        """A template that knows the language."""
        return partial(_template(name).render, say=partial(_said, self.paper.lang), lang=self.paper.lang)

    def parts(self, parts: Sequence[Part], level: int) -> list[str | Listing]:
        """Parts below each other; charts that follow each other stand side by side."""
        pieces: list[str | Listing] = []
        for charts, group in groupby(parts, lambda part: isinstance(part, Chart)):
            found = [piece for part in group for piece in self._part(part, level)]
            pieces += ['<div class="charts">\n', *found, "</div>\n"] if charts else found
        return pieces

    def _part(self, part: Part, level: int) -> list[str | Listing]:
        self._count += 1
        anchor = f"s{self._count}"
        if level == 2 and part.title and not isinstance(part, Tiles):
            self.contents.append((anchor, part.title))
        write = partial(self._write, anchor=anchor, level=level)
        match part:
            case Section():
                return [write("section", part), *self.parts(part.parts, level + 1), "</section>\n"]
            case Subjects():
                return [self._listing(part, anchor, level)]
            case Chart():
                return [write("chart", part, drawing=Markup(svg(part)))]  # noqa: S704  # drawn and escaped by us
            case Facts():
                return [write("facts", part, groups=_grouped(part))]
            case Tiles() | Lines() | Grid() | Shades() | Steps() | Blanks():
                return [write(type(part).__name__.lower(), part)]
            case _:
                assert_never(part)

    def _write(self, name: str, part: Part, **further: object) -> str:
        return self.template(name)(part=part, **further)

    def _listing(self, part: Subjects, anchor: str, level: int) -> Listing:
        known = {"part": part, "anchor": anchor, "level": level}
        before, row, behind = (partial(self.template(name), **known) for name in ("subjects", "row", "laws"))
        return Listing(part, anchor, before, row, behind)


def _grouped(facts: Facts) -> list[tuple[str, list[str]]]:
    """Facts of one name together."""
    return [(name, [value for _, value in group]) for name, group in groupby(facts.pairs, lambda pair: pair[0])]


def _said(lang: str, code: str, **facts: object) -> str:
    return say(code, "zh" if lang == "zh" else "en", **facts)


@cache
def _environment() -> Environment:
    # Lines of a template that hold only instructions leave no trace, so that a page is small and its source readable.
    return Environment(
        loader=PackageLoader("fupin_cli.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")


@cache
def _style() -> Markup:
    return _own("page.css")


@cache
def _script() -> Markup:
    return _own("page.js")


def _own(name: str) -> Markup:
    """A file of ours that stands in the page as it is."""
    text = files("fupin_cli.report.html").joinpath("templates", name).read_text("utf-8")
    return Markup(text)  # noqa: S704  # a file of ours


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
