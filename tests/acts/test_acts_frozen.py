"""Nothing that was fixed when a vote was opened can change: every act is tried in every role (design §8.1)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import pytest

from newcourse.acts.federation import Federation
from newcourse.acts.parameters import PARAMETERS, Parameter
from newcourse.acts.registry import ACTS
from newcourse.council.counting import electorate_of
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.errors import NewCourseError
from newcourse.record.canonical import canonical_json
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, START, VOTE

Until = Callable[..., Federation]
Stage = Callable[[str], Federation]
END = START + CALL
WHEN = (END, END + VOTE + timedelta(days=90))
ROLES: Final = ("ada", "dan", "fay", "ben", "stranger", TOKEN_HOLDER)
"""Opener, founder and delegate at once; delegate; member at the top; member; nobody; whoever has a token."""

AFTERWARDS: Final = ("extend_vote", "close_vote", "count_vote", "contest_vote", "decide_contest", "leave")
"""What is tried again once the time of the vote is over; when all have left, nobody can act any more."""

HALF = AllocationBallot({"food": 50, "travel": 50}).to_data()
VALUES: Final[dict[str, Any]] = {
    "vote": "V1",
    "ballot": HALF,
    "place": "N",
    "person": "zoe",
    "decision": "weights",
    "proposal": "P1",
    "body": "congress",
    "council": "congress",
    "about": "V1",
    "seats": {"S": ["eva"]},
    "changes": [{"kind": "weight", "group": "food", "weight": 0.5}],
    "ballots": [HALF],
    "blinded": "01" * 256,
    "token": "00" * 64,
    "signature": "00" * 256,
    "salt": "00" * 16,
    "need": "bread-n",
    "members": {"ada": "N"},
    "question": "Shall the vote be changed?",
}
KINDS: Final[dict[str, Any]] = {"number": 1.0, "days": 3, "flag": True, "texts": ["a"], "data": {}, "limits": {}}


def value(federation: Federation, parameter: Parameter) -> Any:
    if parameter.kind == "economy":
        return federation.economy()
    if parameter.kind == "choice" and parameter.choices:
        return parameter.choices[0][0]
    return VALUES.get(parameter.name, KINDS.get(parameter.kind, "X1"))


def fixed(federation: Federation) -> tuple[bytes, str, tuple[str, ...], bytes]:
    """Everything that was fixed at the opening, byte for byte."""
    vote = federation.vote("V1")
    opened = next(e for e in federation.entries() if "frozen" in e.body and e.body["frozen"]["vote"] == "V1")
    roll = federation.record.fetch(opened.body["roll"]).content
    return canonical_json(vote.frozen.to_data()), vote.sealed, vote.frozen.electorate, roll


def try_everything(federation: Federation) -> set[str]:
    """Do every act in every role; return those that were done by somebody."""
    before, done = fixed(federation), set()
    for at in WHEN:
        for name in [name for name in ACTS if name != "leave"] if at == END else AFTERWARDS:
            act = ACTS[name]
            for actor in ROLES:
                what = {one: value(federation, PARAMETERS[one]) for one in (*act.needs, *act.takes)}
                for given in [what, {one: what[one] for one in act.needs}][: 1 + bool(act.takes)]:
                    with suppress(NewCourseError):
                        federation.perform(name, actor=actor, at=at, **given)
                        done.add(name)
                assert fixed(federation) == before, (name, actor)
    assert federation.verify().faults == ()
    return done


@pytest.mark.slow
def test_no_act_in_any_role_changes_what_was_fixed_in_an_open_vote(until: Until) -> None:
    federation = until("cast")
    done = try_everything(federation)
    assert {"join", "cast", "extend_vote", "close_vote", "count_vote", "leave"} <= done
    assert electorate_of(federation.state, "members") != federation.vote("V1").frozen.electorate


@pytest.mark.slow
def test_no_act_in_any_role_changes_what_was_fixed_in_a_secret_vote(secret_vote: Stage) -> None:
    assert {"join", "draw_token", "extend_vote", "close_vote"} <= try_everything(secret_vote("opened"))
