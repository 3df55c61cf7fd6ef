"""People at a real browser, one after the other at the same device: forms, passkeys, and what every page must be."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.chromium import complaints
from tests.browser.looking import too_wide

PATIENCE = 30.0
UNREACHABLE = """
return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(element => element.checkVisibility() && !element.disabled && element.tabIndex < 0)
  .map(element => element.outerHTML.slice(0, 80));
"""
FILL = """
const [form, values] = arguments;
for (const [name, value] of Object.entries(values)) {
  const field = form.elements[name];
  if (!field) throw new Error("no field " + name);
  if (field.type === "checkbox") field.checked = value;
  else field.value = value;
  if (field.value !== value && field.type !== undefined && field.type !== "checkbox" && !field.value.includes("\\n")) {
    throw new Error(name + " cannot be " + value + ": " + [...(field.options ?? [])].map(one => one.value));
  }
}
document.querySelectorAll("p.done, .faults").forEach(told => told.remove());  // what is told of before
for (let at = form; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
"""


@dataclass
class Walk:
    """A browser at one address; whatever it opens is looked at."""

    browser: webdriver.Chrome
    address: str
    seen: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.browser.get(self.address + path)
        self.look()

    def look(self) -> None:
        """What every page must be: no complaint, nothing from elsewhere, as wide as the screen, reached by keys."""
        browser, path = self.browser, self.path
        self.seen.append(path)
        assert complaints(browser) == [], path
        assert too_wide(browser) == [], path
        inner, outer = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        assert inner <= outer, path
        assert browser.execute_script(UNREACHABLE) == [], path

    @property
    def path(self) -> str:
        return self.browser.current_url.removeprefix(self.address)

    def text(self, selector: str = "main") -> str:
        return str(self.browser.find_element(By.CSS_SELECTOR, selector).text)

    def form(self, act: str, **hidden: str) -> WebElement:
        """The form of an act on this page, with these hidden values."""
        having = "".join(f':has(input[name="{name}"][value="{value}"])' for name, value in hidden.items())
        try:
            return self.browser.find_element(By.CSS_SELECTOR, f'form[action="/acts/{act}"]{having}')
        except NoSuchElementException:
            raise AssertionError(f"no form for {act} on {self.path}: {self.text()}") from None

    def act(self, act: str, *, at: str = "", where: dict[str, str] | None = None, **values: Any) -> int:
        """Fill in the form of an act, send it with the keyboard, and wait until it is done; the number of its entry."""
        if at:
            self.open(at)
        form = self.form(act, **(where or {}))
        self.browser.execute_script(FILL, form, values)
        self.press(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        done = self.wait_for("p.done a", f"{act}: ")
        self.look()
        return int(str(done.get_attribute("href")).rpartition("/")[2])

    def mandate_of(self, name: str) -> str:
        """Return the code of the mandate whose card names somebody."""
        card = self.browser.find_element(By.XPATH, f"//li[contains(@class, 'card')][h3[starts-with(., '{name}')]]")
        return str(card.get_attribute("id"))

    def press(self, element: WebElement) -> None:
        """Press what has the focus, by the keyboard."""
        element.send_keys(Keys.ENTER)

    def press_words(self, words: str) -> None:
        self.press(self.browser.find_element(By.XPATH, f"//main//button[normalize-space()='{words}']"))

    def wait_for(self, selector: str, about: str = "") -> WebElement:
        """Wait for something that is shown; whatever is said to be wrong ends it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                for one in self.browser.find_elements(By.CSS_SELECTOR, ".faults, .wrong"):
                    assert not one.is_displayed(), f"{about}{one.text}"
                for one in self.browser.find_elements(By.CSS_SELECTOR, selector):
                    if one.is_displayed():
                        return one
            except (StaleElementReferenceException, WebDriverException):
                continue
            time.sleep(0.02)
        raise AssertionError(f"{about}{selector} did not come to {self.path}: {self.text()}")

    def wait_until(self, script: str, wanted: Any) -> str:
        """Wait until a script's answer contains these words."""
        end, said = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            said = str(self.browser.execute_script(f"return {script}"))
            if wanted in said:
                return said
            time.sleep(0.02)
        raise AssertionError(f"{wanted!r} did not come: {said}")

    def elsewhere(self) -> list[str]:
        """What was asked from any other origin since this was asked last."""
        messages = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]  # type: ignore[no-untyped-call]
        asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
        return [url for url in asked if not url.startswith((self.address, "data:"))]


@dataclass
class Visitor:
    """A person with a device that keeps their passkeys; only one of them sits at the browser."""

    walk: Walk
    name: str
    code: str = ""
    keys: list[Any] = field(default_factory=list)

    @contextmanager
    def sitting(self) -> Iterator[Walk]:
        """Sit down at the browser with one's own authenticator, and take it away afterwards."""
        browser = self.walk.browser
        options = VirtualAuthenticatorOptions()
        options.transport, options.protocol = options.Transport.INTERNAL, options.Protocol.CTAP2
        options.has_resident_key = options.has_user_verification = options.is_user_verified = True
        browser.add_virtual_authenticator(options)
        for key in self.keys:
            browser.add_credential(key)
        try:
            yield self.walk
        finally:
            self.keys = browser.get_credentials()
            browser.remove_virtual_authenticator()
            browser.delete_all_cookies()

    @contextmanager
    def signed_in(self, path: str = "/me") -> Iterator[Walk]:
        """Sit down and sign in with a passkey."""
        with self.sitting() as walk:
            walk.open(f"/sign-in?back={path}")
            walk.press_words("Sign in with a passkey")
            walk.wait_for("header a[href='/account']")
            walk.look()
            yield walk

    def signs_up(self, invitation: str) -> None:
        """Use an invitation, with a new passkey."""
        with self.sitting() as walk:
            walk.open(invitation.removeprefix(walk.address))
            walk.browser.find_element(By.ID, "name").send_keys(self.name)
            walk.press_words("Make a passkey and sign up")
            walk.wait_for("#passkeys")
            walk.look()
            self.code = walk.text(".lead code")
