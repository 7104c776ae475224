"""The process in which spoilt files are read: ``python box.py SEED FOLDER TARGET...``, told to go on line by line.

Reading happens here and not in the process that counts, because a native reader may take this one down. What it is about to read
stands in ``FOLDER/input``, so whoever finds it dead finds the reason, too.
"""

import faulthandler
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from targets import TARGETS, USUAL, Target

from fupin_cli.load.cells.child import set_memory_limit

SECONDS, MEGABYTES = 2.0, 512
#: What the system grants on top of what the process has: more than the oracle allows, less than hurts the machine.
_ROOM = 1536 << 20
_POOL = 400
#: Of so many inputs one is a seed as it is, until all have had their turn.
_SOUND = 4
#: How often an earlier input is spoilt further: one that was read, any.
_READ_AGAIN, _AGAIN = 0.35, 0.5
_PROC = Path("/proc/self")


class Box:
    """A target with its files and what was learnt from them."""

    def __init__(self, name: str, target: Target, seed: str, folder: Path) -> None:
        self.name, self.target, self.seed = name, target, seed
        self.path = folder / "input"
        self.seeds = target.seeds()
        #: Inputs that went a way that none before them went: those that were read, and the refused ones.
        self.pools: dict[bool, list[bytes]] = {True: [], False: []}
        self.ways: set[str] = set()

    def input(self, number: int) -> bytes:
        """The next input: a seed or an earlier input, spoilt."""
        chance = random.Random(f"{self.seed}:{self.name}:{number}")
        if number % _SOUND == 0 and number // _SOUND < len(self.seeds):
            return self.seeds[number // _SOUND]
        luck = chance.random()
        # What was refused is most often refused again, for the same reason.
        pool = self.pools[luck < _READ_AGAIN] if luck < _AGAIN else []
        source = chance.choice(pool or self.seeds)
        return chance.choice(self.target.spoil)(source, chance)

    def run(self, number: int) -> dict[str, object]:
        """Read one input, and tell what it took and what was wrong with that."""
        data = self.input(number)
        self.path.write_bytes(data)
        before, started = _memory_before(), time.process_time()
        seconds = megabytes = 0.0
        told: dict[str, object] = {"target": self.name, "number": number}
        try:
            way = self.target.run(self.path)
            seconds, megabytes = time.process_time() - started, _growth(before)
            if self.target.compare is not None and way.endswith(USUAL):
                self.target.compare(self.path)
        except MemoryError:
            told |= {"finding": "memory", "what": traceback.format_exc(limit=-4)}
        except Exception as error:  # noqa: BLE001  # that is what we look for
            told |= {"finding": f"{type(error).__name__} {_place(error)}", "what": traceback.format_exc()}
        else:
            told["read"] = was_read = way.startswith("read")
            if way not in self.ways and len(self.pools[was_read]) < _POOL:
                self.ways.add(way)
                self.pools[was_read].append(data)
        told |= {"seconds": round(seconds, 2), "megabytes": round(megabytes)}
        if "finding" not in told and seconds > SECONDS:
            told |= {"finding": f"slow {way}", "what": f"{seconds:.1f} s of processor time"}
        if "finding" not in told and megabytes > MEGABYTES:
            told |= {"finding": f"large {way}", "what": f"{megabytes:.0f} MB"}
        return told


def _place(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fupin_cli" in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _memory_before() -> int:
    """Bytes in memory now; what is counted from here on is the most that was ever there."""
    try:
        (_PROC / "clear_refs").write_text("5")
        return int((_PROC / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return -1


def _growth(before: int) -> float:
    """Megabytes more than there were; 0 where the system does not tell."""
    if before < 0:
        return 0
    lines = (_PROC / "status").read_text().splitlines()
    peak = next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:")), 0)
    return max(0, peak - before) / (1 << 20)


def _limit() -> None:
    try:
        virtual = int((_PROC / "statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return
    set_memory_limit(virtual + _ROOM)


def main(seed: str, folder: Path, names: Sequence[str]) -> None:
    """Read for each line of stdin: the target's name and the number of its input."""
    faulthandler.enable()
    boxes = {name: Box(name, TARGETS[name], seed, folder) for name in names}
    pipe = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _limit()
    for line in sys.stdin:
        name, number = line.split()
        pipe.write(json.dumps(boxes[name].run(int(number))) + "\n")
        pipe.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
