"""The table of subjects as people use it: with a keyboard, without a script, on paper; and with a workbook that means harm."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import DESK, PHONE, printed, shape, show
from openpyxl import Workbook
from pages import COMMANDS, Pages
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from fupin_cli.cli.main import main

#: Who is judged, the outcome of those that are counted and not listed, and what a row begins with.
LISTED = {"check-exit": ("household", "eligible", "id"), "check-county": ("county", "withdraw", "name")}
WAIT = "const done = arguments[0]; setTimeout(done)"


@pytest.fixture
def page(browser: Any, pages: Pages) -> Iterator[Callable[[str], Any]]:
    """Opens the page of a command at a desk, and gives the report as JSON."""

    def look(name: str) -> Any:
        shape(browser, DESK)
        show(browser, pages(name))
        return json.loads(pages(name).with_suffix(".json").read_text(encoding="utf-8"))

    return look


def ids(browser: Any) -> list[str]:
    """Numbers of the subjects in the tables, in the order in which it shows them."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.subjects tbody th button')].filter((one) => one.checkVisibility()).map((one) => one.textContent)"
    )


def said(browser: Any) -> str:
    return browser.find_element("css selector", ".subjects [role=status]").text


def keys(browser: Any, *pressed: str) -> None:
    """Press keys wherever the focus is."""
    ActionChains(browser, duration=0).send_keys(*pressed).perform()
    browser.execute_async_script(WAIT)


def has_focus(browser: Any, selector: str) -> bool:
    return browser.execute_script("return document.activeElement.matches(arguments[0])", selector)


def tab_to(browser: Any, selector: str) -> Any:
    """Go from stop to stop until one of these has the focus; every stop on the way can be seen to have it."""
    for _ in range(60):
        keys(browser, Keys.TAB)
        line = "const one = getComputedStyle(document.activeElement); return [one.outlineStyle, parseFloat(one.outlineWidth)]"
        style, width = browser.execute_script(line)
        stop = browser.execute_script("return document.activeElement.outerHTML.slice(0, 80)")
        assert (style, width >= 2) == ("solid", True) or "skip" in stop, stop
        if has_focus(browser, selector):
            return browser.switch_to.active_element
    pytest.fail(f"no way to {selector}")


def choose(browser: Any, column: str, label: str) -> None:
    """Choose in the list of a column the value that begins so, with the arrow keys."""
    box = browser.find_element("css selector", f".subjects select[data-column='{column}']")
    labels = [one.text for one in box.find_elements("tag name", "option")]
    [place] = [place for place, found in enumerate(labels) if found.startswith(label)]
    browser.execute_script("arguments[0].focus()", box)
    keys(browser, Keys.HOME, *[Keys.DOWN] * place)
    assert box.get_attribute("value").startswith(label)


def reset(browser: Any) -> None:
    browser.find_element("css selector", ".subjects button[type=reset]").click()
    browser.execute_async_script(WAIT)


# --- what is found ------------------------------------------------------------------------------------------------------


def test_what_is_listed_is_what_the_json_report_has_and_does_not_pass(browser: Any, page: Callable[[str], Any]) -> None:
    for name, (subject, passing, known_as) in LISTED.items():
        wanted = [one[known_as] for one in page(name)["results"] if one["subject"] == subject and one["outcome"] != passing]
        assert sorted(ids(browser)) == sorted(wanted)


def test_a_word_finds_exactly_the_rows_that_have_it(browser: Any, page: Callable[[str], Any]) -> None:
    listed = [one for one in page("check-exit")["results"] if one["outcome"] != "eligible"]
    box = browser.find_element("css selector", ".subjects input")
    for one in listed:
        for word in (one["name"], one["id"], one["where"]["cell"]):
            # A cell's name is part of those of later rows: 户!A1 of 户!A10.
            wanted = [two["id"] for two in listed if any(word in text for text in (two["name"], two["id"], two["where"]["cell"]))]
            box.clear()
            box.send_keys(word)
            assert ids(browser) == wanted, word
            assert re.findall(r"\d+", said(browser)) == [str(len(wanted)), str(len(wanted)), str(len(listed))]
    box.clear()
    box.send_keys("没有人叫这个")
    assert (ids(browser), said(browser)) == ([], "没有符合筛选的行。")


