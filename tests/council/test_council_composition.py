"""Measures of a body: quotas, tenure, turnover, seats against votes, power; known answers by hand (design §8.4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from newcourse.council.bodies import Body, body_named
from newcourse.council.body_power import member_power, power_of_constituencies, power_of_tendencies
from newcourse.council.composition import composition, days_in, represented, turnover
from newcourse.council.default_statutes import default_data
from newcourse.council.elections import Candidate, Election
from newcourse.council.folds.mandates import given
from newcourse.council.freeze import Frozen
from newcourse.council.growing import GrowingMap
from newcourse.council.mandates import Mandate
from newcourse.council.seating import Seat
from newcourse.council.state import State
from newcourse.council.statutes import Statutes
from newcourse.council.tendencies import Tendency
from newcourse.council.voting import Result, Vote
from newcourse.vote.power.tiers import decisive
from tests.council.people import NOON, people

YEAR = timedelta(days=365)


def law(**council: Any) -> dict[str, Any]:
    """The default statutes as data, with quotas, three seats for each place, and the congress changed."""
    data = default_data()
    data["articles"][2]["councils"][0] |= {"seats": 3, **council}
    for article in data["articles"]:
        for rules in article.get("elections", ()):
            rules["quotas"] = {"worker": {"least": "1/2"}, "clerk": {"most": "1/3"}}
    return data


def statutes() -> Statutes:
    return Statutes.from_data(law())


def tendency(code: str, *people: str) -> Tendency:
    return Tendency(code, code, "A platform.", NOON, people, people[:1])


Groups = dict[str, Sequence[str]]


def seated(state: State, place: str, groups: Groups, begins: datetime = NOON, vote: str = "") -> State:
    """Give these people mandates of one year from a place to the congress, taken up at once."""
    seats = tuple(seat for seat in state.seats.get("congress", ()) if seat.place != place)
    for code in state.mandates_by_seat.get(("congress", place), ()):
        old = state.mandates[code]
        if old.held:
            ended = replace(old, ended_at=begins, ended_by="succeeded")
            state = replace(state, mandates=state.mandates.put(code, ended))
    for person, own in groups.items():
        code = f"M{len(state.mandates) + 1}"
        mandate = Mandate(code, person, "congress", place, vote, tuple(own), begins, begins + YEAR, begins)
        state = given(state, mandate)
        seats = (*seats, Seat(person, place, code))
    return replace(state, seats=state.seating.having("congress", seats))


def congress(state: State) -> Body:
    return body_named(state, "congress")


@pytest.fixture
def state() -> State:
    """North sends two workers and a clerk, South nobody yet."""
    empty = replace(people(statutes()), seats={})
    return seated(empty, "N", {"nil": ("worker",), "ned": ("worker",), "mia": ("clerk",)})


def test_groups_stand_beside_their_quotas(state: State) -> None:
    made = composition(state, congress(state), NOON)
    assert (made.seats, len(made.sitting), made.vacant) == (6, 3, 3)
    assert made.words == "3 of 6 seats are taken."
    assert [(row.group, row.seats, row.kept) for row in made.groups] == [("worker", 2, True), ("clerk", 1, True)]
    assert made.groups[0].words == "North: worker has 2 of 3 seats; the quota is at least 2."
    assert made.groups[1].words == "North: clerk has 1 of 3 seats; the quota is from 0 to 1."
    broken = seated(state, "N", {"nil": ("clerk",), "ned": ("clerk",), "mia": ("worker",)})
    rows = composition(broken, congress(broken), NOON).groups
    assert [row.kept for row in rows] == [False, False]
    assert rows[0].words == "North: worker has 1 of 3 seats; the quota is at least 2 and is not kept."


def test_tenure_and_overdue_terms(state: State) -> None:
    made = composition(state, congress(state), NOON + YEAR / 5)
    assert [one.days for one in made.sitting] == [73, 73, 73]
    assert made.mean_days == 73
    late = composition(state, congress(state), NOON + YEAR + timedelta(days=1))
    assert all(one.overdue for one in late.sitting)
    assert late.words == "3 of 6 seats are taken; the term of 3 is over."
    twice = seated(state, "N", {"nil": ("worker",)}, NOON + YEAR)
    assert days_in(twice, "congress", "nil", NOON + 2 * YEAR) == 730


def test_turnover_between_terms(state: State) -> None:
    assert turnover(state, congress(state)) is None
    later = seated(state, "N", {"nil": ("worker",), "kim": ("worker",), "lou": ()}, NOON + YEAR)
    found = turnover(later, congress(later))
    assert found is not None
    assert (found.now, found.before, found.stayed, found.share) == (3, 3, 1, Fraction(2, 3))
    assert found.words == "2 of 3 delegates are new (66.7 %); 1 of 3 of the term before were elected again."


def with_votes(state: State, first: dict[str, str], groups: Groups) -> State:
    """Put an election on record whose first stage gave these first preferences."""
    candidates = GrowingMap({who: Candidate(who, who, accepted=True, groups=tuple(groups[who])) for who in first})
    election = Election("E1", "congress", "N", 3, NOON, NOON, NOON, candidates, "V1")
    frozen = Frozen(
        vote="V1",
        decision="delegates",
        subject="election",
        question="Who?",
        candidates=tuple(first),
        rule="scottish-stv",
        options={},
        electorate=(),
        quorum="0",
        ties="lot",
        commitment="",
        opener="nil",
        closes="",
        about="E1",
    )
    data = {"elected": [*groups], "stages": [{"votes": first}]}
    result = Result(decided=True, data=data, sentence="", outcome="", closed_at=NOON, counted_at=NOON)
    vote = Vote(frozen, "", NOON, NOON, 0, closed_at=NOON, result=result)
    return replace(state, votes=GrowingMap({"V1": vote}), elections=GrowingMap({"E1": election}))


def test_seats_against_first_preferences_by_tendency() -> None:
    """Sixty votes of a hundred and two seats of three: the index is 100 * sqrt(((2/3-3/5)^2 * 2) / 2) = 6.67 %."""
    empty = replace(people(statutes()), seats={}, tendencies=GrowingMap({"T1": tendency("T1", "nil", "ned")}))
    groups: Groups = {"nil": ("T1",), "ned": ("T1", "worker"), "mia": ()}
    state = with_votes(seated(empty, "N", groups, vote="V1"), {"nil": "35.00000", "ned": "25", "mia": "40"}, groups)
    found = represented(state, congress(state))
    assert dict(found.seats) == {"T1": 2, "": 1}
    assert dict(found.votes) == {"T1": 60, "": 40}
    assert found.effective == Fraction(9, 5)
    assert (found.gallagher, found.misplaced) == ("6.67", Fraction(1, 15))
    assert found.words == "1 tendencies hold seats; effectively 1.80 currents. Gallagher's index is 6.67 %."


def test_without_published_preferences_nothing_is_compared(state: State) -> None:
    found = represented(state, congress(state))
    assert (found.gallagher, found.misplaced) == ("", None)
    assert found.words == "0 tendencies hold seats; effectively 1.00 currents. First preferences are not known."
    nobody = replace(people(statutes()), seats={})
    assert represented(nobody, congress(nobody)).words == "Nobody has been elected."


def test_power_of_tendencies_is_not_in_proportion_to_seats() -> None:
    """Weights 2, 1, 1 of four and three needed: swings 3, 1, 1; the large one is pivot in two thirds of all orders."""
    known = {"T1": tendency("T1", "nil", "ned"), "T2": tendency("T2", "mia")}
    empty = replace(people(statutes()), seats={}, tendencies=GrowingMap(known))
    state = seated(empty, "N", {"nil": ("T1",), "ned": ("T1",), "mia": ("T2",)})
    state = seated(state, "S", {"sue": ()})
    power = {row.name: row for row in power_of_tendencies(state, congress(state))}
    assert {name: (row.seats, row.banzhaf, row.shapley) for name, row in power.items()} == {
        "T1": (2, Fraction(3, 5), Fraction(2, 3)),
        "T2": (1, Fraction(1, 5), Fraction(1, 6)),
        "sue": (1, Fraction(1, 5), Fraction(1, 6)),
    }
    assert power["T1"].words == (
        "T1 holds 2 of 4 seats (50.0 %) and 60.0 % of the power by Banzhaf's index, 66.7 % by Shapley and Shubik's."
    )
    assert [(row.name, row.banzhaf) for row in power_of_constituencies(state, congress(state))] == [("N", 1), ("S", 0)]


def test_nobody_has_power_in_an_empty_body() -> None:
    state = replace(people(statutes()), seats={})
    assert power_of_tendencies(state, congress(state)) == ()


def federation(counts: dict[str, int]) -> State:
    members = {f"{place}-{n}": place for place, number in counts.items() for n in range(number)}
    return replace(people(statutes()), members=GrowingMap(members), seats={})


def test_power_of_a_member_through_the_pyramid() -> None:
    """Two constituencies of three: each must say yes, so a member decides with 1/2 in the own and 1/2 in the other."""
    state = federation({"N1": 3, "S": 3})
    rows = member_power(state, congress(state))
    assert [(row.place, row.members, row.chance, row.relative, row.exact) for row in rows] == [
        ("N", 3, 0.25, 1.0, True),
        ("S", 3, 0.25, 1.0, True),
    ]
    assert rows[0].words == (
        "A member at North (3 members) decides with a chance of 0.2500, 1.00 times the mean of all members."
    )


def test_a_member_of_a_small_constituency_has_more_power() -> None:
    state = federation({"N": 9, "S": 3})
    small = {row.place: row for row in member_power(state, congress(state))}
    assert small["S"].relative > 1 > small["N"].relative
    assert small["N"].chance == pytest.approx(float(decisive(9)) / 2)


def test_places_without_members_take_no_part() -> None:
    state = federation({"N": 3})
    assert [(row.place, row.chance) for row in member_power(state, congress(state))] == [("N", 0.5)]
    assert member_power(federation({}), congress(federation({}))) == ()


def test_many_members_are_counted_nearly() -> None:
    state = federation({"N": 400, "S": 401})
    rows = {row.place: row for row in member_power(state, congress(state))}
    assert not rows["N"].exact
    assert rows["N"].chance == pytest.approx(float(decisive(399)) / 2)
    assert "a chance of about" in rows["N"].words


def test_power_reaches_through_a_council_that_elects_upward() -> None:
    data = law(elected_by="delegates", seats=1)
    region = {"council": "region", "name": "Council", "level": "region", "election": "delegates", "seats": 1}
    data["articles"][2]["councils"].append(region)
    state = replace(federation({"N1": 3, "S": 3}), statutes=Statutes.from_data(data))
    rows = {row.place: row.chance for row in member_power(state, congress(state))}
    assert rows == {"N1": 0.25, "S": 0.25}
