"""A record stays readable when acts are new, or statutes are judged by stricter rules, since it was written."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.errors import BadInput, NotAllowed
from newcourse.record.entry import Entry
from newcourse.record.store import Record, open_record
from tests.acts.commune import START, founded

NEW = "reply"
"""What stands for an act that was not known then."""


def older_law(entry: Entry) -> dict[str, Any]:
    """What a federation is founded by, but that no article knows the act."""
    body: dict[str, Any] = deepcopy(entry.to_data()["body"])
    for article in body["statutes"]["articles"]:
        article["grants"] = [grant for grant in article.get("grants", ()) if grant["act"] != NEW]
    return body


@pytest.fixture
def older() -> Iterator[Record]:
    """A record with the founding as an older version wrote it."""
    with open_record("sqlite://") as made, open_record("sqlite://") as record:
        founding = next(iter(founded(made).entries()))
        with record.transaction() as draft:
            for address in made.addresses():
                artefact = made.fetch(address)
                draft.keep(artefact.kind, artefact.media_type, artefact.content)
            draft.append("found", founding.actor, older_law(founding), founding.at)
        yield record


def test_it_is_read_and_what_it_does_not_grant_is_refused(older: Record) -> None:
    federation = Federation(older)
    assert federation.state.members["eva"] == "S"
    assert federation.verify().faults == ()
    federation.perform("criticise", actor="eva", at=START, about="article 7", words="Too long.")
    with pytest.raises(NotAllowed, match="no-authority"):
        federation.perform(NEW, actor="ben", at=START, comment="C1", words="It is not.")


def test_it_learns_the_act_by_its_own_procedure_and_no_other_change_passes_before(older: Record) -> None:
    federation = Federation(older)
    law = {article["number"]: article for article in federation.state.law.to_data()["articles"]}
    other = [{"change": "amend", "article": {**law["5"], "words": "Shorter."}}]
    with pytest.raises(BadInput, match="act-without-article"):
        federation.perform("draft_statutes", actor="eva", at=START, changes=other, reasons="Shorter.")
    grants = [*law["18"]["grants"], {"act": NEW, "roles": ["member"]}]
    learns = [{"change": "amend", "article": {**law["18"], "grants": grants}}]
    federation.perform("draft_statutes", actor="eva", at=START, changes=learns, reasons="We want to answer.")
    assert federation.state.drafts["S1"].by == "eva"