def test_each_list_to_choose_from_finds_exactly_its_rows(browser: Any, page: Callable[[str], Any]) -> None:
    listed = [one for one in page("check-exit")["results"] if one["outcome"] != "eligible"]
    outcome = browser.find_elements("css selector", ".subjects select")[0].get_attribute("data-column")
    for label, key in (("不符合退出条件", "ineligible"), ("待核实", "undetermined")):
        choose(browser, outcome, label)
        assert ids(browser) == [one["id"] for one in listed if one["outcome"] == key]
    reset(browser)
    assert len(ids(browser)) == len(listed)
    for label, key in (("人均纯收入", "income"), ("住房安全", "housing"), ("饮水安全", "water")):
        choose(browser, "law", label)
        wanted = [one["id"] for one in listed if any(two["id"] == key and two["status"] != "pass" for two in one["checks"])]
        assert wanted
        assert ids(browser) == wanted
    choose(browser, outcome, "待核实")
    assert ids(browser) == [
        one["id"] for one in listed if one["outcome"] == "undetermined" and any(two["id"] == "water" for two in one["checks"])
    ]


def test_a_row_opens_to_value_cell_threshold_and_clause(browser: Any, page: Callable[[str], Any]) -> None:
    report = page("check-exit")
    for one in report["results"]:
        for check in one["checks"] if one["outcome"] != "eligible" else []:
            row = next(
                row
                for row in browser.find_elements("css selector", ".subjects tbody tr")
                if row.find_element("tag name", "button").text.strip() == one["id"]
            )
            if "shown" not in row.get_attribute("class"):
                row.find_element("tag name", "button").click()
            # A warning about what nobody filled in stops nobody, and is not shown.
            if (check["severity"], check["status"]) == ("warning", "unknown"):
                continue
            for text in (
                *(cell["cell"] for cell in check["cells"].values()),
                *check["threshold"].values(),
                check["cite"]["quote"],
            ):
                assert text in row.text


# --- with a keyboard ----------------------------------------------------------------------------------------------------


def test_everything_can_be_done_with_a_keyboard_and_is_told(browser: Any, page: Callable[[str], Any]) -> None:
    listed = [one for one in page("check-exit")["results"] if one["outcome"] != "eligible"]
    keys(browser, Keys.TAB)
    assert has_focus(browser, ".skip")
    keys(browser, Keys.ENTER)
    assert has_focus(browser, "main")
    tab_to(browser, ".subjects input[type=search]")
    keys(browser, "待核实")
    assert ids(browser) == [one["id"] for one in listed if one["outcome"] == "undetermined"]
    assert said(browser).startswith("显示 3 行")
    keys(browser, *[Keys.BACKSPACE] * 3)
    assert len(ids(browser)) == len(listed)

    tab_to(browser, ".subjects thead th:first-child button")
    head = browser.find_element("css selector", ".subjects thead th")
    for told, wanted in (
        ("ascending", sorted(one["id"] for one in listed)),
        ("descending", sorted((one["id"] for one in listed), reverse=True)),
        (None, [one["id"] for one in listed]),
    ):
        keys(browser, Keys.ENTER)
        assert (head.get_attribute("aria-sort"), ids(browser)) == (told, wanted)
        assert has_focus(browser, ".subjects thead th:first-child button")

    button = tab_to(browser, ".subjects tbody button")
    assert button.get_attribute("aria-expanded") == "false"
    reasons = browser.find_element("css selector", ".subjects tbody tr li span")
    assert not reasons.is_displayed()
    keys(browser, Keys.ENTER)
    assert (button.get_attribute("aria-expanded"), reasons.is_displayed()) == ("true", True)
    keys(browser, Keys.SPACE)
    assert (button.get_attribute("aria-expanded"), reasons.is_displayed()) == ("false", False)


# --- without a script, and on paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check-exit", "check-county"])
def test_without_a_script_everything_is_there_to_be_read(name: str, browser: Any, pages: Pages) -> None:
    shape(browser, PHONE)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(pages(name).as_uri())
        text = browser.find_element("tag name", "body").text
        # What would do nothing is not there.
        assert [one for one in browser.find_elements("css selector", "button, input, select") if one.is_displayed()] == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    report = json.loads(pages(name).with_suffix(".json").read_text(encoding="utf-8"))
    subject, passing, _ = LISTED[name]
    told = [one for one in report["results"] if one["subject"] == subject and one["outcome"] != passing]
    assert told
    for one in told:
        assert one["name"] in text
        for check in (check for check in one["checks"] if check["status"] == "fail"):
            cells = re.findall(r'"cell": "([^"]+)"', json.dumps(check["cells"], ensure_ascii=False))
            # Of a figure that was counted from a whole sheet the first cells are named.
            assert [cell for cell in cells[: 1 if name == "check-county" else None] if cell not in text] == []
            assert check["cite"]["quote"] in text


