"""What reconciling has to announce: declared figures that do not agree, that are open, and that mean nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from fupin_cli.model.fingerprint import fingerprint
from fupin_cli.model.problem import Problem
from fupin_cli.model.reconciled import AGREEMENTS, Reconciled, Reconciliation
from fupin_cli.model.verification import READING, Found
from fupin_cli.report.bulletins.unread import unread
from fupin_cli.report.ci.bulletin import Bulletin, Counts, Rule, Source, Told
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.problems import problem_words
from fupin_cli.report.reconciliation import fault_text, gaps_text, sentence
from fupin_cli.report.unread import unread_files
from fupin_cli.report.verification.rules import counted, generally

_COMMAND = "reconcile"


def reconciliation_bulletin(result: Reconciliation, options: Options) -> Bulletin:
    """Everything about a run."""
    page = Page(result.inputs, replace(options, mask=True))
    found = [_found(row, index) for index, row in enumerate(result.rows) if row.agreement != "agrees"]
    found += unread(result.problems)
    counts = counted(found)
    rules = [
        Rule(
            f"{_COMMAND}/{name}",
            "error",
            page.say("title-reconcile") + page.say("colon") + page.say(f"agreement-{name}"),
            "",
            "",
            "",
            own := counts.get(f"{_COMMAND}/{name}", Counts()),
            len(result.rows),
            fails=own.new > 0,
        )
        for name in AGREEMENTS
        if name != "agrees"
    ]
    for rule in sorted({one.rule for one in found if one.problem is not None}):
        title, remedy = generally(page.lang, rule.removeprefix(f"{READING}/"))
        problems = [one for one in found if one.rule == rule]
        rules.append(Rule(rule, min(one.level for one in problems), title, "", remedy, "", counts[rule], len(problems)))
    return Bulletin(
        lang=page.lang,
        command=_COMMAND,
        version=result.version,
        title=page.say("title-reconcile"),
        as_of=None,
        inputs=[Source(source.path, source.sha256) for source in result.inputs],
        rules=rules,
        found=sorted(found, key=lambda one: [rule.id for rule in rules].index(one.rule)),
        tell=partial(_told, result, page),
        notes=[_note(page, problem) for problem in result.problems if problem.severity == "info"],
        ending=lambda _: [_counts(result, page)],
        refused=unread_files(result.problems, page.options),
        nothing="bulletin-agree",
    )


def _found(row: Reconciled, index: int) -> Found:
    rule = f"{_COMMAND}/{row.agreement}"
    cells = tuple(cell for cell in row.cells.values() if cell.letter)
    known = fingerprint(rule, None, row.item or str(row.where))
    return Found(rule, "error", row.where, cells, "", None, known, index=index)


def _told(result: Reconciliation, page: Page, found: Iterable[Found]) -> Iterator[Told]:
    for one in found:
        if one.problem is not None:
            message, step = problem_words(one.problem, page.options, page.place)
            place = page.place(one.where) if one.problem.where is not None else ""
            known = page.say("ci-who", who=place) if place else ""
            yield Told(one, known, message, step, page.say("hint-prefix", text=step) if step else "")
            continue
        row = result.rows[one.index]
        said = [sentence(row, compared, page) for compared in row.compared if compared.agreement != "agrees"]
        said += [gaps_text(row.gaps, page)] if row.gaps else []
        said += [fault_text(row.fault, page)] if row.fault is not None else []
        name = " ".join(part for part in (page.safe(row.item), page.place(row.where)) if part)
        yield Told(one, page.say("ci-who", who=name), page.say("semicolon").join(said) or page.say(f"agreement-{row.agreement}"))


def _note(page: Page, problem: Problem) -> str:
    message, _ = problem_words(problem, page.options, page.place)
    return " ".join(part for part in (page.place(problem.where) if problem.where is not None else "", message) if part)


def _counts(result: Reconciliation, page: Page) -> str:
    counts = (page.say("bulletin-outcome", outcome=page.say(f"agreement-{name}"), count=n) for name, n in result.counts().items())
    return page.say("list-comma").join(counts)


def reconciliation_junit(result: Reconciliation, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(reconciliation_bulletin(result, options))


def reconciliation_sarif(result: Reconciliation, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(reconciliation_bulletin(result, options))


def reconciliation_github(result: Reconciliation, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(reconciliation_bulletin(result, options))
