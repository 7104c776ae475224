"""What ``rules show`` and docs/packs say of a pack: all of it, in words, and where each part comes from."""

import importlib.util
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from rich.cells import cell_len

from fupin_cli.cli.main import main
from fupin_cli.messages import Lang
from fupin_cli.model.values import ValueType
from fupin_cli.report.packs.markdown import as_markdown
from fupin_cli.report.packs.spoken import Spoken
from fupin_cli.report.packs.whole import pack_page
from fupin_cli.rules.expression import NameKind
from fupin_cli.rules.lineage import Lineage, Source, lineage
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import Known, Scope
from fupin_cli.rules.standard import table_names

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packs_script", ROOT / "docs/packs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(script: ModuleType) -> dict[str, str]:
    return {path.name: text for path, text in script.pages()}


def test_docs_packs_is_what_the_packs_say(pages: dict[str, str]) -> None:
    """Fails after a change of a pack: ``make packs`` writes the pages again."""
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/packs").iterdir()}
    assert written.keys() == pages.keys()
    assert [name for name, text in pages.items() if written[name] != text] == []


def own(name: str) -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "rules" / name).glob("*.yaml")):
        yield path.stem, yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506


def bare(text: str) -> str:
    """A text without what Markdown adds, and without blanks."""
    return re.sub(r"\\|\s", "", text)


def said_by(stem: str, data: Any) -> Iterator[str]:
    """Everything that one of a pack's own files says to people."""
    if stem == "pack":
        yield from (part for document in data["documents"].values() for part in document.values())
        yield data["title"]["zh"]
        return
    if stem == "parameters":
        for name, one in data.items():
            yield from (f"${name}", one["title"]["zh"], one.get("reading", ""))
            for value in one.get("values", ()):
                cite = value.get("cite", {})
                yield from (
                    value["from"],
                    value.get("value", ""),
                    "、".join(value.get("items", ())),
                    value.get("origin", ""),
                    cite.get("quote", ""),
                )
        return
    for check in data.get("checks", {}).values():
        yield from (
            check["title"]["zh"],
            check["require"],
            check.get("applies", ""),
            check["remedy"]["zh"],
            check.get("reading", ""),
        )
        yield from (
            check["cite"]["quote"],
            f"{check['cite']['document']} {check['cite']['clause']}",
            check.get("why", {}).get("zh", ""),
        )
    for fact in data.get("facts", {}).values():
        yield from (fact["title"]["zh"], fact.get("where", ""), fact.get("reading", ""))
    for section in ("properties", "steps", "rates"):
        yield from (declared["title"]["zh"] for declared in data.get(section, {}).values())
    yield from (check for step in data.get("steps", {}).values() for key, check in step.items() if key != "title")
    yield from (part["title"]["zh"] for rate in data.get("rates", {}).values() for part in rate.get("parts", ()))
    for row in data.get("decide", ()):
        yield from (row["outcome"], row.get("when", ""), row.get("note", {}).get("zh", ""))


@pytest.mark.parametrize("name", sorted(path.parent.name for path in (ROOT / "rules").glob("*/pack.yaml")))
def test_a_page_says_everything_that_a_pack_writes(name: str, pages: dict[str, str]) -> None:
    page = bare(pages[f"{name}.md"])
    said = [text for stem, data in own(name) for text in said_by(stem, data)]
    assert len(said) > 20
    assert [text for text in said if bare(text) not in page] == []


HEAD = "pack: {name}\nversion: 1\ntitle: {{zh: 例, en: Example}}\ndocuments: {{plan: {{title: 方案, issuer: 县}}}}\neffective: {{from: 2018-01-01}}\n"
CHECK = "{name}: {{title: {{zh: {name}, en: {name}}}, severity: gate, require: {require}, remedy: {{zh: 帮, en: Help}}, cite: {{document: plan, clause: 一, quote: 吃}}}}"
OUTCOMES = "outcomes:\n  no: {title: {zh: 否, en: No}, meets: false}\n  fine: {title: {zh: 是, en: Yes}, meets: true}\n"
LINE = "line:\n  title: {{zh: 线, en: Line}}\n  unit: yuan-person-year\n  values: [{{from: 2018-01-01, value: {value}, status: unconfirmed, origin: 例}}]\n"


