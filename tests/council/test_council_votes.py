"""What is frozen when a vote is opened, and that it alone decides the count (design §4, §8.1)."""

import hashlib
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.council.counting import count_vote, electorate_of, entitled, named_electorate, open_rows, require_fitting
from newcourse.council.freeze import Frozen, commitment_to, is_commitment, lot_seed, lot_seed_unnamed, roll_root
from newcourse.council.growing import GrowingMap
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Tampered
from newcourse.vote.ballot import ChoiceBallot, RankedBallot
from newcourse.vote.outcome import Outcome
from tests.council.people import NOON, people

SECRET = "a line of the opener"
VOTERS = ("ada", "ben", "cyd", "dan")


def frozen(**changed: Any) -> Frozen:
    values: dict[str, Any] = {
        "vote": "V1",
        "decision": "variant",
        "subject": "variant",
        "question": "Which plan?",
        "candidates": ("bread", "buses", "baths"),
        "rule": "schulze",
        "options": {"strength": "winning-votes"},
        "electorate": VOTERS,
        "quorum": "1/2",
        "ties": "lot",
        "commitment": commitment_to(SECRET),
        "opener": "ada",
        "closes": "2030-01-15T12:00:00.000000Z",
    }
    return Frozen(**{**values, **changed})


def vote(ballots: dict[str, Any], **changed: Any) -> Vote:
    fixed = frozen(**changed)
    return Vote(fixed, fixed.hash, NOON, NOON + timedelta(days=14), 1, GrowingMap(ballots))


def counted(ballots: dict[str, Any], secret: str = "") -> Outcome:
    closed = replace(vote(ballots), secret=secret)
    return count_vote(closed, open_rows(closed))


def ranked(*names: str) -> dict[str, Any]:
    return RankedBallot.of(*names).to_data()


CHANGES: dict[str, Any] = {
    "vote": "V2",
    "decision": "other",
    "subject": "motion",
    "question": "Which one?",
    "candidates": ("buses", "bread", "baths"),
    "rule": "majority",
    "options": {"strength": "margins"},
    "electorate": (*VOTERS, "eva"),
    "quorum": "0",
    "ties": "candidate-order",
    "commitment": commitment_to("another"),
    "opener": "ben",
    "closes": "2030-01-16T12:00:00.000000Z",
    "ballot": "secret",
    "token_key": "another key",
    "place": "N",
    "about": "S1",
    "electors": "delegates congress",
}


@pytest.mark.parametrize("name", [spec.name for spec in fields(Frozen) if spec.init])
def test_no_part_can_change_without_the_hash(name: str) -> None:
    changed = frozen(**{name: CHANGES[name]})
    assert changed.hash != frozen().hash
    forged = replace(vote({}), frozen=changed)
    with pytest.raises(Tampered, match="vote-changed"):
        count_vote(forged, [])


def test_the_hash_is_that_of_the_published_form() -> None:
    data = frozen().to_data()
    assert Frozen.from_data(data, VOTERS).hash == frozen().hash
    assert Frozen.from_data(data, tuple(reversed(VOTERS))).hash == frozen().hash
    assert Frozen.from_data(data, VOTERS[:3]).hash != frozen().hash


def test_a_ballot_of_a_stranger_is_tampering() -> None:
    with pytest.raises(Tampered, match="ballot-stranger"):
        counted({"zoe": ranked("bread")}, SECRET)


def test_ballots_that_were_not_cast_are_tampering() -> None:
    closed = vote({"ada": ranked("bread"), "ben": ranked("buses")})
    with pytest.raises(Tampered, match="ballots-other"):
        count_vote(closed, open_rows(closed)[:1])


def test_a_clear_winner_needs_no_lot() -> None:
    ballots = {voter: ranked("buses", "bread", "baths") for voter in VOTERS}
    outcome = counted(ballots)
    assert outcome.result.to_data()["winner"] == "buses"


def test_a_tie_without_the_opener_s_line_decides_nothing() -> None:
    tied = {"ada": ranked("bread", "buses", "baths"), "ben": ranked("buses", "bread", "baths")}
    outcome = counted(tied)
    assert not outcome.decided
    assert outcome.result.to_data()["undecided"] == "lot-withheld"
    drawn = counted(tied, SECRET)
    assert drawn.result.to_data()["winner"] in {"bread", "buses"}
    assert drawn.ties


