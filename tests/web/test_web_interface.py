"""The interface for programs gives the facts of the pages, as its description says."""

import inspect
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.web.registry import PAGES
from tests.web.client import Client, parsed


@pytest.fixture(scope="module")
def description(site: Client) -> dict[str, Any]:
    described: dict[str, Any] = site.get("/api/openapi.json").json()
    return described


def test_every_page_has_its_facts(description: dict[str, Any]) -> None:
    for page in PAGES:
        path = "/api" + ("" if page.path == "/" else page.path)
        (operation,) = description["paths"][path].values()
        assert set(description["paths"][path]) == {"get"}
        assert operation["summary"] == page.title
        assert operation["description"] == inspect.getdoc(page.facts)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].startswith("#/components/schemas/")


def test_operations_have_names_of_their_own(description: dict[str, Any]) -> None:
    names = [operation["operationId"] for path in description["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)) > len(PAGES)


def test_facts_keep_all_digits(site: Client, turned: Federation) -> None:
    plan = turned.plan(turned.cycle().adopted)
    rows = site.get("/api/plan").json()["fulfilment"]["table"]["rows"]
    told = plan.fulfilment("group").set_index(["group", "period"])
    for group, period, asked, delivered, _, fulfilment, _ in rows:
        assert [asked, delivered, fulfilment] == told.loc[(group, period)].tolist()


def test_facts_are_those_of_the_page(site: Client) -> None:
    facts = site.get("/api/votes/V2").json()
    text = parsed(site.get("/votes/V2").text).text
    for words in (facts["brief"]["question"], facts["frozen_hash"], *facts["steps"]):
        assert " ".join(words.split()) in text
    assert facts["counted_again"] is True


def test_wrong_parameters_are_refused_as_data(site: Client) -> None:
    answer = site.get("/api/record/one")
    assert answer.status_code in (404, 422)
    assert answer.json()["faults"][0]["code"] == "address-unknown"
