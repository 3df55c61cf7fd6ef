"""The page of what can be had together: facts, page and picture over a record made by acts."""

from tests.web.client import Client


def test_efficient_plans_of_a_plan(site: Client) -> None:
    address = site.get("/api/plan").json()["address"]
    facts = site.get(f"/api/plan/{address}/together").json()
    assert len(facts["aims"]) >= 2
    assert facts["choices"][0]["title"].startswith("Most needs met")
    assert len(facts["frontier"]["table"]["rows"]) == facts["points"] > 1
    page = site.get(f"/plan/{address}/together").text
    assert "Efficient plans" in page
    assert facts["choices"][0]["description"][:40] in page
    assert site.get(f"/pictures/plan/{address}/together-wide-day.svg").status_code == 200


def test_an_unknown_plan_is_not_found(site: Client) -> None:
    assert site.get("/plan/none/together").status_code == 404