def test_the_lot_depends_on_the_line_and_on_the_ballots_of_others_only() -> None:
    ballots = {"ada": ranked("bread"), "ben": ranked("buses")}
    seed = lot_seed(SECRET, ballots, "ada")
    assert lot_seed(SECRET, {**ballots, "ada": ranked("baths")}, "ada") == seed
    assert lot_seed(SECRET, {**ballots, "ben": ranked("baths")}, "ada") != seed
    assert lot_seed("another line", ballots, "ada") != seed


def test_without_names_the_lot_depends_on_all_ballots_in_no_order() -> None:
    one, two = ranked("bread"), ranked("buses")
    assert lot_seed_unnamed(SECRET, [one, two, one]) == lot_seed_unnamed(SECRET, [two, one, one])
    assert lot_seed_unnamed(SECRET, [one, two]) != lot_seed_unnamed(SECRET, [one, two, one])
    assert lot_seed_unnamed("another line", [one]) != lot_seed_unnamed(SECRET, [one])


def test_the_root_of_a_roll_is_that_of_rfc_9162() -> None:
    def leaf(text: bytes) -> bytes:
        return hashlib.sha256(b"\0" + text).digest()

    pair = hashlib.sha256(b"\1" + leaf(b"ada") + leaf(b"ben")).digest()
    assert roll_root(["cyd", "ben", "ada"]) == hashlib.sha256(b"\1" + pair + leaf(b"cyd")).hexdigest()
    assert roll_root(["ada"]) == leaf(b"ada").hex()
    assert frozen().to_data()["electorate"] == {"size": 4, "root": roll_root(VOTERS)}


def test_electorates_have_names_from_which_they_follow_again() -> None:
    state = replace(people(), verified=GrowingMap({"mia": ("ned",), "sue": ("sol",)}))
    for name, place in (("members", ""), ("members", "N"), ("verified members", ""), ("delegates congress", "")):
        assert named_electorate(state, electorate_of(state, name, place), place) == name
    assert electorate_of(state, "verified members", "N") == ("mia",)
    assert named_electorate(state, ("ned", "sue"), "") == ""
    with pytest.raises(ValueError, match="no electorate"):
        electorate_of(state, "everybody")


def test_lots_are_fair_between_two() -> None:
    tied = {"ada": ranked("bread", "buses", "baths"), "ben": ranked("buses", "bread", "baths")}
    winners = [counted(tied, f"line {n}").result.to_data()["winner"] for n in range(200)]
    assert 70 < winners.count("bread") < 130


def test_a_missed_quorum_is_an_undecided_outcome_in_words() -> None:
    outcome = counted({"ada": ranked("bread")}, SECRET)
    assert not outcome.decided
    assert outcome.sentence == "The quorum is missed: 1 of 4 entitled voted, 2 were needed. Nothing is decided."


def test_commitments_are_hashes() -> None:
    assert is_commitment(commitment_to("x"))
    assert not any(map(is_commitment, ("", "x", "Z" * 64, None, 3)))


def test_ballots_that_cannot_be_counted_are_refused_when_cast() -> None:
    for ballot in (ranked("tanks"), ChoiceBallot("yes").to_data(), {"form": "shout"}, None):
        with pytest.raises(BadInput):
            require_fitting(vote({}), ballot)


def test_electorates_follow_from_places_and_seats() -> None:
    state = people()
    assert entitled(state, state.law.decisions["weights"]) == ("fay", "mia", "ned", "nil", "sol", "sue")
    assert entitled(state, state.law.decisions["motion"]) == ("nil", "sol")
    council = replace(state.law.councils["congress"], council="north", place="N")
    local = replace(state, statutes=_with_council(state, council))
    decision = replace(local.law.decisions["motion"], decision="local", council="north", electorate="members")
    assert entitled(local, decision) == ("mia", "ned", "nil")


def _with_council(state: State, council: Any) -> Any:
    law = state.law
    articles = tuple(replace(a, councils=(*a.councils, council)) if a.councils else a for a in law.articles)
    return replace(law, articles=articles)


@given(
    st.lists(st.permutations(["bread", "buses", "baths"]), min_size=2, max_size=4), st.randoms(use_true_random=False)
)
def test_the_count_does_not_depend_on_the_order_of_casting(orders: list[list[str]], random: Any) -> None:
    ballots = [(voter, ranked(*order)) for voter, order in zip(VOTERS, orders, strict=False)]
    first = counted(dict(ballots), SECRET).to_data()
    random.shuffle(ballots)
    assert counted(dict(ballots), SECRET).to_data() == first
