"""What reports of every command have in common: the inputs, the problems of reading, places and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.problem import Address, Problem
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.problems import problem_value, problem_words, safe, visible
from fupin_cli.report.unread import unread_line

_SHORT = 12
_SEVERITIES = ("error", "warning", "info")
_COLOURS = {"error": "red", "warning": "yellow", "info": "dim"}
#: Most cells named in one sentence.
_CELLS = 6


@dataclass(frozen=True)
class Page:
    """Speaks of some inputs in one language."""

    inputs: Sequence[InputSummary]
    options: Options

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.options.lang

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def safe(self, text: str) -> str:
        """A text from the data as it may be shown."""
        return safe(text, self.options)

    def place(self, address: Address) -> str:
        """A cell, with its file where there are several."""
        path = self.inputs[address.input].path if len(self.inputs) > 1 else ""
        return visible(f"{path} {self.safe(str(address))}".strip())

    def cells(self, addresses: Sequence[Address], count: int) -> str:
        """The first of ``count`` cells, in parentheses; empty for none."""
        if not addresses:
            return ""
        shown = [self.place(address) for address in addresses[:_CELLS]]
        return self.say("in-parentheses", text=self.say("list-comma").join(shown) + ("…" if count > len(shown) else ""))

    def table(self, name: str) -> str:
        """A table in words."""
        return self.say(f"table-{name}")

    def unread(self, problems: Sequence[Problem]) -> Iterator[RenderableType]:
        """A line that files were refused, for the head of a report."""
        if line := unread_line(problems, self.options):
            yield Text(line, style="bold red")

    def sources(self) -> Iterator[RenderableType]:
        """The inputs, their sheets, and where every row went."""
        for source in self.inputs:
            yield Text(self.say("input-line", path=source.path, sha=source.sha256[:_SHORT]), style="dim")
            for sheet in source.sheets:
                tables = self.say("list-comma").join(map(self.table, sheet.table.split("+")))
                rows = sheet.rows
                line = self.say(
                    "rows-line", sheet=self.safe(sheet.name) or source.format, table=tables, header=sheet.header_row,
                    read=rows.read, decided=rows.decided, quarantined=rows.quarantined, skipped=rows.skipped,
                )  # fmt: skip
                yield indented(Text(line, style="dim"), 2)

    def problems(self, problems: Sequence[Problem], limit: int) -> Iterator[RenderableType]:
        """What could not be read, the worst first."""
        if not problems:
            return
        errors, warnings, infos = (sum(problem.severity == severity for problem in problems) for severity in _SEVERITIES)
        heading = self.say("heading-problems", count=len(problems), errors=errors, warnings=warnings, infos=infos)
        yield Text("\n" + heading, style="bold")
        ordered = sorted(problems, key=lambda problem: _SEVERITIES.index(problem.severity))
        for problem in ordered[: limit or None]:
            message, step = problem_words(problem, self.options, self.place)
            line = Text(self.say(f"severity-{problem.severity}") + " ", style=_COLOURS[problem.severity])
            place = self.place(problem.where) if problem.where is not None and problem.where.row else ""
            said = [place, message, step and self.say("hint-prefix", text=step)]
            line.append(" ".join(part for part in said if part), style="default")
            yield indented(line, 2)
        if limit and len(problems) > limit:
            yield indented(Text(self.say("problems-left-out", count=len(problems) - limit), style="dim"), 2)

    def sources_json(self) -> list[dict[str, Any]]:
        """The inputs for machines."""
        return [
            {
                "path": source.path,
                "sha256": source.sha256,
                "format": source.format,
                "encoding": source.encoding,
                "sheets": [
                    {
                        "name": self.safe(sheet.name),
                        "table": sheet.table,
                        "header_row": sheet.header_row,
                        "rows": vars(sheet.rows),
                    }
                    for sheet in source.sheets
                ],
                "rows": vars(source.rows),
            }
            for source in self.inputs
        ]

    def problem_json(self, problem: Problem) -> dict[str, Any]:
        """A problem for machines."""
        message, step = problem_words(problem, self.options, self.place)
        where = problem.where
        found: dict[str, Any] = {
            "code": problem.code,
            "severity": problem.severity,
            "input": where.input if where is not None else None,
            "cell": self.safe(str(where)) if where is not None and where.row else None,
            "field": f"{problem.table}.{problem.name}" if problem.name else None,
            "value": problem_value(problem, self.options),
            "message": message,
            "hint": step,
        }
        return found | ({"other": self.place_json(problem.other)} if problem.other is not None else {})

    def place_json(self, address: Address) -> dict[str, Any]:
        """A cell for machines."""
        return {"input": address.input, "cell": self.safe(str(address))}
