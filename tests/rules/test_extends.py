"""A pack that extends another: what it inherits, what it replaces, what it leaves out, and what its hash covers."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from small_pack import FILES, HEAD, PARAMETERS, STANDARD, write

from fupin_cli.errors import PackRefused
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

CHILD = """\
pack: child
version: 3
title: {zh: 子, en: Child}
documents:
  own: {title: 本省办法, issuer: 省办, issued: 2018-09-07}
effective: {from: 2018-09-07, to: 2020-12-31}
extends: mini
"""
OWN = "cite: {document: own, clause: 二, quote: 本省原文}"
PART = """\
standard: exit
title: {zh: 本省退出, en: Exit here}
subject: household
"""


def check(name: str, severity: str, require: str) -> str:
    words = "    title: {zh: 查, en: Check}\n    remedy: {zh: 办, en: Do}\n"
    return f"checks:\n  {name}:\n{words}    severity: {severity}\n    require: {require}\n    {OWN}\n"


def child(folder: Path, files: dict[str, str] | None = None, parent: dict[str, str] | None = None) -> LoadedPack:
    write(folder, parent or FILES)
    write(folder, {"pack.yaml": CHILD, **(files or {})}, "child")
    return load_pack(folder / "child", Shelf((folder,)))


def test_what_a_child_does_not_mention_it_inherits(tmp_path: Path) -> None:
    parent, loaded = load_pack(write(tmp_path, FILES), Shelf((tmp_path,))), child(tmp_path)
    assert loaded.pack.standards == parent.pack.standards
    assert loaded.pack.parameters == parent.pack.parameters
    assert list(loaded.pack.head.documents) == ["doc", "own"]


def test_a_child_is_known_by_its_own_identity(tmp_path: Path) -> None:
    head = child(tmp_path).pack.head
    assert (head.pack, head.version, head.title.zh, head.effective.start) == ("child", 3, "子", date(2018, 9, 7))


def test_a_check_written_in_the_child_replaces_the_whole_inherited_one(tmp_path: Path) -> None:
    loaded = child(tmp_path, {"exit.yaml": PART + check("fed", "gate", "clothing_secure")})
    checks = loaded.standards["exit"].checks
    assert list(checks) == ["fed", "rich"]
    # Not even its condition of application is left over.
    assert (checks["fed"].check.require, checks["fed"].check.applies, checks["fed"].check.cite.document) == (
        "clothing_secure",
        None,
        "own",
    )
    assert checks["rich"].check.cite.document == "doc"


def test_a_new_check_joins_the_inherited_ones(tmp_path: Path) -> None:
    loaded = child(tmp_path, {"exit.yaml": PART + check("watered", "finding", "water_safe")})
    assert list(loaded.standards["exit"].checks) == ["fed", "rich", "watered"]


def test_without_drops_an_inherited_check(tmp_path: Path) -> None:
    text = PART + "without: [fed]\ndecide:\n  - {outcome: bad, when: NOT rich}\n  - {outcome: good, default: true}\n"
    loaded = child(tmp_path, {"exit.yaml": text})
    assert list(loaded.standards["exit"].checks) == ["rich"]


def test_a_check_dropped_but_still_used_by_the_inherited_decision_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, {"exit.yaml": PART + "without: [fed]\n"})
    # The condition that names it stands in the parent's file.
    assert (caught.value.code, caught.value.facts["name"], caught.value.facts["file"]) == (
        "expression-name-unknown",
        "fed",
        "mini/exit.yaml",
    )


def test_without_names_an_inherited_check_and_tells_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, {"exit.yaml": PART + "without: [fedd]\n"})
    assert (caught.value.code, caught.value.facts["nearest"], caught.value.facts["line"]) == ("pack-without-nothing", "fed", 4)


def test_a_decision_list_written_in_the_child_replaces_the_whole_inherited_one(tmp_path: Path) -> None:
    text = (
        PART
        + "decide:\n  - {outcome: bad, when: NOT fed}\n  - {outcome: bad, when: NOT rich}\n  - {outcome: good, default: true}\n"
    )
    rows = child(tmp_path, {"exit.yaml": text}).standards["exit"].rows
    assert [row.row.when for row in rows] == ["NOT fed", "NOT rich", None]


def test_facts_and_outcomes_are_replaced_one_by_one(tmp_path: Path) -> None:
    text = (
        PART
        + "facts:\n  net:\n    title: {zh: 另, en: Other}\n    value: wage_income\n"
        + "outcomes:\n  good: {title: {zh: 予以退出, en: Exits}, meets: true}\n"
    )
    standard = child(tmp_path, {"exit.yaml": text}).standards["exit"].standard
    assert list(standard.facts) == ["members", "net", "parts"]
    assert standard.facts["net"].value == "wage_income"
    assert [standard.outcomes[name].title.zh for name in ("bad", "good")] == ["否", "予以退出"]


def test_an_inherited_applies_holds_until_the_child_writes_its_own(tmp_path: Path) -> None:
    parent = {**FILES, "exit.yaml": STANDARD.replace("facts:\n", "applies: registered\nfacts:\n", 1)}
    assert child(tmp_path, {"exit.yaml": PART}, parent).standards["exit"].standard.applies == "registered"
    other = child(tmp_path, {"exit.yaml": PART + "applies: annual_plan\n"}, parent)
    assert other.standards["exit"].standard.applies == "annual_plan"
    every = child(tmp_path, {"exit.yaml": PART + 'applies: "TRUE"\n'}, parent)
    assert every.standards["exit"].standard.applies is None
    # With nothing to take away it says nothing.
    with pytest.raises(PackRefused) as caught:
        child(
            tmp_path,
            {"new.yaml": STANDARD.replace("facts:\n", 'applies: "TRUE"\nfacts:\n', 1).replace("standard: exit", "standard: new")},
        )
    assert caught.value.code == "expression-always-true"


def test_a_parameter_written_in_the_child_replaces_all_inherited_values(tmp_path: Path) -> None:
    text = f"line:\n  title: {{zh: 省线, en: Line}}\n  unit: yuan-person-year\n  values:\n    - {{from: 2018-01-01, value: 3335, {OWN}}}\n"
    periods = Parameters(child(tmp_path, {"parameters.yaml": text}).pack, {}).periods("line")
    assert [(period.first, period.last, period.value) for period in periods] == [(2018, None, Decimal(3335))]


def test_a_child_may_cite_the_documents_of_its_parent(tmp_path: Path) -> None:
    text = PARAMETERS.replace("line:", "share:")
    assert set(child(tmp_path, {"parameters.yaml": text}).pack.parameters) == {"line", "share"}


def test_a_parent_cannot_cite_the_documents_of_its_child(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, None, {**FILES, "parameters.yaml": PARAMETERS.replace("document: doc", "document: own")})
    assert (caught.value.code, caught.value.facts["file"]) == ("pack-document-unknown", "mini/parameters.yaml")


def test_the_same_document_may_be_named_again_but_not_another_one(tmp_path: Path) -> None:
    same = CHILD.replace("documents:\n", "documents:\n  doc: {title: 某办法, issuer: 某办}\n")
    child(tmp_path, {"pack.yaml": same})
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, {"pack.yaml": same.replace("某办法", "又一办法")})
    assert (caught.value.code, caught.value.facts["line"]) == ("pack-document-clash", 5)


def test_two_packs_that_extend_each_other_are_an_error_with_their_chain(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, None, {**FILES, "pack.yaml": HEAD + "extends: child\n"})
    assert (caught.value.code, caught.value.facts["chain"]) == ("pack-extends-itself", "child → mini → child")


def test_a_grandchild_inherits_from_both(tmp_path: Path) -> None:
    child(tmp_path, {"exit.yaml": PART + check("watered", "finding", "water_safe")})
    head = CHILD.replace("pack: child", "pack: grandchild").replace("extends: mini", "extends: child").replace("own:", "third:")
    write(tmp_path, {"pack.yaml": head}, "grandchild")
    loaded = load_pack(tmp_path / "grandchild", Shelf((tmp_path,)))
    assert list(loaded.standards["exit"].checks) == ["fed", "rich", "watered"]
    assert list(loaded.pack.head.documents) == ["doc", "own", "third"]


def test_an_error_in_an_inherited_file_names_that_file(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, None, {**FILES, "exit.yaml": STANDARD.replace("require: food_secure", "require: food_secured")})
    assert (caught.value.facts["file"], caught.value.facts["line"]) == ("mini/exit.yaml", 24)


# --- the hash -----------------------------------------------------------------------------------------------------------


def test_a_hash_is_sha256_in_hex_and_the_same_wherever_the_pack_lies(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = child(tmp_path / "a").pack.sha256, child(tmp_path / "b").pack.sha256
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert first == second


@pytest.mark.parametrize("name", FILES)
def test_a_change_in_any_file_of_the_parent_changes_the_hash_of_the_child(tmp_path: Path, name: str) -> None:
    before = child(tmp_path).pack.sha256
    assert child(tmp_path, None, {**FILES, name: FILES[name] + "# changed\n"}).pack.sha256 != before


def test_a_change_in_a_file_of_the_child_changes_its_hash_and_not_the_parents(tmp_path: Path) -> None:
    before, parent = child(tmp_path).pack.sha256, load_pack(tmp_path / "mini", Shelf((tmp_path,))).pack.sha256
    assert child(tmp_path, {"pack.yaml": CHILD + "# changed\n"}).pack.sha256 != before
    assert load_pack(tmp_path / "mini", Shelf((tmp_path,))).pack.sha256 == parent


def test_a_new_file_a_new_name_and_a_moved_line_change_the_hash(tmp_path: Path) -> None:
    hashes = {child(tmp_path).pack.sha256}
    write(tmp_path, {"cases/exit.yaml": "[]\n"}, "child")
    hashes.add(child(tmp_path).pack.sha256)
    (tmp_path / "child/cases/exit.yaml").unlink()
    write(tmp_path, {"cases/exit2.yaml": "[]\n"}, "child")
    hashes.add(child(tmp_path).pack.sha256)
    assert len(hashes) == 3


def test_line_ends_of_windows_do_not_change_the_hash(tmp_path: Path) -> None:
    before = child(tmp_path).pack.sha256
    windows = {name: text.replace("\n", "\r\n") for name, text in FILES.items()}
    assert child(tmp_path, {"pack.yaml": CHILD.replace("\n", "\r\n")}, windows).pack.sha256 == before


def test_a_file_that_is_no_yaml_does_not_change_the_hash(tmp_path: Path) -> None:
    before = child(tmp_path).pack.sha256
    write(tmp_path, {"README.md": "words\n", ".DS_Store": "x"}, "child")
    assert child(tmp_path).pack.sha256 == before
