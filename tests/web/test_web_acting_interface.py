"""Acting through the interface for programs: every act, every fault as Problem JSON, the reason of every refusal."""

import asyncio
import json

import httpx
import pytest

from newcourse.acts.registry import ACTS
from newcourse.record.entry import Entry
from newcourse.web import clock
from tests.acts.commune import CALL, MEMBERS, START
from tests.web.signed_in import Person, Town


def faults_of(answer: httpx.Response) -> dict[str, str]:
    """Code of each fault by its place, of an answer that says what is wrong."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert all(fault["remedy"] and fault["expected"] for fault in problem["faults"])
    return {fault["where"]: fault["code"] for fault in problem["faults"]}


def test_an_act_is_answered_with_its_entry_and_receipt(town: Town) -> None:
    answer = town.program.act("support_proposal", {"proposal": "P1"})
    assert answer.status_code == 200
    told = answer.json()
    entry = next(iter(town.federation.entries(told["entry"]["sequence"] - 1)))
    assert told["entry"] == {
        "sequence": entry.sequence,
        "at": told["entry"]["at"],
        "actor": "eva",
        "act": "support_proposal",
        "body": dict(entry.body),
        "hash": entry.hash,
    }
    assert json.loads(told["receipt"]["entry"])["hash"] == entry.hash
    assert told["receipt"]["index"] == entry.sequence - 1


@pytest.mark.parametrize("how", ["member", "header"])
def test_the_same_request_under_one_key_is_done_once(town: Town, how: str) -> None:
    def send(proposal: str) -> httpx.Response:
        if how == "member":
            return town.fay.act("support_proposal", {"proposal": proposal}, key="k1")
        content = json.dumps({"what": {"proposal": proposal}})
        return town.fay.ask(
            "POST", "/api/acts/support_proposal", content, idempotency_key="k1", x_csrf_token=town.fay.csrf
        )

    first, again, other = send("P1"), send("P1"), send("P2")
    assert first.json()["entry"] == again.json()["entry"]
    assert other.status_code == 409
    assert set(faults_of(other).values()) == {"key-reused"}


def test_all_that_is_wrong_is_told_at_once(town: Town) -> None:
    answer = town.ada.act("file_need", {"minimum": "few", "colour": "red", "need": 7, "place": "N"})
    assert answer.status_code == 400
    assert faults_of(answer) == {
        "minimum": "parameter-wrong",
        "colour": "parameter-unknown",
        "need": "parameter-wrong",
        "target": "parameter-missing",
    }


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '"x"', '{"what": 1}', '{"what": {}, "key": 5}', '{"a": 1}', "\udcff"]
)
def test_what_is_no_request_is_refused(town: Town, content: str) -> None:
    answer = town.program.ask(
        "POST", "/api/acts/support_proposal", content.encode("utf-8", "surrogateescape").decode("latin-1")
    )
    assert answer.status_code == 400
    faults_of(answer)


def test_who_is_not_signed_in_and_who_may_not(town: Town) -> None:
    before = town.count()
    assert town.nobody.act("support_proposal", {"proposal": "P2"}).status_code == 401
    answer = town.stranger.act("support_proposal", {"proposal": "P2"})
    assert answer.status_code == 403
    (fault,) = answer.json()["faults"]
    assert "Article" in fault["expected"] or "§" in fault["expected"]
    assert "not a member" in fault["found"]
    assert town.program.act("support_proposal", {"proposal": "P99"}).status_code == 404
    assert town.ada.act("adopt", {"variant": "V"}).status_code == 409
    assert town.count() == before


def test_a_browser_needs_its_form_token_and_a_program_none(town: Town) -> None:
    content = json.dumps({"what": {"proposal": "P1"}})
    assert town.ada.ask("POST", "/api/acts/support_proposal", content).status_code == 403
    assert town.program.ask("POST", "/api/acts/support_proposal", content).status_code == 200


def test_whether_one_may_and_why(town: Town) -> None:
    may = town.program.get("/api/may?act=file_need&place=S").json()
    assert may["allowed"]
    assert may["actor"] == "eva"
    assert may["article"]
    may_not = town.program.get("/api/may?act=file_need&place=N").json()
    assert not may_not["allowed"]
    assert may_not["remedy"]
    assert not town.nobody.get("/api/may?act=file_need&place=N").json()["allowed"]
    assert town.nobody.get("/api/may?act=conquer").status_code == 400
    assert town.nobody.get("/api/may?act=join&place=Q").status_code == 404


def test_every_act_has_its_address_and_says_what_it_takes(town: Town) -> None:
    described = town.nobody.get("/api/openapi.json").json()
    for act in ACTS.values():
        operation = described["paths"][f"/api/acts/{act.name}"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["properties"]["what"]["properties"]) == {*act.needs, *act.takes}
        assert schema["properties"]["what"]["required"] == list(act.needs)
        assert operation["summary"]
    names = [operation["operationId"] for path in described["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert "422" not in described["paths"]["/api/votes/{code}"]["get"]["responses"]


def opened(town: Town) -> Town:
    """A vote on weights that is open."""
    town.federation.perform("open_vote", actor="ada", at=START + CALL, decision="weights")
    return town


def casting(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pages' clock stand while the vote is open."""
    assert town.federation.vote("V1").open
    monkeypatch.setattr(clock, "now", lambda: START + CALL)


def test_many_casts_at_once_are_each_answered_and_counted_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    casting(opened(town), monkeypatch)
    ballots = {
        member: {"form": "allocation", "whole": 100, "points": {"food": str(60 + n), "travel": str(40 - n)}}
        for n, member in enumerate(MEMBERS)
    }
    people: dict[str, Person] = {member: town.at_browser(member) for member in MEMBERS}

    async def cast_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(town.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            asks = [
                client.post(
                    "/api/acts/cast",
                    json={"what": {"vote": "V1", "ballot": ballots[member]}, "key": f"k-{member}"},
                    headers={**person.headers, "x-csrf-token": person.csrf},
                )
                for member, person in people.items()
                for _ in range(3)
            ]
            return await asyncio.gather(*asks)

    answers = asyncio.run(cast_all())
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["entry"]["sequence"] for answer in answers}) == len(MEMBERS)
    vote = town.federation.vote("V1")
    assert {member: dict(ballot)["points"] for member, ballot in vote.ballots.items()} == {
        member: ballot["points"] for member, ballot in ballots.items()
    }
    assert town.federation.verify().ok


def test_a_ballot_is_cast_by_a_form(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    casting(opened(town), monkeypatch)
    page = town.fay.get("/acts/cast?vote=V1").text
    assert 'name="ballot:allocation:food"' in page
    ballot = {"ballot:form": "allocation", "ballot:allocation:food": "70", "ballot:allocation:travel": "20"}
    answer = town.fay.form("cast", {"vote": "V1", "fields": "ballot", **ballot})
    assert answer.status_code == 400
    assert 'value="70"' in answer.text
    answer = town.fay.form("cast", {"vote": "V1", "fields": "ballot", **ballot, "ballot:allocation:travel": "30"})
    assert answer.status_code == 303
    cast: Entry = next(iter(town.federation.entries(town.count() - 1)))
    assert cast.body["ballot"]["points"] == {"food": "70", "travel": "30"}
