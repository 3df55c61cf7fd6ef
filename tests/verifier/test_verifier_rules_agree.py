"""The recount of the verifier agrees with the rooms that count, on random votes with many ties, by order and by lot."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.verifier.rules.countback import countback
from newcourse.verifier.rules.question import CannotCount, Question, Ties
from newcourse.verifier.rules.registry import RULES
from newcourse.vote.countback import countback as first_countback
from newcourse.vote.forms import ballot_from_data
from newcourse.vote.meek.stages import MeekCount
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import RULES as COUNTED
from newcourse.vote.rule import count, rule_named
from newcourse.vote.stv.stages import Elected
from newcourse.vote.ties import TieRule

NAMES = ["ann", "bo", "cy", "di", "ed"]


def agree(rule: str, candidates: list[str], ballots: list[dict[str, Any]], options: dict[str, Any], seed: str) -> None:
    """Count twice and compare everything that an entry of the record says of a count."""
    form = ballots[0]["form"] if ballots else rule_named(rule).form
    profile = Profile.of(form, candidates, [ballot_from_data(ballot) for ballot in ballots])
    takes_ties = any(option.name == "ties" for option in rule_named(rule).options)
    tie_rule = TieRule("lot", seed) if seed else TieRule()
    given_options = options | ({"ties": tie_rule.to_data()} if takes_ties else {})
    ties = Ties(seed)
    plain = [ballot_from_data(ballot).to_data() for ballot in ballots]
    question = Question(tuple(candidates), tuple(plain), options, ties)
    try:
        first = count(rule, given_options, profile)
    except BadInput:
        with pytest.raises(CannotCount):
            RULES[rule](question)
        return
    second = RULES[rule](question)
    assert second.result == first.result.to_data()
    assert (second.sentence, second.decided) == (first.sentence, first.decided)
    assert ties.used == bool(first.ties)


seeds = st.sampled_from(["", "", "draw 1", "draw 2"])
names = st.integers(1, 5).map(lambda size: NAMES[:size])


def _ranked(candidates: list[str], strict: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    def ballot(order: list[str], cuts: list[bool], length: int) -> dict[str, Any]:
        ranks: list[list[str]] = []
        for name, cut in zip(order[:length], cuts, strict=False):
            if cut or strict or not ranks:
                ranks.append([name])
            else:
                ranks[-1].append(name)
        return {"form": "ranked", "ranks": ranks}

    cuts = st.lists(st.sampled_from([True, True, True, False]), min_size=5, max_size=5)
    return st.builds(ballot, st.permutations(candidates), cuts, st.integers(0, len(candidates)))


def _approval(candidates: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(st.sampled_from(candidates), unique=True)
    return some.map(lambda approved: {"form": "approval", "approved": approved})


def _allocation(candidates: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    def ballot(parts: list[int]) -> dict[str, Any]:
        whole = sum(parts) or 1
        rest = parts if sum(parts) else [1] + [0] * (len(parts) - 1)
        return {"form": "allocation", "whole": whole, "points": dict(zip(candidates, rest, strict=True))}

    return st.lists(st.integers(0, 4), min_size=len(candidates), max_size=len(candidates)).map(ballot)


def boxes(kind: Any, most: int = 14) -> st.SearchStrategy[tuple[list[str], list[dict[str, Any]]]]:
    """Return candidates and ballots of a form."""
    return names.flatmap(lambda some: st.tuples(st.just(some), st.lists(kind(some), max_size=most)))


@given(
    boxes(_ranked), st.sampled_from(["schulze", "ranked-pairs"]), st.sampled_from(["winning-votes", "margins"]), seeds
)
@settings(max_examples=100, deadline=None)
def test_rankings(box: Any, rule: str, strength: str, seed: str) -> None:
    agree(rule, *box, {"strength": strength}, seed)


@given(st.lists(_ranked(NAMES, strict=True), min_size=2, max_size=4), seeds)
@settings(max_examples=150, deadline=None)
def test_rankings_of_few_ballots_where_most_majorities_are_equal(ballots: Any, seed: str) -> None:
    agree("ranked-pairs", NAMES, ballots, {}, seed)


@given(boxes(_ranked), st.integers(1, 5), st.booleans(), seeds)
@settings(max_examples=100, deadline=None)
def test_scottish_stv(box: Any, seats: int, batch: bool, seed: str) -> None:
    agree("scottish-stv", *box, {"seats": seats, "groups": None, "batch": batch}, seed)
    agree("instant-runoff", *box, {}, seed)


groups = st.dictionaries(
    st.sampled_from(["workers", "non-party", "north"]),
    st.tuples(st.lists(st.sampled_from(NAMES), unique=True), st.integers(0, 2), st.none() | st.integers(0, 3)),
    min_size=1,
)


@given(st.lists(_ranked(NAMES, strict=True), max_size=14), st.integers(1, 4), groups, seeds)
@settings(max_examples=100, deadline=None)
def test_scottish_stv_with_quotas_of_groups(ballots: Any, seats: int, some: Any, seed: str) -> None:
    data = {name: {"members": members, "least": least, "most": most} for name, (members, least, most) in some.items()}
    try:
        rule_named("scottish-stv").read({"seats": seats, "groups": data})
    except BadInput:
        return  # statutes that say so cannot be written
    agree("scottish-stv", NAMES, ballots, {"seats": seats, "groups": data}, seed)


@given(
    boxes(_ranked),
    st.integers(1, 5),
    st.sampled_from([("prf", None), ("reference", None), ("reference", "1/100")]),
    seeds,
)
@settings(max_examples=80, deadline=None)
def test_meek_stv(box: Any, seats: int, variant: Any, seed: str) -> None:
    agree("meek-stv", *box, {"seats": seats, "variant": variant[0], "tolerance": variant[1]}, seed)


def test_meek_stv_where_what_is_left_of_surpluses_could_reverse_the_lowest() -> None:
    orders = {
        ("ann", "bo", "cy", "di"): 2,
        ("cy", "ann", "bo", "ed"): 2,
        ("di",): 4,
        ("ed",): 8,
        ("ann", "bo", "di"): 4,
    }
    ballots = [{"form": "ranked", "ranks": [[name] for name in order]} for order, n in orders.items() for _ in range(n)]
    agree("meek-stv", NAMES, ballots, {"seats": 3, "variant": "prf", "tolerance": None}, "")
    agree("meek-stv", NAMES, ballots, {"seats": 3, "variant": "reference", "tolerance": None}, "")


@given(
    boxes(_approval),
    st.sampled_from(["approval", "equal-shares", "sequential-phragmen", "proportional-approval"]),
    st.integers(1, 5),
    st.sampled_from(["sequential-phragmen", "approval", "none"]),
    seeds,
)
@settings(max_examples=150, deadline=None)
def test_committees_by_approvals(box: Any, rule: str, seats: int, completion: str, seed: str) -> None:
    agree(rule, *box, {"seats": seats} | ({"completion": completion} if rule == "equal-shares" else {}), seed)


@given(boxes(_ranked), st.sampled_from(["scottish-stv", "meek-stv"]), st.integers(1, 3), st.data(), seeds)
@settings(max_examples=150, deadline=None)
def test_countbacks(box: Any, rule: str, seats: int, data: st.DataObject, seed: str) -> None:
    candidates, ballots = box
    profile = Profile.of("ranked", candidates, [ballot_from_data(ballot) for ballot in ballots])
    ties = TieRule("lot", seed) if seed else TieRule()
    if seats > len(candidates):
        return
    result = count(rule, {"seats": seats, "ties": ties.to_data()}, profile).result
    if not isinstance(result, Elected | MeekCount):
        return
    vacated = data.draw(st.sampled_from(result.elected))
    others = [name for name in candidates if name != vacated]
    stand = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    first = first_countback(RankedVotes.of(profile), result, vacated, stand, ties, members=())
    plain = [ballot_from_data(ballot).to_data() for ballot in ballots]
    second = countback(Question(tuple(candidates), tuple(plain), {"seats": seats}, Ties(seed)), rule, vacated, stand)
    assert (second.result, second.sentence) == (first.result.to_data(), first.sentence)


choices = st.sampled_from(["yes", "no", "abstain"]).map(lambda choice: {"form": "choice", "choice": choice})


@given(
    st.lists(choices, max_size=12),
    st.sampled_from(["1/2", "2/3", "1"]),
    st.sampled_from(["more-than", "at-least"]),
    st.sampled_from(["cast", "present", "members"]),
    st.sampled_from(["0", "1/2"]),
    st.none() | st.integers(1, 14),
)
@settings(max_examples=80, deadline=None)
def test_majority(ballots: Any, threshold: str, comparison: str, base: str, quorum: str, members: int | None) -> None:
    options = {"threshold": threshold, "comparison": comparison, "base": base, "quorum": quorum, "members": members}
    try:
        rule_named("majority").read(options)
    except BadInput:
        return
    agree("majority", ["the plan"], ballots, options, "")


@given(boxes(_allocation), st.sampled_from(["undecided", "mean"]))
@settings(max_examples=80, deadline=None)
def test_allocations(box: Any, all_zero: str) -> None:
    agree("median-allocation", *box, {"all_zero": all_zero}, "")
    agree("mean-allocation", *box, {}, "")
    agree("independent-markets", *box, {}, "")


METHODS = ["dhondt", "sainte-lague", "sainte-lague-1.4", "sainte-lague-1.2", "adams", "huntington-hill", "dean"]
METHODS += ["danish", "imperiali", "macanese", "estonian"]
law = st.fixed_dictionaries(
    {
        "seats": st.integers(1, 9),
        "threshold": st.sampled_from(["0", "0", "1/5", "2/5"]),
        "strictly": st.booleans(),
        "whole_quota": st.sampled_from([False, False, True]),
        "exempt": st.sampled_from([[], ["ann"]]),
        "minimum": st.integers(0, 2),
        "reserved": st.sampled_from([{}, {"ann": 2}]),
        "votes_first": st.booleans(),
    }
)
divisors = st.one_of(
    st.sampled_from([(method, None) for method in METHODS]),
    st.sampled_from(
        [("stationary", "1/3"), ("stationary", "0"), ("power-mean", 2), ("power-mean", 0), ("power-mean", -3)]
    ),
)


@given(boxes(_ranked, 20), law, divisors, seeds)
@settings(max_examples=100, deadline=None)
def test_divisor_method(box: Any, options: Any, method: Any, seed: str) -> None:
    agree("divisor-method", *box, {**options, "method": method[0], "parameter": method[1]}, seed)


def test_just_one_whole_quota_is_enough() -> None:
    ballots = [{"form": "ranked", "ranks": [[name]]} for name in ("ann", "ann", "bo", "bo")]
    options = {"seats": 2, "whole_quota": True, "threshold": "1/2", "reserved": {}, "exempt": []}
    agree("divisor-method", ["ann", "bo"], ballots, options, "")


QUOTAS = ["hare", "droop", "hagenbach-bischoff", "imperiali", "reinforced-imperiali"]


@given(
    boxes(_ranked, 20), law, st.sampled_from(QUOTAS), st.sampled_from(["largest-remainder", "highest-average"]), seeds
)
@settings(max_examples=100, deadline=None)
def test_quota_method(box: Any, options: Any, quota: str, remaining: str, seed: str) -> None:
    agree("quota-method", *box, {**options, "quota": quota, "remaining": remaining}, seed)


money = st.fixed_dictionaries(
    {
        "budget": st.sampled_from([10, "12.5", 20, "31/3"]),
        "costs": st.lists(st.sampled_from([2, 3, 5, "7/2", 8, 15]), min_size=5, max_size=5),
        "least": st.integers(0, 2),
        "share": st.sampled_from(["0", "0", "1/3"]),
    }
)


def _costed(candidates: list[str], options: dict[str, Any]) -> dict[str, Any]:
    return options | {"costs": dict(zip(candidates, options["costs"], strict=False))}


@given(boxes(_approval, 10), money, st.sampled_from(["stop", "skip"]), st.booleans(), seeds)
@settings(max_examples=100, deadline=None)
def test_budgets_by_votes_and_by_phragmen(box: Any, options: Any, beyond: str, points: bool, seed: str) -> None:
    candidates, ballots = box
    costed = _costed(candidates, options) | {"beyond": beyond}
    agree("budget-phragmen", candidates, ballots, costed, seed)
    if points:
        ballots = [
            {"form": "points", "points": {name: k + 1 for k, name in enumerate(ballot["approved"])}}
            for ballot in ballots
        ]
    agree("budget-greedy", candidates, ballots, {**costed, "exclusive": [candidates[:2]]}, seed)


@given(
    boxes(_approval, 8),
    money,
    st.fixed_dictionaries(
        {
            "utility": st.sampled_from(["cost", "cardinality"]),
            "completion": st.sampled_from(["none", "add1", "utilitarian", "add1-utilitarian"]),
            "increment": st.sampled_from([1, "1/2"]),
            "start": st.sampled_from(["exact", "whole"]),
            "until": st.sampled_from(["full", "overspent"]),
            "comparison": st.sampled_from(["none", "projects", "any"]),
        }
    ),
    seeds,
)
@settings(max_examples=100, deadline=None)
def test_budgets_by_equal_shares(box: Any, options: Any, more: Any, seed: str) -> None:
    agree("budget-equal-shares", *box, _costed(box[0], options) | more, seed)


def test_every_rule_is_counted_again_but_the_biproportional() -> None:
    assert set(COUNTED) - set(RULES) == {"biproportional"}


def test_numbers_are_exact() -> None:
    assert Question((), (), {"share": "1/3"}).number("share") == Fraction(1, 3)
    for wrong in ("1/0", "0.1e5", 0.1, True, -1):
        with pytest.raises(CannotCount):
            Question((), (), {"share": wrong}).number("share")
