"""Pages of the laboratory with results on them, held to WCAG 2.2 AA by axe on a screen and on a phone."""

from collections.abc import Iterator

import pytest
from selenium import webdriver

from newcourse.record.store import open_record
from newcourse.web.app import create_app
from newcourse.web.lab_results import read_results
from tests.browser.chromium import complaints, prefer, resize
from tests.browser.conftest import serving
from tests.browser.looking import faint_texts, too_wide
from tests.browser.test_browser_axe import violations
from tests.web.test_web_lab import run_data, verdict_data, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENARIO = "/lab/scenarios/russia-1917"
WITH_RESULTS = ("/lab", f"{SCENARIO}?branch=joined&country=RUS", "/lab/scenarios/three-lands", "/lab/verdict")
"""Pages that results change; all others of the laboratory are looked at with every page of the site."""


@pytest.fixture(scope="module")
def lab_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("results")
    write(folder, russia=run_data(), lands=run_data("three-lands"), ladder=verdict_data())
    with (
        open_record(folder / "record.sqlite") as record,
        serving(create_app(record, lab=read_results(folder))) as address,
    ):
        yield address


def test_no_page_of_the_laboratory_violates_wcag_where_there_are_results(
    browser: webdriver.Chrome, lab_address: str
) -> None:
    looks = [(1280, "light"), (360, "light")]
    found = {path: wrong for path in WITH_RESULTS if (wrong := violations(browser, lab_address + path, looks))}
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)
    complaints(browser)


def test_nothing_of_the_laboratory_is_faint_or_leaves_a_phone(browser: webdriver.Chrome, lab_address: str) -> None:
    resize(browser, 360)
    prefer(browser, "light")
    for path in (SCENARIO, "/lab/verdict", "/lab/words", "/lab/hypotheses/H1"):
        browser.get(lab_address + path)
        assert too_wide(browser) == [], path
        assert faint_texts(browser) == [], path


def test_a_chosen_country_is_told_by_more_than_its_look(browser: webdriver.Chrome, lab_address: str) -> None:
    browser.get(f"{lab_address}{SCENARIO}?branch=joined&country=DEU")
    chosen = browser.execute_script(
        "return [...document.querySelectorAll('.onpage a[aria-current]')].map(one => one.textContent)"
    )
    assert chosen == ["Germany is far likelier to join in 1918-23", "Germany"]
    drawn = browser.execute_script("return [...document.querySelectorAll('figure img')].map(one => one.naturalWidth)")
    assert len(drawn) == 2
    assert all(drawn)
