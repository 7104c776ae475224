"""Whatever is wrong in a pack is refused with its code, file, line and column: one smallest mistake for every code."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from small_pack import CASES, FILES, HEAD, HERE, PARAMETERS, STANDARD, edited, load, marked, write

from fupin_cli.errors import FupinError, PackRefused
from fupin_cli.messages import say
from fupin_cli.messages.rules import MESSAGES
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import load_cases, load_pack

THINGS = """\
things:
  title: {zh: 物, en: Things}
  unit: list
  values: [{from: 2016-01-01, items: [房, 车], status: unconfirmed, origin: 来历}]
"""
CITED = "cite: {document: doc, clause: 一, quote: 原文}"
PARENT = "parent"


def standard(old: str, new: str) -> dict[str, str]:
    return edited("exit.yaml", old, new)


def required(new: str) -> dict[str, str]:
    """Another requirement of the check ``fed``."""
    return standard("require: food_secure", f"require: {new}")


def quoted(new: str) -> dict[str, str]:
    """The same, in quotes, where YAML needs them."""
    return standard("require: food_secure", f'require: "{new}"')


def promised(said: str, mark: str = "") -> dict[str, str]:
    """The small standard with a property."""
    lines = f"properties:\n  more: {mark}{{title: {{zh: 多, en: More}}, {said}}}\n"
    return {**FILES, "exit.yaml": STANDARD + lines}


def dated(value: str) -> dict[str, str]:
    """A parameter with this value and no other, which is wrong as a whole."""
    return {**FILES, "parameters.yaml": PARAMETERS.split("    - ")[0] + f"    - {HERE}{{{value}}}\n"}


def rewritten(*pairs: tuple[str, str]) -> dict[str, str]:
    """The small standard with several texts replaced."""
    text = STANDARD
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**FILES, "exit.yaml": text}


def joined(said: str) -> dict[str, str]:
    """More about the rows of the fact over members."""
    return standard("    over: person\n", f"    over: person\n    {said}\n")


#: Code → a smallest mistake; the mark is where the error must point (no mark: the first line of pack.yaml).
MISTAKES: Mapping[str, dict[str, str]] = {
    "expression-always-true": required(f"food_secure AND ({HERE}annual_plan OR NOT annual_plan)"),
    "pack-property-shape": promised("keeps: good", mark=HERE),
    "pack-property-order": promised(f"raise: {HERE}village, keeps: good"),
    "pack-property-year": promised(f"raise: {HERE}year, keeps: good"),
    "expression-never-true": required(f"{HERE}annual_income < 0 AND annual_income > 100"),
    "pack-fact-on-shape": joined(f"on: {HERE}{{person: household_id}}"),
    "pack-value-shape": dated("from: 2018-01-01, status: unconfirmed, origin: 来历"),
    "pack-item": edited("parameters.yaml", "value: 2995", f"items: [房, {HERE}车、船]"),
    "expression-list": required(f"has_any_item(exclusion_items, {HERE}$line)"),
    "expression-list-alone": {**required(f"exclusion_items = {HERE}$things"), "parameters.yaml": PARAMETERS + THINGS},
    "pack-file-unreadable": {name: text for name, text in FILES.items() if name != "pack.yaml"},
    "pack-file-too-large": {**FILES, "pack.yaml": HEAD + "#" + "x" * 1_000_000},
    "pack-not-utf8": {**FILES, "pack.yaml": f"{HERE}\udcff" + HEAD},
    "pack-not-yaml": edited("pack.yaml", "version: 1", f"version: 1{HERE}: 2"),
    "pack-yaml-alias": edited("pack.yaml", "version: 1", f"version: {HERE}&a 1"),
    "pack-yaml-tag": edited("pack.yaml", "version: 1", f"version: {HERE}!!int 1"),
    "pack-yaml-deep": edited("pack.yaml", "version: 1", "version: " + "[" * 11 + HERE + "[" + "]" * 12),
    "pack-yaml-key": edited("pack.yaml", "version: 1", f"? {HERE}[version]\n: 1"),
    "pack-yaml-duplicate": edited("pack.yaml", "version: 1", f"version: 1\n{HERE}version: 2"),
    "pack-key-unknown": edited("pack.yaml", "version: 1", f"version: 1\n{HERE}verzion: 2"),
    "pack-key-missing": edited(
        "exit.yaml", "bad: {title: {zh: 否, en: No}, meets: false}", f"bad: {HERE}{{title: {{zh: 否, en: No}}}}"
    ),
    "pack-value-wrong": standard("meets: false", f"meets: {HERE}perhaps"),
    "pack-number": edited("parameters.yaml", "value: 2995", f"value: {HERE}1e3"),
    "pack-date": edited("parameters.yaml", "from: 2018-01-01", f"from: {HERE}2018-1-1"),
    "pack-empty": edited("pack.yaml", "zh: 小", f"zh: '{HERE} '"),
    "pack-value-uncited": dated("from: 2016-01-01, value: 1"),
    "pack-dates-reversed": dated(f"from: 2016-01-02, to: 2016-01-01, value: 1, {CITED}"),
    "pack-parameter-valueless": {**FILES, "parameters.yaml": f"line:\n  {HERE}title: {{zh: 线, en: Line}}\n  unit: yuan\n"},
    "pack-where-without-by": {
        **FILES,
        "parameters.yaml": f"line:\n  {HERE}title: {{zh: 线, en: Line}}\n  unit: yuan\n  values:\n    - {{from: 2016-01-01, value: 1, where: 某省, {CITED}}}\n",
    },
    "pack-fact-shape": standard(
        "    title: {zh: 纯收入, en: Net}\n", f"    {HERE}title: {{zh: 纯收入, en: Net}}\n    over: person\n"
    ),
    "pack-row-shape": standard("- {outcome: good, default: true}", f"- {HERE}{{outcome: good}}"),
    "pack-name-differs": edited("pack.yaml", "pack: mini", f"pack: {HERE}maxi"),
    "pack-extends-itself": edited("pack.yaml", "version: 1", f"version: 1\nextends: {HERE}mini"),
    "pack-document-clash": {
        **FILES,
        "pack.yaml": HEAD.replace("version: 1", "version: 1\nextends: parent").replace("  doc:", f"  {HERE}doc:"),
    },
    "pack-document-unknown": edited("parameters.yaml", "document: doc", f"document: {HERE}dok"),
    "pack-values-overlap": edited("parameters.yaml", "from: 2018-01-01", f"from: {HERE}2017-12-31"),
    "pack-values-gap": edited("parameters.yaml", "from: 2018-01-01", f"from: {HERE}2018-01-02"),
    "pack-without-nothing": standard("facts:\n", f"without: [{HERE}fed]\nfacts:\n"),
    "pack-table-unknown": standard("over: person", f"over: {HERE}persons"),
    "pack-name-clash": standard("  members:\n", f"  {HERE}year:\n"),
    "pack-fact-by": standard("by: household", f"by: {HERE}person"),
    "pack-fact-on-missing": rewritten(
        ("over: person", f"over: {HERE}village"), ("count: birth_date < as_of", "count: poor_village")
    ),
    "pack-case-subject": edited("cases/exit.yaml", "  year: 2018\n", f"  year: 2018\n  subject: {HERE}1\n"),
    "pack-case-undecided": edited("cases/exit.yaml", "outcome: good", f"outcome: '{HERE}???'"),
    "pack-no-default": standard(
        "  - {outcome: bad, when: NOT (fed AND rich)}\n  - {outcome: good, default: true}\n",
        f"  {HERE}- {{outcome: bad, when: NOT (fed AND rich)}}\n",
    ),
    "pack-row-after-default": standard("default: true}\n", f"default: true}}\n  - {HERE}{{outcome: good, default: true}}\n"),
    "pack-outcome-unknown": standard("outcome: good", f"outcome: {HERE}goood"),
    "pack-outcome-unused": standard("outcomes:\n", f"outcomes:\n  {HERE}late: {{title: {{zh: 迟, en: Late}}, meets: false}}\n"),
    "pack-gate-unused": rewritten(("NOT (fed AND rich)", "NOT rich"), ("  fed:\n", f"  {HERE}fed:\n")),
    "pack-finding-decides": rewritten(("  fed:\n", f"  {HERE}fed:\n"), ("gate\n    applies", "finding\n    applies")),
    "pack-circle": rewritten(("  net:\n", f"  {HERE}net:\n"), (" - business_expense", "\n    fills: wage_income")),
    "pack-cases-for-nothing": {
        **{k: v for k, v in FILES.items() if k != "cases/exit.yaml"},
        "cases/exits.yaml": f"{HERE}{CASES}",
    },
    "pack-case-undated": edited("cases/exit.yaml", "- name: 一例\n  year: 2018\n", f"- {HERE}name: 一例\n"),
    "expression-too-long": required(f"{HERE}food_secure{' AND food_secure' * 200}"),
    "expression-too-deep": required(f"{HERE}{'NOT (' * 30}food_secure{')' * 30}"),
    "expression-not-sql": required(f"food_secure {HERE}XOR water_safe"),
    "expression-comment": quoted(f"food_secure {HERE}/* ? */"),
    "expression-not-allowed": required(f"{HERE}wage_income / 2 > 1"),
    "expression-name-unknown": required(f"food_secure AND {HERE}food_secured"),
    "expression-function-unknown": required(f"food_secure AND {HERE}age(review_date, as_of) > 1"),
    "expression-arguments": required(f"food_secure AND {HERE}age_on(review_date) > 1"),
    "expression-argument-literal": quoted(f"has_item(exclusion_items, {HERE}head_name)"),
    "expression-number": required(f"wage_income > {HERE}1e3"),
    "expression-type": quoted(f"wage_income > {HERE}'a'"),
    "expression-order": quoted(f"{HERE}housing_grade < 'B'"),
    "expression-code-unknown": quoted(f"housing_grade = {HERE}'E'"),
    "expression-null-test": required(f"food_secure AND {HERE}water_safe IS NULL"),
    "expression-quotient": required(f"food_secure AND {HERE}income_per_capita * 2 > $line"),
}
#: Codes of the catalogue that no pack can raise: the frame of a message, and a name on the command line.
NOT_RAISED_BY_A_PACK = {"pack-place", "pack-unknown"}


def attempt(folder: Path, files: Mapping[str, str]) -> None:
    """Load a pack and its cases, with a parent beside it for those that extend it."""
    write(folder, {"pack.yaml": HEAD.replace("pack: mini", f"pack: {PARENT}").replace("某办法", "另一办法")}, PARENT)
    for path, text in files.items():
        target = folder / "mini" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode(errors="surrogateescape"))
    load_cases(load_pack(folder / "mini", Shelf((folder,))))


def test_the_small_pack_itself_is_right(tmp_path: Path) -> None:
    attempt(tmp_path, FILES)


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_refused_with_its_code_and_place(tmp_path: Path, code: str) -> None:
    files, place = marked(MISTAKES[code])
    with pytest.raises(PackRefused) as caught:
        attempt(tmp_path, files)
    facts = caught.value.facts
    assert (caught.value.code, facts["file"], facts["line"], facts["column"]) == (code, place.file, place.line, place.column)
    for lang in ("zh", "en"):
        # The words find every fact that they need.
        assert say(code, lang, **facts)  # type: ignore[arg-type]


def test_every_code_of_the_catalogue_about_packs_has_a_mistake_that_raises_it() -> None:
    codes = {code for code in MESSAGES if code.startswith(("pack-", "expression-"))}
    assert codes - NOT_RAISED_BY_A_PACK == set(MISTAKES)


def place_of(folder: Path, files: dict[str, str]) -> tuple[str, object, object, object, object]:
    clean, place = marked(files)
    with pytest.raises(PackRefused) as caught:
        attempt(folder, clean)
    facts = caught.value.facts
    assert (facts["file"], facts["line"], facts["column"]) == (place.file, place.line, place.column), (caught.value.code, facts)
    return caught.value.code, facts["file"], facts["line"], facts["column"], facts.get("nearest")


@pytest.mark.parametrize(
    ("files", "code", "nearest"),
    [
        (edited("pack.yaml", "version: 1", f"{HERE}verson: 1"), "pack-key-unknown", "version"),
        (standard("    severity: gate\n    applies", f"    {HERE}severety: gate\n    applies"), "pack-key-unknown", "severity"),
        (edited("parameters.yaml", "unit: yuan-person-year", f"unit: yuan\n  {HERE}valeus: 1"), "pack-key-unknown", "values"),
        (edited("parameters.yaml", "clause: 一", f"{HERE}claus: 一"), "pack-key-unknown", "clause"),
        (edited("exit.yaml", "outcome: bad,", f"{HERE}outcom: bad,"), "pack-key-unknown", "outcome"),
        (edited("parameters.yaml", "document: doc", f"document: {HERE}docs"), "pack-document-unknown", "doc"),
        (standard("over: person", f"over: {HERE}persn"), "pack-table-unknown", "person"),
        (standard("subject: household", f"subject: {HERE}houshold"), "pack-table-unknown", "household"),
        (standard("fills: income_per_capita", f"fills: {HERE}income_per_capta"), "expression-name-unknown", "income_per_capita"),
        (standard("per: household_size", f"per: {HERE}houshold_size"), "expression-name-unknown", "household_size"),
        (standard("count: birth_date < as_of", f"count: {HERE}birthdate < as_of"), "expression-name-unknown", "birth_date"),
        (standard("when: NOT (fed AND rich)", f"when: NOT (fed AND {HERE}ricch)"), "expression-name-unknown", "rich"),
        (standard("> $line", f"> {HERE}$lne"), "expression-name-unknown", "line"),
        (required(f"food_secure AND {HERE}age_onn(review_date, as_of) > 1"), "expression-function-unknown", "age_on"),
        (quoted(f"labour_loss = {HERE}'部份丧失'"), "expression-code-unknown", "部分丧失"),
        (edited("cases/exit.yaml", "food_secure:", f"{HERE}food_secur:"), "expression-name-unknown", "food_secure"),
        (edited("cases/exit.yaml", "birth_date:", f"{HERE}birth_dat:"), "expression-name-unknown", "birth_date"),
        (edited("cases/exit.yaml", "checks: {fed:", f"checks: {{{HERE}fedd:"), "expression-name-unknown", "fed"),
        (edited("cases/exit.yaml", "outcome: good", f"outcome: {HERE}goood"), "pack-outcome-unknown", "good"),
        (edited("cases/exit.yaml", "    person:", f"    {HERE}persn:"), "pack-table-unknown", "person"),
    ],
)
def test_a_misspelt_name_is_told_with_the_nearest_one(tmp_path: Path, files: dict[str, str], code: str, nearest: str) -> None:
    found = place_of(tmp_path, files)
    assert (found[0], found[4]) == (code, nearest)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        # Everything that names a number of the law has a source.
        (edited("parameters.yaml", "    - {from: 2018-01-01, value: 2995, status: unconfirmed, origin: 来历}", f"    - {HERE}{{from: 2018-01-01, value: 2995, origin: 来历}}"), "pack-value-uncited"),
        (edited("parameters.yaml", "    - {from: 2018-01-01, value: 2995, status: unconfirmed, origin: 来历}", f"    - {HERE}{{from: 2018-01-01, value: 2995, status: unconfirmed}}"), "pack-value-uncited"),
        ({**FILES, "parameters.yaml": f"line:\n  {HERE}title: {{zh: 线, en: Line}}\n  unit: yuan\n  value: required\n"}, "pack-value-uncited"),
        (rewritten(("  fed:\n    title", f"  fed:\n    {HERE}title"), (f"    require: food_secure\n    remedy: {{zh: 办, en: Do}}\n    {CITED}\n", "    require: food_secure\n    remedy: {zh: 办, en: Do}\n")), "pack-key-missing"),
        (edited("parameters.yaml", "    - {from: 2018-01-01, value: 2995", f"    - {HERE}{{value: 2995"), "pack-key-missing"),
        (edited("parameters.yaml", "quote: 原文", f"quote: '{HERE}'"), "pack-empty"),
        # Numbers and dates in one form only, and only such as a verdict can hold exactly.
        *[(edited("parameters.yaml", "value: 2995", f"value: {HERE}{number}"), "pack-number") for number in ("1_000", "0x10", ".5", "5.", "+5", "2995元", "nan", "inf", "٣", "２９９５")],
        (edited("parameters.yaml", "value: 2995", f"value: {HERE}0.1234567"), "pack-number"),
        (edited("parameters.yaml", "value: 2995", f"value: {HERE}1000000000000"), "pack-number"),
        *[(edited("parameters.yaml", "from: 2018-01-01", f"from: {HERE}{day}"), "pack-date") for day in ("2018/01/01", "20180101", "2018-01-01T00:00:00", "2018", "1514764800")],
        (edited("parameters.yaml", "from: 2018-01-01", f"from: {HERE}2018-02-30"), "pack-value-wrong"),
        (edited("pack.yaml", "version: 1", f"version: {HERE}one"), "pack-number"),
        (edited("pack.yaml", "version: 1", f"version: {HERE}1.5"), "pack-value-wrong"),
        # Names.
        (edited("pack.yaml", "pack: mini", f"pack: {HERE}Mini"), "pack-value-wrong"),
        (standard("standard: exit", f"standard: {HERE}exit2"), "pack-name-differs"),
        (standard("  fed:\n", f"  {HERE}Fed:\n"), "pack-value-wrong"),
        (standard("severity: gate\n    applies", f"severity: {HERE}fatal\n    applies"), "pack-value-wrong"),
        (standard("default: true", f"default: {HERE}yes"), "pack-value-wrong"),
        (edited("parameters.yaml", "line:\n", f"{HERE}year:\n"), "pack-name-clash"),
        (standard("  fed:\n", f"  {HERE}net:\n"), "pack-name-clash"),
        (standard("  members:\n", f"  {HERE}line:\n"), "pack-name-clash"),
        (standard("  members:\n", f"  {HERE}as_of:\n"), "pack-name-clash"),
        # Shapes.
        (rewritten(("    title: {zh: 人数", f"    {HERE}title: {{zh: 人数"), ("    count: birth_date < as_of\n", "")), "pack-fact-shape"),
        (rewritten(("    title: {zh: 人数", f"    {HERE}title: {{zh: 人数"), ("    by: household\n", "")), "pack-fact-shape"),
        (rewritten(("    title: {zh: 人数", f"    {HERE}title: {{zh: 人数"), ("    count: birth", "    any: birth_date < as_of\n    count: birth")), "pack-fact-shape"),
        (rewritten(("    title: {zh: 人均", f"    {HERE}title: {{zh: 人均"), ("    fills: income_per_capita\n", "")), "pack-fact-shape"),
        (standard("{outcome: bad, when: NOT (fed AND rich)}", f"{HERE}{{outcome: bad, when: NOT (fed AND rich), default: true}}"), "pack-row-shape"),
        (rewritten(("    title: {zh: 纯收入", f"    {HERE}title: {{zh: 纯收入"), ("    value: wage_income", "    where: food_secure\n    value: wage_income")), "pack-fact-shape"),
        # Rows of another table: found by an expression for each of the two, or by one for both.
        *[(joined(f"on: {HERE}{on}"), "pack-fact-on-shape") for on in ("{household: household_id}", "[household_id]", "{household: {a: b}, person: household_id}")],
        (joined(f"on: {{household: household_id, {HERE}persom: household_id}}"), "pack-table-unknown"),
        (joined(f"on: {{household: household_id, person: {HERE}birth_date}}"), "expression-type"),
        (joined(f"on: {{household: {HERE}relation, person: household_id}}"), "expression-name-unknown"),
        (joined(f"on: {{household: household_id, person: \"{HERE}'person'\"}}"), "pack-fact-on-missing"),
        (joined(f"where: {HERE}months_worked"), "expression-type"),
        (joined(f"where: basic_medical AND {HERE}fed"), "expression-name-unknown"),
        (standard("count: birth_date < as_of", f"max: {HERE}relation"), "expression-type"),
        # A parameter is a number or a list.
        (edited("parameters.yaml", "    - {from: 2018-01-01, value: 2995", f"    - {HERE}{{from: 2018-01-01, value: 2995, items: [房]"), "pack-value-shape"),
        (edited("parameters.yaml", "    - {from: 2018-01-01, value: 2995", f"    - {HERE}{{from: 2018-01-01, items: []"), "pack-value-shape"),
        ({**FILES, "parameters.yaml": FILES["parameters.yaml"].replace("  title", f"  {HERE}title").replace("yuan-person-year", "list")}, "pack-value-shape"),
        (edited("parameters.yaml", "value: 2995", f"items: [房, '{HERE}']"), "pack-empty"),
        # A parameter by place names a field of the subject.
        (edited("parameters.yaml", "unit: yuan-person-year", f"unit: yuan-person-year\n  by: {HERE}provinz"), "expression-name-unknown"),
        # Types.
        (standard("fills: income_per_capita", f"fills: {HERE}food_secure"), "expression-type"),
        (standard("per: household_size", f"per: {HERE}village"), "expression-type"),
        (standard("value: wage_income - business_expense", f"value: wage_income - {HERE}village"), "expression-type"),
        (standard("when: NOT (fed AND rich)", f"when: NOT (fed AND {HERE}wage_income)"), "expression-type"),
        (standard("count: birth_date < as_of", f"sum: {HERE}basic_medical"), "expression-type"),
        (standard("count: birth_date < as_of", f"any: {HERE}months_worked"), "expression-type"),
        # Blanks may be asked for in applies and decide only.
        (standard("value: wage_income - business_expense", f"value: {HERE}wage_income IS NULL"), "expression-null-test"),
        (standard("count: birth_date < as_of", f"any: {HERE}birth_date IS NULL"), "expression-null-test"),
        (standard("when: NOT (fed AND rich)", f"when: NOT (fed AND rich) OR {HERE}fed IS NULL"), "expression-not-allowed"),
        # Nothing decides that is not declared to.
        (rewritten(("  fed:\n", f"  {HERE}fed:\n"), ("gate\n    applies", "warning\n    applies")), "pack-finding-decides"),
    ],
)  # fmt: skip
def test_other_mistakes_are_refused_where_they_stand(tmp_path: Path, files: dict[str, str], code: str) -> None:
    assert place_of(tmp_path, files)[0] == code


@pytest.mark.parametrize(
    "block",
    [
        f"when: |\n      NOT (fed\n      AND {HERE}ricch)\n",
        f"when: >-\n      NOT (fed\n      AND {HERE}ricch)\n",
        f"when: >-\n      NOT (fed AND fed AND fed AND fed\n      AND fed\n      AND {HERE}ricch AND fed)\n",
        f"when:\n      NOT (fed\n      AND {HERE}ricch)\n",
    ],
)
def test_a_place_in_the_second_line_of_a_condition_is_the_place_in_the_file(tmp_path: Path, block: str) -> None:
    files = standard("  - {outcome: bad, when: NOT (fed AND rich)}\n", f"  - outcome: bad\n    {block}")
    assert place_of(tmp_path, files)[0] == "expression-name-unknown"


def test_an_unknown_parent_is_told_where_it_is_named(tmp_path: Path) -> None:
    files, place = marked(edited("pack.yaml", "version: 1", f"version: 1\nextends: {HERE}nowhere"))
    with pytest.raises(FupinError) as caught:
        attempt(tmp_path, files)
    assert caught.value.code == "pack-unknown"
    assert isinstance(caught.value, PackRefused)
    assert (caught.value.facts["file"], caught.value.facts["line"]) == (place.file, place.line)


@pytest.mark.parametrize("change", [lambda t: t, lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t])
def test_line_ends_and_byte_order_marks_make_no_other_pack(tmp_path: Path, change: Callable[[str], str]) -> None:
    loaded = load(tmp_path, {name: change(text) for name, text in FILES.items()})
    assert list(loaded.standards) == ["exit"]
    assert [check.name for check in loaded.standards["exit"].checks.values()] == ["fed", "rich"]


def test_a_pack_with_no_parameters_and_no_cases_is_a_pack(tmp_path: Path) -> None:
    plain = {"pack.yaml": HEAD, "exit.yaml": STANDARD.replace("> $line", "> 2995")}
    loaded = load(tmp_path, plain)
    assert load_cases(loaded) == {}
    assert loaded.pack.parameters == {}
