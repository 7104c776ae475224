"""Time ``fupin verify-roster`` on five years of a county: ``python bench/rosters.py [--households N] [--rounds N]``.

Beside it DuckDB, in a process of its own, reads the same Parquet files and joins the same columns, and does nothing else: each
household with its row of the year before by 户编号 and with the number of its members, each person with the household and with
the row of the year before by 证件号码, every column of both sides, into tables in memory. It uses all cores. It knows not what a
cell says, where it stands, which household was split, or what is wrong. Both take turns in one run, see ``measure``.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import duckdb
import years
from measure import Contender, Duel

#: What was promised: so many seconds, so many megabytes, so many times as long as the joins.
SECONDS, MEGABYTES, RATIO = 60, 4096, 3
_HOUSEHOLDS = """
CREATE TABLE households AS
SELECT now.*, before.*, members.number FROM household AS now
LEFT JOIN household AS before ON before."户编号" = now."户编号" AND before."年度" = now."年度" - 1
LEFT JOIN (SELECT "户编号", "年度", count(*) AS number FROM person GROUP BY ALL) AS members
    ON members."户编号" = now."户编号" AND members."年度" = now."年度"
"""
_PEOPLE = """
CREATE TABLE people AS
SELECT now.*, before.*, home.* FROM person AS now
LEFT JOIN person AS before ON before."证件号码" = now."证件号码" AND before."年度" = now."年度" - 1
LEFT JOIN household AS home ON home."户编号" = now."户编号" AND home."年度" = now."年度"
"""


def join(folder: Path) -> None:
    """What DuckDB is timed with."""
    with duckdb.connect() as engine:
        for name, files in (("household", "households"), ("person", "people")):
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / files}-*.parquet')")
        engine.execute(_HOUSEHOLDS)
        engine.execute(_PEOPLE)


def duel(folder: Path, households: int, rounds: int) -> Duel:
    """The rosters, written into the folder unless they are there, and who takes turns on them."""
    if not list(folder.glob("people-*.parquet")):
        folder.mkdir(parents=True, exist_ok=True)
        years.write(folder, households)
    ours = Contender("fupin verify-roster", [sys.executable, "-m", "fupin_cli", "verify-roster", str(folder)])
    theirs = Contender("DuckDB only reads and joins", [sys.executable, __file__, "--join", str(folder)])
    return Duel(f"{len(years.YEARS)} years of {households:,} households", [ours, theirs], rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time verify-roster beside DuckDB's joins.")
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the rosters there, and use those that are there")
    parser.add_argument("--join", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.join:
        join(options.join)
        return
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as temporary:
        turns = duel(options.folder or Path(temporary), options.households, options.rounds)
        turns.run()
        print("\n".join(turns.rows()))
    ours, theirs = turns.contenders
    best, other = min(ours.seconds), min(theirs.seconds)
    print(f"best of each: {best:.1f} s, {other:.1f} s, {best / other:.2f} times; {max(ours.megabytes):.0f} MB")
    print(f"promised: {SECONDS} s, {RATIO} times, {MEGABYTES} MB")


if __name__ == "__main__":
    main()
