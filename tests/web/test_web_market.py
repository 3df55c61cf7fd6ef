"""The market part beside a plan, and the worked case of the scissors."""

import json

import pytest

from newcourse.acts.federation import Federation
from tests.web.client import Client, parsed


@pytest.fixture(scope="module")
def address(turned: Federation) -> str:
    cycle = turned.state.cycle or turned.state.past[-1]
    return str(cycle.plan)


def test_the_market_part_of_a_plan(site: Client, address: str) -> None:
    page = parsed(site.get(f"/plan/{address}/market").text)
    assert "market part beside the plan" in page.text
    assert "Checked apart" in page.text or "No such market part" in page.text
    facts = json.loads(site.get(f"/api/plan/{address}/market").text)
    assert facts["assumptions"]["rows"]
    for row in (facts["goods"] or {"rows": []})["rows"]:
        assert row[4] == pytest.approx(1.0, rel=1e-6)  # the base year's prices clear
    for row in (facts["answers"] or {"rows": []})["rows"]:
        assert row[3] != "certified" or row[1] > 0  # less of it: dearer


def test_one_group_only_or_an_unknown_one(site: Client, address: str) -> None:
    facts = json.loads(site.get(f"/api/plan/{address}/market").text)
    one = facts["groups"][0]
    assert json.loads(site.get(f"/api/plan/{address}/market?buy={one}").text)["asked"] == [one]
    assert site.get(f"/plan/{address}/market?buy=Gold").status_code in {400, 404}


def test_the_worked_case(site: Client) -> None:
    answer = site.get("/cases/scissors-1923")
    assert answer.status_code == 200
    page = parsed(answer.text)
    for words in ("The scissors of 1923", "Goods were short", "Goods were held dear", "Contested", "assumed"):
        assert words in page.text
    assert len(list(page.all("h1"))) == 1
    assert all(image.attributes["alt"] for image in page.all("img"))
    facts = json.loads(site.get("/api/cases/scissors-1923").text)
    assert [reading["name"] for reading in facts["readings"]] == ["short", "dear"]
    assert facts["readings"][1]["scissors"] is None


def test_its_pictures(site: Client) -> None:
    answer = site.get("/pictures/case/scissors-1923/scissorsshort-narrow-night.svg")
    assert answer.status_code == 200
    assert "scissors" in answer.text
    assert site.get("/pictures/case/scissors-1923/scissorsdear-wide-day.svg").status_code in {400, 404}
    assert site.get("/pictures/case/other/leversshort-wide-day.svg").status_code in {400, 404}
