"""How requests are answered: only reading, errors with what to do, nothing executed that somebody has written."""

import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from newcourse.acts.federation import Federation
from newcourse.plan.plan import TABLES, Plan
from newcourse.record.store import open_record
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from newcourse.web.app import create_app
from newcourse.web.registry import PAGES
from tests.acts.commune import START, copied, founded
from tests.web.client import Client, parsed

UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW")


def test_pages_of_each_kind_of_database(once_called: Federation, database_url: str) -> None:
    with open_record(database_url) as record:
        copied(once_called, record)
        client = Client(create_app(record))
        for path in ("/", "/plan", "/proposals/P1", "/needs", "/record", "/record/3", "/api/plan"):
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("method", UNSAFE)
def test_nothing_but_reading_is_answered(site: Client, turned: Federation, method: str) -> None:
    before = turned.head
    for path in ("/", "/plan", "/api/plan", "/api", "/static/style.css", "/nowhere", "/record/1", "/api/openapi.json"):
        answer = site.ask(method, path)
        assert answer.status_code == 405, path
        assert answer.headers["allow"] == "GET, HEAD"
        assert answer.json()["faults"][0]["code"] == "web-reads-only"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert turned.head == before


def test_every_route_that_acts_is_shut_without_accounts(site: Client) -> None:
    routes = [(method, route) for route in site._app.routes for method in getattr(route, "methods", None) or ()]
    assert len(routes) > len(PAGES)
    acting = [(method, route.path) for method, route in routes if method not in ("GET", "HEAD")]
    assert ("POST", "/api/acts/cast_secret") in acting
    for method, path in acting:
        answer = site.ask(method, path)
        assert (answer.status_code, answer.json()["faults"][0]["code"]) == (405, "web-reads-only"), path


def test_head_is_answered_like_get_without_content(site: Client) -> None:
    for path in ("/", "/api/votes", "/static/style.css", "/nowhere"):
        got, head = site.get(path), site.ask("HEAD", path)
        assert head.status_code == got.status_code
        assert head.content == b""
        assert head.headers["content-type"] == got.headers["content-type"]


def test_a_page_known_to_the_browser_is_not_sent_again(site: Client) -> None:
    for path in ("/plan", "/files/votes/V2.json"):
        first = site.get(path)
        again = site.get(path, if_none_match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        assert site.get(path, if_none_match='"another"').status_code == 200


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/plan/sha256:0", "plan-unknown"),
        ("/plan/sha256:0/why", "plan-unknown"),
        ("/votes/V9", "vote-unknown"),
        ("/proposals/P9", "proposal-unknown"),
        ("/orders/X", "order-unknown"),
        ("/record/0", "entry-unknown"),
        ("/record/999999", "entry-unknown"),
        ("/variants?cycle=7", "cycle-unknown"),
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(site: Client, path: str, code: str) -> None:
    page, facts = site.get(path), site.get(f"/api{path}")
    assert page.status_code == facts.status_code == 404
    (fault,) = facts.json()["faults"]
    assert fault["code"] == code
    text = parsed(page.text).text
    assert fault["expected"] in text
    assert fault["remedy"] in text


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/plan/x/flows-wide-day.svg",
        "/pictures/vote/V1/matrix-broad-day.svg",
        "/pictures/vote/V2/nothing-wide-day.svg",
        "/pictures/variants/0/variants-wide-day.svg",
        "/pictures/other/V1/matrix-wide-day.svg",
        "/files/plan/x.json",
        "/nowhere",
        "/static/nothing.css",
        "/static/../app.py",
        "/record/one",
        "/record?before=-1",
        "/record?before=99999999999999999999",
    ],
)
def test_what_cannot_be_asked_is_not_found(site: Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Expected" in answer.text


def test_places_are_drawn_only_where_there_are_several(site: Client, turned: Federation) -> None:
    plan = turned.cycle().adopted
    assert site.get(f"/pictures/plan/{plan}/places-wide-day.svg").status_code == 200
    assert site.get(f"/pictures/plan/{plan}/places-2031-wide-day.svg").status_code == 404
    assert site.get(f"/pictures/plan/{plan}/flows-1917-wide-day.svg").status_code == 404


def test_the_matrix_of_a_vote_that_divides_is_not_found(site: Client) -> None:
    assert site.get("/pictures/vote/V1/matrix-wide-day.svg").status_code == 404


def test_what_members_write_is_shown_and_never_run(once_called: Federation, tmp_path: Path) -> None:
    bad = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    with open_record(tmp_path / "record.sqlite") as record:
        federation = copied(once_called, record)
        changes = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 95.0}]
        federation.perform("file_proposal", actor="ben", at=START, title=bad, reasons=bad, changes=changes)
        client = Client(create_app(record))
        for path in ("/proposals", "/proposals/P3", "/record", f"/record/{federation.head.count}", f"/votes/{bad}"):
            page = parsed(client.get(path).text)
            assert {script.text for script in page.all("script")} <= {""}
            assert all(script.attributes["src"].startswith("/static/") for script in page.all("script"))
            assert [image for image in page.all("img") if "onerror" in image.attributes] == []
        assert bad in parsed(client.get("/proposals/P3").text).text


def test_a_record_that_was_changed_is_shown_as_broken(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with open_record(path) as record:
        founded(record)
    with sqlite3.connect(path) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        assert database.execute("UPDATE entries SET actor = 'eva' WHERE sequence = 2").rowcount == 1
    database.close()
    with open_record(path) as record:
        client = Client(create_app(record))
        page = client.get("/record")
        assert page.status_code == 200
        assert "Broken." in page.text
        assert "entry-changed" in page.text
        start = client.get("/")
        assert start.status_code == 500
        assert "restore this entry" in start.text


def test_a_plan_can_be_taken_away_whole(site: Client, turned: Federation) -> None:
    address = turned.cycle().adopted
    plan = turned.plan(address)
    taken = Plan.from_data(json.loads(site.get(f"/files/plan/{address}.json").content), plan.economy)
    for name in TABLES:
        assert taken[name].to_dict("list") == plan[name].to_dict("list")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_taken_away_with_all_digits(site: Client, turned: Federation, name: str, tmp_path: Path) -> None:
    address = turned.cycle().adopted
    path = tmp_path / "table.csv"
    answer = site.get(f"/files/plan/{address}/{name}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    path.write_bytes(answer.content)
    table = turned.plan(address)[name]
    read = pd.read_csv(path)
    for column in table:
        assert read[column].tolist() == table[column].tolist()


def test_a_vote_can_be_counted_again_from_what_is_taken_away(site: Client) -> None:
    trace = json.loads(site.get("/files/votes/V2.json").content)
    again = count(trace["outcome"]["rule"], trace["outcome"]["options"], Profile.from_data(trace["profile"]))
    assert again.to_data() == trace["outcome"]
