"""The page of consumer prices: the same facts as a page and for programs, or why there are none."""

from tests.web.client import Client, parsed


def test_page_and_facts_of_prices(early_site: Client) -> None:
    address = early_site.get("/api/plan").json()["address"]
    facts = early_site.get(f"/api/plan/{address}/prices").json()
    page = early_site.get(f"/plan/{address}/prices")
    assert page.status_code == 200
    assert all(any(words in item.text for item in parsed(page.text).all("li")) for words in facts["sentences"])
    assert facts["ratios"]["table"]["columns"][0]["label"] == "need"
    assert len(facts["rounds"]["rows"]) >= 1
    for width in ("wide", "narrow"):
        drawn = early_site.get(f"{facts['ratios']['href']}-{width}-day.svg")
        assert drawn.status_code == 200
        assert "Price over cost" in drawn.text


def test_no_such_plan_has_prices(early_site: Client) -> None:
    assert early_site.get("/plan/nothing/prices").status_code == 404
