"""``rules show PACK STANDARD CHECK``: one check with what it rests on, and nothing of the others."""

import subprocess
from collections.abc import Callable

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_one_check_stands_alone_with_the_facts_and_parameters_that_it_rests_on(fupin: Run) -> None:
    done = fupin("rules", "show", "national-2016", "household-exit", "education", "--format", "markdown")
    shown = done.stdout.decode()
    for there in (
        "education_secured",
        "no_dropout",
        "$compulsory_age_from",
        "$compulsory_age_to",
        "义务教育、基本医疗、住房安全有保障",
    ):
        assert there in shown
    for elsewhere in ("all_insured", "$newborn_age_below", "$poverty_line", "food_secure", "怎样得出结论"):
        assert elsewhere not in shown


def test_a_check_that_the_standard_does_not_have_is_refused_with_those_that_it_has(fupin: Run) -> None:
    done = fupin("rules", "show", "chongqing-kaizhou-2017", "household-exit", "water")
    assert done.returncode == 2
    assert "income" in done.stderr.decode()
