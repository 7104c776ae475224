"""What is given stands in a result as the whole query gives it, though the engine is not asked for what the table has."""

import random
from decimal import Decimal

import pytest
from building import random_row, records, table

from fupin_cli.engines import duck
from fupin_cli.evaluate.query import build_query
from fupin_cli.evaluate.run import judge, relation
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import Parameters

FIELDS = ("year", "household_size", "education_secured", "review_date")


@pytest.mark.parametrize("name", ["national-2016", "data-quality"])
def test_a_result_has_the_columns_of_the_whole_query_in_their_order(name: str) -> None:
    shelf = Shelf((CHECKOUT,))
    loaded = load_pack(shelf.find(name), shelf)
    rng = random.Random(8)
    rows = [
        {"household_id": f"H{number}", "income_per_capita": Decimal(2900 + 3 * number), **random_row(rng, FIELDS, bad=0.1)}
        for number in range(60)
    ]
    tables = {"household": table("household", records(rows)), "person": table("person", [])}
    standard = next(one for one in loaded.standards.values() if one.subject == "household")
    parameters = Parameters(loaded.pack, {})
    result = judge(standard, parameters, tables, None, {}).data
    query = build_query(standard, parameters, tables, None, {})
    whole = duck.run(query.verdicts, {name: relation(one) for name, one in tables.items()}).sort_by("_i").drop_columns("_i")
    assert result.schema.equals(whole.schema)
    assert result.to_pylist() == whole.to_pylist()
    assert sum(column.startswith("given.") for column in result.column_names) > 1
