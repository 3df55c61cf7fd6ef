"""The page of an election says its quotas: at least, more than and at most a share of the seats."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newcourse.record.store import open_record
from newcourse.web.app import create_app
from tests.acts.assembly import assembly, nominated
from tests.web.client import Client, parsed

QUOTAS = {"worker": {"more": "1/2"}, "clerk": {"least": "1/9", "most": "1/3"}}
SAID = {
    "en": ["Clerk: at least 1/9 of the seats, at most 1/3 of the seats", "Worker: more than 1/2 of the seats"],
    "sv": ["Clerk: minst 1/9 av platserna, högst 1/3 av platserna", "Worker: mer än 1/2 av platserna"],
}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Client]:
    with open_record(tmp_path / "record.sqlite") as record:
        nominated(assembly(record, election={"quotas": QUOTAS}), "N", ("n1", "n2"))
        yield Client(create_app(record))


def test_an_election_says_its_quotas_in_both_languages_and_as_facts(pages: Client) -> None:
    for language, said in SAID.items():
        page = parsed(pages.get("/elections/E1", accept_language=language).text)
        (section,) = [one for one in page.all("section") if one.attributes.get("aria-labelledby") == "quotas-head"]
        assert [row.text for row in section.all("li")] == said
    assert pages.get("/api/elections/E1").json()["quotas"] == [
        {"group": "clerk", "least": "1/9", "more": "", "most": "1/3"},
        {"group": "worker", "least": "", "more": "1/2", "most": ""},
    ]
