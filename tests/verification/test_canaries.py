"""What must stand in no report: identity numbers and telephones anywhere, and names where many people read."""

import re
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from ending import WHO, accepted
from small_rosters import HOUSEHOLDS, ID, NAMES, OTHER_ID, PATH, PEOPLE, PHONE, judged, verified

from fupin_cli.messages import Lang
from fupin_cli.model.verification import Verification
from fupin_cli.report.bulletins.rosters import github_lines, junit_lines, sarif_lines
from fupin_cli.report.options import Options
from fupin_cli.report.verification.csvtext import verification_csv
from fupin_cli.report.verification.jsontext import json_lines
from fupin_cli.report.verification.markdown import markdown_lines

Format = Callable[[Verification, Options], Iterable[str]]
PUBLIC: dict[str, Format] = {"junit": junit_lines, "sarif": sarif_lines, "github": github_lines, "markdown": markdown_lines}
EVERY: dict[str, Format] = {**PUBLIC, "json": json_lines, "csv": verification_csv}
#: Fifteen digits in a row are a number of a person or a card, wherever they come from. Hashes have letters between.
LONG = re.compile(r"(?<![0-9a-f])\d{15,}(?![0-9a-f])")
#: Columns that slipped: names, addresses and numbers stand where codes, days and figures belong.
SLIPPED = (
    ("H7", ID, NAMES[0], NAMES[0], NAMES[1], 2018, f"{NAMES[2]}3", NAMES[3], NAMES[0]),
    (OTHER_ID, NAMES[1], PHONE, NAMES[1], NAMES[1], 2018, f"{PHONE}元", f"{ID}是", f"{NAMES[3]} {PHONE}"),
    ("H8", NAMES[0], "", NAMES[2], "", 2018, NAMES[2], "Zhang3 San", NAMES[3]),
)


@cache
def slipped() -> Verification:
    return verified(judged({PATH: [*HOUSEHOLDS, *SLIPPED], "人.csv": PEOPLE}))


def texts(form: Format, lang: Lang) -> str:
    return "".join(piece for one in (slipped(), accepted()) for piece in form(one, Options(lang=lang, limit=0)))


def test_the_canaries_are_in_the_data_and_are_found() -> None:
    rules = {one.rule for one in slipped().found}
    assert {"reading/number-unreadable", "reading/code-unknown"} <= rules
    assert any(name in problem.value for name in NAMES for problem in slipped().result.problems)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", EVERY)
def test_no_identity_number_and_no_telephone_stands_in_any_format(form: str, lang: Lang) -> None:
    text = texts(EVERY[form], lang)
    assert len(text) > 1000
    assert not [number for number in (ID, OTHER_ID, PHONE) if number in text]
    assert LONG.findall(text) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", PUBLIC)
def test_no_name_stands_in_a_log_that_many_people_read(form: str, lang: Lang) -> None:
    text = texts(PUBLIC[form], lang)
    assert not [name for name in (*NAMES, WHO, "Zhang") if name in text]


@pytest.mark.parametrize("form", PUBLIC)
def test_what_many_people_read_is_masked_whatever_was_asked_for(form: str) -> None:
    text = "".join(PUBLIC[form](slipped(), Options(mask=False, limit=0)))
    assert not [canary for canary in (ID, OTHER_ID, PHONE, *NAMES) if canary in text]


@pytest.mark.parametrize("form", PUBLIC)
def test_a_number_with_a_slip_in_it_is_shown_all_the_same(form: str) -> None:
    # Whoever mends it needs to see it: 3,20O.
    assert "3,20O" in texts(PUBLIC[form], "zh")
