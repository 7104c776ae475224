"""The reading process without a process: the same work and the same answer, a third of a second sooner."""

import io
from typing import Self

from fupin_cli.load.cells import worker


class Here:
    """Takes the place of ``child.Worker`` where the process is not the point."""

    expired = False
    #: It answers once, as a worker does that forks nothing.
    alive = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self, path: str, sheets: list[str] | None, *, seconds: float, **_: object) -> None:
        assert seconds > 0
        self.answers = io.BytesIO()
        worker.answer({"path": path, "sheets": sheets}, self.answers)
        self.answers.seek(0)

    def end(self) -> None:
        """Nothing is left behind."""
