"""Every page held to WCAG 2.2 AA by axe in a real browser: by day and night, on a screen and a phone."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from selenium import webdriver

from newcourse.acts.federation import Federation
from newcourse.people.people import People, open_people
from newcourse.record.store import Record, open_record
from newcourse.web.app import create_app
from newcourse.web.registry import PAGES
from newcourse.web.signin.cookies import SESSION
from newcourse.web.signin.entrance import Entrance
from tests.acts.secret_votes import secret_weights
from tests.browser.chromium import complaints, prefer, resize
from tests.browser.conftest import serving
from tests.web.signing_in import EASY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = (files("selenium_axe_python") / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const [tags, over] = arguments;
document.querySelectorAll("details").forEach(one => { if (!one.closest("nav")) one.open = true; });
axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(
  found => over(found.violations.map(one =>
    `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target + " " + node.html.slice(0, 200)).join(" | ")}`)),
  fault => over([String(fault)]));
"""
LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
NAMED = {
    "/bodies/{code}": ("congress",),
    "/elections/{code}": ("E1", "E2"),
    "/tendencies/{code}": ("T1",),
    "/recall/{code}": ("R1", "R2"),
    "/proposals/{code}": ("P1", "P3"),
    "/votes/{code}": ("V1", "V2", "V3", "V4", "V5"),
    "/orders/{place}": ("N",),
    "/record/{sequence}": ("1", "30"),
    "/lab/scenarios/{name}": ("russia-1917", "three-lands"),
    "/lab/hypotheses/{code}": ("H1", "H5"),
    "/lab/codings/{name}": ("degenerated-1924", "kailitz"),
}
"""What stands for the parts of addresses that name something."""


@pytest.fixture(scope="module")
def opened(everything_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, People, str]]:
    folder = tmp_path_factory.mktemp("everything")
    copy = shutil.copy(everything_record, folder / "record.sqlite")
    with (
        open_record(copy) as record,
        open_people(folder / "people.sqlite") as people,
        serving(create_app(record, entrance=Entrance(people, rates=EASY))) as address,
    ):
        yield record, people, address


def addresses(record: Record) -> list[str]:
    """The address of every page, with something of each kind that addresses name."""
    plan = Federation(record).cycle(1).adopted
    found = []
    for page in PAGES:
        if page.path in NAMED:
            start = page.path.partition("{")[0]
            found += [start + name for name in NAMED[page.path]]
        else:
            found.append(page.path.format(plan=plan, address=plan, other=plan, product="bread"))
    return found


def sign_in(browser: webdriver.Chrome, people: People, address: str, member: str) -> None:
    now = datetime.now(UTC)
    people.account(member, now)
    browser.get(f"{address}/static/icon.svg")
    browser.delete_all_cookies()
    session = people.sessions.begin(member, now, "test")
    browser.add_cookie({"name": SESSION, "value": session, "path": "/", "httpOnly": True})


def violations(browser: webdriver.Chrome, address: str, looks: Sequence[tuple[int, str]] = LOOKS) -> list[str]:
    """What axe finds on a page that is opened once and looked at in several ways."""
    found: list[str] = []
    for number, (width, scheme) in enumerate(looks):
        resize(browser, width)
        prefer(browser, scheme)
        if number == 0:
            browser.get(address)
            browser.execute_script(AXE)
        seen: list[str] = browser.execute_async_script(RUN, TAGS)
        found += [f"{width} {scheme}: {line}" for line in seen]
    return found


@pytest.mark.parametrize(
    ("member", "looks"), [("", ((1280, "light"), (360, "dark"))), ("ben", ((1280, "dark"), (360, "light")))]
)
def test_no_page_violates_wcag(
    browser: webdriver.Chrome,
    opened: tuple[Record, People, str],
    member: str,
    looks: tuple[tuple[int, str], ...],
) -> None:
    record, people, address = opened
    browser.delete_all_cookies()
    if member:
        sign_in(browser, people, address, member)
    own = ["/account", "/acts/file_need", "/acts/nominate"] if member else ["/sign-in", "/nowhere"]
    paths = [path for path in addresses(record) if not (member and path.startswith("/plan/"))] + own
    found = {path: wrong for path in paths if (wrong := violations(browser, address + path, looks))}
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)
    complaints(browser)
    browser.delete_all_cookies()


def test_axe_sees_what_is_wrong(browser: webdriver.Chrome, opened: tuple[Record, People, str]) -> None:
    browser.get(f"{opened[2]}/about")
    browser.execute_script(AXE)
    browser.execute_script("document.documentElement.removeAttribute('lang')")
    found = browser.execute_async_script(RUN, TAGS)
    assert [line.partition(":")[0] for line in found] == ["html-has-lang"]


def test_a_secret_ballot_and_an_invitation_violate_nothing(browser: webdriver.Chrome, tmp_path: Path) -> None:
    with open_record(tmp_path / "record.sqlite") as record, open_people(tmp_path / "people.sqlite") as people:
        secret_weights(record)
        code = people.codes.invite("ada", "N", datetime.now(UTC))
        with serving(create_app(record, entrance=Entrance(people, rates=EASY))) as address:
            assert violations(browser, f"{address}/invitation/{code}") == []
            sign_in(browser, people, address, "ada")
            for path in ("/votes/V1", "/me", "/elections", "/account"):
                assert violations(browser, address + path) == [], path
    complaints(browser)
    browser.delete_all_cookies()
