"""The pages in a real browser: reached by keyboard alone, readable by day and night, on a screen and on a phone."""

import json

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from newcourse.web.registry import NAVIGATION
from tests.browser.chromium import complaints, open_page, prefer, resize, wait_for_pictures
from tests.browser.looking import SMALL_TARGETS, faint_texts, focused, too_wide

pytestmark = pytest.mark.browser

PAGES = [href for _, href in NAVIGATION] + [
    "/plan/{plan}/why",
    "/proposals/P1",
    "/votes/V1",
    "/votes/V2",
    "/orders/N",
    "/record/1",
    "/economy",
    "/nowhere",
]


@pytest.fixture(scope="module")
def plan(address: str) -> str:
    return str(httpx.get(f"{address}/api/plan", timeout=60).json()["address"])


@pytest.fixture(autouse=True)
def screen(browser: webdriver.Chrome) -> None:
    resize(browser, 1280)
    prefer(browser, "light")
    complaints(browser)


def press(browser: webdriver.Chrome, *keys: str) -> None:
    chain = ActionChains(browser)
    for key in keys:
        chain.send_keys(key)
    chain.perform()


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_a_page_can_be_read(
    browser: webdriver.Chrome, address: str, plan: str, path: str, width: int, scheme: str
) -> None:
    resize(browser, width)
    prefer(browser, scheme)
    open_page(browser, address + path.format(plan=plan))
    browser.execute_script("document.querySelectorAll('details').forEach(details => details.open = true)")
    wait_for_pictures(browser)
    assert faint_texts(browser) == []
    assert too_wide(browser) == []
    inner, outer = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert inner <= outer
    assert browser.execute_script(SMALL_TARGETS) == []
    expected = ["Failed to load resource"] if path == "/nowhere" else []
    found = complaints(browser)
    assert len(found) == len(expected), found
    assert all(words in complaint for words, complaint in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    ("width", "scheme", "ending"),
    [
        (1280, "light", "-wide-day.svg"),
        (1280, "dark", "-wide-night.svg"),
        (360, "light", "-narrow-day.svg"),
        (360, "dark", "-narrow-night.svg"),
    ],
)
def test_the_picture_fits_the_page(
    browser: webdriver.Chrome, address: str, width: int, scheme: str, ending: str
) -> None:
    resize(browser, width)
    prefer(browser, scheme)
    open_page(browser, f"{address}/plan")
    sources = browser.execute_script("return [...document.images].map(image => image.currentSrc)")
    assert sources
    assert all(source.endswith(ending) for source in sources), sources
    shrunk = browser.execute_script("return [...document.images].map(image => image.width / image.naturalWidth)")
    assert min(shrunk) > 0.93, "letters of at least 11 pixels must stay above 10"


def test_the_first_stop_of_the_keyboard_skips_to_the_content(browser: webdriver.Chrome, address: str) -> None:
    open_page(browser, f"{address}/plan")
    press(browser, Keys.TAB)
    first = focused(browser)
    assert (first["text"], first["seen"]) == ("Skip to the content", True)
    press(browser, Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "content"
    press(browser, Keys.TAB)
    inside = "return document.querySelector('main').contains(document.activeElement)"
    assert browser.execute_script(inside)


@pytest.mark.slow
def test_every_stop_of_the_keyboard_shows_where_it_is(browser: webdriver.Chrome, address: str) -> None:
    open_page(browser, f"{address}/plan")
    stops = []
    for _ in range(200):
        press(browser, Keys.TAB)
        at = focused(browser)
        if at["name"] == "BODY":
            break
        stops.append(at)
        assert at["outline"] >= 2, at
        assert at["seen"], at
    wanted = browser.execute_script(
        "return [...document.querySelectorAll('a[href], summary, button, [tabindex=\"0\"]')]"
        ".filter(element => element.checkVisibility()).length"
    )
    assert len(stops) == wanted


def test_all_pages_are_reached_by_keyboard_alone(browser: webdriver.Chrome, address: str) -> None:
    open_page(browser, f"{address}/")
    for label, href in NAVIGATION[1:]:
        for _ in range(40):
            press(browser, Keys.TAB)
            at = focused(browser)
            if at["href"] == href and at["text"] == label:
                break
            if at["name"] == "SUMMARY":  # a group of the navigation
                press(browser, Keys.ENTER)
        else:
            pytest.fail(f"the keyboard does not come to {label}")
        press(browser, Keys.ENTER)
        wait_for_pictures(browser)
        assert browser.current_url == address + href
        here = 'return document.querySelector(\'nav[aria-label="Main"] [aria-current="page"]\').textContent'
        assert browser.execute_script(here) == label
    assert complaints(browser) == []


def test_the_numbers_of_a_picture_are_opened_by_keyboard(browser: webdriver.Chrome, address: str) -> None:
    open_page(browser, f"{address}/plan")
    browser.execute_script("document.querySelector('figure summary').focus()")
    table = "return document.querySelector('figure table').checkVisibility()"
    assert not browser.execute_script(table)
    press(browser, Keys.ENTER)
    assert browser.execute_script(table)


def test_nothing_is_asked_from_anywhere_else(browser: webdriver.Chrome, address: str) -> None:
    browser.get_log("performance")  # type: ignore[no-untyped-call]  # what was there before
    for path in ("/", "/plan", "/variants", "/votes/V2", "/record"):
        open_page(browser, address + path)
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert f"{address}/static/style.css" in asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    answers = [m["params"]["response"] for m in messages if m["method"] == "Network.responseReceived"]
    assert [answer["url"] for answer in answers if answer["status"] >= 400] == []


def test_pages_need_no_script(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/plan")
        assert "Plan 2001" in browser.title
        assert len(browser.find_elements("css selector", "table tbody tr")) > 5
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
