"""Every row of the fault table, through the real way in."""

import ast
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulttable import FAULTS, GROUPS, Fault, Proved, Reads, Refused
from faulttable.making import CANARY_DIGITS, FIELDS, SOUND
from workbooks import careful_sheet, cells_of

from fupin_cli.cli.main import main
from fupin_cli.errors import FupinError
from fupin_cli.load.cells import child, several, usual
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.tables.build import load_tables
from fupin_cli.messages import CATALOGUE, hint
from fupin_cli.model.cells import Sheet, SourceFile
from fupin_cli.model.inputs import Loaded, RowCounts
from here import Here

ROOT = Path(__file__).resolve().parents[2]
#: Packs as small as they can be: what is judged is not the point here.
PACKS = {
    "data-quality/pack.yaml": "pack: data-quality\nversion: 1\ntitle: {zh: 无, en: None}\ndocuments: {}\neffective: {from: 2000-01-01}\n",
    "tiny/pack.yaml": "pack: tiny\nversion: 1\ntitle: {zh: 小, en: Small}\ndocuments:\n  paper: {title: 某办法, issuer: 某办}\neffective: {from: 2000-01-01}\n",
    "tiny/household-exit.yaml": """\
standard: household-exit
title: {zh: 退出, en: Exit}
subject: household
checks:
  water:
    title: {zh: 饮水, en: Water}
    severity: gate
    require: water_safe AND income_per_capita > 0
    remedy: {zh: 办, en: Do}
    cite: {document: paper, clause: 一, quote: 原文}
outcomes:
  ineligible: {title: {zh: 否, en: No}, meets: false}
  eligible: {title: {zh: 是, en: Yes}, meets: true}
decide:
  - {outcome: ineligible, when: NOT water}
  - {outcome: eligible, default: true}
""",
}
FILES = [
    pytest.param(fault, id=fault.id, marks=[pytest.mark.xfail(reason=fault.waiting, strict=True)] if fault.waiting else [])
    for fault in FAULTS.values()
    if not isinstance(fault.expected, Proved)
]

FIRST_READ = {next((fault.id for fault in group.faults if isinstance(fault.expected, Reads)), "") for group in GROUPS}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    for name, text in PACKS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "tiny"


