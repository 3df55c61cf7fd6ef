"""A federation in which everything is voted on openly, for tests of proposals, discussion and statutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.council.statutes import Statutes
from newcourse.economy.economy import Economy
from newcourse.errors import NewCourseError
from newcourse.plan.changes.supply import SupplyChange
from newcourse.record.store import Record
from tests.acts.commune import FREE, START, two_products

MEMBERS = {"ada": "N", "ben": "N", "cyd": "N", "dan": "S", "eva": "S", "fay": "F"}
DELEGATES = {"N": ["ada", "ben"], "S": ["dan"]}
LONGER = [SupplyChange("F", "hours", 110.0)]
SHORTER = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 90.0}]


@cache
def open_law() -> Statutes:
    """The default statutes with every ballot open."""
    data = default_data()
    for article in data["articles"]:
        for decision in (*article.get("decisions", ()), *article.get("elections", ())):
            decision["ballot"] = "open"
    return Statutes.from_data(data)


@cache
def goods() -> Economy:
    return two_products()


def forum(record: Record) -> Federation:
    """A federation whose provisional delegates are ada and ben from the north and dan from the south."""
    federation = Federation(record)
    what: dict[str, Any] = {"title": "Forum", "economy": goods(), "members": MEMBERS, "statutes": open_law()}
    federation.perform("found", actor="fay", at=START, **what)
    federation.perform("seat_delegates", actor="fay", at=START, council="congress", seats=DELEGATES)
    return federation


def proposing(record: Record) -> Federation:
    """With an open call, proposal P1 of ben and P2 of eva, which cyd supports."""
    federation = forum(record)
    do = federation.perform
    do("open_cycle", actor="ada", at=START, limits=FREE)
    do("file_proposal", actor="ben", at=START, title="Longer days", reasons="There is more to do.", changes=LONGER)
    do("file_proposal", actor="eva", at=START, title="Shorter days", reasons="We are tired.", changes=SHORTER)
    do("support_proposal", actor="cyd", at=START, proposal="P2")
    return federation


def decided(
    federation: Federation, decision: str, at: datetime, yes: Mapping[str, bool] | None = None, **what: Any
) -> str:
    """Vote openly on a question of one candidate, all voting yes where nothing else is said; return the vote's code."""
    opened = federation.perform("open_vote", actor="ada", at=at, decision=decision, **what)
    code = str(opened.body["frozen"]["vote"])
    for member in federation.vote(code).frozen.electorate:
        choice = "yes" if (yes or {}).get(member, True) else "no"
        federation.perform("cast", actor=member, at=at, vote=code, ballot={"form": "choice", "choice": choice})
    federation.perform("close_vote", actor="ada", at=at, vote=code)
    federation.perform("count_vote", actor="ada", at=at + timedelta(hours=1), vote=code)
    return code


def refusal(federation: Federation, act: str, actor: str, at: datetime = START, **what: Any) -> str:
    """Do what must be refused, without a trace; return the code of the first fault."""
    before = federation.head
    with pytest.raises(NewCourseError) as caught:
        federation.perform(act, actor=actor, at=at, **what)
    for fault in caught.value.faults:
        assert fault.where
        assert fault.found
        assert fault.expected
        assert fault.remedy
    assert federation.head == before
    return caught.value.faults[0].code
