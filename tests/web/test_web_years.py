"""The page of disproportion: the same facts as a page and for programs."""

from tests.web.client import Client, parsed


def test_page_and_facts_of_disproportion(site: Client) -> None:
    address = site.get("/api/plan").json()["address"]
    facts = site.get(f"/api/plan/{address}/years").json()
    page = site.get(f"/plan/{address}/years")
    assert page.status_code == 200
    assert all(any(words in item.text for item in parsed(page.text).all("li")) for words in facts["sentences"])
    assert facts["growth"]["table"]["columns"][0]["label"] == "branch"
    assert site.get(f"{facts['growth']['href']}-wide-day.svg").status_code == 200


def test_no_such_plan(site: Client) -> None:
    assert site.get("/plan/nothing/years").status_code == 404