@pytest.fixture(autouse=True)
def few_rows_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are as usual are read as such, however few they are."""
    monkeypatch.setattr(usual, "CELLS_PER_COLUMN", 0)


@pytest.mark.parametrize("fault", FILES)
def test_what_the_table_says_happens(
    fault: Fault, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(child, "start", lambda: None)
    if not fault.child:
        monkeypatch.setattr(child, "take", Here)
    folder = tmp_path / "收到的"
    folder.mkdir()
    assert fault.make is not None
    made = fault.make(folder)
    files = [str(path) for path in ([made] if isinstance(made, Path) else made)]
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    match fault.expected:
        case Refused():
            outcomes = [is_refused(fault, fault.expected, files)]
        case Reads():
            outcomes = is_read(fault, fault.expected, files)
    if fault.child:
        # Read by its process once; a second time shows nothing new and is what costs most.
        found = dict(zip(files, outcomes, strict=True))
        monkeypatch.setattr(several, "read_file", lambda path, **_: again(found[path]))
    output = tmp_path / "结果.json"
    sheets = [word for name in chosen(fault) for word in ("--sheet", name)]
    judging = ["check-exit", *files, "--rules", str(pack), "-o", str(output), *fault.arguments]
    code = main(judging if is_judged(fault) else ["inspect", *files, "-o", str(output), *sheets])
    out, err = capsysbinary.readouterr()

    told = err.decode("utf-8")
    assert "Traceback" not in told
    assert out == b""
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    everything = told + (output.read_text("utf-8") if output.exists() else "")
    assert [digits for digits in CANARY_DIGITS if digits in everything] == []
    if isinstance(fault.expected, Refused):
        assert code == 3, told
        assert not output.exists()
        first, second = told.splitlines()
        assert first.startswith("错误：")
        assert second.startswith("提示：")
    elif is_judged(fault):
        assert code in (0, 1), told
        rows = json.loads(output.read_bytes())["inputs"][0]["rows"]
        assert rows["read"] == rows["decided"] + rows["quarantined"] + rows["skipped"] > 0
    else:
        assert code == 0, told
        seen = [sheet for file in json.loads(output.read_bytes())["files"] for sheet in file["sheets"] if sheet["rows"]]
        for sheet in seen:
            first, last = sheet["header_rows"]
            rows = sheet["rows"]
            assert rows["read"] == rows["decided"] + rows["quarantined"] + rows["skipped"]
            assert sheet["filled_rows"] == rows["read"] + last - first + 1
        assert sum(sheet["rows"]["read"] for sheet in seen) == fault.expected.rows[0]


def is_judged(fault: Fault) -> bool:
    """Refused files, those of a process of their own, and the first readable one of each group are judged; judging the others,
    too, would show the same and take three times as long as looking at them.
    """
    return not isinstance(fault.expected, Reads) or fault.child or fault.id in FIRST_READ


def again(outcome: SourceFile | FupinError) -> SourceFile:
    """What reading a file gave the first time."""
    if isinstance(outcome, FupinError):
        raise outcome
    return outcome


def chosen(fault: Fault) -> list[str]:
    """The names given to --sheet."""
    return [value for option, value in zip(fault.arguments, fault.arguments[1:], strict=False) if option == "--sheet"]


def read(fault: Fault, files: list[str]) -> tuple[list[SourceFile], Loaded]:
    sheets = chosen(fault)
    sources = [read_file(path, sheets=sheets or None) for path in files]
    return sources, load_tables(sources, sheets)


def is_refused(fault: Fault, expected: Refused, files: list[str]) -> FupinError:
    with pytest.raises(FupinError) as refusal:
        read(fault, files)
    assert (refusal.value.code, int(refusal.value.exit_code)) == (expected.code, 3)
    assert {name: refusal.value.facts.get(name) for name in expected.names} == dict(expected.names)
    assert hint(expected.code, "zh", **refusal.value.facts)
    assert hint(expected.code, "en", **refusal.value.facts)
    return refusal.value


def is_read(fault: Fault, expected: Reads, files: list[str]) -> list[SourceFile]:
    sources, loaded = read(fault, files)
    readers_agree(sources, files)
    assert {str(p.where): p.code for p in loaded.problems if p.severity == "error"} == dict(expected.problems)
    told = Counter(p.code for p in loaded.problems if p.severity != "error")
    assert set(expected.told) <= set(told), told
    # What is not expected is not said either: a warning that comes for nothing is not read when it counts.
    assert {code for code in told if not code.startswith("header-unknown")} - set(expected.told) == set()
    total = sum((source.rows for source in loaded.inputs), RowCounts(0, 0, 0, 0))
    assert (total.read, total.decided, total.quarantined, total.skipped) == expected.rows
    assert total.read + expected.header_rows * len([s for one in loaded.inputs for s in one.sheets]) == taken_rows(
        sources, loaded
    )
    household = loaded.tables["household"].data if "household" in loaded.tables else None
    if household is None:
        assert expected.holds
    elif expected.households is None:
        rows = [{**SOUND[0], **expected.changed}, dict(SOUND[1])]
        got = household.select(FIELDS).to_pylist()
        assert got == rows
    else:
        assert tuple(household.column("household_id").to_pylist()) == tuple(expected.households)
    for (table, name), values in expected.holds.items():
        assert loaded.tables[table].data.column(name).to_pylist() == list(values), (table, name)
    return sources


def taken_rows(sources: list[SourceFile], loaded: Loaded) -> int:
    """Rows with content of the sheets that were taken, counted in the cells."""
    taken = {(one.path, sheet.name) for one in loaded.inputs for sheet in one.sheets}
    return sum(len(sheet.rows) for source in sources for sheet in source.sheets if (source.path, sheet.name) in taken)


def readers_agree(sources: list[SourceFile], files: list[str]) -> None:
    """The careful reader alone gives the cells that the way in gave."""
    for source, path in zip(sources, files, strict=True):
        if source.format == "xlsx":
            for at, sheet in enumerate(source.sheets):
                careful = careful_sheet(Path(path), sheet=at) if len(source.sheets) > 1 else _by_name(path, sheet.name)
                assert careful.name == sheet.name
                assert careful.rows.to_pylist() == sheet.rows.to_pylist()
                assert cells_of(careful) == cells_of(sheet)


def _by_name(path: str, name: str) -> Sheet:
    at = 0
    while (sheet := careful_sheet(Path(path), sheet=at)).name != name:
        at += 1
    return sheet


def _functions(path: str) -> Iterator[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=fault.id) for fault in FAULTS.values() if isinstance(fault.expected, Proved)]
)
def test_a_test_that_the_table_names_is_there(fault: Fault) -> None:
    assert isinstance(fault.expected, Proved)
    assert fault.expected.tests
    for test in fault.expected.tests:
        path, _, name = test.partition("::")
        names = list(_functions(path))
        assert names if name == "*" else name in names, test


def test_every_row_is_one_row() -> None:
    rows = [fault for group in GROUPS for fault in group.faults]
    assert len(FAULTS) == len(rows)
    assert len({group.id for group in GROUPS}) == len(GROUPS)
    assert [fault.id for fault in rows if (fault.make is None) != isinstance(fault.expected, Proved)] == []


def test_every_code_of_the_table_has_words() -> None:
    codes = set()
    for fault in FAULTS.values():
        if fault.waiting:
            continue
        match fault.expected:
            case Refused(code=code):
                codes.add(code)
            case Reads(problems=problems, told=told):
                codes |= {*problems.values(), *told}
    assert codes <= set(CATALOGUE)
