"""The catalogue of everything that fupin says: complete, used, in both languages, and never short of a fact."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml

import fupin_cli
from fupin_cli import messages
from fupin_cli.load.tables.layouts import LAYOUTS, TEMPLATE
from fupin_cli.messages import CATALOGUE, Lang, hint, say, schemas
from fupin_cli.messages.entry import Message
from fupin_cli.model.baseline import ReasonKind
from fupin_cli.model.comparison import STANDINGS
from fupin_cli.model.coverage import GOALS, SEEN
from fupin_cli.model.figure import Neighbours
from fupin_cli.model.inspection import SheetState, Unused
from fupin_cli.model.job import CHECK_ALL, CHECKS, VERIFY_ROSTER
from fupin_cli.model.pack import FOLDS, NOT_APPLICABLE, UNDETERMINED, RateOf, Severity, Step
from fupin_cli.model.problem import Severity as ProblemSeverity
from fupin_cli.model.proof import FindingKind
from fupin_cli.model.rate import Conclusion, NoRateReason
from fupin_cli.model.reconciled import AGREEMENTS, GapReason
from fupin_cli.model.replayed import Noted, What
from fupin_cli.model.story import CAUSES, COMING, GOING, INTERPLAYS, EventName
from fupin_cli.model.surveyed import Measure
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.view import STATUSES, Reason
from fupin_cli.report.exiting import STANDS
from fupin_cli.rules.expression import Comparison
from fupin_cli.rules.functions import FUNCTIONS

SOURCE = Path(fupin_cli.__file__).parent
RULES = Path(__file__).resolve().parents[2] / "rules"

#: What takes a code as its first argument.
SPEAKERS = {
    "say", "hint", "tell", "Problem", "FupinError", "InputRefused", "UsageRefused", "PackRefused", "OutputRefused", "_Usage", "unreadable", "ExpressionError",
    "refuse", "_refuse", "PydanticCustomError", "Unread", "_homeless", "_ignored",
}  # fmt: skip
#: Calls of these names whose code stands in another place.
ELSEWHERE = {"_homeless": 2, "_ignored": 3}
#: Findings about packs, those of several wordings with each.
VARIANTS = {"row-never-reached": ("never-holds", "one-row", "rows-before"), "property-broken": ("up", "down", "undecided")}
FINDINGS = {
    "-".join([kind, *more]) for kind in get_args(FindingKind) for more in ([[one] for one in VARIANTS.get(kind, ())] or [[]])
}
#: f-strings that make codes: the fixed part → the values that can stand in it.
FAMILIES: Mapping[str, set[str]] = {
    "outcome-": {UNDETERMINED, NOT_APPLICABLE},
    "unit-": {column.unit for table in TABLES for column in fields(table).values()},
    "template-form-": {column.form.name for table in TABLES for column in fields(table).values()},
    "row-skipped-": {"title", "total", "note", "example"},
    "format-name-": {"xlsx", "xls", "xml-2003", "html", "csv", "parquet"},
    "sheet-state-": {*get_args(SheetState)},
    "inspect-no-field-": {unused for unused in get_args(Unused) if unused},
    "inspect-": {"column", "header", "field", "blank", "problems"},
    "layout-": {"", TEMPLATE, *LAYOUTS},
    "skipped-": {"title", "total", "note", "example"},
    "title-": {CHECK_ALL, *(job.command for job in (*CHECKS, VERIFY_ROSTER))},
    "table-": {*TABLES},
    "count-": {*TABLES},
    "agreement-": {*AGREEMENTS},
    "coverage-goal-": {*GOALS},
    "coverage-column-": {"condition", *SEEN, "decided", "open"},
    "gap-": {*get_args(GapReason)},
    "gate-": {*get_args(ReasonKind)},
    "calendar-": {"done", "due", "not_yet_due", "overdue", "out_of_order", "unknown", "outside"},
    "calendar-state-": {"done", "due", "not_yet_due", "overdue", "out_of_order", "unknown"},
    "draft-stand-": {*STANDS},
    "book-": {"outcome", "reasons", "remedies", "clauses"},
    "book-sheet-": {"sheet", "file", "original", "read"},
    "book-problem-": {"severity", "rule", "file", "cell", "message", "hint"},
    "book-notice-": {"number", "group", "name", "size"},
    "book-clause-": {"standard", "check", "document", "clause", "quote", "remedy"},
    "county-column-": {
        "province", "county", "year", "outcome", "next", "possible", "missing", "calendar", "figures", "margin", "fraction", "percent", "low", "high", "conclusion",
    },
    "county-rate-": {*get_args(Conclusion)},
    "run-input-": {"path", "sha256", "read", "decided", "quarantined", "skipped"},
    "run-problem-": {"severity", "file", "cell", "message", "hint"},
    "run-only-": {"fail", "unknown", "pass"},
    "severity-": {*get_args(Severity), *get_args(ProblemSeverity)},
    "status-": {*STATUSES},
    "heading-": {"fail", "unknown", "errors", "warnings", "unchecked", "province", "county", "year"},
    "chart-incomes-": {"unknown", "no-line"},
    "whatif-to-": {*STANDINGS},
    "replay-column-": {"what", "name", "then", "now", "differs", "manifest", "manifest-sha256"},
    "story-measure-": {
        *(f"{group}{unit}" for group in ("", "poor_", "exited_", "unstated_") for unit in ("households", "people")),
    },
    "story-term-": {
        *GOING, *COMING, *CAUSES, "exited", "fell_back", "status_other", "size", "unsized", "called", "with_household_in",
        "with_household_out", "came", "went", "person_came_unknown", "person_gone_unknown", "uneven",
    },
    "story-event-": {*get_args(EventName)},
    "story-interplay-": {*INTERPLAYS} - {"alone"},
    "story-cause-help-": {*CAUSES},
    "sample-method-": {"simple", "stratified", "simple-clusters", "stratified-clusters"},
    "no-rate-": {*get_args(NoRateReason)},
    "rate-": {*get_args(Conclusion)},
    "rate-by-": {*get_args(Neighbours)},
    "rate-kept-": {"most", "least"},
    "rate-broken-": {"most", "least"},
    "must-": {*get_args(Comparison)},
    "no-value-": {reason for reason in get_args(Reason) if reason not in ("rows", "parameter")},
    "reason-": {*get_args(Reason), "rows-elsewhere"},
    "explain-row-": {"gave", "possible", "no", "default", "default-possible"},
    "explain-fold-": {*FOLDS},
    "explain-answer-": {"<", "<=", ">", ">=", "from", "after", "until", "before"},
    "csv-": {
        "year", "outcome", "possible", "reasons", "missing", "input", "cell", "pack", "pack-sha256", "parameters", "assumptions", "input-sha256",
        "severity", "rule", "table", "subject", "subject-name", "values", "why", "remedy", "quality", "files", "complete",
        "item", "agreement", "declared", "comparison", "parts", "computed", "difference", "unit", "tolerance",
        "section", "value", "households", "persons", "unsized", "share", "low", "high", "line",
    },
    "ci-column-": {"rule", "level", "new", "accepted", "unknown"},
    "call-": {*FUNCTIONS},
    "fold-": {*FOLDS},
    "diff-": {"added", "removed", "changed", "checks", "facts", "outcomes", "properties", "steps", "rates"},
    "diff-column-": {"part", "point", "parameter", "from", "to", "place", "condition", "outcome"},
    "diff-point-": {
        "require", "applies", "severity", "way", "clause", "quote", "title", "remedy", "why", "reading", "fold", "value", "over", "on", "where", "per", "fills",
        "meets", "listed", "subject", "kind", "raise", "lower", "keeps", "note", *Step.model_fields, *RateOf.model_fields,
    },
    "source-": {"own", "inherited", "replaces"},
    "pack-column-": {
        "id", "document", "issuer", "document-number", "issued", "note", "source", "parameter", "from", "to", "place", "value", "basis", "check",
        "requirement", "remedy", "number", "condition", "outcome", "meets", "fact", "worked-out", "reading",
        "property", "change", "kept", "step", "day", "standing", "rate", "made-of", "limit",
    },
    "pack-dropped-": {"steps", "rates"},
    "pack-step-": {"window", "order", "deadline", "opening"},
    "pack-counted-": {"whole", "sample"},
    "pack-rate-survey-": {*get_args(Measure)},
    # Each of them is in a schema, says tests/packs/test_schemas.py.
    "schema-": {code.removeprefix("schema-") for code in schemas.MESSAGES},
    "standing-": {*STANDINGS},
    "replay-": {*get_args(What), *get_args(Noted)},
    "finding-": {*FINDINGS},
    "help-": {"check-identify", "check-all", "check-exit", "check-village", "check-support", "check-archive", "check-data", "template", "rules", "rules-list", "rules-show", "rules-test", "rules-check", "rules-schema", "rules-diff", "rules-sql", "what-if"},
}  # fmt: skip
#: Facts that every problem has besides its own, and those of refused files and packs: the file, and its place in it.
PROBLEM_FACTS = {"label", "value", "other"}


@cache
def modules() -> Mapping[str, ast.Module]:
    paths = [path for path in SOURCE.rglob("*.py") if path.parent.name != "messages"]
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for name, module in modules().items():
        for node in ast.walk(module):
            yield name, node


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


@cache
def calls() -> list[tuple[str, ast.Call, ast.expr]]:
    """Every call that speaks, and the argument that is its code."""
    found = []
    for name, node in nodes():
        if isinstance(node, ast.Call) and called(node) in SPEAKERS:
            place = ELSEWHERE.get(called(node), 0)
            if len(node.args) > place:
                found.append((name, node, node.args[place]))
    return found


def literals(code: ast.expr) -> list[str]:
    """The codes that an argument can be, where it says so itself."""
    match code:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=first, orelse=second):
            return [*literals(first), *literals(second)]
    return []


def prefix(node: ast.JoinedStr) -> str:
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


@cache
def spoken() -> set[str]:
    """Every code that a call of the source says literally, or that a variable named for codes holds."""
    found = {text for _, _, code in calls() for text in literals(code)}
    for _, node in nodes():
        match node:
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                found |= {*literals(value)}
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id="code"), *_])], value=ast.Tuple(elts=[value, *_])):
                found |= {*literals(value)}
            case ast.keyword(arg="help", value=ast.Constant(value=str(text))) if re.fullmatch("(opt|help)-[a-z-]+", text):
                found.add(text)
    return found - {""}


def family_codes() -> set[str]:
    return {start + value for start, values in FAMILIES.items() for value in values}


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


# --- every code has words -----------------------------------------------------------------------------------------------


def test_the_search_finds_codes_of_every_kind() -> None:
    known = {
        "member-without-year",
        "sheet-hidden",
        "file-without-rows",
        "header-unknown-near",
        "id-as-number",
        "expression-comment",
        "pack-yaml-tag",
    }
    assert known <= spoken()
    assert {
        "output-is-input",
        "bug",
        "usage-pair",
        "pack-number",
        "workbook-takes-too-long",
        "csv-nul",
        "extension-mismatch",
    } <= spoken() | strings()
    assert len(spoken()) > 150


def test_every_code_that_the_program_says_is_in_the_catalogue() -> None:
    assert spoken() - {*CATALOGUE} == set()


def test_every_family_of_codes_is_in_the_catalogue() -> None:
    assert family_codes() - {*CATALOGUE} == set()


def test_every_code_made_from_parts_belongs_to_a_known_family() -> None:
    made = {prefix(code) for _, _, code in calls() if isinstance(code, ast.JoinedStr)}
    assert made - {*FAMILIES} == set()
    assert len(made) >= 10


def test_the_reasons_for_which_rows_are_skipped_are_all_known() -> None:
    written = {text for _, node in nodes() if isinstance(node, ast.Constant) and (text := node.value) in FAMILIES["row-skipped-"]}
    assert written == FAMILIES["row-skipped-"]


def test_every_complaint_of_a_reader_of_values_has_words() -> None:
    raised = {
        text
        for name, call, code in calls()
        if called(call) in ("unreadable", "PydanticCustomError") and name.startswith("model/")
        for text in literals(code)
    }
    assert len(raised) > 15
    assert raised - {*CATALOGUE} == set()


def test_every_unit_of_a_field_or_a_pack_has_words() -> None:
    used = {column.unit for table in TABLES for column in fields(table).values()}
    for path in RULES.glob("*/parameters.yaml"):
        used |= {str(one["unit"]) for one in yaml.safe_load(path.read_text(encoding="utf-8")).values()}
    assert {"yuan-person-year", "day"} <= used
    assert {f"unit-{unit}" for unit in used} - {*CATALOGUE} == set()


# --- every word is said -------------------------------------------------------------------------------------------------


@cache
def strings() -> set[str]:
    return {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)} | templates()


def templates() -> set[str]:
    """The codes that the templates of the web page say."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.glob("report/html/templates/*.html")]
    return {code for text in texts for code in re.findall(r"say\([\"']([\w-]+)[\"']", text)}


def test_no_message_is_left_over() -> None:
    pack_units = {
        f"unit-{one['unit']}"
        for path in RULES.glob("*/parameters.yaml")
        for one in yaml.safe_load(path.read_text(encoding="utf-8")).values()
    }
    assert sorted({*CATALOGUE} - strings() - family_codes() - pack_units) == []