def standard(checks: dict[str, str], decide: str, more: str = "") -> str:
    written = "".join(f"  {CHECK.format(name=name, require=require)}\n" for name, require in checks.items())
    rows = f"decide:\n  - {{outcome: no, when: NOT ({decide})}}\n  - {{outcome: fine, default: true}}\n" if decide else ""
    return f"standard: exit\ntitle: {{zh: 退出, en: Exit}}\nsubject: household\n{more}checks:\n{written}{rows}"


@pytest.fixture
def family(tmp_path: Path) -> Lineage:
    """A county's pack upon a province's upon the nation's."""
    first = {"food": "food_secure", "income": "income_per_capita > $line", "house": "housing_secured", "water": "water_safe"}
    written = {
        "nation/exit.yaml": standard(first, "food AND income AND house AND water") + OUTCOMES,
        "nation/parameters.yaml": LINE.format(value=2000),
        "province/exit.yaml": standard({"house": "NOT dangerous_housing"}, ""),
        "county/exit.yaml": standard({"income": "income_per_capita >= $line", "road": "food_secure"}, "food AND income AND house AND road", "without: [water]\n"),
        "county/parameters.yaml": LINE.format(value=3000),
    }  # fmt: skip
    for name, above in (("nation", ""), ("province", "extends: nation\n"), ("county", "extends: province\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(HEAD.format(name=name) + above, encoding="utf-8")
    for path, text in written.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return lineage(load_pack(tmp_path / "county", Shelf((tmp_path,))))


def test_each_part_says_where_it_comes_from(family: Lineage) -> None:
    assert {name: family.source("exit", "checks", name) for name in family.loaded.standards["exit"].checks} == {
        "food": Source("inherited", "nation"),
        "house": Source("inherited", "province"),
        "income": Source("replaces", "nation"),
        "road": Source("own", "county"),
    }
    assert family.source("exit", "decide") == Source("replaces", "nation")
    assert family.source("parameters", "line") == Source("replaces", "nation")
    assert family.dropped["exit"] == {"water": "nation"}
    assert family.document("plan") == Source("inherited", "province")


def test_the_pack_above_is_the_one_that_was_read(family: Lineage, tmp_path: Path) -> None:
    """Another pack of the name, found first by somebody else, is not it."""
    (tmp_path / "elsewhere").mkdir()
    shutil.move(tmp_path / "province", tmp_path / "elsewhere" / "province")
    shutil.copytree(tmp_path / "nation", tmp_path / "elsewhere" / "nation")
    text = (tmp_path / "elsewhere/nation/exit.yaml").read_text(encoding="utf-8")
    (tmp_path / "elsewhere/nation/exit.yaml").write_text(text.replace("water", "wells"), encoding="utf-8")
    kin = lineage(load_pack(tmp_path / "county", Shelf((tmp_path, tmp_path / "elsewhere"))))
    assert kin.dropped["exit"] == {"water": "nation"}


def test_a_pack_upon_nothing_says_nothing_of_sources() -> None:
    kin = lineage(national())
    page = "".join(as_markdown(pack_page(kin, "zh")))
    assert "照用" not in page
    assert "本包" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_a_county_tells_what_it_changes(family: Lineage, lang: Lang) -> None:
    page = "".join(as_markdown(pack_page(family, lang)))
    told = {
        "zh": ["不采用 nation 的检查项“water”", "**income**<br>`income`<br>门槛<br>**本包改写，代替 nation 的**", "`road`<br>门槛<br>本包所写", "`house`<br>门槛<br>照用 province"],
        "en": ["Without the check water of nation", "**written here in place of that of nation**", "`road`<br>gate<br>written here", "`house`<br>gate<br>from province"],
    }  # fmt: skip
    assert [words for words in told[lang] if words not in page] == []


@cache
def national() -> LoadedPack:
    return load_pack(CHECKOUT / "national-2016", Shelf((CHECKOUT,)))


SCOPE = Scope(
    {**table_names("household"), "food": Known(NameKind.CHECK, ValueType.BOOL), "income": Known(NameKind.CHECK, ValueType.BOOL)},
    {"poverty_line": Known(NameKind.PARAMETER, ValueType.NUMBER)},
    null_tests=True,
)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        ("food_secure", "不愁吃为“是”", "food secure: yes"),
        ("NOT food_secure", "不愁吃为“否”", "food secure: no"),
        ("income_per_capita > $poverty_line", "人均纯收入 > 〔国家脱贫标准（现价）〕", "income per capita > [National poverty line at current prices]"),
        ("housing_grade IN ('A', 'B')", "住房鉴定等级是其中之一：“A”、“B”", "housing grade is one of “A”, “B”"),
        ("housing_grade NOT IN ('C')", "住房鉴定等级不在其中：“C”", "housing grade is none of “C”"),
        ("NOT housing_grade IN ('C')", "住房鉴定等级不在其中：“C”", "housing grade is none of “C”"),
        ("NOT (food AND income)", "有一项不达标：“不愁吃”、“人均纯收入稳定超过国家脱贫标准”", "one of these is not met: “Food secure”, “Net income per person above the national line”"),
        ("NOT (food OR income)", "没有一项达标：“不愁吃”、“人均纯收入稳定超过国家脱贫标准”", "none of these is met: “Food secure”, “Net income per person above the national line”"),
        ("food OR income", "有一项达标：“不愁吃”、“人均纯收入稳定超过国家脱贫标准”", "one of these is met: “Food secure”, “Net income per person above the national line”"),
        ("food AND income", "各项都达标：“不愁吃”、“人均纯收入稳定超过国家脱贫标准”", "all of these are met: “Food secure”, “Net income per person above the national line”"),
        ("NOT food", "“不愁吃”不达标", "“Food secure” is not met"),
        ("food AND food_secure", "“不愁吃”达标 且 不愁吃为“是”", "“Food secure” is met and food secure: yes"),
        ("review_date IS NULL OR NOT dibao AND notice_end IS NOT NULL", "民主评议日期空白 或 （享受低保为“否” 且 公示结束日期已填）", "review date is blank or (dibao: no and notice end is given)"),
        ("NOT (wage_income = 1)", "并非（工资性收入 = 1）", "not (wage income = 1)"),
        ("household_size BETWEEN 2 AND 4 AND dibao", "家庭人口数在 2 至 4 之间（含） 且 享受低保为“是”", "household size from 2 to 4, both included and dibao: yes"),
        ("household_size >= 2 AND wage_income <= 4", "家庭人口数 ≥ 2 且 工资性收入 ≤ 4", "household size ≥ 2 and wage income ≤ 4"),
        ("(wage_income - (business_income - 1)) * 2 <> 2.50", "（工资性收入 − （生产经营性收入 − 1）） × 2 ≠ 2.5", "(wage income − (business income − 1)) × 2 ≠ 2.5"),
        ("wage_income - business_income * 2 < 0", "工资性收入 − 生产经营性收入 × 2 < 0", "wage income − business income × 2 < 0"),
        ("days_between(notice_start, as_of) >= 7", "公示开始日期到判定日的天数 ≥ 7", "days from notice start to the day of judgement ≥ 7"),
        ("valid_id_number(head_id_number)", "户主证件号码的校验码正确", "the checksum of head id number is right"),
    ],
)  # fmt: skip
def test_conditions_are_said_in_words(condition: str, zh: str, en: str) -> None:
    loaded = national()
    ready = loaded.standards["household-exit"]
    node = parse(condition, SCOPE)
    said: dict[Lang, str] = {"zh": zh, "en": en}
    for lang, words in said.items():
        assert Spoken(lang, loaded.pack, ready.standard).condition(node) == words


@pytest.mark.parametrize("columns", ["40", "80"])
def test_nothing_runs_over_a_narrow_page(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["rules", "show", "anhui-2018", "household-support"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 50
    assert max(map(cell_len, lines)) <= int(columns)


def test_one_standard_comes_with_its_own_parameters_only(tmp_path: Path) -> None:
    target = tmp_path / "exit.md"
    assert main(["rules", "show", "national-2016", "exit-procedure", "-o", str(target), "--quiet"]) == 0
    text = target.read_text(encoding="utf-8")
    assert "`$exit_notice_days`" in text
    assert "$poverty_line" not in text
    assert "household-exit" not in text
    assert text.startswith("# 国家贫困退出标准 `national-2016`\n")


def test_a_misspelt_standard_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "national-2016", "houshold-exit"]) == 2
    assert "household-exit" in capsys.readouterr().err
    assert main(["rules", "show", "national-2016", "-o", "page.pdf"]) == 2
