"""What is fuzzed, and what each reader may say to a spoilt file: its own errors, and nothing else."""

import io
import shutil
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import archives
import grammars
import mutations
import seeds

from fupin_cli.errors import InputRefused, PackRefused
from fupin_cli.evaluate.cases import run_cases
from fupin_cli.load.cells import usual, wire, worker, xlsx
from fupin_cli.load.cells.delimited import read_delimited
from fupin_cli.load.cells.lines import NotUsual
from fupin_cli.load.cells.look import Format, look_at_file
from fupin_cli.model.cells import Sheet
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_cases, load_pack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import ExpressionError, Known, Scope
from fupin_cli.rules.standard import table_names

PACK = "national-2016"
USUAL = "usual"
READ = "read"
#: Rows that are as usual are read as such, however few they are.
usual.CELLS_PER_COLUMN = 0


class ReadersDiffer(AssertionError):
    """Rows that were taken for usual gave other cells than the careful reader."""


@dataclass(frozen=True)
class Target:
    """A reader, files to begin with, and how to spoil them."""

    seeds: Callable[[], list[bytes]]
    spoil: Sequence[mutations.Mutate]
    #: Reads a file and tells in a word what came of it: two inputs with one word went one way.
    run: Callable[[Path], str]
    #: Compares two readers, where both may read; its time does not count.
    compare: Callable[[Path], None] | None = None


def _refused(error: BaseException, code: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"refused {code} {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def _shape(sheets: Sequence[Sheet]) -> str:
    kinds = sorted({kind for sheet in sheets for column in sheet.columns for kind in column.kind.unique().to_pylist()})
    return f"{READ} {min(len(sheets), 3)} {kinds} {sum(len(sheet.merged) > 0 for sheet in sheets)}"


def read_any(path: Path) -> str:
    """A file of any format, as the child reads it and as the parent takes its answer."""
    stream = io.BytesIO()
    try:
        if look_at_file(path) is Format.CSV:
            return read_table(path)
        worker.write_file(path, None, stream)
    except InputRefused as refusal:
        return _refused(refusal, refusal.code)
    stream.seek(0)
    return _shape(wire.read_answer(stream).sheets)


def read_workbook(path: Path) -> str:
    """A workbook; the word says whether any of its rows were as usual."""
    used: list[bool] = []
    read = usual.UsualReader.read

    def noted(self: usual.UsualReader, rows: Sequence[bytes]) -> usual.Block:
        block = read(self, rows)
        used.append(True)
        return block

    try:
        usual.UsualReader.read = noted  # type: ignore[method-assign]
        found = read_any(path)
    finally:
        usual.UsualReader.read = read  # type: ignore[method-assign]
    return f"{found} {USUAL}" if used and found.startswith(READ) else found


def readers_agree(path: Path) -> None:
    """What is as usual, the careful reader reads just so."""

    def never(*_: object, **__: object) -> usual.Block:
        raise NotUsual

    read = usual.UsualReader.read
    found = _sheets(path)
    try:
        usual.UsualReader.read = never  # type: ignore[method-assign]
        careful = _sheets(path)
    finally:
        usual.UsualReader.read = read  # type: ignore[method-assign]
    if not _same(found, careful):
        raise ReadersDiffer


def _sheets(path: Path) -> list[Sheet]:
    sheets: list[Sheet] = []
    xlsx.read_sheets(path, None, sheets.append)
    return sheets


def _same(one: Sequence[Sheet], other: Sequence[Sheet]) -> bool:
    return len(one) == len(other) and all(
        (a.name, a.hidden, a.merged, a.hidden_rows, len(a.columns)) == (b.name, b.hidden, b.merged, b.hidden_rows, len(b.columns))
        and a.rows.equals(b.rows)
        and all(x.text.equals(y.text) and x.kind.equals(y.kind) for x, y in zip(a.columns, b.columns, strict=True))
        for a, b in zip(one, other, strict=True)
    )


def read_table(path: Path) -> str:
    """Separated values."""
    try:
        sheet, encoding, _ = read_delimited(path)
    except InputRefused as refusal:
        return _refused(refusal, refusal.code)
    return f"{_shape([sheet])} {encoding}"


def read_pack(path: Path) -> str:
    """A pack with one spoilt file: refused at its place, or its cases run."""
    name, _, content = path.read_bytes().partition(b"\n")
    folder = path.parent / PACK
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(seeds.RULES / PACK, folder)
    (folder / name.decode()).write_bytes(content)
    try:
        loaded = load_pack(folder, shelf(path.parent))
        cases = load_cases(loaded)
    except PackRefused as refusal:
        return f"{_refused(refusal, refusal.code)} {Path(str(refusal.facts['file'])).name}"
    # The spoilt standard, or the first where another file is spoilt: a query takes its time.
    standard = next((one for one in cases if one in name.decode()), next(iter(cases), None))
    if standard is not None:
        run_cases(loaded.standards[standard], Parameters(loaded.pack, {}), cases[standard][:3])
    return "read"


@cache
def _scope() -> Scope:
    parameters = {"poverty_line": Known(NameKind.PARAMETER, ValueType.NUMBER)}
    known = table_names("county") | table_names("person") | table_names("household")
    return Scope(known, parameters, null_tests=True)


def read_condition(path: Path) -> str:
    """A condition."""
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        tree = parse(text, _scope())
    except ExpressionError as error:
        if not 0 <= error.offset <= len(text):
            raise AssertionError(f"offset {error.offset} of {len(text)}") from error
        return _refused(error, error.code)
    return f"read {type(tree).__name__}"


_ANY = mutations.spoil_bytes
TARGETS = {
    "zip": Target(seeds.workbooks, (archives.spoil_zip, _ANY), read_workbook, readers_agree),
    "xml": Target(seeds.workbooks, (archives.spoil_parts,), read_workbook, readers_agree),
    "csv": Target(seeds.tables, (grammars.spoil_table, grammars.spoil_table, _ANY), read_table),
    "html": Target(seeds.web_pages, (grammars.spoil_markup, grammars.spoil_markup, _ANY), read_any),
    "xml2003": Target(seeds.old_xml, (grammars.spoil_markup, grammars.spoil_markup, _ANY), read_any),
    "xls": Target(seeds.old_workbooks, (_ANY,), read_any),
    "parquet": Target(seeds.parquet, (_ANY,), read_any),
    "yaml": Target(seeds.packs, (grammars.spoil_yaml,), read_pack),
    "expression": Target(seeds.conditions, (grammars.spoil_condition,), read_condition),
}
