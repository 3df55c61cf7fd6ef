"""The pages of councils without scripts, and in Swedish: nothing looks alive that is not."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from newcourse.acts.registry import ACTS
from newcourse.people.accounts import About
from newcourse.people.people import People, open_people
from newcourse.record.store import Record, open_record
from newcourse.web.acting.doing import WITHOUT_LOGIN
from newcourse.web.app import create_app
from newcourse.web.signin.entrance import Entrance
from tests.acts.secret_votes import secret_weights
from tests.browser.chromium import PATIENCE, complaints, prefer, resize
from tests.browser.conftest import serving
from tests.browser.looking import too_wide
from tests.browser.test_browser_axe import sign_in
from tests.web.signing_in import EASY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNCILS = (
    "/", "/me", "/bodies", "/bodies/congress", "/elections", "/elections/E1", "/elections/E2", "/votes", "/votes/V3",
    "/votes/V4", "/votes/V5", "/tendencies", "/tendencies/T1", "/recall", "/recall/R1", "/recall/R2", "/administration",
    "/proposals", "/proposals/P3", "/needs", "/statutes", "/record", "/record/30", "/account",
)  # fmt: skip
NEEDS_A_SCRIPT = ("draw_token", *WITHOUT_LOGIN)
ENGLISH = re.compile(r"\b(the|you|your|and|with|nobody|member|members|vote|until)\b", re.IGNORECASE)
RECORDED = re.compile(
    r"^\d+ |Shall the baths|[Tt]he recall of|Who are the delegates|Congress of delegates|Nobody works|are elected;"
)
"""Words of the record, which stand as somebody wrote them: articles, questions, names of bodies."""

SAID = """
const own = [];
const said = "h1, h2, label, legend, summary, button, nav a, .lead, .hint, th[scope=col], caption";
for (const record of document.querySelectorAll('[lang=""]')) record.textContent = "";
for (const element of document.querySelectorAll(said))
  if (element.checkVisibility() && !element.closest("[lang=en]")) own.push(element.innerText.trim());
return own;
"""


@pytest.fixture(scope="module")
def opened(everything_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, People, str]]:
    folder = tmp_path_factory.mktemp("councils")
    copy = shutil.copy(everything_record, folder / "record.sqlite")
    with (
        open_record(copy) as record,
        open_people(folder / "people.sqlite") as people,
        serving(create_app(record, entrance=Entrance(people, rates=EASY))) as address,
    ):
        yield record, people, address


@pytest.fixture
def no_scripts(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    resize(browser, 360)
    prefer(browser, "light")
    complaints(browser)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.delete_all_cookies()


def test_acts_are_done_without_scripts(no_scripts: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    record, people, address = opened
    sign_in(no_scripts, people, address, "ben")
    before = record.head().count
    no_scripts.get(f"{address}/tendencies/T1")
    form = no_scripts.find_element(By.CSS_SELECTOR, 'form[action="/acts/publish_statement"]')
    form.find_element(By.NAME, "statement").send_keys("Shorter still.")
    form.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    WebDriverWait(no_scripts, PATIENCE).until(lambda seen: seen.find_elements(By.CSS_SELECTOR, "p.done"))
    no_scripts.get(f"{address}/votes/V5")
    no_scripts.find_element(By.CSS_SELECTOR, 'form[action="/acts/cast"] input[value=yes]').click()
    no_scripts.find_element(By.CSS_SELECTOR, 'form[action="/acts/cast"] button[type=submit]').click()
    WebDriverWait(no_scripts, PATIENCE).until(lambda seen: seen.find_elements(By.CSS_SELECTOR, "p.done"))
    assert [entry.act for entry in record.entries(before)] == ["publish_statement", "cast"]


def test_every_act_has_a_form_that_is_posted(no_scripts: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    _, people, address = opened
    sign_in(no_scripts, people, address, "ben")
    for act in ACTS:
        if act in NEEDS_A_SCRIPT:
            continue
        no_scripts.get(f"{address}/acts/{act}")
        forms = no_scripts.find_elements(By.CSS_SELECTOR, f'form[action="/acts/{act}"][method=post]')
        assert forms or no_scripts.find_elements(By.CSS_SELECTOR, ".may-not"), act
        assert too_wide(no_scripts) == [], act


def test_without_scripts_nothing_looks_alive_that_is_not(
    no_scripts: webdriver.Chrome, opened: tuple[Record, People, str]
) -> None:
    _, people, address = opened
    sign_in(no_scripts, people, address, "ben")
    for path in COUNCILS:
        no_scripts.get(address + path)
        for button in no_scripts.find_elements(By.CSS_SELECTOR, "main button"):
            if not button.is_displayed() or not button.is_enabled():
                continue
            form = button.find_elements(By.XPATH, "./ancestor::form[@action and @method='post']")
            assert form or button.find_elements(By.XPATH, "./ancestor::section[.//noscript]"), (path, button.text)


def test_a_secret_vote_says_that_it_needs_a_script(no_scripts: webdriver.Chrome, tmp_path: Path) -> None:
    with open_record(tmp_path / "record.sqlite") as record, open_people(tmp_path / "people.sqlite") as people:
        secret_weights(record)
        with serving(create_app(record, entrance=Entrance(people, rates=EASY))) as address:
            sign_in(no_scripts, people, address, "ada")
            no_scripts.get(f"{address}/votes/V1")
            text = no_scripts.find_element(By.TAG_NAME, "main").text
            assert "A secret ballot needs a script" in text
            assert "on paper" in text
            steps = no_scripts.find_elements(By.CSS_SELECTOR, "[data-step]")
            assert [step.is_enabled() for step in steps] == [False, False]


@pytest.mark.parametrize("member", ["", "ben", "fay"])
def test_what_pages_of_councils_say_is_swedish(
    browser: webdriver.Chrome, opened: tuple[Record, People, str], member: str
) -> None:
    _, people, address = opened
    resize(browser, 1280)
    browser.get(f"{address}/static/icon.svg")
    browser.delete_all_cookies()
    if member:
        sign_in(browser, people, address, member)
        people.accounts.change(member, About(language="sv"))
    browser.add_cookie({"name": "language", "value": "sv", "path": "/"})
    english: dict[str, list[str]] = {}
    for path in COUNCILS[: -1 if not member else None]:
        browser.get(address + path)
        browser.execute_script("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        assert browser.execute_script("return document.documentElement.lang") == "sv"
        found = [said for said in browser.execute_script(SAID) if ENGLISH.search(said) and not RECORDED.search(said)]
        if found:
            english[path] = found
    assert english == {}
    complaints(browser)
    browser.delete_all_cookies()
