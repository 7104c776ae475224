"""What every page about packs says in the same way: where a part comes from, which clause it rests on, what a number is."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from fupin_cli.messages import Lang, say
from fupin_cli.model.cited import Citation
from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.report.numbers import parameter_text
from fupin_cli.report.packs.blocks import Cell, Line
from fupin_cli.rules.lineage import Lineage, Source


def source_line(source: Source, kin: Lineage, lang: Lang) -> Line | None:
    """Where a part comes from; nothing where a pack inherits nothing."""
    if kin.parent is None:
        return None
    return Line(say(f"source-{source.how}", lang, pack=source.pack), "strong" if source.how == "replaces" else "quiet")


def cited(cite: Citation, lang: Lang) -> list[Line]:
    """The words of a clause, and where they stand."""
    quote = Line(say("cond-text", lang, text=cite.quote))
    return [quote, Line(say("pack-clause", lang, document=cite.document, clause=cite.clause), "quiet")]


def basis(cite: Citation | None, origin: str | None, lang: Lang) -> Cell:
    """What a number rests on: a clause, or the word that nobody has confirmed it."""
    lines = cited(cite, lang) if cite is not None else [Line(say("pack-unconfirmed", lang), "open")]
    return [*lines, Line(say("rules-origin", lang, origin=origin), "quiet")] if origin is not None else lines


def ended(parameter: Parameter) -> Iterator[tuple[DatedValue, date | None]]:
    """The values of a parameter in the order of their dates, each with its last day: a value holds until the next one starts."""
    for where in dict.fromkeys(value.where for value in parameter.values):
        dated = sorted((value for value in parameter.values if value.where == where), key=lambda value: value.start)
        for value, following in pairwise([*dated, None]):
            if value is not None:
                yield value, value.end or (following.start - timedelta(days=1) if following is not None else None)


def amount(value: DatedValue, parameter: Parameter, lang: Lang) -> str:
    """A value with its unit; a list has none."""
    text = parameter_text(value.content)
    return text if parameter.is_list else f"{text} {say(f'unit-{parameter.unit}', lang)}"
