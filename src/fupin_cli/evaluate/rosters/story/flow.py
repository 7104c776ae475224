"""Every household of two neighbouring years once: with both its rows where it stays, with one where it comes or goes."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from fupin_cli.engines import duck
from fupin_cli.evaluate.rosters.story.households import PLACES
from fupin_cli.evaluate.sql import quoted, text_literal
from fupin_cli.model.story import Kind

#: How the links between two rows of one household are called.
STAYS: Mapping[str, Kind] = {"延续": "continued", "换号": "renumbered"}
#: What became of a household whose row has no other year's, by ``went_to`` and ``came_from``; anything else is not known.
_GONE: Mapping[str, Kind] = {"消失": "left", "并户": "merged", "分户": "dissolved"}
_CAME: Mapping[str, Kind] = {"新增": "entered", "分户": "split", "并户": "formed"}


def flow(households: pa.Table, moves: pa.Table, pairs: Sequence[tuple[int, int]], by_rows: Sequence[bool]) -> pa.Table:
    """One row for each household of each pair of years (``households`` is what ``households.households`` gives).

    ``y0``, ``y1``: the years. ``before``, ``after``: positions of its rows, null for none. ``kind``. ``status0``, ``status1``:
    脱贫属性. ``people0``, ``people1``: how many they are, null where nobody says; the rows of members where ``by_rows`` of the
    pair, else 家庭人口数. ``moved``: whether it is in another place. ``other0``, ``other1``: of a household that was split off or
    merged the row of the other one in the year in which it has none itself.
    """
    if not pairs:
        return duck.run(_query([(0, 0)], [False]), {"h": households, "moves": moves}).slice(0, 0)
    return duck.run(_query(pairs, by_rows), {"h": households, "moves": moves})


def _query(pairs: Sequence[tuple[int, int]], by_rows: Sequence[bool]) -> str:
    values = ", ".join(f"({y0}, {y1}, {rows})" for (y0, y1), rows in zip(pairs, by_rows, strict=True))
    stays = ", ".join(map(text_literal, STAYS))
    return f"""
WITH pairs("y0", "y1", "by_rows") AS (VALUES {values}),
stays AS (
  SELECT p."y0", p."y1", b."_i" AS "before", a."_i" AS "after", {_case("e.kind", STAYS)} AS "kind",
    b."poverty_status" AS "status0", a."poverty_status" AS "status1",
    {_people("b")} AS "people0", {_people("a")} AS "people1", {_moved()} AS "moved"
  FROM moves AS e JOIN h AS b ON b."_i" = e."before" JOIN h AS a ON a."_i" = e."after"
    JOIN pairs AS p ON p."y0" = b."year" AND p."y1" = a."year"
  WHERE e."kind" IN ({stays})
),
gone AS (
  SELECT p."y0", p."y1", b."_i" AS "before", NULL AS "after", {_case('b."went_to"', _GONE, "gone_unknown")} AS "kind",
    b."poverty_status" AS "status0", NULL AS "status1", {_people("b")} AS "people0", NULL AS "people1", FALSE AS "moved"
  FROM h AS b JOIN pairs AS p ON p."y0" = b."year" ANTI JOIN stays AS s ON s."before" = b."_i"
),
came AS (
  SELECT p."y0", p."y1", NULL AS "before", a."_i" AS "after", {_case('a."came_from"', _CAME, "came_unknown")} AS "kind",
    NULL AS "status0", a."poverty_status" AS "status1", NULL AS "people0", {_people("a")} AS "people1", FALSE AS "moved"
  FROM h AS a JOIN pairs AS p ON p."y1" = a."year" ANTI JOIN stays AS s ON s."after" = a."_i"
),
others AS (SELECT * FROM moves WHERE "kind" NOT IN ({stays}))
SELECT *, NULL::BIGINT AS "other0", NULL::BIGINT AS "other1" FROM stays
UNION ALL
SELECT g.*, NULL, o."other" FROM gone AS g
  LEFT JOIN (SELECT "before", MIN("after") AS "other" FROM others GROUP BY "before") AS o USING ("before")
UNION ALL
SELECT c.*, o."other", NULL FROM came AS c
  LEFT JOIN (SELECT "after", MIN("before") AS "other" FROM others GROUP BY "after") AS o USING ("after")
ORDER BY "y0", "after", "before"
"""


def _case(value: str, kinds: Mapping[str, Kind], otherwise: str | None = None) -> str:
    branches = " ".join(f"WHEN {text_literal(text)} THEN {text_literal(kind)}" for text, kind in kinds.items())
    return f"CASE {value} {branches}" + (f" ELSE {text_literal(otherwise)}" if otherwise is not None else "") + " END"


def _people(alias: str) -> str:
    """How many people a household has; of one without a number nobody knows which rows are its own."""
    rows = f'CASE WHEN {alias}."household_id" IS NOT NULL THEN COALESCE({alias}."members", 0) END'
    return f'(CASE WHEN p."by_rows" THEN {rows} ELSE {alias}."household_size" END)'


def _moved() -> str:
    """Whether any part of the place is another one. A name that is gone, in favour of one that is new, is the place renamed."""
    return "(" + " OR ".join(f"COALESCE({_elsewhere(part)}, FALSE)" for part in PLACES) + ")"


def _elsewhere(part: str) -> str:
    name = quoted(part)
    gone = f'SELECT 1 FROM h AS q WHERE q."year" = a."year" AND q.{name} = b.{name}'
    new = f'SELECT 1 FROM h AS q WHERE q."year" = b."year" AND q.{name} = a.{name}'
    return f"b.{name} <> a.{name} AND (EXISTS ({gone}) OR EXISTS ({new}))"
