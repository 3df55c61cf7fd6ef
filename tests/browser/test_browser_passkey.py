"""Passkeys in a real browser: its own virtual authenticator signs up, signs in, and adds a second key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from selenium.webdriver.support.ui import WebDriverWait

from newcourse.people.people import People, open_people
from newcourse.record.store import Record, open_record
from newcourse.web.app import create_app
from newcourse.web.signin.entrance import Entrance
from tests.acts.commune import founded
from tests.browser.chromium import PATIENCE, complaints, open_page, prefer, resize
from tests.browser.conftest import serving
from tests.browser.looking import faint_texts, too_wide
from tests.web.signing_in import EASY

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, People, str]]:
    """A federation with accounts, at a name: passkeys know no numbers."""
    folder = tmp_path_factory.mktemp("passkeys")
    with open_record(folder / "town.sqlite") as record, open_people(folder / "town.sqlite.people") as people:
        founded(record)
        with serving(create_app(record, entrance=Entrance(people, rates=EASY))) as address:
            yield record, people, address.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A browser with an authenticator that verifies its owner."""
    resize(browser, 1280)
    prefer(browser, "light")
    options = VirtualAuthenticatorOptions()
    options.transport, options.protocol = options.Transport.INTERNAL, options.Protocol.CTAP2
    options.has_resident_key = options.has_user_verification = options.is_user_verified = True
    browser.add_virtual_authenticator(options)
    complaints(browser)
    yield browser
    browser.remove_virtual_authenticator()
    browser.delete_all_cookies()


def press(browser: webdriver.Chrome, words: str) -> None:
    """Press the button that says so."""
    browser.find_element(By.XPATH, f"//button[normalize-space()='{words}']").click()


def wait_for(browser: webdriver.Chrome, path: str) -> None:
    WebDriverWait(browser, PATIENCE).until(lambda seen: urlsplit(seen.current_url).path == path)


def said(browser: webdriver.Chrome) -> str:
    """What the page says is wrong, once it does."""
    shown = WebDriverWait(browser, PATIENCE).until(
        lambda seen: next(
            (one for one in seen.find_elements(By.CSS_SELECTOR, "[data-fault]") if one.is_displayed()), None
        )
    )
    return str(shown.text)


def signed_up(browser: webdriver.Chrome, people: People, address: str, name: str) -> str:
    code = people.codes.invite("ben", "N", datetime.now(UTC))
    open_page(browser, f"{address}/invitation/{code}")
    browser.find_element(By.ID, "name").send_keys(name)
    press(browser, "Make a passkey and sign up")
    wait_for(browser, "/account")
    return browser.find_element(By.CSS_SELECTOR, ".lead code").text


def test_signing_up_out_and_in_with_a_passkey(device: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    record, people, address = opened
    member = signed_up(device, people, address, "Gia")
    assert [entry.body["person"] for entry in record.entries() if entry.act == "join"] == [member]
    assert len(device.get_credentials()) == 1
    cookie = next(one for one in device.get_cookies() if "session" in one["name"])
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert device.execute_script("return document.cookie").find("session") == -1
    press(device, "Sign out")
    wait_for(device, "/")
    open_page(device, f"{address}/sign-in?back=/account")
    press(device, "Sign in with a passkey")
    wait_for(device, "/account")
    assert device.find_element(By.CSS_SELECTOR, ".lead code").text == member
    assert device.find_element(By.ID, "name").get_attribute("value") == "Gia"
    assert complaints(device) == []


def test_a_second_passkey_is_added(device: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    _, people, address = opened
    member = signed_up(device, people, address, "Hana")
    device.remove_all_credentials()
    device.find_element(By.ID, "label").send_keys("Second key")
    press(device, "Add a passkey")
    WebDriverWait(device, PATIENCE).until(lambda seen: "Second key" in seen.page_source)
    assert [key.label for key in people.passkeys.all(member)].count("Second key") == 1
    device.delete_all_cookies()
    open_page(device, f"{address}/sign-in?back=/account")
    press(device, "Sign in with a passkey")
    wait_for(device, "/account")


def test_an_owner_who_is_not_verified_is_refused(device: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    _, people, address = opened
    signed_up(device, people, address, "Ines")
    device.delete_all_cookies()
    device.set_user_verified(False)
    open_page(device, f"{address}/sign-in?back=/account")
    press(device, "Sign in with a passkey")
    assert said(device)
    assert device.current_url.endswith("/sign-in?back=/account")


def test_a_passkey_that_is_erased_signs_nobody_in(device: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    _, people, address = opened
    member = signed_up(device, people, address, "Jo")
    people.erase(member)
    open_page(device, f"{address}/sign-in?back=/account")
    press(device, "Sign in with a passkey")
    assert "proves nothing" in said(device)


def test_at_a_number_the_page_says_where_to_go(device: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    _, _, address = opened
    open_page(device, address.replace("localhost", "127.0.0.1") + "/sign-in")
    press(device, "Sign in with a passkey")
    assert f"open {address}" in said(device)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_the_pages_can_be_read(
    device: webdriver.Chrome, opened: tuple[Record, People, str], width: int, scheme: str
) -> None:
    _, people, address = opened
    resize(device, width)
    prefer(device, scheme)
    now = datetime.now(UTC)
    code, link = people.codes.invite("ben", "N", now), people.codes.link("ada", now)
    for path in ("/sign-in", f"/invitation/{code}", f"/sign-in/link/{link}"):
        open_page(device, address + path)
        assert faint_texts(device) == [], path
        assert too_wide(device) == [], path
    press(device, "Sign in")
    wait_for(device, "/")
    open_page(device, f"{address}/account")
    device.execute_script("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert faint_texts(device) == []
    assert too_wide(device) == []
    assert complaints(device) == []
