"""One way in: a path gives the cells of a file, or a refusal, and nothing is left behind."""

import hashlib
import io
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from workbooks import MakeBook, careful_sheet, cells_of, parts_of, relation, zipped

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import child, files, wire, worker, xlsx
from fupin_cli.load.cells.files import read_file
from fupin_cli.messages import hint, say
from fupin_cli.messages.reading import MESSAGES
from fupin_cli.model.cells import GridColumn, Kind, Merge, Sheet

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
SOURCES = Path(files.__file__).parent


def refusal(path: Path | str, **more: list[str]) -> InputRefused:
    with pytest.raises(InputRefused) as refused:
        read_file(str(path), **more)
    return refused.value


def test_a_workbook_is_read_with_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "农户 表.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "户"
    book.active.append(["编号", 1.5])
    hidden = book.create_sheet("草稿")
    hidden.sheet_state = "veryHidden"
    book.create_chartsheet("图")
    book.create_sheet("空")
    book.save(path)
    file = read_file(str(path))
    assert [(sheet.name, sheet.hidden, len(sheet.rows), len(sheet.columns)) for sheet in file.sheets] == [
        ("户", False, 1, 2),
        ("草稿", True, 0, 0),
        ("空", False, 0, 0),
    ]
    assert cells_of(file.sheets[0]) == {(1, 0): ("编号", Kind.TEXT), (1, 1): ("1.5", Kind.NUMBER)}
    assert (file.format, file.encoding, file.warnings) == ("xlsx", "", [])
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.path == path.as_posix()
    assert [sheet.name for sheet in read_file(str(path), sheets=["空"]).sheets] == ["空"]
    missing = refusal(path, sheets=["户 "])
    assert (missing.code, missing.facts["sheet"], missing.facts["sheets"]) == ("sheet-not-found", "户 ", "户、草稿、空")


