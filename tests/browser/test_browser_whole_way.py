"""The whole way in a real browser: from an empty record to a recalled delegate and a bundle that anybody can check.

Every page on the way is looked at as on a phone. The clock of the pages is moved by the test, in the same process.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.common.by import By

from newcourse.acts.federation import Federation
from newcourse.cli import serving
from newcourse.people.database import beside
from newcourse.people.people import People, open_people
from newcourse.record.bundle import export_bundle
from newcourse.record.store import open_record
from newcourse.tokens.holder import finalize
from newcourse.verifier.program import run
from newcourse.vote.ballot import ChoiceBallot, RankedBallot
from newcourse.web import clock
from tests.acts.secret_votes import Device
from tests.browser.chromium import complaints, prefer, resize
from tests.browser.walking import FILL, Visitor, Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Moved:
    """A clock that goes, and can be moved forward."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by

    def days(self, number: int) -> None:
        self.by += timedelta(days=number, minutes=1)


@contextmanager
def served(where: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Serve a record as ``newcourse serve`` does, and end it as nobody at a terminal is there; what is printed."""
    told: list[str] = []
    servers: list[uvicorn.Server] = []

    class Kept(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            servers.append(self)

    monkeypatch.setattr(serving, "say", told.append)
    monkeypatch.setattr(uvicorn, "Server", Kept)
    thread = threading.Thread(target=serving.serve_pages, args=(where, serving.listen("127.0.0.1", 0)), daemon=True)
    thread.start()
    while not (servers and servers[0].started):
        assert thread.is_alive(), told
        threading.Event().wait(0.02)
    try:
        yield told
    finally:
        servers[0].should_exit = True
        thread.join(timeout=20)


STATUS = "document.querySelector('form[data-secret-ballot] [data-status]').innerText"
MILL, CROWD = "MILL", 3
"""Where the elections are held, and how many vote there besides the three at the browser."""


@dataclass
class Town:
    """The people of the way, the clock, and the crowd that acts by program."""

    walk: Walk
    now: Moved
    people: People
    ada: Visitor
    ben: Visitor
    cyd: Visitor
    federation: Federation
    tokens: dict[str, str] = field(default_factory=dict)

    def acts(self, member: str, act: str, **what: Any) -> dict[str, Any]:
        """Do an act by program, with a token of a member; the entry."""
        if member not in self.tokens:
            self.people.account(member, self.now())
            self.tokens[member] = self.people.tokens.make(member, "a program", self.now())
        headers = {"Authorization": f"Bearer {self.tokens[member]}"}
        answer = httpx.post(f"{self.walk.address}/api/acts/{act}", json={"what": what}, headers=headers, timeout=30)
        assert answer.status_code < 300, answer.text
        return dict(answer.json()["entry"])

    def casts(self, member: str, vote: str, ballot: Any) -> None:
        """Cast a secret ballot by program."""
        device = Device(self.federation, vote, member)
        drawn = self.acts(member, "draw_token", vote=vote, blinded=device.blinded.message.hex())
        signature = bytes.fromhex(drawn["body"]["blind_signature"])
        device.signature = finalize(device.public, device.prepared, signature, device.blinded)
        self.acts(member, "cast_secret", **device.cast_data(ballot))


def test_the_whole_way(browser: webdriver.Chrome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Moved()
    monkeypatch.setattr(clock, "now", now)
    where = str(tmp_path / "town.sqlite")
    open_record(where).close()
    resize(browser, 360, 800)
    prefer(browser, "light")
    complaints(browser)
    with served(where, monkeypatch) as told, open_people(beside(where)) as people, open_record(where) as record:
        setup = told[-1].rpartition(" ")[2]
        walk = Walk(browser, setup.partition("/invitation")[0])
        walk.elsewhere()
        ada, ben, cyd = (Visitor(walk, name) for name in ("Ada", "Ben", "Cyd"))
        town = Town(walk, now, people, ada, ben, cyd, Federation(record))
        found(town, setup)
        invite(town)
        vote = nominate(town)
        elect(town, vote)
        plan(town)
        recall(town)
        assert walk.elsewhere() == []
    bundle = tmp_path / "town.zip"
    with open_record(where) as record:
        assert Federation(record).verify().ok
        export_bundle(record, bundle, now())
    report, code = run(bundle)
    assert code == 0, report


def found(town: Town, setup: str) -> None:
    """The first person signs up, founds the federation and two workplaces, and moves to one of them."""
    town.walk.open("/")
    town.ada.signs_up(setup)
    with town.ada.signed_in("/account") as walk:
        walk.act("found", at="/acts/found", title="Commune", economy="dam")
        walk.act("found_body", at="/bodies", place=MILL, name="Mill", level="workplace", parent="SE")
        walk.act("found_body", place="PORT", name="Port", level="workplace", parent="SE")
        walk.act("transfer", at="/me", place=MILL)
        for number in range(CROWD):
            walk.act("join", at="/bodies", place=MILL, person=f"crowd-{number}")


def invite(town: Town) -> None:
    """Two are invited and sign up, each with a passkey of their own."""
    for friend in (town.ben, town.cyd):
        with town.ada.signed_in("/account") as walk:
            walk.browser.execute_script("document.querySelector('#place').value = 'MILL'")
            walk.press_words("Make an invitation")
            invitation = walk.wait_for("#secret").text
        friend.signs_up(invitation)


def nominate(town: Town) -> str:
    """Nominations are opened, three accept, and the election is opened with a line for the lot."""
    with town.ada.signed_in("/bodies/congress") as walk:
        walk.act("open_nominations", place=MILL)
        walk.open("/elections/E1")
        for code in (town.ada.code, town.ben.code, town.cyd.code, "crowd-0"):
            walk.act("nominate", person=code)
        assert "Ben" in walk.text()
    for person in (town.ada, town.ben, town.cyd):
        with person.signed_in() as walk:
            if person is town.ada:
                walk.act("form_tendency", at="/tendencies", name="Short days", platform="Nobody works at night.")
            else:
                walk.act("join_tendency", at="/tendencies/T1")
            walk.act("accept_nomination", at="/elections/E1", groups="T1", statement=f"I am {person.name}.")
    town.acts("crowd-0", "accept_nomination", election="E1", groups=[])
    town.now.days(14)
    with town.ada.signed_in("/elections/E1") as walk:
        walk.act("close_nominations")
        walk.press_words("Make a secret line on this device")
        walk.wait_for("[data-line] code")
        walk.act("open_election")
    return "V1"


def elect(town: Town, vote: str) -> None:
    """The election is held secretly, by browsers and programs; four stand for three seats, and Cyd is not elected."""
    ada, ben, cyd, other = town.ada.code, town.ben.code, town.cyd.code, "crowd-0"
    for person, first in ((town.ada, ada), (town.ben, ben), (town.cyd, other)):
        with person.signed_in(f"/votes/{vote}") as walk:
            cast_secretly(walk, {f"rank:{first}": "1", f"rank:{cyd}": "2"})
    for member, first in (("crowd-0", other), ("crowd-1", ben), ("crowd-2", ada)):
        town.casts(member, vote, RankedBallot.of(first, cyd).to_data())
    town.now.days(14)
    with town.ada.signed_in(f"/votes/{vote}") as walk:
        walk.act("close_vote")
        walk.act("count_vote")
    for person in (town.ada, town.ben):
        with person.signed_in() as walk:
            walk.act("take_mandate")
    (own,) = [one.mandate for one in town.federation.state.mandates.values() if one.person == "crowd-0"]
    town.acts("crowd-0", "take_mandate", mandate=own)


def cast_secretly(walk: Walk, ballot: dict[str, str]) -> str:
    """Draw a token and cast a ballot with the scripts of the page; the receipt."""
    walk.wait_until(STATUS, "Nothing is drawn yet")
    walk.press_words("Draw my token")
    walk.wait_until(STATUS, "Your token is on this device")
    form = walk.browser.find_element(By.CSS_SELECTOR, "form[data-secret-ballot]")
    walk.browser.execute_script(FILL, form, ballot)
    walk.press_words("Cast my ballot")
    walk.wait_until(STATUS, "Your ballot is cast")
    walk.look()
    return str(walk.browser.execute_script("return document.querySelector('[data-status] textarea').value"))


def plan(town: Town) -> None:
    """A cycle is opened; a proposal is filed, criticised and answered."""
    with town.ada.signed_in("/") as walk:
        walk.act("open_cycle", at="/", limits="periods = 5")
    change = '[{"kind": "supply", "place": "SE", "factor": "hours", "quantity": 7400}]'
    with town.ben.signed_in("/proposals") as walk:
        walk.act("file_proposal", title="Shorter days", reasons="We are tired.", changes=change)
    with town.cyd.signed_in("/proposals/P1") as walk:
        walk.act("criticise", words="Who bakes the bread then?")
    with town.ada.signed_in("/proposals/P1") as walk:
        walk.act("answer_proposal", answer="declined", reasons="There would be no bread.")
        assert "There would be no bread." in walk.text()


def recall(town: Town) -> None:
    """Ben is recalled by those who sent him, and the seat is refilled from the ballots of the election."""
    with town.ada.signed_in("/me") as walk:
        mandate = walk.mandate_of("Ben")
        walk.act("petition_recall", where={"mandate": mandate}, reasons="He was never seen again.")
    with town.cyd.signed_in("/recall/R1") as walk:
        walk.act("sign_petition")
        walk.act("open_recall_vote")
    for person in (town.ada, town.cyd):
        with person.signed_in("/votes/V2") as walk:
            cast_secretly(walk, {"choice": "yes"})
    for number in range(CROWD):
        town.casts(f"crowd-{number}", "V2", ChoiceBallot("yes").to_data())
    town.now.days(14)
    with town.cyd.signed_in("/votes/V2") as walk:
        walk.act("close_vote")
        walk.act("count_vote")
        entry = walk.act("fill_vacancy", at="/recall")
        assert "Cyd" in walk.text()
        walk.open(f"/record/{entry}")
        walk.press_words("Check this entry")
        walk.wait_until("document.querySelector('[data-record-check]').dataset.result ?? ''", "good")
        walk.look()
