"""Several reports of one run: each as it would be alone, all of them or none."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from fupin_cli import files
from fupin_cli.cli.output import TABLE, Forms, Target, deliver, target_of
from fupin_cli.errors import OutputRefused, UsageRefused
from fupin_cli.files import write_all
from fupin_cli.report.options import Options

Run = Callable[..., CompletedProcess[bytes]]
SAMPLE = "户编号,年度,人均纯收入\nH1,2018,2999\n"
FORMS: Forms[None] = Forms(lambda *_: None, {"csv": lambda *_: ["甲"], "json": lambda *_: ["乙"]}, {"xlsx": lambda *_: b"PK"})


def asked(*outputs: str, form: str | None = None, **more: object) -> Target:
    return target_of({"files": ["x.xlsx"], "output": outputs, "form": form, "quiet": True, **more}, FORMS)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def here(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_each_suffix_chooses_a_format(office: Path) -> None:
    found = asked("a.xlsx", "b.json", "c.txt", "d.csv", "e.CSV")
    assert [one.form for one in found.reports] == ["xlsx", "json", TABLE, "csv", "csv"]
    assert [one.output for one in found.reports] == ["a.xlsx", "b.json", "c.txt", "d.csv", "e.CSV"]


def test_all_of_them_are_written_and_nothing_else(office: Path) -> None:
    deliver(None, Options(), FORMS, asked("a.xlsx", "b.json", "d.csv"))
    assert here(office) == {"a.xlsx": "PK", "b.json": "乙", "d.csv": "甲"}


@pytest.mark.parametrize("second", ["a.csv", "./a.csv", "A.csv", "link.csv"])
def test_the_same_file_twice_is_refused(second: str, office: Path) -> None:
    (office / "a.csv").write_text("旧", encoding="utf-8")
    (office / "link.csv").symlink_to("a.csv")
    with pytest.raises(UsageRefused) as refused:
        asked("a.csv", second)
    assert (refused.value.code, refused.value.facts) == ("usage-output-twice", {"path": second})


def test_of_several_each_is_held_against_the_inputs(office: Path) -> None:
    (office / "x.xlsx").write_text("x", encoding="utf-8")
    with pytest.raises(UsageRefused) as refused:
        asked("a.csv", "x.xlsx")
    assert refused.value.code == "output-is-input"


@pytest.mark.parametrize(("form", "fine"), [("csv", True), ("json", False), (TABLE, False), (None, True)])
def test_a_format_may_repeat_what_the_suffixes_say_and_never_overrules_them(form: str | None, fine: bool, office: Path) -> None:
    if fine:
        assert [one.form for one in asked("a.csv", "b.csv", form=form).reports] == ["csv", "csv"]
        return
    with pytest.raises(UsageRefused) as refused:
        asked("a.csv", "b.csv", form=form)
    assert (refused.value.code, refused.value.facts["path"]) == ("usage-format-several", "a.csv")


def test_an_unknown_suffix_or_a_folder_that_is_missing_is_refused_though_the_first_is_fine(office: Path) -> None:
    with pytest.raises(UsageRefused) as suffix:
        asked("a.csv", "b.pdf")
    with pytest.raises(OutputRefused) as folder:
        asked("a.csv", "没有/b.csv")
    assert (suffix.value.code, folder.value.code) == ("usage-suffix", "output-unwritable")
    assert suffix.value.facts == {"path": "b.pdf", "nearest": "", "suffixes": ".txt .csv .json .xlsx"}
    (office / "c.json").mkdir()
    with pytest.raises(OutputRefused, match="output-unwritable"):
        asked("a.csv", "c.json")


def test_personal_data_goes_into_no_file_that_people_read(office: Path) -> None:
    assert len(asked("a.csv", "b.xlsx", mask=False).reports) == 2
    with pytest.raises(UsageRefused):
        asked("a.csv", "b.txt", mask=False)


def test_what_masks_always_is_not_asked_in_vain(office: Path) -> None:
    forms = replace(FORMS, texts={**FORMS.texts, "sarif": FORMS.texts["csv"]})
    with pytest.raises(UsageRefused, match="usage-no-mask"):
        target_of({"files": ["x.xlsx"], "output": ("a.sarif",), "form": None, "quiet": True, "mask": False}, forms)


def test_what_is_refused_is_refused_before_anything_is_read(office: Path, fupin: Run) -> None:
    for outputs, code in (
        (["-o", "a.csv", "-o", "a.csv"], 2),
        (["-o", "a.csv", "-o", "b.pdf"], 2),
        (["-o", "a.csv", "-o", "no/b.csv"], 3),
    ):
        done = fupin("check-exit", "missing.xlsx", *outputs, "--quiet")
        assert done.returncode == code
        assert b"missing.xlsx" not in done.stderr
    assert here(office) == {}


# --- all or none --------------------------------------------------------------------------------------------------------


class Bug(Exception):
    """A format that is wrong."""


def breaking(error: BaseException) -> Iterator[bytes]:
    yield "新的".encode() * 100_000
    raise error


@pytest.fixture
def old(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"旧{name}", encoding="utf-8")
    return tmp_path


KEPT = {"a": "旧a", "b": "旧b"}


@pytest.mark.parametrize("error", [Bug(), KeyboardInterrupt(), MemoryError()], ids=lambda error: type(error).__name__)
def test_a_bug_in_one_format_leaves_every_old_report(error: BaseException, old: Path) -> None:
    with pytest.raises(type(error)):
        write_all([(str(old / "a"), [b"new"]), (str(old / "b"), breaking(error)), (str(old / "c"), [b"new"])])
    assert here(old) == KEPT


class Disk:
    """A disk with room for so many bytes, however many files they are in."""

    def __init__(self, room: int) -> None:
        self.room, self.open = room, files.os.fdopen

    def fdopen(self, handle: int, mode: str) -> "Stream":
        return Stream(self, self.open(handle, mode, buffering=0))


class Stream:
    """A file on it."""

    def __init__(self, disk: Disk, stream: Any) -> None:
        self.disk, self.stream = disk, stream
        self.close, self.fileno, self.flush = stream.close, stream.fileno, stream.flush

    def write(self, piece: bytes) -> None:
        self.disk.room -= len(piece)
        if self.disk.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.stream.write(piece)


@pytest.mark.parametrize("room", [0, 5, 14, 20])
def test_a_disk_that_fills_leaves_every_old_report(room: int, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "fdopen", Disk(room).fdopen)
    with pytest.raises(OutputRefused) as refused:
        write_all([(str(old / "a"), [b"1234567"]), (str(old / "c"), [b"12345", b"67"]), (str(old / "b"), [b"1234567"])])
    assert refused.value.facts["reason"] == "No space left on device"
    monkeypatch.undo()
    assert here(old) == KEPT


def test_a_disk_with_just_enough_room_takes_them_all(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "fdopen", Disk(21).fdopen)
    write_all([(str(old / "a"), [b"1234567"]), (str(old / "c"), [b"1234567"]), (str(old / "b"), [b"1234567"])])
    monkeypatch.undo()
    assert here(old) == dict.fromkeys("abc", "1234567")


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("held", ["a", "b", "c"])
def test_a_file_that_cannot_take_its_place_gives_back_those_of_the_others(
    held: str, links: bool, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if Path(target).name == held and b"new" in path.read_bytes():
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    def none(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "replace", fails)
    if not links:
        monkeypatch.setattr(files.os, "link", none)
    with pytest.raises(OutputRefused) as refused:
        write_all([(str(old / name), [b"new"]) for name in "abc"])
    assert refused.value.facts["path"] == str(old / held)
    monkeypatch.undo()
    assert here(old) == KEPT


def test_a_folder_in_the_place_of_one_leaves_the_others(old: Path) -> None:
    (old / "c").mkdir()
    with pytest.raises(OutputRefused):
        write_all([(str(old / name), [b"new"]) for name in "abc"])
    (old / "c").rmdir()
    assert here(old) == KEPT


# --- their manifest -----------------------------------------------------------------------------------------------------


def test_a_manifest_has_every_output_and_a_replay_makes_each_again(office: Path, fupin: Run) -> None:
    (office / "x.csv").write_text(SAMPLE, encoding="utf-8")
    outputs = [word for name in ("a.json", "b.csv", "c.txt", "d.json") for word in ("-o", name)]
    assert fupin("check-exit", "x.csv", *outputs, "--manifest", "m.json").returncode == 1
    assert (office / "a.json").read_bytes() == (office / "d.json").read_bytes()
    recorded = json.loads((office / "m.json").read_text(encoding="utf-8"))
    assert [(one["path"], one["format"]) for one in recorded["outputs"]] == [
        ("a.json", "json"), ("b.csv", "csv"), ("c.txt", TABLE), ("d.json", "json"),
    ]  # fmt: skip
    before = here(office)
    assert fupin("replay", "m.json").returncode == 0
    assert here(office) == before
    recorded["outputs"][1]["sha256"] = "0" * 64
    (office / "m.json").write_text(json.dumps(recorded), encoding="utf-8")
    differs = json.loads(fupin("replay", "m.json", "--format", "json").stdout)
    assert {(one["what"], one["name"]) for one in differs["differences"]} == {("output", "b.csv"), ("kept", "b.csv")}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_manifest_names_a_file_whose_name_is_in_another_encoding(office: Path, fupin: Run) -> None:
    name = os.fsdecode("名册.csv".encode("gbk"))
    (office / name).write_text(SAMPLE, encoding="utf-8")
    assert fupin("check-exit", name, "-o", "a.json", "--manifest", "m.json").returncode == 1
    assert json.loads((office / "m.json").read_text(encoding="utf-8"))["arguments"][0]["given"] == name
    assert fupin("replay", "m.json").returncode == 0


def test_a_manifest_is_none_of_the_outputs(office: Path, fupin: Run) -> None:
    (office / "x.csv").write_text(SAMPLE, encoding="utf-8")
    done = fupin("check-exit", "x.csv", "-o", "a.csv", "-o", "b.json", "--manifest", "b.json")
    assert done.returncode == 2
    assert sorted(here(office)) == ["x.csv"]
