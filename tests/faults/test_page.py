"""The page that is committed is the page that the table gives."""

import page
import pytest

from fupin_cli.load.cells import child
from here import Here


def test_the_page_is_the_one_that_the_table_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "take", Here)
    written = page.PAGE.read_text("utf-8").splitlines()
    # Words of the catalogue or rows of the table changed: run `python tests/faults/page.py` and read the difference.
    assert written == page.page().splitlines()
