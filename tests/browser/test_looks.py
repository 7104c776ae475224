"""Every page in light and dark, on a phone, a tablet and a desk: nothing in the console, nothing fetched, nobody shut out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromium import DESK, PHONE, TABLET, Scheme, shape, show
from pages import COMMANDS, Pages

Look = Callable[[], list[dict[str, Any]]]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (DESK, TABLET, PHONE)


def open_all(browser: Any) -> None:
    """Open the reasons of every row."""
    for button in browser.find_elements("css selector", "button.open"):
        if button.is_displayed():
            button.click()


def fetched(browser: Any) -> list[str]:
    """Addresses that the browser was asked for since this was last called."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]


def too_wide(browser: Any) -> list[str]:
    """Whether the page scrolls sideways, and what reaches out of it."""
    return browser.execute_script(
        "const wide = document.documentElement.clientWidth;"
        "return document.documentElement.scrollWidth <= wide ? [] : ['page', ...[...document.body.querySelectorAll('*')]"
        ".filter((one) => one.getBoundingClientRect().right > wide + 1 && !one.closest('.scroll')).map((one) => one.outerHTML.slice(0, 200))]"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_says_nothing_to_the_console_fetches_nothing_and_shuts_nobody_out(
    name: str, browser: Any, pages: Pages, violations: Look
) -> None:
    page = pages(name)
    browser.get_log("browser")
    for scheme in SCHEMES:
        shape(browser, DESK, scheme)
        fetched(browser)
        show(browser, page)
        for width in WIDTHS:
            shape(browser, width, scheme)
            assert (scheme, width, too_wide(browser)) == (scheme, width, [])
        open_all(browser)
        # Colours depend on the scheme and what stands where on the width: these two see both of each.
        shape(browser, DESK if scheme == "light" else PHONE, scheme)
        assert (scheme, too_wide(browser), violations()) == (scheme, [], [])
        assert [address for address in fetched(browser) if address not in (page.as_uri(), "data:,")] == []
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_closed_rows_shut_nobody_out(scheme: Scheme, width: int, browser: Any, pages: Pages, violations: Look) -> None:
    shape(browser, width, scheme)
    show(browser, pages("check-exit"))
    assert violations() == []


def test_what_is_wrong_with_a_page_is_found(browser: Any, pages: Pages, violations: Look, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = pages("check-exit").read_text(encoding="utf-8").replace('<html lang="zh-CN">', "<html>")
    page.write_text(text.replace("<h1>", f'<img src="/nowhere.png"><h1>{"W" * 20}<pre>{"wide " * 90}</pre>'), encoding="utf-8")
    shape(browser, PHONE)
    fetched(browser)
    show(browser, page)
    assert {"image-alt", "html-has-lang"} <= {one["id"] for one in violations()}
    assert too_wide(browser)
    assert "file:///nowhere.png" in fetched(browser)
    assert browser.get_log("browser")


@pytest.mark.parametrize("name", COMMANDS)
def test_dark_is_dark_and_light_is_light(name: str, browser: Any, pages: Pages) -> None:
    colour = "return getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
    shape(browser, DESK, "light")
    show(browser, pages(name))
    assert min(browser.execute_script(colour)) > 200
    shape(browser, DESK, "dark")
    assert max(browser.execute_script(colour)) < 60


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_chart_says_can_be_read_on_a_phone(name: str, browser: Any, pages: Pages) -> None:
    shape(browser, PHONE)
    show(browser, pages(name))
    heights = browser.execute_script(
        "return [...document.querySelectorAll('figure text')].map((one) => one.getScreenCTM().a * parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(heights, default=12) >= 9
