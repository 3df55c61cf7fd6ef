"""The page of open futures: the same facts as a page and for programs, conditional on what was assumed."""

import pytest

from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from newcourse.web.pages import futures
from tests.web.client import Client, parsed


def test_page_facts_and_pictures_of_open_futures(early_site: Client) -> None:
    address = early_site.get("/api/plan").json()["address"]
    facts = early_site.get(f"/api/plan/{address}/futures").json()
    page = early_site.get(f"/plan/{address}/futures")
    assert page.status_code == 200
    read = parsed(page.text)
    assert all(any(words in item.text for item in read.all("li")) for words in facts["sentences"])
    assert "conditional on these futures and their weights" in read.text
    assert facts["source"] == "assumed"
    assert facts["certified"]
    assert facts["common_periods"] == 1
    assert [row[0] for row in facts["met"]["table"]["rows"]][-1] == "expected"
    for shown, words in ((facts["tree"], "What may come"), (facts["met"], "How far needs are met")):
        for width in ("wide", "narrow"):
            drawn = early_site.get(f"{shown['href']}-{width}-day.svg")
            assert drawn.status_code == 200
            assert words in drawn.text


def test_the_plan_leads_to_its_futures(early_site: Client) -> None:
    address = early_site.get("/api/plan").json()["address"]
    assert f"/plan/{address}/futures" in early_site.get(f"/plan/{address}").text


def test_no_such_plan_has_futures(early_site: Client) -> None:
    assert early_site.get("/plan/nothing/futures").status_code == 404


@pytest.mark.slow
def test_a_federation_that_trades_is_asked_about_trade_closing_in() -> None:
    """The page's own futures on a real economy: bounds that are endless in one future and not in another."""
    plan = make_plan(read_example("sweden"), limits=Limits(2))
    made, worth = futures.open_plan_beside(plan)
    assert made.certified
    assert set(made.plans) == {"usual", "lean", "closing"}
    assert worth.values.perfect_information >= 0
    assert made.fulfilment().set_index(["scenario", "period"])["fulfilment"]["lean", 2010] < 0.9
