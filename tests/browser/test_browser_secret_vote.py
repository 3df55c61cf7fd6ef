"""A secret ballot on the real pages: a member signed in draws, casts without cookies, and checks the entry."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selenium import webdriver

from newcourse.acts.federation import Federation
from newcourse.people.people import People, open_people
from newcourse.record.canonical import canonical_json, digest, read_json
from newcourse.record.store import Record, open_record
from newcourse.web.app import create_app
from newcourse.web.signin.cookies import SESSION
from newcourse.web.signin.entrance import Entrance
from tests.acts.secret_votes import secret_weights
from tests.browser.chromium import complaints
from tests.browser.conftest import serving

pytestmark = pytest.mark.browser


@dataclass
class Town:
    """A federation with an open secret vote, and where its pages are."""

    record: Record
    federation: Federation
    people: People
    address: str

    def sign_in(self, browser: webdriver.Chrome, member: str) -> None:
        now = datetime.now(UTC)
        self.people.account(member, now)
        browser.get(f"{self.address}/static/icon.svg")
        browser.delete_all_cookies()
        session = self.people.sessions.begin(member, now, "test")
        browser.add_cookie({"name": SESSION, "value": session, "path": "/", "httpOnly": True})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("town")
    with open_record(folder / "record.sqlite") as record, open_people(folder / "people.sqlite") as people:
        federation = secret_weights(record)
        with serving(create_app(record, entrance=Entrance(people))) as address:
            yield Town(record, federation, people, address)


def waited(browser: webdriver.Chrome, script: str, wanted: Callable[[str], bool]) -> str:
    end = time.monotonic() + 30
    said = ""
    while time.monotonic() < end:
        said = str(browser.execute_script(f"return {script}"))
        if wanted(said):
            return said
        time.sleep(0.05)
    raise AssertionError(said)


STATUS = "document.querySelector('form[data-secret-ballot] [data-status]').innerText"


def step(browser: webdriver.Chrome, name: str) -> str:
    browser.execute_script(f"document.querySelector('form[data-secret-ballot] [data-step={name}]').click()")
    return waited(browser, STATUS, lambda said: said not in ("", "Working …"))


def allocate(browser: webdriver.Chrome, food: int) -> None:
    fill = "for (const [name, value] of arguments[0]) document.getElementsByName(name)[0].value = value"
    browser.execute_script(fill, [["points:food", str(food)], ["points:travel", str(100 - food)]])


@pytest.mark.slow
def test_a_member_votes_secretly_and_checks_the_entry(browser: webdriver.Chrome, town: Town) -> None:
    before = town.record.head().count
    town.sign_in(browser, "ada")
    browser.get(f"{town.address}/votes/V1")
    complaints(browser)
    assert "Nothing is drawn yet" in waited(browser, STATUS, bool)
    assert "Your token is on this device" in step(browser, "draw")
    allocate(browser, 99)
    browser.get(f"{town.address}/votes/V1")
    assert "Your token is on this device" in waited(browser, STATUS, bool)
    allocate(browser, 70)
    assert "Your ballot is cast" in step(browser, "cast")
    drawn, cast = town.record.entries(before)
    assert (drawn.act, drawn.actor) == ("draw_token", "ada")
    assert (cast.act, cast.actor) == ("cast_secret", "token holder")
    receipt = read_json(browser.execute_script("return document.querySelector('[data-status] textarea').value"))
    assert read_json(receipt["entry"]) == cast.to_data()
    (deposited,) = town.record.deposited("V1").values()
    ballot = read_json(deposited.decode())["ballot"]
    assert ballot == {"form": "allocation", "whole": 100, "points": {"food": "70", "travel": "30"}}
    salt = read_json(deposited.decode())["salt"]
    assert digest(canonical_json({"ballot": ballot, "salt": salt})) == cast.body["commitment"]
    assert complaints(browser) == []
    browser.get(f"{town.address}/record/{cast.sequence}")
    browser.execute_script("document.querySelector('[data-record-check] [data-step=check]').click()")
    result = "document.querySelector('[data-record-check]').dataset.result ?? ''"
    steps = "document.querySelector('[data-record-check] ol').innerText"
    assert waited(browser, result, bool) == "good", browser.execute_script(f"return {steps}")
    assert "signed by the record's key" in browser.execute_script(f"return {steps}")
    assert complaints(browser) == []


@pytest.mark.slow
def test_a_second_device_of_the_same_member_gets_no_token(browser: webdriver.Chrome, town: Town) -> None:
    town.sign_in(browser, "ben")
    browser.get(f"{town.address}/votes/V1")
    assert "Your token is on this device" in step(browser, "draw")
    browser.execute_script("localStorage.clear()")
    browser.get(f"{town.address}/votes/V1")
    said = step(browser, "draw")
    assert "ben has drawn a token" in said
    complaints(browser)
