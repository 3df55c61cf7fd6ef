"""The pages of reasons: contents by path, two plans beside each other, what would have to be true, and ranges."""

import pytest

from newcourse.acts.federation import Federation
from newcourse.plan.content import content
from newcourse.plan.cost import compare
from tests.web.client import Client, links, parsed


@pytest.fixture(scope="module")
def address(turned: Federation) -> str:
    return turned.cycle(0).plan


def test_every_product_leads_to_its_paths(site: Client, turned: Federation, address: str) -> None:
    page = parsed(site.get(f"/plan/{address}/content").text)
    leads = sorted(link for link in links(page) if f"/plan/{address}/content/" in link)
    assert leads
    for link in leads:
        facts = site.get(f"/api{link}").json()
        assert facts["words"] in parsed(site.get(link).text).text
    product = leads[0].split("/content/")[1].partition("?")[0]
    place = leads[0].partition("place=")[2].partition("&")[0]
    found = content(turned.plan(address), product, place)
    assert (
        site.get(f"/api{leads[0]}").json()["words"] == content(turned.plan(address), product, place, paths=20).words()
    )
    assert found.paths


def test_a_product_that_is_not_there(site: Client, address: str) -> None:
    assert site.get(f"/plan/{address}/content/unicorn").status_code == 404
    assert site.get(f"/plan/{address}/compare/nowhere").status_code == 404
    assert site.get(f"/plan/{address}/what-if?factor=hours&less=0").status_code == 404
    assert site.get(f"/plan/{address}/what-if?need=unicorn").status_code == 404
    assert site.get(f"/plan/{address}/what-if?met=200").status_code == 404


def test_two_plans_beside_each_other(site: Client, turned: Federation, address: str) -> None:
    choices = site.get(f"/api/plan/{address}/compare").json()["others"]
    other = choices[0]["href"].rpartition("/")[2]
    facts = site.get(f"/api/plan/{address}/compare/{other}").json()
    assert other != address
    assert facts["words"] == compare(turned.plan(address), turned.plan(other)).words()
    again = parsed(site.get(f"/plan/{other}/compare/{address}").text)
    assert f"/plan/{address}/compare/{other}" in links(again)
    picture = site.get(f"{facts['picture']['href']}-narrow-day.svg")
    assert picture.text.startswith("<svg")
    assert site.get(f"/pictures/compare/{address}-{other}/flows-wide-day.svg").status_code == 404


def test_what_would_have_to_be_true(site: Client, address: str) -> None:
    page = parsed(site.get(f"/plan/{address}/what-if").text)
    questions = sorted(link for link in links(page) if "what-if?" in link)
    assert any("less=3" in link for link in questions)
    answered = parsed(site.get(next(link for link in questions if "need=" in link)).text)
    assert "The answer" in answered.text
    assert "By itself" in answered.text or "mixture" in answered.text or "as things are" in answered.text


def test_reasons_say_how_far_they_hold(site: Client, address: str) -> None:
    facts = site.get(f"/api/plan/{address}/why").json()
    assert facts["limits"]
    assert all("this holds" in words or "other limits" in words for words in facts["limits"])
