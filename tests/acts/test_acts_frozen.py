"""Nothing that was fixed when a vote was opened can change: every act is tried in every role (design §8.1)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from newcourse.acts.federation import Federation
from newcourse.acts.parameters import PARAMETERS, Parameter
from newcourse.acts.registry import ACTS
from newcourse.council.counting import electorate_of
from newcourse.council.freeze import commitment_to
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.errors import NewCourseError
from newcourse.record.canonical import canonical_json
from newcourse.record.store import Record, open_record
from newcourse.vote.ballot import AllocationBallot, RankedBallot
from tests.acts.assembly import LINE, NOMINATE, assembly, nominated, opened
from tests.acts.commune import CALL, START, VOTE
from tests.acts.secret_votes import Device

Until = Callable[..., Federation]
Stage = Callable[[str], Federation]
END = START + CALL
LATE = VOTE + timedelta(days=90)
ROLES: Final = ("ada", "dan", "fay", "ben", "stranger", TOKEN_HOLDER)
"""Opener, founder and delegate at once; delegate; member at the top; member; nobody; whoever has a token."""

AFTERWARDS: Final = (
    "extend_vote", "close_vote", "count_vote", "contest_vote", "take_mandate", "decide_contest", "petition_recall",
    "lay_down_mandate", "fill_vacancy", "open_nominations", "leave",
)  # fmt: skip
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

VOTING: Final = START + NOMINATE
CANDIDATES: Final = {"n1": ("worker",), "n2": ("worker",), "n5": (), "n7": (), "n8": ("worker",)}
ONE = RankedBallot.of("n2").to_data()
ELECTION_ROLES: Final = ("n1", "n2", "n4", "n9", "fay", "s1", "s2", "stranger", TOKEN_HOLDER)
"""Opener and candidate; who is elected; voter; delegate of the place; founder; delegate, member elsewhere; nobody."""

ELECTION_VALUES: Final[dict[str, Any]] = {
    **VALUES,
    "election": "E1",
    "mandate": "M1",
    "ballot": ONE,
    "ballots": [ONE],
    "groups": ["worker"],
    "secret": LINE,
    "commitment": commitment_to("another line for the lot"),
    "seats": {"N": ["n9"]},
}
KINDS: Final[dict[str, Any]] = {"number": 1.0, "days": 3, "flag": True, "texts": ["a"], "data": {}, "limits": {}}


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record("sqlite://") as kept:
        yield kept


def value(federation: Federation, parameter: Parameter, values: Mapping[str, Any]) -> Any:
    if parameter.kind == "economy":
        return federation.economy()
    if parameter.kind == "choice" and parameter.choices:
        return parameter.choices[0][0]
    return values.get(parameter.name, KINDS.get(parameter.kind, "X1"))


def fixed(federation: Federation) -> tuple[bytes, str, tuple[str, ...], bytes]:
    """Everything that was fixed at the opening, byte for byte: candidates, seats, quotas and the lot among it."""
    vote = federation.vote("V1")
    opened = next(e for e in federation.entries() if "frozen" in e.body and e.body["frozen"]["vote"] == "V1")
    roll = federation.record.fetch(opened.body["roll"]).content
    return canonical_json(vote.frozen.to_data()), vote.sealed, vote.frozen.electorate, roll


def try_everything(
    federation: Federation,
    at: datetime = END,
    roles: Sequence[str] = ROLES,
    values: Mapping[str, Any] = VALUES,
) -> set[str]:
    """Do every act in every role; return those that were done by somebody."""
    before, done = fixed(federation), set()
    for now, names in ((at, [name for name in ACTS if name != "leave"]), (at + LATE, AFTERWARDS)):
        for name in names:
            act = ACTS[name]
            for actor in roles:
                what = {one: value(federation, PARAMETERS[one], values) for one in (*act.needs, *act.takes)}
                for given in [what, {one: what[one] for one in act.needs}][: 1 + bool(act.takes)]:
                    with suppress(NewCourseError):
                        federation.perform(name, actor=actor, at=now, **given)
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


@pytest.fixture
def electing(record: Record) -> Callable[[str], Federation]:
    """Gives a federation with an open election ``V1``: quotas, three seats, five candidates, a lot."""

    def make(ballot: str) -> Federation:
        federation = assembly(record, election={"ballot": ballot, "quotas": {"worker": {"more": "1/2"}}})
        seats = {"N": ["n9"], "S": ["s1"]}
        federation.perform("seat_delegates", actor="fay", at=START, council="congress", seats=seats)
        opened(federation, nominated(federation, "N", CANDIDATES), VOTING)
        frozen = federation.vote("V1").frozen
        assert (frozen.ties, frozen.commitment) == ("lot", commitment_to(LINE))
        assert (frozen.candidates, frozen.options["seats"]) == (tuple(CANDIDATES), 3)
        assert frozen.options["groups"]["worker"]["least"] == 2
        return federation

    return make


def elected(federation: Federation) -> set[str]:
    """Who was elected: the one who got all votes, and two who were chosen by lot among those without any."""
    result = federation.vote("V1").result
    assert result is not None
    assert result.decided
    return set(result.data["elected"])


@pytest.mark.slow
def test_no_act_in_any_role_changes_an_election_with_a_lot_even_when_its_people_move_away(electing: Stage) -> None:
    federation = electing("open")
    done = try_everything(federation, VOTING, ELECTION_ROLES, {**ELECTION_VALUES, "place": "S"})
    assert {"join", "transfer", "cast", "close_vote", "count_vote", "leave"} <= done
    assert elected(federation) >= {"n2"}


@pytest.mark.slow
def test_no_act_in_any_role_changes_a_secret_election_with_a_lot_or_whom_it_seats(electing: Stage) -> None:
    federation = electing("secret")
    for voter in ("n6", "n7"):
        device = Device(federation, "V1", voter)
        device.draw(VOTING)
        device.cast(ONE, VOTING)
    done = try_everything(federation, VOTING, ELECTION_ROLES, ELECTION_VALUES)
    assert {"draw_token", "extend_vote", "close_vote", "count_vote", "take_mandate", "leave"} <= done
    assert elected(federation) >= {"n2"}
