"""``fupin check-data`` as it is typed: exit codes and refusals."""

from pathlib import Path

import pytest

from fupin_cli.cli.main import main

TOP = "户编号,户主姓名,年度,家庭人口数,脱贫属性,饮水安全,住房面积"
CASES = {
    "nothing wrong": (f"{TOP}\n1,样甲,2018,3,已脱贫,是,80\n", 0),
    "only a warning": (f"{TOP}\n1,样甲,2018,3,已脱贫,是,\n", 0),
    "an error": (f"{TOP}\n1,样甲,2018,3,已脱贫,否,80\n", 1),
    "a cell that cannot be read": (f"{TOP}\n1,样甲,2018,3,已脱贫,也许,80\n", 1),
    "a household that is there twice": (f"{TOP}\n1,样甲,2018,3,已脱贫,是,80\n1,样乙,2018,3,已脱贫,是,80\n", 1),
    "no year at all": ("户编号,饮水安全,脱贫属性\n1,是,已脱贫\n", 0),
}


def run(*arguments: str) -> int:
    return main(["check-data", *arguments])


@pytest.mark.parametrize("name", CASES)
def test_the_exit_code_is_1_where_something_cannot_be_right(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code = CASES[name]
    path = tmp_path / "名册.csv"
    path.write_text(text, encoding="utf-8")
    assert run(str(path)) == code
    assert "名册数据检查" in capsys.readouterr().out


def test_a_warning_is_shown_though_it_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(CASES["only a warning"][0], encoding="utf-8")
    run(str(path))
    assert "! 警告" in capsys.readouterr().out


REFUSED = {
    "no table that is checked": (["check-data", "{survey}"], 3, "没有 check-data 要检查的表：户、人、村、县"),
    "no household": (["check-exit", "{county}"], 3, "没有 check-exit 要检查的表：户"),
    "the rules of another command": (["check-exit", "{good}", "--rules", "data-quality"], 2, "没有 check-exit 要用的标准"),
    "rules that are not about data": (["check-data", "{good}", "--rules", "national-2016"], 2, "没有 check-data 要用的标准"),
    "an assumption": (["check-data", "{good}", "--assume", "water_safe=是"], 2, "没有选项 --assume"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_checked_is_refused_in_words(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, code, words = REFUSED[name]
    county, survey, good = (tmp_path / f"{name}.csv" for name in ("county", "survey", "good"))
    county.write_text("县名称,省,贫困县级别,年度,贫困村数,已出列村数\n样县,样省,国家级,2018,3,3\n", encoding="utf-8")
    survey.write_text("县,户编号,组别,户人口\n样县,1,脱贫户,4\n", encoding="utf-8")
    good.write_text(CASES["nothing wrong"][0], encoding="utf-8")
    assert main([part.format(county=county, survey=survey, good=good) for part in arguments]) == code
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


COUNTIES = "县名称,省,贫困县级别,年度,农村户籍人口,未脱贫人口,贫困村数,已出列村数\n"


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        pytest.param("样县,样省,国家级,2018,10000,100,3,3", 0, "未发现矛盾 1", id="nothing wrong"),
        pytest.param("样县,样省,,2018,10000,100,3,3", 0, "贫困县级别已填", id="only a warning"),
        pytest.param("样县,样省,国家级,2018,100,10000,3,3", 1, "比包含它的总数 100（E2）还多", id="more poor than people"),
        pytest.param("样县,样省,国家级,2018,0,0,3,3", 1, "“农村户籍人口”是 0，不能作除数", id="nobody"),
        pytest.param(
            "样县,样省,国家级,2018,10000,100,0,3", 1, "比包含它的总数 0（G2）还多", id="no poor village and three exited"
        ),
    ],
)
def test_a_county_is_looked_at(row: str, code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "县.csv"
    path.write_text(f"{COUNTIES}{row}\n", encoding="utf-8")
    assert run(str(path)) == code
    assert "".join(words.split()) in "".join(capsys.readouterr().out.split())


def test_a_county_beside_its_villages_is_compared_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county, villages = tmp_path / "县.csv", tmp_path / "村.csv"
    county.write_text(f"{COUNTIES}样县,样省,国家级,2018,10000,9,3,3\n", encoding="utf-8")
    villages.write_text("乡镇,行政村,未脱贫人口,总户数\n甲镇,甲村,5,90\n甲镇,乙村,5,80\n", encoding="utf-8")
    assert run(str(county), str(villages)) == 1
    said = capsys.readouterr().out
    assert "各村未脱贫人口不超过全县：1 个县不符" in said
    assert "本表有2行没有写县，按样县计" in "".join(said.split())


def test_a_roster_without_counties_says_nothing_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(CASES["nothing wrong"][0], encoding="utf-8")
    run(str(path), "--details", "all")
    said = capsys.readouterr().out
    assert "县数据质量" not in said
    assert "收入增幅" not in said


@pytest.mark.parametrize(("day", "found"), [("2018-12-10", False), ("2017-12-10", True), ("2019-01-10", True)])
def test_an_application_of_another_year_is_told(
    day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, found: bool
) -> None:
    path = tmp_path / "县.csv"
    path.write_text(f"县名称,贫困县级别,年度,县申请日期\n样县,国家级,2018,{day}\n", encoding="utf-8")
    # Doubtful, but nothing says which of the two is wrong: no contradiction.
    assert run(str(path)) == 0
    assert ("县申请在数据年度当年：1 个县不符" in capsys.readouterr().out) == found


def test_a_warning_about_two_cells_hides_no_error_about_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "县.csv"
    top = "县名称,贫困县级别,年度,农村户籍人口,未脱贫人口,脱贫人口,非建档立卡人口"
    path.write_text(f"{top}\n样县,国家级,2018,10000,10001,1,1\n", encoding="utf-8")
    assert run(str(path)) == 1
    said = capsys.readouterr().out
    assert "三类人口之和不超过农村户籍人口：1 个县不符" in said
    assert "比包含它的总数 10000（D2）还多" in "".join(said.split("\n"))
