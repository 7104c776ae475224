"""Files written whole or not at all, for their owner only, and never over an input."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_cli.errors import ExitCode, OutputRefused, UsageRefused
from fupin_cli.files import write_all
from fupin_cli.report import write
from fupin_cli.report.write import refuse_input_as_output, write_file

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Broken(Exception):
    """Something goes wrong in the middle."""


def breaking(error: BaseException) -> Iterator[str]:
    yield "新的" * 100_000
    raise error


def test_a_file_is_written_in_utf_8_with_its_line_ends_as_they_are(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    write_file(str(target), iter(["\ufeff户\r\n", "甲\n", ""]))
    assert target.read_bytes() == "\ufeff户\r\n甲\n".encode()
    assert names(tmp_path) == ["a.csv"]


def test_an_old_file_is_replaced_wholly(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("旧的" * 1000, encoding="utf-8")
    write_file(str(target), ["新"])
    assert target.read_text(encoding="utf-8") == "新"


def test_what_no_encoding_knows_becomes_a_question_mark_not_an_error(tmp_path: Path) -> None:
    write_file(str(tmp_path / "a"), ["样\ud800甲"])
    assert (tmp_path / "a").read_text(encoding="utf-8") == "样?甲"


@pytest.mark.parametrize(
    "error", [Broken(), KeyboardInterrupt(), MemoryError(), KeyError("x")], ids=lambda error: type(error).__name__
)
@pytest.mark.parametrize("old", ["旧的", None])
def test_what_breaks_in_the_middle_leaves_the_old_file_and_no_other(
    error: BaseException, old: str | None, tmp_path: Path
) -> None:
    target = tmp_path / "a.csv"
    if old is not None:
        target.write_text(old, encoding="utf-8")
    with pytest.raises(type(error)):
        write_file(str(target), breaking(error))
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == (
        {"a.csv": old} if old is not None else {}
    )


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_a_full_disk_leaves_the_old_file_and_is_refused(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.csv"
    target.write_text("旧的", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write.os, call, full)
    with pytest.raises(OutputRefused) as refused:
        write_file(str(target), ["新"])
    assert refused.value.facts == {"path": str(target), "reason": "No space left on device"}
    assert refused.value.exit_code is ExitCode.REFUSED
    monkeypatch.undo()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.csv": "旧的"}


def test_a_file_that_another_program_holds_open_is_refused_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.csv"
    target.write_text("旧的", encoding="utf-8")

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputRefused):
        write_file(str(target), ["新"])
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text(encoding="utf-8") == "旧的"


@pytest.mark.parametrize("output", ["没有/a.csv", "没有/又没有/a.csv", "a-file/b.csv", ".", "folder"])
def test_a_place_that_cannot_hold_the_file_is_refused(output: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputRefused) as refused:
        write_file(str(tmp_path / output), ["新"])
    assert (refused.value.code, refused.value.facts["path"]) == ("output-unwritable", str(tmp_path / output))
    assert names(tmp_path) == ["a-file", "folder"]
    assert names(tmp_path / "folder") == []


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputRefused):
            write_file(str(tmp_path / "a.csv"), ["新"])
    finally:
        tmp_path.chmod(0o700)


@posix
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_only_the_owner_may_read_what_is_written(before: int | None, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    if before is not None:
        target.write_text("旧的", encoding="utf-8")
        target.chmod(before)
    mask = os.umask(0)
    try:
        write_file(str(target), ["新"])
    finally:
        os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@posix
def test_while_it_is_written_nobody_else_may_read_it_either(tmp_path: Path) -> None:
    seen: list[int] = []

    def pieces() -> Iterator[str]:
        yield "新"
        seen.extend(stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir())
        yield "的"

    write_file(str(tmp_path / "a.csv"), pieces())
    assert seen == [0o600]


def test_a_file_in_the_working_folder_needs_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_file("a.csv", ["新"])
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "新"


# --- never over an input ------------------------------------------------------------------------------------------------


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "子").mkdir()
    path = tmp_path / "Roster.csv"
    path.write_text("户编号\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "output",
    [
        "Roster.csv",
        "./Roster.csv",
        "子/../Roster.csv",
        ".//Roster.csv",
        "{here}/Roster.csv",
        "roster.csv",
        "ROSTER.CSV",
        "子/../rOSTER.csv",
    ],
)
@pytest.mark.parametrize("given", ["Roster.csv", "./Roster.csv", "{here}/Roster.csv"])
def test_an_output_that_is_an_input_is_refused_by_whatever_name(output: str, given: str, roster: Path) -> None:
    here = str(roster.parent)
    shown = output.replace("{here}", here)
    with pytest.raises(UsageRefused) as refused:
        refuse_input_as_output(shown, ["other.csv", given.replace("{here}", here)])
    assert (refused.value.code, refused.value.facts) == ("output-is-input", {"path": shown})


@posix
def test_a_symbolic_link_to_an_input_is_refused(roster: Path) -> None:
    link = roster.with_name("link.csv")
    link.symlink_to(roster)
    with pytest.raises(UsageRefused):
        refuse_input_as_output("link.csv", ["Roster.csv"])
    with pytest.raises(UsageRefused):
        refuse_input_as_output("Roster.csv", ["link.csv"])


@posix
def test_a_folder_that_is_a_link_hides_nothing(roster: Path) -> None:
    roster.with_name("folder").symlink_to(roster.parent)
    with pytest.raises(UsageRefused):
        refuse_input_as_output("folder/roster.csv", ["Roster.csv"])


@posix
def test_a_hard_link_to_an_input_is_refused(roster: Path) -> None:
    os.link(roster, roster.with_name("hard.csv"))
    with pytest.raises(UsageRefused):
        refuse_input_as_output("hard.csv", ["Roster.csv"])


@posix
def test_a_link_that_points_nowhere_yet_is_compared_by_where_it_points(roster: Path) -> None:
    roster.with_name("later.csv").symlink_to(roster.with_name("ROSTER.csv"))
    with pytest.raises(UsageRefused):
        refuse_input_as_output("later.csv", ["Roster.csv"])


@pytest.mark.parametrize("output", ["out.csv", "Roster.json", "子/Roster.csv", "Roster.csv.json"])
def test_another_file_is_no_input(output: str, roster: Path) -> None:
    (roster.parent / "子" / "Roster.csv").write_text("另一个", encoding="utf-8")
    refuse_input_as_output(output, ["Roster.csv", "missing.csv"])


@pytest.mark.parametrize("output", ["missing.csv", "./missing.csv", "MISSING.csv"])
def test_an_input_that_does_not_exist_is_not_made_by_its_output(output: str, roster: Path) -> None:
    with pytest.raises(UsageRefused):
        refuse_input_as_output(output, ["missing.csv"])


@pytest.mark.parametrize("file", ["pack.yaml", "household-exit.yaml", "cases/household-exit.yaml"])
def test_no_report_takes_the_place_of_a_file_of_a_pack(file: str, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    for name in ("pack.yaml", "household-exit.yaml", "cases/household-exit.yaml"):
        (tmp_path / name).write_text("pack: mine", encoding="utf-8")
    with pytest.raises(UsageRefused, match="output-is-input"):
        refuse_input_as_output(str(tmp_path / file), [])
    refuse_input_as_output(str(tmp_path / "page.md"), [])


@posix
def test_a_pipe_or_a_device_gets_the_report_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe, table = tmp_path / "pipe", tmp_path / "a.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_all([(str(pipe), [b"1", b"2"]), (str(table), [b"3"])])
        assert os.read(reader, 10) == b"12"
        with pytest.raises(Broken):
            write_all([(str(table), [b"4"]), (str(pipe), (piece.encode() for piece in breaking(Broken())))])
        assert os.read(reader, 10) == b""
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert table.read_bytes() == b"3"
    assert names(tmp_path) == ["a.csv", "pipe"]


@posix
def test_a_pipe_gives_nothing_back_when_another_file_cannot_be_written(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(OutputRefused):
            write_all([(str(pipe), [b"1"]), (str(folder), [b"2"])])
    finally:
        os.close(reader)
    assert names(tmp_path) == ["folder", "pipe"]