@pytest.mark.parametrize("name", COMMANDS)
def test_paper_has_the_answer_the_pack_and_everybody_who_is_listed(name: str, browser: Any, pages: Pages, tmp_path: Path) -> None:
    shape(browser, DESK, "dark")
    show(browser, pages(name))
    wanted = [one.text for one in browser.find_elements("css selector", "h1, .answer, header .small")]
    names = browser.execute_script(
        "return [...document.querySelectorAll('.subjects tbody tr')].flatMap((row) => [...row.cells].slice(0, 2).map((one) => one.firstChild.textContent))"
    )
    file = tmp_path / "page.pdf"
    file.write_bytes(printed(browser))
    found = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    sheets = found.split("\f")[:-1]
    assert all(sheet.strip() for sheet in sheets)
    text = re.sub(r"\s", "", found)
    assert [one for one in [*wanted, *names] if re.sub(r"\s", "", one) not in text] == []
    pack = json.loads(pages(name).with_suffix(".json").read_text(encoding="utf-8")).get("rules") or {}
    assert (pack.get("sha256") or "")[:12] in text
    # Buttons and what filters are of no use on paper; and the page is as it was.
    assert "清除筛选" not in text
    assert browser.execute_script("return document.querySelectorAll('.subjects thead th > button').length") > 0 or not names


def test_paper_lists_also_what_the_screen_has_not_drawn_yet(browser: Any, tmp_path: Path) -> None:
    rows = tmp_path / "many.csv"
    heads = "户编号,户主姓名,年度,人均纯收入,不愁吃,不愁穿,义务教育有保障,基本医疗有保障,住房安全有保障,饮水安全\n"
    people = [f"3499{number:08d}" for number in range(1, 181)]
    rows.write_text(heads + "".join(f"{one},样甲,2018,100,是,是,是,是,是,是\n" for one in people), encoding="utf-8")
    page, file = tmp_path / "page.html", tmp_path / "page.pdf"
    assert main(["check-exit", str(rows), "-o", str(page), "--quiet"]) == 1
    shape(browser, DESK)
    show(browser, page)
    assert len(ids(browser)) < len(people)
    file.write_bytes(printed(browser))
    found = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    assert [one for one in people if one not in found] == []
    assert len(ids(browser)) < len(people)
    *_, every = (one for one in browser.find_elements("css selector", ".more button") if one.is_displayed())
    every.click()
    assert ids(browser) == people


# --- a workbook that means harm ---------------------------------------------------------------------------------------------


def test_nothing_from_a_hostile_workbook_runs_or_stands_there_as_an_element(browser: Any, pages: Pages, tmp_path: Path) -> None:
    harm = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "</td></table><iframe src='javascript:alert(3)'></iframe>",
        "\"onmouseover=\"alert(4)", "</script><script>alert(5)</script>", "<svg onload=alert(6)>", "</style><b id=harm>", "${alert(7)}{{7*7}}",
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "户"
    sheet.append(
        [
            "户编号",
            "户主姓名",
            "乡镇",
            "行政村",
            "年度",
            "人均纯收入",
            "不愁吃",
            "不愁穿",
            "住房安全有保障",
            "饮水安全",
            "备注<i>",
        ]
    )
    for number, text in enumerate(harm):
        sheet.append([f"3499{number:08d}", text, text, text, "2018", text if number % 2 else "100", text, "是", "是", text, text])
    path, page = tmp_path / "<b id=harm>&amp;.xlsx", tmp_path / "page.html"
    book.save(path)
    assert main(["check-exit", str(path), "-o", str(page), "--quiet"]) == 1
    shape(browser, DESK)
    show(browser, pages("check-exit"))
    ours = "return [...new Set([...document.querySelectorAll('*')].map((one) => one.tagName))].sort()"
    known = set(browser.execute_script(ours))
    browser.get_log("browser")
    show(browser, page)
    # A dialog would have stopped the driver here.
    assert set(browser.execute_script(ours)) <= known
    assert browser.execute_script("return document.querySelectorAll('#harm, [onerror], [onload], [onmouseover]').length") == 0
    browser.find_element("css selector", "button.open").click()
    names = [one.text for one in browser.find_elements("css selector", ".subjects tbody td:nth-child(2)")]
    assert sorted(names) == sorted(harm)
    for text in harm:
        box = browser.find_element("css selector", ".subjects input")
        box.clear()
        box.send_keys(text)
        assert ids(browser)
    assert browser.get_log("browser") == []
