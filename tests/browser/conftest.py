"""A browser for the tests of the web pages. They are collected by ``make test-browser`` alone: they take Chromium on the machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

collect_ignore_glob = [] if os.environ.get("FUPIN_BROWSER") else ["test_*.py"]

#: What stands beside this file, so that no network is needed.
AXE = Path(__file__).with_name("axe.min.js")
#: Violations below these are matters of taste or of a page's surroundings.
SERIOUS = ("serious", "critical")
#: Seconds in which a page has to be there, however slow the machine.
PATIENCE = 60

Violations = list[dict[str, Any]]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Chromium without a network."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    profile = tmp_path_factory.mktemp("profile")
    # The sandbox wants rights that root in a container has not; the host resolver rule keeps every request off the network.
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    driver.set_page_load_timeout(PATIENCE)
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def violations(browser: Any) -> Callable[[], Violations]:
    """What axe-core finds serious in the page that is open."""

    def look() -> Violations:
        # The page's own policy keeps foreign scripts out, as it should; the debugger may evaluate where a page may not.
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found = browser.execute_async_script("const done = arguments[arguments.length - 1]; axe.run(document).then(done)")
        return [
            {"id": one["id"], "impact": one["impact"], "nodes": [node["html"][:200] for node in one["nodes"]]}
            for one in found["violations"]
            if one["impact"] in SERIOUS
        ]

    return look