def test_a_large_workbook_is_read_as_a_careful_reader_would(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(5000):
            sheet.write_row(row, 0, [f"户{row}", *[row * column / 100 if row else "列" for column in range(1, 15)]])
    assert cells_of(read_file(str(path)).sheets[0]) == cells_of(careful_sheet(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "file-is-directory"
    assert refusal(tmp_path / "none.xlsx").code == "file-not-found"
    assert refusal(tmp_path / "none" / "none.xlsx").code == "file-not-found"
    assert refusal("a\0b").code == "file-unreadable"
    assert refusal("x" * 5000).code == "file-unreadable"
    lock = tmp_path / "~$户.xlsx"
    lock.write_bytes(b"x" * 165)
    assert refusal(lock).code == "file-is-lock"


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system and file modes are POSIX")
def test_pipes_and_files_of_others_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "file-not-regular"
    locked = tmp_path / "a.csv"
    locked.write_text("a")
    locked.chmod(0)
    if os.geteuid():
        assert refusal(locked).code == "file-not-permitted"


def test_a_far_corner_gives_the_right_rows(book: MakeBook) -> None:
    sheet = read_file(str(book(ROWS + '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'))).sheets[0]
    assert sheet.rows.to_pylist() == [1, 1_048_576]
    assert len(sheet.columns) == 16_384
    assert cells_of(sheet) == {(1, 0): ("1", Kind.NUMBER), (1_048_576, 16_383): ("5", Kind.NUMBER)}


def test_macros_and_links_are_left_alone_with_a_warning(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        **parts_of(ROWS),
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    }
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = str(parts[rels]).replace(
        "</Relationships>", relation(9, "externalLink", "externalLinks/externalLink1.xml") + "</Relationships>"
    )
    assert read_file(str(zipped(tmp_path / "a.xlsm", parts))).warnings == ["macros-ignored", "external-links-ignored"]
    assert read_file(str(zipped(tmp_path / "a.csv", parts_of(ROWS)))).warnings == ["extension-mismatch"]


def replace_worker(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", program))


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
        "raise MemoryError",
        "pass",
        "print('hello')",
        "import os; os.write(1, bytes([255] * 64 + [0] * 64))",
        "import os; os.write(1, b'\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f' + bytes(64))",
    ],
)
def test_a_worker_that_breaks_down_costs_one_file(
    book: MakeBook, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], program: str
) -> None:
    replace_worker(monkeypatch, program)
    assert refusal(book(ROWS)).code == "workbook-reader-died"
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_takes_too_long_is_killed(book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(child, "TIME_LIMIT", 0.2)
    assert refusal(book(ROWS)).code == "workbook-takes-too-long"


@pytest.mark.skipif(not child.LIMITS_MEMORY, reason="no memory limit on this platform")
def test_a_worker_over_its_memory_is_a_refusal(book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, "from fupin_cli.load.cells import worker; worker.MEMORY_LIMIT = 16 << 20; worker.main()")
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{row:0100}</t></is></c></row>' for row in range(1, 50_000))
    assert refusal(book(rows)).code in {"workbook-needs-memory", "workbook-reader-died"}


def test_an_interrupted_parent_leaves_no_child(book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    workers: list[child.Worker] = []
    take = child.take

    def noted() -> child.Worker:
        workers.append(take())
        return workers[-1]

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(child, "take", noted)
    monkeypatch.setattr(files, "read_answer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_file(str(book(ROWS)))
    assert not workers[0].alive


@pytest.mark.skipif(os.name != "posix", reason="sessions are POSIX")
def test_a_worker_does_not_hear_the_terminal() -> None:
    with child.Worker() as one:
        pid = one._process.pid
        assert os.getsid(pid) == pid != os.getsid(0)


def test_a_warm_worker_is_used_once_and_ends_with_its_parent(book: MakeBook) -> None:
    child.start()
    child.start()
    (warm,) = child._warm
    assert len(read_file(str(book(ROWS))).sheets) == 1
    assert not warm.alive
    assert child._warm == []
    child.start()
    (unused,) = child._warm
    child.end_warm()
    assert not unused.alive


def test_a_warm_worker_that_died_is_replaced(book: MakeBook) -> None:
    child.start()
    child._warm[0].end()
    assert len(read_file(str(book(ROWS))).sheets) == 1


def test_a_worker_whose_stdin_closes_ends() -> None:
    idle = subprocess.run(
        list(child.COMMAND), stdin=subprocess.DEVNULL, capture_output=True, env=child._environment(), timeout=60, check=False
    )
    assert (idle.returncode, idle.stdout, idle.stderr) == (0, b"", b"")


def test_starting_a_worker_imports_nothing_heavy() -> None:
    program = "import sys; import fupin_cli.load.cells.child; print([m for m in ('pyarrow', 'numpy', 'fastexcel', 'openpyxl', 'pydantic', 'duckdb') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=child._environment(), check=True)
    assert done.stdout.strip() == b"[]"


def test_the_worker_imports_only_what_reads() -> None:
    program = (
        "import sys; import fupin_cli.load.cells.worker; "
        "print(sorted(m for m in sys.modules if m in ('pydantic', 'duckdb', 'openpyxl', 'pandas', 'rich', 'click') or m.startswith('fupin_cli.messages')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=child._environment(), check=True)
    assert done.stdout.strip() == b"[]"


def test_a_module_in_the_working_folder_is_not_imported(book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyarrow.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    path = book(ROWS)
    assert len(read_file(path.name).sheets) == 1


def test_a_file_that_changes_while_it_is_read_is_refused(book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(ROWS)
    read_answer = files.read_answer

    def meanwhile(stream: io.BufferedReader) -> wire.Answer:
        answer = read_answer(stream)
        os.utime(path, (1, 1))
        return answer

    monkeypatch.setattr(files, "read_answer", meanwhile)
    assert refusal(path).code == "file-changed"


def test_a_bug_in_the_worker_is_a_refusal_without_a_value(book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("340123199001011234")

    monkeypatch.setattr(xlsx, "read_book", broken)
    stream = io.BytesIO()
    worker.answer({"path": str(book(ROWS)), "sheets": None}, stream)
    assert b"340123" not in stream.getvalue()
    stream.seek(0)
    with pytest.raises(InputRefused) as refused:
        wire.read_answer(stream)
    assert (refused.value.code, refused.value.facts["what"]) == ("workbook-unreadable", "KeyError")


def write_stream(stream: io.BytesIO, said: dict[str, object], arrays: dict[str, pa.Array]) -> None:
    schema = pa.schema([pa.field(name, array.type) for name, array in arrays.items()], metadata={"fupin": json.dumps(said)})
    with pa.ipc.new_stream(stream, schema) as writer:
        writer.write_batch(pa.record_batch(list(arrays.values()), schema=schema))


def answer_with(
    said: dict[str, object],
    arrays: dict[str, pa.Array],
    *,
    end: int = 1,
    merged: Sequence[Sequence[int]] = (),
    hidden: Sequence[int | None] = (),
    claims: tuple[int, int] | None = None,
) -> io.BytesIO:
    stream = io.BytesIO()
    write_stream(stream, said, arrays)
    corners = {
        name: pa.array([merge[at] for merge in merged], pa.int32())
        for at, name in enumerate(("first_row", "last_row", "first_column", "last_column"))
    }
    write_stream(stream, {"merged": claims[0] if claims else len(merged)}, corners)
    write_stream(stream, {"hidden_rows": claims[1] if claims else len(hidden)}, {"hidden_rows": pa.array(hidden, pa.int32())})
    wire.write_end(stream, end, [])
    stream.seek(0)
    return stream


SAID: dict[str, object] = {"sheet": "户", "hidden": False}
GOOD = {"rows": pa.array([1, 2], pa.int32()), "text0": pa.array(["a", None]), "kind0": pa.array([1, 0], pa.uint8())}
NOT_UTF8 = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xff")])


def test_a_sound_answer_is_believed() -> None:
    assert cells_of(wire.read_answer(answer_with(SAID, GOOD)).sheets[0]) == {(1, 0): ("a", Kind.TEXT)}


@pytest.mark.parametrize(
    ("said", "arrays", "end"),
    [
        (SAID, GOOD, 2),
        ({}, GOOD, 1),
        ({"sheet": 5, "hidden": False}, GOOD, 1),
        ({"sheet": "x", "hidden": "no"}, GOOD, 1),
        (SAID, {**GOOD, "rows": pa.array([2, 1], pa.int32())}, 1),
        (SAID, {**GOOD, "rows": pa.array([0, 1], pa.int32())}, 1),
        (SAID, {**GOOD, "rows": pa.array([1, None], pa.int32())}, 1),
        (SAID, {**GOOD, "rows": pa.array([1, 2_000_000], pa.int32())}, 1),
        (SAID, {**GOOD, "rows": pa.array([1, 2], pa.int64())}, 1),
        (SAID, {**GOOD, "kind0": pa.array([1, 7], pa.uint8())}, 1),
        (SAID, {**GOOD, "kind0": pa.array([1, 1], pa.uint8())}, 1),
        (SAID, {**GOOD, "kind0": pa.array([0, 0], pa.uint8())}, 1),
        (SAID, {**GOOD, "kind0": pa.array([1, None], pa.uint8())}, 1),
        (SAID, {**GOOD, "text1": pa.array(["a", "b"])}, 1),
        (SAID, {**GOOD, "text0": NOT_UTF8, "kind0": pa.array([1, 1], pa.uint8())}, 1),
    ],
)
def test_an_answer_that_no_worker_gives_is_not_believed(said: dict[str, object], arrays: dict[str, pa.Array], end: int) -> None:
    with pytest.raises(wire.BrokenAnswer):
        wire.read_answer(answer_with(said, arrays, end=end))


def test_merged_cells_and_hidden_rows_travel() -> None:
    sheet = wire.read_answer(answer_with(SAID, GOOD, merged=[(1, 2, 0, 0), (1, 1, 1, 3)], hidden=[2])).sheets[0]
    assert sheet.merged == [Merge(1, 2, 0, 0), Merge(1, 1, 1, 3)]
    assert sheet.hidden_rows == frozenset({2})


@pytest.mark.parametrize(
    "more",
    [
        {"merged": [(1, 2, 0, 0), (2, 3, 0, 0)]},
        {"merged": [(1, 1, 0, 0)]},
        {"merged": [(0, 2, 0, 0)]},
        {"merged": [(2, 1, 0, 0)]},
        {"merged": [(1, 2, 0, 16_384)]},
        {"merged": [(1, 1_048_577, 0, 0)]},
        {"merged": [(1, 2, 0, 0)], "claims": (2, 0)},
        {"hidden": [1], "claims": (0, 0)},
        {"hidden": [3]},
        {"hidden": [2, 1]},
        {"hidden": [None]},
    ],
)
def test_merged_cells_and_hidden_rows_that_cannot_be_are_not_believed(more: dict[str, Any]) -> None:
    with pytest.raises(wire.BrokenAnswer):
        wire.read_answer(answer_with(SAID, GOOD, **more))


def test_an_answer_that_breaks_off_is_not_believed() -> None:
    sheet = Sheet("户", hidden=False, rows=GOOD["rows"], columns=[GridColumn(GOOD["text0"], GOOD["kind0"])])
    stream = io.BytesIO()
    wire.write_sheet(stream, sheet)
    whole = stream.getvalue()
    for size in range(0, len(whole), 7):
        with pytest.raises(wire.BrokenAnswer):
            wire.read_answer(io.BytesIO(whole[:size]))
    with pytest.raises(wire.BrokenAnswer):
        wire.read_answer(io.BytesIO(whole))


MINE = sorted(path.stem for path in SOURCES.glob("*.py"))
CODE = re.compile(
    r'"((?:file|format|workbook|sheet|csv|html|parquet)-[a-z0-9-]+|macros-ignored|external-links-ignored|extension-mismatch)"'
)


def test_every_code_has_words() -> None:
    raised = {code for name in MINE for code in CODE.findall((SOURCES / f"{name}.py").read_text("utf-8"))}
    assert len(raised) > 30
    assert raised <= set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_the_words_say_what_where_and_the_next_step_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (message.zh, message.en))
    assert zh == en
    facts = dict.fromkeys(zh, 1)
    assert say(code, "zh", **facts)
    assert say(code, "en", **facts)
    assert hint(code, "zh", **facts)
    assert hint(code, "en", **facts)
