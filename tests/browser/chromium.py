"""Headless Chromium without a network: for the tests of the pages, the pictures in docs/reports, and the bench."""

import shutil
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

#: Seconds in which a page has to be there, however slow the machine.
PATIENCE = 60
PHONE, TABLET, DESK = 360, 768, 1280
Scheme = Literal["light", "dark"]


def missing() -> list[str]:
    """Programs that are not on this machine."""
    return [name for name in ("chromium", "chromedriver") if not shutil.which(name)]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser with a profile of its own, which is thrown away."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory(prefix="fupin-browser-", ignore_cleanup_errors=True) as profile:
        # The sandbox wants rights that root in a container has not; the host resolver rule keeps every request off the network.
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        options.add_argument(f"--user-data-dir={profile}")
        options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        try:
            yield driver
        finally:
            driver.quit()


def shape(browser: Any, width: int = DESK, scheme: Scheme = "light", medium: str = "", height: int = 900) -> None:
    """The window and what its owner prefers."""
    preferred = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium, "features": preferred})
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def show(browser: Any, page: Path) -> None:
    """Open a page and wait until its script, if it has tables, took them over."""
    browser.get(page.as_uri())
    # A task behind the one that the page itself put behind its first paint.
    browser.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => setTimeout(() => setTimeout(done)))")


def printed(browser: Any) -> bytes:
    """The page as PDF."""
    sheet = {"preferCSSPageSize": True, "printBackground": False}
    return b64decode(browser.execute_cdp_cmd("Page.printToPDF", sheet)["data"])


def pictured(browser: Any, height: int) -> bytes:
    """The uppermost part of the page as PNG."""
    width, most = browser.execute_script("const e = document.documentElement; return [e.clientWidth, e.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(most, height), "scale": 1}
    picture = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    return b64decode(picture["data"])
