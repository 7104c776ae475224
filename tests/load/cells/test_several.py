"""Several files at once: the answer is that of one after the other, and nothing is left behind."""

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from workbooks import MakeBook

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import child, files, several
from fupin_cli.load.cells.several import Step, cores, read_files
from fupin_cli.model.cells import SourceFile

ROW = '<row r="1"><c r="A1"><v>{}</v></c></row>'


def empty(path: str) -> SourceFile:
    return SourceFile(path=path, sha256="", format="csv", encoding="", sheets=[])


def in_turns(monkeypatch: pytest.MonkeyPatch, *, at_once: int) -> list[int]:
    """Readers that wait until so many run at once, and the number that ran when each began."""
    together = threading.Barrier(at_once)
    lock, counts, running = threading.Lock(), [], [0]

    def read(path: str, *, sheets: object, crew: object) -> SourceFile:
        with lock:
            running[0] += 1
            counts.append(running[0])
        together.wait(30)
        with lock:
            running[0] -= 1
        return empty(path)

    monkeypatch.setattr(several, "read_file", read)
    return counts


def test_the_answer_is_in_the_order_of_the_paths_and_a_refusal_stops_no_other(book: MakeBook, tmp_path: Path) -> None:
    first, second, third = (str(book(ROW.format(number)).rename(tmp_path / f"{number}.xlsx")) for number in range(3))
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    paths = [str(tmp_path / "none.xlsx"), first, str(tmp_path / "a.csv"), second, third, str(tmp_path)]
    read, refused = read_files(paths)
    assert [Path(file.path).name for file in read] == ["0.xlsx", "a.csv", "1.xlsx", "2.xlsx"]
    assert [file.sheets[0].columns[0].text[-1].as_py() for file in read] == ["0", "1", "1", "2"]
    assert [(refusal.code, refusal.facts["path"]) for refusal in refused] == [
        ("file-not-found", paths[0]),
        ("file-is-directory", paths[-1]),
    ]


def test_who_finishes_last_still_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    second = threading.Event()

    def read(path: str, *, sheets: object, crew: object) -> SourceFile:
        if path == "first":
            assert second.wait(30)
        else:
            second.set()
        return empty(path)

    monkeypatch.setattr(several, "read_file", read)
    monkeypatch.setattr(several, "cores", lambda: 2)
    assert [file.path for file in read_files(["first", "second"])[0]] == ["first", "second"]


def test_as_many_files_as_cores_are_read_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = in_turns(monkeypatch, at_once=3)
    monkeypatch.setattr(several, "cores", lambda: 3)
    assert len(read_files([str(number) for number in range(9)])[0]) == 9
    assert max(counts) == 3


def test_large_files_are_read_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    counts = in_turns(monkeypatch, at_once=1)
    monkeypatch.setattr(several, "cores", lambda: 4)
    monkeypatch.setattr(several, "MEMORY_TOGETHER", 1)
    paths = [tmp_path / f"{number}.csv" for number in range(4)]
    for path in paths:
        path.write_text("a,b\n")
    assert len(read_files([str(path) for path in paths])[0]) == 4
    assert counts == [1, 1, 1, 1]


