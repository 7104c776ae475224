"""Fixtures of the tests with LibreOffice. They are collected by ``make test-office`` alone: they take an office on the machine."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

collect_ignore_glob = [] if os.environ.get("FUPIN_OFFICE") else ["test_*.py"]

# Test modules are imported one by one, without a package: cells of a sheet are compared as the tests of the readers do it.
sys.path.append(str(Path(__file__).parents[1] / "load"))

#: Commas, quotation marks, UTF-8, from row 1, text as it is shown, no formulas, every sheet in a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "csv": CSV, "pdf": "pdf:calc_pdf_Export",
    "docx": "docx:MS Word 2007 XML", "pages": "pdf:writer_pdf_Export",
}  # fmt: skip
#: Seconds for one run of the office, which starts slowly.
PATIENCE = 300

Save = Callable[[Sequence[Path], str, Path], None]


@pytest.fixture(scope="session")
def save(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Opens files with LibreOffice and saves them in another format; with a profile of its own, so that runs do not meet."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def run(files: Sequence[Path], form: str, folder: Path) -> None:
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", FILTERS[form]]
        done = subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, check=False, timeout=PATIENCE
        )
        made = list(folder.iterdir()) if folder.exists() else []
        assert len(made) >= len(files), done.stderr.decode("utf-8", "replace")

    return run
