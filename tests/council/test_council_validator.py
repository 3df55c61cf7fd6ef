"""Every contradiction and every dead end of statutes is found, in words (design §4)."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.council.default_statutes import default_data, default_statutes, levels_between
from newcourse.council.fitting import fitting_faults
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Place, Tree
from newcourse.council.words import ACTS
from newcourse.errors import BadInput
from newcourse.record.canonical import canonical_json
from tests.council.people import TREE

Data = dict[str, Any]
Spoil = Callable[[Data], object]


def article(data: Data, number: str) -> Data:
    found: Data = next(article for article in data["articles"] if article["number"] == number)
    return found


def council(data: Data, place: int = 0) -> Data:
    found: Data = article(data, "3")["councils"][place]
    return found


def election(data: Data) -> Data:
    found: Data = article(data, "13")["elections"][0]
    return found


def decision(data: Data, number: str, place: int = 0) -> Data:
    found: Data = article(data, number)["decisions"][place]
    return found


def part(data: Data, number: str, name: str) -> Data:
    found: Data = article(data, number)[name]
    return found


def granted(data: Data, act: str, **changed: Any) -> None:
    """Change every permission to do an act."""
    for row in data["articles"]:
        for grant in row.get("grants", ()):
            if grant["act"] == act:
                grant.update(changed)


def faults_of(spoil: Spoil) -> list[tuple[str, str]]:
    data = default_data()
    spoil(data)
    with pytest.raises(BadInput) as caught:
        Statutes.from_data(data)
    for fault in caught.value.faults:
        assert all((fault.where.startswith("statutes"), fault.found, fault.expected, fault.remedy)), fault
    return [(fault.code, fault.where) for fault in caught.value.faults]


BODIES: list[tuple[str, str, Spoil]] = [
    ("election-missing", "council congress", lambda d: council(d).update(election="")),
    ("election-missing", "council congress", lambda d: council(d).update(election="lottery")),
    ("election-unused", "election delegates", lambda d: council(d).update(election="lottery")),
    ("elected_by-unknown", "council congress", lambda d: council(d).update(elected_by="owners")),
    ("code-wrong", "council con:gress", lambda d: council(d).update(council="con:gress")),
    ("place-and-level", "council congress", lambda d: council(d).update(place="N", level="region")),
    ("elected-in-a-circle", "councils", lambda d: council(d).update(elected_by="delegates")),
    (
        "elected-in-a-circle",
        "councils",
        lambda d: article(d, "3")["councils"].extend(
            {**council(d), "council": name, "seated_by": "itself", "elected_by": "delegates"} for name in "ab"
        ),
    ),
    ("name-missing", "election delegates", lambda d: election(d).update(name=" ")),
    ("election-twice", "election delegates", lambda d: article(d, "13")["elections"].append({**election(d)})),
    ("rule-unfit", "election delegates", lambda d: election(d).update(rule="schulze")),
    ("rule-unknown", "election delegates", lambda d: election(d).update(rule="acclamation")),
    ("option-reserved", "election delegates", lambda d: election(d).update(options={"seats": 3})),
    ("seats-unfit", "election delegates", lambda d: election(d).update(rule="instant-runoff")),
    ("ballot-unknown", "election delegates", lambda d: election(d).update(ballot="shouted")),
    ("electorate-unknown", "election delegates", lambda d: election(d).update(electorate="delegates")),
    ("quorum-wrong", "election delegates", lambda d: election(d).update(quorum="2")),
    ("days-wrong", "election delegates", lambda d: election(d).update(days=400)),
    ("nomination_days-wrong", "election delegates", lambda d: election(d).update(nomination_days=-1)),
    ("term_days-wrong", "election delegates", lambda d: election(d).update(term_days=0)),
    ("deadlines-cross", "election delegates", lambda d: election(d).update(term_days=35)),
    ("terms-wrong", "election delegates", lambda d: election(d).update(terms=-1)),
    ("rotation-half", "election delegates", lambda d: election(d).update(terms=0)),
    ("rotation-half", "election delegates", lambda d: election(d).update(pause_days=0)),
    ("quota-wrong", "quota worker", lambda d: election(d).update(quotas={"worker": "half"})),
    ("quota-wrong", "quota worker", lambda d: election(d).update(quotas={"worker": {}})),
    ("quota-wrong", "quota worker", lambda d: election(d).update(quotas={"worker": {"some": "1/2"}})),
    ("quota-wrong", "quota worker, least", lambda d: election(d).update(quotas={"worker": {"least": "3/2"}})),
    ("quota-wrong", "quota worker, least", lambda d: election(d).update(quotas={"worker": {"least": 0.5}})),
    (
        "quota-crossed",
        "quota worker",
        lambda d: election(d).update(quotas={"worker": {"least": "2/3", "most": "1/3"}}),
    ),
    (
        "quotas-exclude",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"least": "2/3"}, "non-party": {"least": "1/2"}}),
    ),
    (
        "quotas-exclude",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"most": "1/3"}, "non-party": {"most": "1/2"}}),
    ),
    (
        "quota-rounding",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"least": "1/2"}, "non-party": {"least": "1/2"}}),
    ),
    (
        "quota-rounding",
        "election delegates",
        lambda d: election(d).update(quotas={"worker": {"least": "2/5", "most": "1/2"}}),
    ),
    ("quota-wrong", "quota worker, more", lambda d: election(d).update(quotas={"worker": {"more": "-1/2"}})),
    ("quota-beyond", "quota worker", lambda d: election(d).update(quotas={"worker": {"more": "1"}})),
    (
        "quota-doubled",
        "quota worker",
        lambda d: election(d).update(quotas={"worker": {"least": "1/3", "more": "1/2"}}),
    ),
    ("quota-crossed", "quota worker", lambda d: election(d).update(quotas={"worker": {"more": "1/2", "most": "1/2"}})),
    (
        "quotas-exclude",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"more": "1/2"}, "non-party": {"least": "1/2"}}),
    ),
    (
        "quotas-exclude",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"more": "1/2"}, "non-party": {"more": "1/2"}}),
    ),
    (
        "quota-rounding",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"more": "1/3"}, "non-party": {"more": "1/3"}}),
    ),
    (
        "quota-rounding",
        "election delegates",
        lambda d: election(d).update(quotas={"party": {"most": "1/2"}, "non-party": {"most": "1/2"}}),
    ),
    (
        "quota-rounding",
        "election delegates",
        lambda d: election(d).update(quotas={"worker": {"more": "2/5", "most": "1/2"}}),
    ),
    (
        "quotas-unfit",
        "election delegates",
        lambda d: election(d).update(rule="meek-stv", quotas={"worker": {"least": "1/2"}}),
    ),
]

DECISIONS: list[tuple[str, str, Spoil]] = [
    ("subject-unknown", "decision weights", lambda d: decision(d, "8").update(subject="election")),
    ("delegates-unseen", "decision motion", lambda d: decision(d, "10").update(ballot="secret")),
    ("delegates-unseen", "decision motion", lambda d: decision(d, "10").update(ballot="paper")),
    ("threshold-wrong", "decision motion", lambda d: decision(d, "10").update(options={"threshold": "1"})),
    (
        "threshold-wrong",
        "decision statutes",
        lambda d: decision(d, "19")["options"].update(threshold="3/2"),
    ),
    ("days-wrong", "decision weights", lambda d: decision(d, "8").update(days=1000)),
    ("part-for-whole", "decision weights", lambda d: council(d).update(place="N")),
    ("part-for-whole", "decision statutes", lambda d: council(d).update(level="region")),
    ("competence-twice", "motion in congress", lambda d: article(d, "10")["decisions"].append(
        {**decision(d, "10"), "decision": "easier", "quorum": "0"})),
    ("competence-twice", "decision lenient", lambda d: article(d, "19")["decisions"].append(
        {**decision(d, "19"), "decision": "lenient"})),
    ("dead-end", "decisions", lambda d: article(d, "10").pop("decisions")),
    ("dead-end", "decisions", lambda d: article(d, "14").pop("decisions")),
    ("dead-end", "decisions", lambda d: article(d, "9").pop("decisions")),
]  # fmt: skip

PROCEDURES: list[tuple[str, str, Spoil]] = [
    ("recall-rules", "recall", lambda d: article(d, "15").pop("recall")),
    ("recall-rules", "recall", lambda d: article(d, "14").update(recall=part(d, "15", "recall"))),
    ("support-wrong", "recall", lambda d: part(d, "15", "recall").update(support="0")),
    ("support-wrong", "recall", lambda d: part(d, "15", "recall").update(support="11/10")),
    ("quorum-wrong", "recall", lambda d: part(d, "15", "recall").update(quorum="all")),
    ("threshold-wrong", "recall", lambda d: part(d, "15", "recall").update(threshold="1")),
    ("sign_days-wrong", "recall", lambda d: part(d, "15", "recall").update(sign_days=0)),
    ("deadlines-cross", "recall", lambda d: part(d, "15", "recall").update(spared_days=365)),
    ("ballot-unknown", "recall", lambda d: part(d, "15", "recall").update(ballot="loud")),
    ("refill-unknown", "recall", lambda d: part(d, "15", "recall").update(refill="appointment")),
    ("countback-unfit", "recall", lambda d: election(d).update(rule="meek-stv")),
    ("amending-rules", "amending", lambda d: article(d, "19").pop("amending")),
    ("amending-impossible", "amending, decision", lambda d: part(d, "19", "amending").update(decision="motion")),
    ("amending-impossible", "amending, decision", lambda d: part(d, "19", "amending").update(decision="decree")),
    (
        "amending-impossible",
        "entrenched_decision",
        lambda d: part(d, "19", "amending").update(entrenched_decision="decree"),
    ),
    ("notice_days-wrong", "amending", lambda d: part(d, "19", "amending").update(notice_days=400)),
    ("entrenched-unknown", "amending", lambda d: part(d, "19", "amending").update(entrenched=["99"])),
    ("entrenched-half", "amending", lambda d: part(d, "19", "amending").update(entrenched_decision="")),
    ("entrenched-half", "amending", lambda d: part(d, "19", "amending").update(entrenched=[])),
    ("secrecy-rules", "secrecy", lambda d: article(d, "15").update(secrecy={"least_secret": 3})),
    ("least_secret-wrong", "secrecy", lambda d: part(d, "16", "secrecy").update(least_secret=1)),
    ("below-unknown", "secrecy", lambda d: part(d, "16", "secrecy").update(below="shout")),
    ("answer_days-wrong", "cycle", lambda d: part(d, "5", "cycle").update(answer_days=-1)),
]

DEAD_ENDS: list[tuple[str, str, Spoil]] = [
    ("act-out-of-reach", "act open_cycle", lambda d: granted(d, "open_cycle", when="at the founding")),
    ("act-out-of-reach", "act adopt", lambda d: granted(d, "adopt", when="in a cycle")
     or granted(d, "open_cycle", when="in a cycle")),
    ("act-out-of-reach", "act criticise", lambda d: article(d, "18").update(
        denies=[{"act": "criticise", "roles": ["member"]}])),
    ("no-way-back", "open_nominations", lambda d: granted(d, "open_nominations", roles=["delegate"])),
    ("no-way-back", "close_vote", lambda d: granted(d, "close_vote", roles=["founder", "delegate"])),
    ("no-way-back", "take_mandate", lambda d: article(d, "4").update(
        denies=[{"act": "take_mandate", "roles": ["anyone"], "when": "in a cycle"}])),
    ("dead-end", "article 2, vouching", lambda d: article(d, "2").update(vouching={"most": 0, "days": 30})),
    ("days-wrong", "article 2, vouching", lambda d: article(d, "2").update(vouching={"most": 1, "days": 0})),
    ("vouching-rules", "vouching", lambda d: article(d, "3").update(vouching={"most": 1, "days": 30})),
    ("contest-undecidable", "act decide_contest", lambda d: granted(d, "decide_contest", roles=["delegate"])),
    ("vote-out-of-reach", "act cast_secret", lambda d: granted(d, "cast_secret", roles=["member"])),
    ("vote-out-of-reach", "act draw_token", lambda d: granted(d, "draw_token", roles=["delegate"])),
    ("vote-out-of-reach", "act cast", lambda d: granted(d, "cast", roles=["delegate"])),
    ("vote-out-of-reach", "act confirm_paper_ballots", lambda d: granted(
        d, "confirm_paper_ballots", roles=["delegate"])),
]  # fmt: skip


@pytest.mark.parametrize(("code", "where", "spoil"), [*BODIES, *DECISIONS, *PROCEDURES, *DEAD_ENDS])
def test_each_finding_is_named_where_it_is(code: str, where: str, spoil: Spoil) -> None:
    found = faults_of(spoil)
    assert any(code == c and where in w for c, w in found), found


def test_delegates_that_only_delegates_could_elect_cannot_be() -> None:
    def spoil(data: Data) -> None:
        granted(data, "seat_delegates", roles=["delegate"])
        for act in ("open_nominations", "close_nominations", "open_election"):
            granted(data, act, roles=["delegate"])

    found = [where for code, where in faults_of(spoil) if code == "act-out-of-reach"]
    assert "statutes, act open_nominations" in found
    assert "statutes, act answer_proposal" in found
    assert "statutes, act open_cycle" in found
    assert "statutes, act adopt" in found
    assert "statutes, act criticise" not in found


def test_elections_alone_bring_about_the_first_delegates() -> None:
    data = default_data()
    granted(data, "seat_delegates", roles=["delegate"], when="between cycles")
    article(data, "4").pop("denies")
    assert Statutes.from_data(data)


def test_every_act_of_the_default_statutes_can_be_reached() -> None:
    assert all(default_statutes().article_on_act(act) for act in ACTS)


THREE = Tree(
    (
        Place("F", "Federation", "federation"),
        Place("C", "City", "city", "F"),
        Place("D", "Dock district", "district", "C"),
        Place("Q", "Quay quarter", "quarter", "D"),
    )
)


def test_default_statutes_have_a_council_at_every_level_between() -> None:
    assert levels_between(THREE) == ("city", "district")
    law = default_statutes(THREE, quotas=True)
    assert list(law.councils) == ["congress", "city", "district"]
    assert law.decisions["city-motion"].council == "city"
    assert dict(law.elections["delegates"].quotas["worker"]) == {"more": "1/2"}
    assert not fitting_faults(law, THREE)
    assert levels_between(TREE) == ("region",)
    assert not fitting_faults(default_statutes(), Tree((Place("F", "F", "federation"),)))


def fitting(tree: Tree, *councils: Data) -> list[str]:
    data = default_data()
    article(data, "3")["councils"] += [{**council(data), **changed} for changed in councils]
    return [fault.code for fault in fitting_faults(Statutes.from_data(data), tree)]


def test_statutes_are_held_to_the_places() -> None:
    assert fitting(TREE, {"council": "r", "level": "region"}) == []
    assert fitting(TREE, {"council": "r", "level": "canton"}) == ["level-unknown"]
    assert fitting(TREE, {"council": "r", "place": "X"}) == ["place-unknown"]
    assert fitting(TREE, {"council": "top", "elected_by": "delegates"}) == ["electors-missing"]
    upward = ({"council": "r", "level": "region"}, {"council": "top", "elected_by": "delegates"})
    assert fitting(TREE, *upward) == []


def test_councils_that_elect_each_other_are_found_in_the_places() -> None:
    one = {"council": "one", "place": "N1", "seated_by": "itself", "elected_by": "delegates"}
    other = {"council": "other", "place": "N1", "seated_by": "places beneath", "elected_by": "delegates"}
    assert fitting(TREE, one, other) == ["elected-in-a-circle", "elected-in-a-circle"]


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = [*value.items()]
    elif isinstance(value, list):
        items = [*enumerate(value)]
    return [path, *(deeper for key, item in items for deeper in _paths(item, (*path, key)))]


PATHS = _paths(default_data(("region",), quotas=True))[1:]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-400, 4000),
    st.floats(allow_nan=False),
    st.sampled_from(["", "0", "1", "1/2", "3/2", "1/0", "lot", "open", "secret", "paper", "delegates", "members"]),
    st.sampled_from(
        ["member", "anyone", "founder", "always", "in a cycle", "itself", "region", "congress", "majority"]
    ),
    st.text(max_size=5),
    st.lists(st.sampled_from(["1", "19", "member", "delegate"]), max_size=3),
    st.dictionaries(st.sampled_from(["least", "more", "most", "threshold", "seats", "by"]), st.text("1/2", max_size=3)),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.booleans(), VALUES), min_size=1, max_size=3))
def test_any_edit_of_good_statutes_is_valid_or_refused_in_words(
    edits: list[tuple[tuple[str | int, ...], bool, Any]],
) -> None:
    data: Any = copy.deepcopy(default_data(("region",), quotas=True))
    for path, remove, value in edits:
        _edit(data, path, remove=remove, value=value)
    law = _read(data)
    if law is not None:
        assert Statutes.from_data(law.to_data()) == law
        assert canonical_json(law.to_data())
        assert isinstance(fitting_faults(law, TREE), list)


def _read(data: Any) -> Statutes | None:
    """Return the statutes, or nothing where they are refused with all that is wrong in words."""
    try:
        return Statutes.from_data(data)
    except BadInput as error:
        silent = [fault for fault in error.faults if not (fault.found and fault.expected and fault.remedy)]
        if silent:
            raise AssertionError(silent) from error
        return None


def _edit(data: Any, path: tuple[str | int, ...], *, remove: bool, value: object) -> None:
    """Change or remove what stands at a path, where an edit before has left it."""
    try:
        for key in path[:-1]:
            data = data[key]
        if remove:
            del data[path[-1]]
        else:
            data[path[-1]] = value
    except (LookupError, TypeError):
        return