def test_the_memory_of_a_workbook_is_told_by_what_it_inflates_to(book: MakeBook, tmp_path: Path) -> None:
    small = book(ROW.format(1)).rename(tmp_path / "small.xlsx")
    large = book("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 100_000)))
    assert large.stat().st_size < 1 << 20
    assert several.memory_of(str(large)) - several.memory_of(str(small)) > 3 << 20
    assert several.memory_of(str(tmp_path)) == several.memory_of(str(tmp_path / "none")) == several.memory_of("a\0b") == 0


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[child.Worker]:
    """Every worker that was started."""
    started: list[child.Worker] = []
    begin = child.Worker.__init__

    def noted(self: child.Worker) -> None:
        begin(self)
        started.append(self)

    monkeypatch.setattr(child.Worker, "__init__", noted)
    return started


@pytest.mark.skipif(not child.FORKS, reason="nothing is forked here")
def test_a_worker_is_asked_again_and_ends_with_the_last_file(
    book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: list[child.Worker]
) -> None:
    monkeypatch.setattr(several, "cores", lambda: 2)
    paths = [str(book(ROW.format(number)).rename(tmp_path / f"{number}.xlsx")) for number in range(7)]
    read, refused = read_files([*paths, str(tmp_path / "none.xlsx")])
    assert [file.sheets[0].columns[0].text[0].as_py() for file in read] == [str(number) for number in range(7)]
    assert len(refused) == 1
    assert len(workers) == 2
    assert not any(worker.alive for worker in workers)


@pytest.mark.skipif(not child.FORKS, reason="nothing is forked here")
def test_a_file_that_breaks_its_reader_down_costs_no_other(
    book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: list[child.Worker]
) -> None:
    """A reader without memory dies of it; the next file gets another worker."""
    monkeypatch.setattr(several, "cores", lambda: 1)
    begin = "from fupin_cli.load.cells import lean; lean.stay_lean(); from fupin_cli.load.cells import worker, xlsx; read = xlsx.read_sheets\n"
    deadly = "xlsx.read_sheets = lambda path, *more: __import__('os').abort() if path.name == '1.xlsx' else read(path, *more)\nworker.main()"
    monkeypatch.setattr(child, "COMMAND", (*child.COMMAND[:-1], begin + deadly))
    paths = [str(book(ROW.format(number)).rename(tmp_path / f"{number}.xlsx")) for number in range(4)]
    read, refused = read_files(paths)
    assert [Path(file.path).name for file in read] == ["0.xlsx", "2.xlsx", "3.xlsx"]
    assert [refusal.code for refusal in refused] == ["workbook-reader-died"]
    assert len(workers) == 2
    assert not any(worker.alive for worker in workers)


@pytest.mark.skipif(not child.FORKS, reason="nothing is forked here")
def test_a_reader_ends_with_whoever_asked_for_it(book: MakeBook, tmp_path: Path) -> None:
    """What never ends to read ends when the parent is gone."""
    told = tmp_path / "told"
    os.mkfifo(told)
    program = (
        "import os, threading\n"
        "from fupin_cli.load.cells import lean; lean.stay_lean()\n"
        "from fupin_cli.load.cells import worker, xlsx\n"
        "def never_ends(*_):\n"
        f"    with open({str(told)!r}, 'w') as pipe: pipe.write(str(os.getpid()))\n"
        "    threading.Event().wait()\n"
        "xlsx.read_sheets = never_ends\n"
        "worker.main()"
    )
    request = {"path": str(book(ROW.format(1))), "sheets": None, "more": True}
    with subprocess.Popen(
        [*child.COMMAND[:-1], program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child._environment()
    ) as worker:
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(request).encode() + b"\n")
        worker.stdin.flush()
        reader = int(told.read_text())
        worker.stdin.close()
        assert worker.wait(30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(reader, 0)


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system are POSIX")
def test_a_pipe_is_not_opened_to_see_its_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _, refused = read_files([str(tmp_path / "pipe"), str(tmp_path / "none")])
    assert [refusal.code for refusal in refused] == ["file-not-regular", "file-not-found"]


def test_each_file_is_a_step(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    steps: list[Step] = []
    read_files([str(tmp_path / "a.csv"), str(tmp_path / "none")], None, steps.append)
    assert [(step.files, step.files_in_all, step.size_in_all, step.last) for step in steps] == [
        (0, 2, 8, False),
        (1, 2, 8, False),
        (2, 2, 8, True),
    ]
    assert (steps[0].size, steps[2].size) == (0, 8)


def test_ctrl_c_ends_every_reader(book: MakeBook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(child, "COMMAND", (child.sys.executable, "-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(several, "cores", lambda: 3)
    workers: list[child.Worker] = []
    take = child.take

    def noted() -> child.Worker:
        workers.append(take())
        return workers[-1]

    def pressed(step: Step) -> None:
        if step.files:
            raise KeyboardInterrupt

    monkeypatch.setattr(child, "take", noted)
    paths = [str(book(ROW.format(number)).rename(tmp_path / f"{number}.xlsx")) for number in range(2)]
    with pytest.raises(KeyboardInterrupt):
        read_files([*paths, str(tmp_path / "none"), *paths], None, pressed)
    assert len(workers) <= 2
    assert not any(worker.alive for worker in workers)
    assert not child._running


def test_what_is_no_refusal_is_a_bug_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str, *, sheets: object, crew: object) -> SourceFile:
        raise ZeroDivisionError

    monkeypatch.setattr(several, "read_file", read)
    with pytest.raises(ZeroDivisionError):
        read_files(["a", "b"])


def test_a_container_may_have_less_than_its_cores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    share = tmp_path / "cpu.max"
    monkeypatch.setattr(several, "_SHARE", share)
    alone = cores()
    assert alone >= 1
    for said, expected in [
        ("max 100000\n", alone),
        ("100000 100000\n", 1),
        ("10000 100000\n", 1),
        ("6400000 100000\n", min(alone, 64)),
        ("x", alone),
    ]:
        share.write_text(said)
        assert cores() == expected


def test_a_warm_reader_goes_to_one_thread_only(monkeypatch: pytest.MonkeyPatch) -> None:
    child.start()
    got: list[child.Worker] = []
    start = threading.Barrier(8)

    def take() -> None:
        start.wait(30)
        got.append(child.take())

    threads = [threading.Thread(target=take) for _ in range(8)]
    monkeypatch.setattr(child, "COMMAND", (child.sys.executable, "-c", ""))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in got:
        worker.end()
    assert len({id(worker) for worker in got}) == 8


def test_one_file_is_read_as_it_always_was(book: MakeBook) -> None:
    path = str(book(ROW.format(7)))
    (read,), refused = read_files([path])
    assert (read.sha256, refused) == (files.read_file(path).sha256, [])
    with pytest.raises(InputRefused):
        files.read_file(path, sheets=["none"])
    assert read_files([path], ["none"])[1][0].code == "sheet-not-found"
