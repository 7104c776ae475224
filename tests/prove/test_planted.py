"""Faults planted in a small pack: each is found, at its place, with a subject that shows it and that the engine judges so."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "rules"))

from small_pack import FILES, PARAMETERS, STANDARD, edited, write

from fupin_cli.model.proof import CheckedPack, ProofFinding
from fupin_cli.pipelines.proving import check_pack
from fupin_cli.rules.locate import Shelf

#: The small pack, with what nothing uses taken out.
CLEAN = {name: text for name, text in FILES.items() if name != "cases/exit.yaml"} | {
    "exit.yaml": STANDARD.replace(STANDARD[STANDARD.index("  members:") : STANDARD.index("  net:")], "")
}


def changed(*pairs: tuple[str, str], parameters: str = PARAMETERS) -> Mapping[str, str]:
    text = CLEAN["exit.yaml"]
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**CLEAN, "exit.yaml": text, "parameters.yaml": parameters}


def checked(folder: Path, files: Mapping[str, str]) -> CheckedPack:
    return check_pack(write(folder, files), Shelf((folder,)), prove=True)


def only(pack: CheckedPack) -> ProofFinding:
    assert not pack.mistakes, [(one.code, one.facts) for one in pack.mistakes]
    (finding,) = pack.all_findings
    return finding


def check(name: str, require: str, severity: str = "gate", more: str = "") -> str:
    return (
        f"  {name}:\n    title: {{zh: 项, en: Item}}\n    severity: {severity}\n{more}    require: {require}\n"
        "    remedy: {zh: 办, en: Do}\n    cite: {document: doc, clause: 一, quote: 原文}\n"
    )


def place(files: Mapping[str, str], text: str) -> tuple[int, int]:
    """Line and column of a text that stands once in the standard."""
    whole = files["exit.yaml"]
    assert whole.count(text) == 1, text
    before = whole[: whole.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_sound_pack_has_no_findings(tmp_path: Path) -> None:
    pack = checked(tmp_path, CLEAN)
    assert not pack.mistakes
    assert pack.all_findings == []
    assert pack.proofs is not None
    assert pack.proofs[0].proved > 10
    assert pack.proofs[0].given_up == 0


#: What is planted → the kind that must be found, the text at whose place, and what the subject that shows it says.
PLANTED: Mapping[str, tuple[Mapping[str, str], str, str, Mapping[str, str]]] = {
    "a contradiction between two fields": (
        changed(("require: food_secure", "require: annual_income < wage_income AND wage_income < annual_income - 5")),
        "check-never-passes",
        "annual_income < wage_income AND",
        {},
    ),
    "a requirement that everybody meets": (
        changed(("require: food_secure", "require: household_size >= 1 OR household_size < 0")),
        "check-never-fails",
        "household_size >= 1 OR",
        {},
    ),
    "a requirement that only no cell can break": (
        changed(("require: food_secure", "require: wage_income >= 0")),
        "check-never-fails",
        "wage_income >= 0",
        {},
    ),
    "a whole number between two neighbours": (
        changed(("require: food_secure", "require: household_size > 3 AND household_size < 4")),
        "check-never-passes",
        "household_size > 3 AND",
        {},
    ),
    "a check for nobody": (
        changed(("applies: annual_plan IS NOT NULL", "applies: wage_income > 100000000 AND food_secure IS NOT NULL")),
        "check-never-applies",
        "wage_income > 100000000",
        {},
    ),
    "a row that the one before it takes": (
        changed(
            (
                "  - {outcome: good, default: true}",
                "  - {outcome: good, when: NOT fed}\n  - {outcome: good, default: true}",
            )
        ),
        "row-never-reached",
        "NOT fed",
        {},
    ),
    "a default for nobody": (
        changed(
            (
                "  - {outcome: good, default: true}",
                "  - {outcome: good, when: fed}\n  - {outcome: bad, default: true}",
            )
        ),
        "row-never-reached",
        "{outcome: bad, default: true}",
        {},
    ),
    "a part that never holds": (
        changed(("require: food_secure", "require: food_secure OR household_size * 2 = 7")),
        "part-never-true",
        "household_size * 2 = 7",
        {},
    ),
    "a year in force without a number": (
        changed(parameters=PARAMETERS.replace(PARAMETERS[PARAMETERS.index("    - {from: 2016") : PARAMETERS.index("    - {from: 2018")], "")),
        "no-outcome",
        "{outcome: bad, when: NOT (fed AND rich)}",
        {},
    ),
    "a row for years in which the pack is not in force": (
        changed(("  - {outcome: bad, when: NOT (fed AND rich)}", "  - {outcome: bad, when: year < 2010}\n  - {outcome: bad, when: NOT (fed AND rich)}")),
        "row-never-reached",
        "year < 2010",
        {},
    ),
    "the same requirement twice": (
        changed(
            ("outcomes:\n", check("dry", "NOT (annual_plan IS NOT NULL AND NOT food_secure)").replace("annual_plan IS NOT NULL AND NOT food_secure", "NOT food_secure") + "outcomes:\n"),
            ("    applies: annual_plan IS NOT NULL\n", ""),
            ("NOT (fed AND rich)", "NOT (fed AND rich AND dry)"),
        ),
        "same-requirement",
        "NOT (NOT food_secure)",
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_with_a_subject_that_shows_it(fault: str, tmp_path: Path) -> None:
    files, kind, text, _ = PLANTED[fault]
    finding = only(checked(tmp_path, files))
    assert finding.kind == kind
    assert (finding.place.line, finding.place.column) == place(files, text)
    assert [witness.confirmed for witness in finding.witnesses] == [True]
    assert all(2016 <= int(witness.case.year or 0) <= 2020 for witness in finding.witnesses)


BROKEN = """\
properties:
  more_income_never_harms:
    title: {zh: 收入增加无妨, en: More income never harms}
    raise: income_per_capita
    keeps: good
  parts_too:
    title: {zh: 各项收入增加无妨, en: Nor do its parts}
    raise: [wage_income, food_secure]
    lower: business_expense
    keeps: good
