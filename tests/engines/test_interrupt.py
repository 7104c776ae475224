"""Ctrl-C in the middle of a query is an interruption, not a bug of ours."""

import os
import signal
import threading

import pyarrow as pa
import pytest

from fupin_cli.engines import duck


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_ctrl_c_during_a_query_is_a_keyboard_interrupt() -> None:
    endless = "SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE hash(a.x, b.x, c.x) % 7 = 3"
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            duck.run(endless, {"t": pa.table({"x": range(100_000)})})
    finally:
        timer.cancel()
