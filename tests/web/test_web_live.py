"""Server-sent events: the turnout of a vote and its stage, never what was voted; how far a work is."""

import json
from typing import Any

import pytest

from newcourse.web.live import events
from tests.acts.commune import CALL, MEMBERS, START
from tests.web.client import parsed
from tests.web.signed_in import Town


def told(answer: Any) -> list[tuple[str, dict[str, Any]]]:
    """Name and data of each event of a stream."""
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in answer.text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams that end soon."""
    monkeypatch.setattr(events, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(events, "LONGEST_SECONDS", 0.03)


def vote_on(town: Town) -> None:
    town.federation.perform("open_vote", actor="ada", at=START + CALL, decision="weights")


def cast(town: Town, member: str) -> None:
    ballot = {"form": "allocation", "whole": 100, "points": {"food": "60", "travel": "40"}}
    town.federation.perform("cast", actor=member, at=START + CALL, vote="V1", ballot=ballot)


@pytest.mark.usefixtures("quick")
def test_a_vote_tells_its_turnout_and_nothing_of_the_ballots(town: Town) -> None:
    vote_on(town)
    cast(town, "ada")
    ((name, data),) = told(town.nobody.get("/live/votes/V1"))
    assert name == "change"
    assert (data["cast"], data["entitled"], data["stage"]) == (1, len(MEMBERS), "open")
    assert set(data) == {"cast", "entitled", "percent", "stage", "turnout", "words"}
    assert "1 of 6 have voted" in data["words"]


@pytest.mark.usefixtures("quick")
def test_a_counted_vote_ends_the_stream(town: Town) -> None:
    vote_on(town)
    for member in MEMBERS:
        cast(town, member)
    town.federation.perform("close_vote", actor="dan", at=START + CALL, vote="V1")
    if town.federation.vote("V1").result is None:
        town.federation.perform("count_vote", actor="dan", at=START + CALL, vote="V1")
    ((name, data),) = told(town.nobody.get("/live/votes/V1"))
    assert (name, data["stage"]) == ("over", "counted")


def test_no_such_vote_has_no_stream(town: Town) -> None:
    assert town.nobody.get("/live/votes/V9").status_code == 404


def test_too_many_who_look_are_asked_to_look_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    vote_on(town)
    monkeypatch.setattr(events, "MOST", 0)
    answer = town.nobody.get("/live/votes/V1")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"


def test_one_address_has_its_share_of_streams(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    vote_on(town)
    monkeypatch.setattr(events, "MOST_FROM_ONE", 0)
    answer = town.nobody.get("/live/votes/V1")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "30"
    assert "from one address" in answer.text


@pytest.mark.usefixtures("quick")
def test_streams_that_ended_count_no_more(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    vote_on(town)
    monkeypatch.setattr(events, "MOST_FROM_ONE", 1)
    for _ in range(3):
        assert told(town.nobody.get("/live/votes/V1"))


@pytest.mark.usefixtures("quick")
def test_a_page_of_a_vote_says_where_its_stream_is(town: Town) -> None:
    vote_on(town)
    page = parsed(town.nobody.get("/votes/V1").text)
    (region,) = [part for part in page.all() if "data-live" in part.attributes]
    assert told(town.nobody.get(region.attributes["data-live"]))
    assert any(part.attributes.get("aria-live") == "polite" for part in page.all())
    shown = {part.attributes["data-live-text"] for part in region.all() if "data-live-text" in part.attributes}
    assert shown <= set(told(town.nobody.get(region.attributes["data-live"]))[0][1])
    assert "/static/live.js" in [script.attributes["src"] for script in page.all("script")]
