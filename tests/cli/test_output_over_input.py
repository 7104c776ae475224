"""No report takes the place of what the run reads: a file of a folder, the settings, the accepted findings."""

from pathlib import Path
from typing import Any

import pytest

from fupin_cli.cli.output import Forms, Report, files_read, target_of
from fupin_cli.errors import UsageRefused

FORMS: Forms[None] = Forms(lambda *_: None, {"csv": lambda *_: (), "json": lambda *_: ()})


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rosters").mkdir()
    for name in ("rosters/2017.csv", "rosters/notes.json", "fupin.toml", "baseline.yaml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


def given(output: str, **more: object) -> dict[str, Any]:
    return {"files": ["rosters"], "output": (output,), "form": "json", "quiet": True, **more}


@pytest.mark.parametrize("output", ["rosters/2017.csv", "./rosters/../rosters/2017.csv", "fupin.toml", "baseline.yaml"])
def test_what_is_read_is_not_written_over(office: Path, output: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        target_of(given(output, baseline="baseline.yaml"), FORMS)
    assert (refused.value.code, refused.value.facts) == ("output-is-input", {"path": output})


@pytest.mark.parametrize("output", ["rosters/notes.json", "rosters/2018.csv", "baseline.yaml", "2017.csv"])
def test_what_is_not_read_may_be(office: Path, output: str) -> None:
    assert target_of(given(output), FORMS).reports == [Report("json", output)]


def test_a_folder_that_is_not_there_is_left_for_the_reading_to_refuse(office: Path) -> None:
    assert files_read({"files": ["missing"]}) == ["missing", "missing", "fupin.toml"]
