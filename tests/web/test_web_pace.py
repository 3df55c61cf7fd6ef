"""The page of the pace: of a plan of one year it says that there is no later."""

from tests.web.client import Client


def test_a_plan_of_one_year(site: Client) -> None:
    address = site.get("/api/plan").json()["address"]
    facts = site.get(f"/api/plan/{address}/pace").json()
    assert facts["frontier"] is None
    assert "there is no later to choose" in site.get(f"/plan/{address}/pace").text
    assert site.get(f"/pictures/plan/{address}/pace-wide-day.svg").status_code == 404