def test_every_code_of_the_web_page_is_in_the_catalogue() -> None:
    assert {"page-skip", "page-shown"} <= templates() <= {*CATALOGUE}


def test_no_code_has_words_in_two_places() -> None:
    names = {room.name for room in pkgutil.iter_modules(messages.__path__)} - {"entry", "steering"}
    rooms = [f"{messages.__name__}.{name}" for name in sorted(names)]
    parts = [importlib.import_module(room).MESSAGES for room in rooms]
    assert sum(map(len, parts)) == len(CATALOGUE)


def test_no_message_steers_a_terminal_whoever_named_the_file() -> None:
    told = say("written", "zh", path="a\x1b[31m\u202e.html") + hint("usage-suffix", "zh", suffixes="\r\x07")
    assert not {"\x1b", "\u202e", "\r", "\x07"} & set(told)
    assert "a\ufffd[31m\ufffd.html" in told


# --- both languages -----------------------------------------------------------------------------------------------------

#: Facts that are words themselves, given once in each language.
BY_LANGUAGE = {code: {"title": "title_en"} for code in ("parameter-required", "parameter-list-required")}


def wrong(holds: Callable[[str, Message], bool]) -> list[str]:
    """The codes of which a claim does not hold."""
    return [code for code, message in CATALOGUE.items() if not holds(code, message)]


