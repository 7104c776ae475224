"""Each sample, saved by LibreOffice in other formats, gives the same tables back."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from workbooks import Cells, cells_of

from fupin_cli.load.cells.files import read_file
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.tables import ROW, SHEET

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.xlsx"))
#: What another format cannot hold, or another program does on its own: the cell, and what it becomes.
CALCULATED = ("everything-wrong", "户", (6, 11), "3500")
#: A csv has what is shown: an ID that became a number is shown in scientific form.
SHOWN = ("everything-wrong", "户", (3, 2), "3.49900196505055E+017")

Save = Callable[[Sequence[Path], str, Path], None]


@pytest.fixture(scope="module")
def saved(save: Save, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder with all samples in one format; the office starts once for each."""
    folders: dict[str, Path] = {}

    def folder(form: str) -> Path:
        if form not in folders:
            folders[form] = tmp_path_factory.mktemp(form)
            save(SAMPLES, form, folders[form])
        return folders[form]

    return folder


def different(before: Cells, after: Cells) -> Iterator[tuple[int, int]]:
    return (place for place in sorted({*before, *after}) if before.get(place) != after.get(place))


@pytest.mark.parametrize("form", ["xlsx", "xls"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_workbook_saved_by_another_program_has_the_same_cells(sample: Path, form: str, saved: Callable[[str], Path]) -> None:
    before, after = read_file(str(sample)), read_file(str(saved(form) / f"{sample.stem}.{form}"))
    assert (after.format, after.warnings) == (form, [])
    assert [(sheet.name, sheet.hidden) for sheet in after.sheets] == [(sheet.name, sheet.hidden) for sheet in before.sheets]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        cells, others = cells_of(old), cells_of(new)
        for place in different(cells, others):
            # A formula that nobody calculated is calculated by whoever opens the file.
            assert (sample.stem, old.name, place, others[place][0]) == CALCULATED
            assert (cells[place][1], others[place][1]) == (Kind.UNCALCULATED, Kind.NUMBER)
        assert list(new.merged) == list(old.merged)


@pytest.mark.parametrize("form", ["xlsx", "xls"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_workbook_saved_by_another_program_gives_the_same_tables(sample: Path, form: str, saved: Callable[[str], Path]) -> None:
    before, after = (load_tables([read_file(str(path))]) for path in (sample, saved(form) / f"{sample.stem}.{form}"))
    assert after.tables.keys() == before.tables.keys()
    for name, table in before.tables.items():
        if sample.stem != CALCULATED[0]:
            assert after.tables[name].data.equals(table.data)
        assert after.tables[name].data.column(ROW).equals(table.data.column(ROW))
    told = {(str(p.where), p.code) for p in before.problems} ^ {(str(p.where), p.code) for p in after.problems}
    assert {code for _, code in told} <= ({"formula-uncalculated"} if sample.stem == CALCULATED[0] else set())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_csv_saved_by_another_program_has_the_same_texts(sample: Path, saved: Callable[[str], Path]) -> None:
    folder = saved("csv")
    for sheet in read_file(str(sample)).sheets:
        file = read_file(str(folder / f"{sample.stem}-{sheet.name}.csv"))
        assert (file.format, file.encoding) == ("csv", "utf-8")
        [other] = file.sheets
        before = {place: text for place, (text, _) in cells_of(sheet).items()}
        after = {place: text for place, (text, _) in cells_of(other).items()}
        for place in sorted({*before, *after}):
            if before.get(place) != after.get(place):
                assert (sample.stem, sheet.name, place, after[place]) in (CALCULATED, SHOWN)
        assert {kind for _, kind in cells_of(other).values()} <= {Kind.TEXT}


def values(file: SourceFile) -> dict[str, list[dict[str, object]]]:
    tables = load_tables([file]).tables
    return {
        name: [{key: value for key, value in row.items() if key not in (SHEET, ROW)} for row in table.data.to_pylist()]
        for name, table in tables.items()
    }


@pytest.mark.parametrize("stem", ["register-2014-2018", "register-2023-members", "register-2023-villages"])
def test_a_csv_of_a_workbook_with_one_sheet_gives_the_same_tables(stem: str, saved: Callable[[str], Path]) -> None:
    [sample] = [path for path in SAMPLES if path.stem == stem]
    [sheet] = read_file(str(sample)).sheets
    assert values(read_file(str(saved("csv") / f"{stem}-{sheet.name}.csv"))) == values(read_file(str(sample)))
