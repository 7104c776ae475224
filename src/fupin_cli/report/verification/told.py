"""Findings in words fit for a log that many people read: who is meant by number and cell, never by name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.run import Result
from fupin_cli.model.tables import TABLES, named
from fupin_cli.model.verification import Found, views_of
from fupin_cli.model.view import Value
from fupin_cli.report.ci.bulletin import Told
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words

#: Fields by which somebody in the village would know who is meant, beside those that are sensitive by themselves.
_TELLING = {TABLES["household"].NAME, TABLES["person"].NAME, "address", "workplace", "employer"}
#: In place of what is not told.
HIDDEN = "****"
#: Of these tables one row is called otherwise than many.
_NOUNS = {"household": "ci-household", "person": "ci-person"}
#: The reader knew what is meant, so what stands there is nearly a code, and no name.
_NEAR = "-near"
#: Digits, signs, single letters (an O for a 0), units and words of measure.
_FIGURE = re.compile(r"(?:[\d\W_]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[年月日元万千百亿人口户亩公里约左右以上下平方米])*")


def _is_figure(text: str) -> bool:
    """Whether a text is a number or a day with a slip in it: nothing but digits, units and single letters."""
    return any(map(str.isdigit, text)) and _FIGURE.fullmatch(text) is not None


@dataclass(frozen=True)
class DiscreetWords(Words):
    """Speaks of a result where many people listen: names and addresses are left out, whatever is masked beside them."""

    #: The file of which it is clear that it is meant, so that a cell of it needs no path.
    home: int | None = None

    def shown(self, name: str, value: Value) -> Value:
        """What stood in a field, unless it would tell who somebody is."""
        declared = named(name, self.judged.standard.subject)
        if declared is not None and value is not None and declared.name.rpartition(".")[2] in _TELLING:
            return HIDDEN
        return super().shown(name, value)

    def place(self, address: Address) -> str:
        """A cell, with its file where another one is meant than the finding is about."""
        return self.safe(str(address)) if address.input == self.home else super().place(address)

    def problem(self, problem: Problem) -> tuple[str, str]:
        """A problem and its next step. What stands in a cell may be a name in the wrong column, unless it is nearly a number."""
        harmless = not problem.value or not problem.name or problem.code.endswith(_NEAR) or _is_figure(problem.value)
        return super().problem(problem if harmless else replace(problem, value=HIDDEN))


def discreet(result: Result, options: Options) -> DiscreetWords:
    """The words for a report that many people read: masked, whatever was asked for."""
    return DiscreetWords(result, replace(options, mask=True))


def told(words: DiscreetWords, found: Iterable[Found]) -> Iterator[Told]:
    """Each finding in words, one after the other, however many there are."""
    for _, group in groupby(found, lambda one: (id(one.judged), one.check)):
        same = list(group)
        judged = same[0].judged
        if judged is None:
            yield from (_problem(words, one) for one in same)
            continue
        about = replace(words, about=judged)
        table = noun(words, judged.standard.subject)
        views = views_of(judged, same[0].check, [one.index for one in same])
        for one, (_, check) in zip(same, views, strict=True):
            own = replace(about, home=one.where.input)
            yield Told(one, who(own, one, table, "" if one.key else own.place(one.where)), own.reason(check))


def who(words: DiscreetWords, found: Found, table: str, place: str) -> str:
    """Which household, member or row is meant: its number, its year, its file, and where that is not clear its cell."""
    year = words.say("year-of", year=found.year) if found.year is not None else ""
    path = words.safe(words.result.inputs[found.where.input].path) if words.result.inputs else ""
    text = " ".join(part for part in (table, words.key(found.key), year, path, place) if part)
    return words.say("ci-who", who=text)


def noun(words: DiscreetWords, table: str) -> str:
    """What one row of a table is called."""
    return words.say(_NOUNS.get(table) or f"table-{table}")


def _problem(words: DiscreetWords, found: Found) -> Told:
    """What could not be read, at its cell."""
    problem = found.problem
    if problem is None:
        raise AssertionError(found.rule)
    own = replace(words, home=found.where.input)
    message, hint = own.problem(problem)
    if problem.where is None:
        return Told(found, "", message, hint, words.say("hint-prefix", text=hint) if hint else "")
    table = noun(words, problem.table) if found.key else ""
    known = who(own, found, table, own.place(found.where))
    return Told(found, known, message, hint, words.say("hint-prefix", text=hint) if hint else "")