def test_both_languages_use_the_same_facts() -> None:
    def same(code: str, message: Message) -> bool:
        other = BY_LANGUAGE.get(code, {})
        zh, hint_zh = ({other.get(name, name) for name in placeholders(text)} for text in (message.zh, message.hint_zh))
        return (zh, hint_zh) == (placeholders(message.en), placeholders(message.hint_en))

    assert wrong(same) == []


def test_every_fact_has_a_name() -> None:
    assert wrong(lambda code, _: all(name.isidentifier() for name in wanted(code))) == []


def test_no_message_is_empty_and_no_hint_is_in_one_language_only() -> None:
    assert wrong(lambda code, message: bool(message.zh.strip() and message.en.strip()) or code in ("unit-", "unit-year")) == []
    assert wrong(lambda _, message: bool(message.hint_zh.strip()) == bool(message.hint_en.strip())) == []


def test_chinese_is_chinese() -> None:
    def chinese(_: str, message: Message) -> bool:
        # What people type or read on a screen stays: commands, options, names of programs and of formats.
        bare = re.sub(r"\{\w+\}|~\$|--?[a-z-]+|\*?\.[a-z]+", "", f"{message.zh}\n{message.hint_zh}")
        sentence = re.search(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}", bare)
        words = re.findall(r"\b(the|is|are|not|and|of|to|with|must)\b", bare)
        half_width = re.search(r"[\u4e00-\u9fff][,;!?][\u4e00-\u9fff]", bare)
        return sentence is None and len(words) < 2 and half_width is None

    assert wrong(chinese) == []