"""


def test_properties_that_hold_are_proved(tmp_path: Path) -> None:
    pack = checked(tmp_path, {**CLEAN, "exit.yaml": CLEAN["exit.yaml"] + BROKEN})
    assert pack.all_findings == []
    assert pack.proofs is not None
    assert pack.proofs[0].properties == ["more_income_never_harms", "parts_too"]


def test_a_broken_property_has_two_subjects_that_differ_in_the_value_alone(tmp_path: Path) -> None:
    capped = ("require: income_per_capita > $line", "require: income_per_capita > $line AND income_per_capita < 9000")
    files = changed(capped)
    files = {**files, "exit.yaml": files["exit.yaml"] + BROKEN.replace("  parts_too", "  parts_too")}
    pack = checked(tmp_path, files)
    income, wages, *others = pack.all_findings
    assert (income.kind, income.facts["name"], wages.facts["name"]) == ("property-broken", "income_per_capita", "wage_income")
    assert [other.facts["name"] for other in others] == ["business_expense"]
    for finding in pack.all_findings:
        before, after = (witness.case for witness in finding.witnesses)
        assert [witness.confirmed for witness in finding.witnesses] == [True, True]
        (first,), (second,) = before.rows("household"), after.rows("household")
        assert {name for name in first if first[name] != second[name]} == {finding.facts["name"]}
        assert (before.expect.outcome, after.expect.outcome) == ("good", "bad")
    (first,), (second,) = (witness.case.rows("household") for witness in income.witnesses)
    assert float(first["income_per_capita"]) < 9000 <= float(second["income_per_capita"])


#: Facts over the members that are known only while as many are listed as there should be, and what a check asks of each.
OF_MEMBERS: Mapping[str, tuple[str, str]] = {
    "none of them": ("none: birth_date < as_of", "counted"),
    "their number": ("count: birth_date < as_of", "counted <= 1"),
    "their latest birth": ("max: birth_date", "counted < as_of"),
}


@pytest.mark.parametrize("fold", OF_MEMBERS)
@pytest.mark.parametrize("way", ["raise", "lower"])
def test_a_larger_household_has_members_of_whom_nothing_is_known(fold: str, way: str, tmp_path: Path) -> None:
    """So a property of its size is not kept, though no condition names the size; a smaller one loses nobody."""
    said, require = OF_MEMBERS[fold]
    counted = f"  counted:\n    title: {{zh: 数, en: Number}}\n    over: person\n    by: household\n    {said}\n"
    promised = f"properties:\n  size:\n    title: {{zh: 人, en: Size}}\n    {way}: household_size\n    keeps: good\n"
    files = changed(
        ("  net:\n", counted + "  net:\n"),
        ("require: food_secure", f"require: {require}"),
        ("require: income_per_capita > $line", "require: wage_income > $line"),
    )
    pack = checked(tmp_path, {**files, "exit.yaml": files["exit.yaml"] + promised})
    broken = [one.kind for one in pack.all_findings if one.kind == "property-broken"]
    assert broken == (["property-broken"] if way == "raise" else [])


def test_what_nothing_uses_is_said_without_a_solver(tmp_path: Path) -> None:
    pack = check_pack(
        write(
            tmp_path,
            edited(
                "parameters.yaml",
                "line:",
                "other:\n  title: {zh: 别, en: Other}\n  unit: day\n  values:\n    - {from: 2016-01-01, value: 1, status: unconfirmed, origin: 来历}\nline:",
            ),
        ),
        Shelf((tmp_path,)),
        prove=False,
    )
    assert [(one.kind, one.facts["name"], one.place.file, one.place.line) for one in pack.all_findings] == [
        ("parameter-unused", "other", "mini/parameters.yaml", 1),
        ("fact-unused", "members", "mini/exit.yaml", 6),
    ]
    assert pack.proofs is None


def test_every_file_tells_its_mistake_at_once(tmp_path: Path) -> None:
    files = {
        **FILES,
        "parameters.yaml": PARAMETERS,
        "exit.yaml": STANDARD.replace("require: food_secure", "require: food_secur").replace("> $line", "> $lime"),
        "entry.yaml": STANDARD.replace("standard: exit", "standard: entry").replace("severity: gate", "severity: gaet", 1),
        "cases/entry.yaml": "- nmae: 一\n",
    }
    pack = check_pack(write(tmp_path, files), Shelf((tmp_path,)), prove=True)
    assert [(one.code, one.facts["file"], one.facts.get("nearest", "")) for one in pack.mistakes] == [
        ("pack-value-wrong", "mini/entry.yaml", ""),
        ("expression-name-unknown", "mini/exit.yaml", "food_secure"),
        ("expression-name-unknown", "mini/exit.yaml", "line"),
    ]


def test_where_parameters_cannot_be_read_conditions_are_not_blamed(tmp_path: Path) -> None:
    files = {**FILES, "parameters.yaml": PARAMETERS.replace("unit: yuan-person-year", "unit: yuan-persn-year")}
    pack = check_pack(write(tmp_path, files), Shelf((tmp_path,)), prove=True)
    assert [(one.code, one.facts["file"]) for one in pack.mistakes] == [("pack-value-wrong", "mini/parameters.yaml")]
