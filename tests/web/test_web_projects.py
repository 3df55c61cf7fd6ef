"""The page of projects, of an economy that has none."""

from tests.web.client import Client


def test_no_projects_to_choose_from(site: Client) -> None:
    address = site.get("/api/plan").json()["address"]
    facts = site.get(f"/api/plan/{address}/projects").json()
    assert facts["reasons"] == []
    assert facts["years"] is None
    assert "no projects to choose from" in site.get(f"/plan/{address}/projects").text
