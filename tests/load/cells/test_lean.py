"""What a process of ours keeps out, and what it lets in for those who ask."""

import pytest

from fupin_cli.load.cells.lean import Without


def test_numbers_come_in_with_the_distributions_and_data_frames_stay_out() -> None:
    without = Without()
    for name in ("numpy", "pandas", "pyarrow.dataset"):
        with pytest.raises(ModuleNotFoundError):
            without.find_spec(name, None)
    assert without.find_spec("duckdb", None) is None
    assert without.find_spec("scipy", None) is None
    assert without.find_spec("numpy", None) is None
    with pytest.raises(ModuleNotFoundError):
        without.find_spec("pandas", None)


def test_commands_that_count_with_it_have_it_from_the_start() -> None:
    assert Without(["fupin", "verify-roster", "2018.xlsx"]).find_spec("numpy", None) is None
    with pytest.raises(ModuleNotFoundError):
        Without(["fupin", "check-exit", "2018.xlsx"]).find_spec("numpy", None)


def test_what_one_process_lets_in_another_does_not() -> None:
    Without().find_spec("scipy", None)
    with pytest.raises(ModuleNotFoundError):
        Without().find_spec("numpy", None)
