"""What the tests of the web pages share. They are collected by ``make test-browser`` alone: they take Chromium on the machine."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))
from chromium import chromium
from pages import Pages, write

collect_ignore_glob = [] if os.environ.get("FUPIN_BROWSER") else ["test_*.py"]

#: What stands beside this file, so that no network is needed.
AXE = Path(__file__).with_name("axe.min.js")
#: Violations below these are matters of taste or of a page's surroundings.
SERIOUS = ("serious", "critical")

Violations = list[dict[str, Any]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium without a network."""
    with chromium() as driver:
        yield driver


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Writes the page of a command, and beside it the same as JSON, once."""
    folder = tmp_path_factory.mktemp("pages")
    return lambda name: write(name, folder)


@pytest.fixture
def violations(browser: Any) -> Callable[[], Violations]:
    """What axe-core finds serious in the page that is open."""

    def look() -> Violations:
        # The page's own policy keeps foreign scripts out, as it should; the debugger may evaluate where a page may not.
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found = browser.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(done)"
        )
        return [
            {"id": one["id"], "impact": one["impact"], "nodes": [node["html"][:200] for node in one["nodes"]]}
            for one in found["violations"]
            if one["impact"] in SERIOUS
        ]

    return look
