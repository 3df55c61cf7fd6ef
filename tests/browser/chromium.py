"""A real browser: Debian's Chromium, driven over its own protocol, with nothing but what a page asks for."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
)
PATIENCE = 60.0


def programs() -> tuple[str, str] | None:
    """Paths of the browser and of its driver, if both are installed."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own, which is thrown away afterwards."""
    found = programs()
    assert found, "ask programs() first"
    folder = tempfile.mkdtemp(prefix="newcourse-browser-")
    options = Options()
    options.binary_location = found[0]
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(found[1]))
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(folder, ignore_errors=True)


def resize(driver: webdriver.Chrome, width: int, height: int = 900) -> None:
    """Give the page the size of a screen or of a phone."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def prefer(driver: webdriver.Chrome, scheme: str) -> None:
    """Prefer ``light`` or ``dark`` pages, and none that move: then what is looked at stands still."""
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def open_page(driver: webdriver.Chrome, address: str) -> None:
    """Open a page and wait until it and all its pictures are there."""
    driver.get(address)
    wait_for_pictures(driver)


def wait_for_pictures(driver: webdriver.Chrome) -> None:
    """Wait until every picture of the page is drawn."""
    drawn = "return [...document.images].every(image => image.complete && image.naturalWidth > 0)"
    end = time.monotonic() + PATIENCE
    while not driver.execute_script(drawn):
        assert time.monotonic() < end, f"pictures of {driver.current_url} were not loaded"
        time.sleep(0.05)


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the browser has complained about since it was last asked."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]


def screenshot(driver: webdriver.Chrome, path: Path, height: int | None = None) -> None:
    """Keep the page as a PNG file, the whole of it or its upper part."""
    import base64

    width, whole = driver.execute_script(
        "return [document.documentElement.clientWidth, document.documentElement.scrollHeight]"
    )
    clip: dict[str, Any] = {"x": 0, "y": 0, "width": width, "height": min(whole, height or whole), "scale": 1}
    taken = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    path.write_bytes(base64.b64decode(taken["data"]))
