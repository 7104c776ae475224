"""Whatever is misspelt on a command line, the nearest name that there is stands in the answer."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from fupin_cli.cli.main import COMMANDS
from fupin_cli.cli.rules.group import COMMANDS as QUESTIONS

FILE = str(Path(__file__).resolve().parents[2] / "samples" / "households.xlsx")
#: A command line with one word misspelt → the word that is named.
MISSPELT = {
    # commands
    "chek-exit": "check-exit",
    "check_exit FILE": "check-exit",
    "explian FILE 1": "explain",
    "whatif FILE": "what-if",
    "rule list": "rules",
    "rules lst": "list",
    "rules shwo": "show",
    # options
    "--langg en rules list": "--lang",
    "check-exit FILE --rulse x": "--rules",
    "check-exit FILE --no-masks": "--no-mask",
    "check-exit FILE --outputs=x": "--output",
    "check-exit FILE -f csv": "--format",
    "check-identify FILE --exclusion x": "--exclusions",
    "check-village FILE --set-x a=1": "--set",
    "check-county FILE --togehter": "--together",
    "check-support FILE --diabo x": "--dibao",
    "check-archive FILE --as_of 2020-01-01": "--as-of",
    "check-data FILE --detials all": "--details",
    "check-all FILE --asume x=1": "--assume",
    "verify-roster FILE --max-rates a=1%": "--max-rate",
    "reconcile FILE --onyl fail": "--only",
    "summary FILE --lines 3": "--line",
    "inspect FILE --shet 户": "--sheet",
    "template 户 --forse": "--force",
    "completion bash --lnag en": "--lang",
    "what-if FILE --sweap a=1:2:1": "--sweep",
    "explain FILE 1 --yeer 2018": "--year",
    "sample FILE --cluter 村": "--cluster",
    "replay run.json --input x": "--inputs",
    "rules list --lng zh": "--lang",
    "rules test --coverag": "--coverage",
    "rules sql --dialekt duckdb": "--dialect",
    # values of options
    "--lang eng rules list": "en",
    "check-exit FILE --format jsn": "json",
    "check-exit FILE --format CSV": "csv",
    "check-exit FILE --format htlm": "html",
    "check-exit FILE -o report.htlm": ".html",
    "check-exit FILE -o report.XLXS": ".xlsx",
    "summary FILE -o report.json -o report.cvs": ".csv",
    "sample FILE -n 1 --seed a -o sheet.xslx": ".xlsx",
    "check-exit FILE --only fials": "fail",
    "summary FILE --by vilage": "village",
    "what-if FILE --check archiv": "archive",
    "verify-roster FILE --fail-on waring": "warning",
    "verify-roster FILE --max-rate contniues=1%": "continues",
    "explain FILE 1 --check exi": "exit",
    "completion bsh": "bash",
    # packs
    "check-exit FILE --rules national-2061": "national-2016",
    "check-exit FILE --rules National_2016": "national-2016",
    "check-all FILE --rules suport-2020": "support-2020",
    "summary FILE --rules nationl-2016": "national-2016",
    "what-if FILE --against marginal-2021": "marginal-2020",
    "explain FILE 1 --rules natinal-2016": "national-2016",
    "rules show anhui-2081": "anhui-2018",
    "rules test archive2018": "archive-2018",
    "rules check anhui-2081": "anhui-2018",
    "rules diff national-2016 anhui-2081": "anhui-2018",
    "rules sql anhui-2081 household-exit": "anhui-2018",
    # standards
    "rules sql national-2016 houshold-exit": "household-exit",
    "rules show national-2016 houshold-exit": "household-exit",
    # checks
    "rules show national-2016 household-exit incom": "income",
    # parameters
    "check-exit FILE --set poverty_lin=1": "poverty_line",
    "check-exit FILE --set Poverty-Line=1": "poverty_line",
    "check-all FILE --set poverty_lin=1": "poverty_line",
    "what-if FILE --set poverty_lin=1": "poverty_line",
    "what-if FILE --sweep poverty_lin=1:2:1": "poverty_line",
    "explain FILE 349900010003 --set poverty_lin=1": "poverty_line",
    # fields, and the codes of one
    "check-exit FILE --assume water_saf=是": "water_safe",
    "check-exit FILE --assume 饮水安全=是": "water_safe",
    "check-exit FILE --assume 饮水安=是": "water_safe",
    "check-all FILE --assume water_saf=是": "water_safe",
    "what-if FILE --assume water_saf=是": "water_safe",
    "check-exit FILE --assume household_category=一般脱贫": "一般脱贫户",
    # tables and kinds of files
    "template houshold -o x.xlsx": "household",
    "template 工作对 -o x.xlsx": "工作队",
    "rules schema paramters": "parameters",
}


@pytest.mark.parametrize("line", MISSPELT)
def test_the_nearest_name_is_named(line: str, fupin: Callable[..., CompletedProcess[bytes]]) -> None:
    done = fupin(*(FILE if word == "FILE" else word for word in line.split()))
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert f"是不是 {MISSPELT[line]}？" in said
    assert done.stdout == b""


def test_every_command_has_a_word_that_was_misspelt() -> None:
    begun = {line.removeprefix("rules ").split()[0] for line in MISSPELT}
    assert {*COMMANDS, *QUESTIONS} - begun == {"rules"}


#: What no name is near to, and what click says in its own words alone.
OTHERWISE = {
    "check-exit": "例如：fupin check-exit 名册.xlsx",
    "check-exit FILE --set": "--set 后面没有写值。",
    "check-exit FILE -o report": "提示：后缀可用：.txt .csv .json",
    "check-exit FILE -o report.pdf": "提示：后缀可用：.txt .csv .json",
    "check-exit FILE --quiet=1": "--quiet 后面不写值。",
    "rules": "fupin rules --help 列出全部命令",
    "rules list national-2016": "命令行多出了 national-2016。",
    "check-exit FILE --assume housing_grade=E": "可用：A、B、C、D",
    "check-exit FILE --assume water_safe=对对": "可用：是、否",
    "check-exit FILE --assume income_per_capita=多": "不是“人均纯收入”的取值。",
}


@pytest.mark.parametrize("line", OTHERWISE)
def test_what_is_wrong_otherwise_is_said_in_our_words(line: str, fupin: Callable[..., CompletedProcess[bytes]]) -> None:
    done = fupin(*(FILE if word == "FILE" else word for word in line.split()))
    assert done.returncode == 2
    assert OTHERWISE[line] in done.stderr.decode()
