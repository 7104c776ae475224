"""What a report prints where no terminal is: a log, in which nothing from the data may be a command."""

import pytest
from rich.console import Console
from rich.text import Text

from fupin_cli.cli.console import page


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("张\n::error::假", "张\n\ufffd::error::假\n"),
        ("  ::stop-commands::x", "  \ufffd::stop-commands::x\n"),
        ("户!B2 ##[error]x", "户!B2 ##\ufffd[error]x\n"),
        ("a::b 甲：：乙 #[1]", "a::b 甲：：乙 #[1]\n"),
    ],
)
def test_no_line_of_a_log_is_a_command(said: str, shown: str) -> None:
    def printing(console: Console) -> None:
        console.print(Text(said))

    assert page(printing, to_file=True).text == shown