def test_english_is_english() -> None:
    #: Headers and units stand as they must be written; a document's title in its own marks.
    quoted = r"户编号|县名称|行政村|人均纯收入|组别|脱贫属性|建档立卡|年度|万元|元|户|是|否|无|年|月|日|《|》"

    def english(_: str, message: Message) -> bool:
        return not re.search(r"[\u4e00-\u9fff，。；：（）]", re.sub(quoted, "", message.en + message.hint_en))

    assert wrong(english) == []


def test_a_message_is_a_sentence_in_both_languages_or_in_neither() -> None:
    assert wrong(lambda _, message: message.zh.endswith("。") == message.en.endswith(".")) == []


# --- the facts are there ------------------------------------------------------------------------------------------------


def given(call: ast.Call) -> set[str] | None:
    """The facts that a call names; None where it hands on others."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return {str(keyword.arg) for keyword in call.keywords}


def wanted(code: str) -> set[str]:
    message = CATALOGUE[code]
    return set().union(*map(placeholders, (message.zh, message.en, message.hint_zh, message.hint_en)))


def speaking() -> Iterator[tuple[str, str, set[str], set[str]]]:
    for name, call, code in calls():
        facts = given(call)
        by = called(call)
        if facts is None or by in ("Problem", "_homeless", "_ignored", "Unread"):
            continue
        if by in ("unreadable", "PydanticCustomError"):
            facts |= PROBLEM_FACTS
        if by == "InputRefused" and name.startswith("load/"):
            # Whoever opens the file adds its path.
            facts |= {"path"}
        for text in literals(code):
            if text in CATALOGUE:
                yield name, text, facts, wanted(text)


def test_no_message_lacks_a_fact_where_it_is_said() -> None:
    lacking = {(name, code, *sorted(needs - facts)) for name, code, facts, needs in speaking() if needs - facts}
    assert lacking == set()


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_message_can_be_said(lang: Lang) -> None:
    def complete(code: str, _: Message) -> bool:
        facts: dict[str, object] = dict.fromkeys(wanted(code), "⟨{0}⟩")
        return "{" not in (say(code, lang, **facts) + hint(code, lang, **facts)).replace("⟨{0}⟩", "")

    assert wrong(complete) == []


def test_an_unknown_code_is_a_bug_not_an_empty_line() -> None:
    with pytest.raises(KeyError):
        say("no-such-code", "zh")
