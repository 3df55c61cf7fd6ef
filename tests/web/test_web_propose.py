"""A member puts a proposal together from what can be chosen, sees it in words, and files what was seen."""

import json
import re
from urllib.parse import urlencode

import pytest

from newcourse.acts.federation import Federation
from newcourse.errors import BadInput
from newcourse.plan.changes.registry import change_from_data
from newcourse.web.pages.propose import LABELS, propose
from newcourse.web.site import Site
from tests.web.signed_in import Town


@pytest.fixture
def looking(under_way: Federation) -> Site:
    return Site(under_way.record)


@pytest.mark.parametrize("kind", LABELS)
def test_whatever_can_be_chosen_makes_a_change_in_words(looking: Site, kind: str) -> None:
    offered = propose(looking, kind)
    assert (offered.kind, offered.changes, offered.wrong) == (kind, "", "")
    for option in offered.options:
        made = propose(looking, kind, option.code, "0.5")
        (data,) = json.loads(made.changes)
        assert made.words == change_from_data(data).words(looking.federation.economy_asked())
        assert (data["kind"], made.wrong) == (kind, "")


def test_numbers_are_those_typed(looking: Site) -> None:
    (data,) = json.loads(propose(looking, "need", "bus-s", "6", "1 045.5").changes)
    assert data == {"kind": "need", "need": "bus-s", "minimum": 6.0, "target": 1045.5}


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("F|hours", "7,529", "no comma"),
        ("F|hours", "many", "a number such as"),
        ("F|hours", "-1", "at least 0"),
        ("F|hours", "nan", "at least 0"),
        ("F|years", "5", "one of what can be chosen"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_put_together(looking: Site, what: str, typed: str, said: str) -> None:
    made = propose(looking, "supply", what, typed)
    assert said in made.wrong
    assert (made.words, made.changes) == ("", "")


def test_a_kind_that_is_none_is_refused(looking: Site) -> None:
    with pytest.raises(BadInput, match="need or supply or cap or trade or weight"):
        propose(looking, "revolution")


def test_what_was_seen_is_what_is_filed(town: Town) -> None:
    eva = town.at_browser("eva")
    page = eva.get("/propose?" + urlencode({"kind": "supply", "what": "F|hours", "first": "90"})).text
    hidden = re.search(r'name="changes" value="([^"]*)"', page)
    assert hidden is not None
    changes = hidden[1].replace("&#34;", '"')
    answer = eva.form("file_proposal", {"changes": changes, "title": "Shorter days", "reasons": "We are tired."})
    assert answer.status_code == 303
    filed = list(town.federation.state.proposals.values())[-1]
    assert [dict(change) for change in filed.changes] == json.loads(changes)
