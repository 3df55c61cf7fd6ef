"""Pabulib files: what is read, what is reported, and that nothing else than faults comes of any text."""

import gzip
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.sources.ballots.pabulib import BudgetVote, read_pabulib, write_pabulib

GOOD = """META
key;value
description;A "small" example
budget;100000.50
vote_type;{type}
rule;{rule}
num_projects;3
num_votes;4
PROJECTS
project_id;name;cost;selected
1;"Pool; with a slide";5000;1
2;Path;10000;0
3;Park;85000.0;1
VOTES
voter_id;age;vote{heading}
{votes}"""
VOTES = "17;20;1,2\n4;;1\n5;33;3\n9;81;\n"


def text(votes=VOTES, type="approval", rule="greedy", heading=""):  # noqa: A002 - the word of the form
    return GOOD.format(type=type, rule=rule, votes=votes, heading=heading)


def codes(error):
    return [fault.code for fault in error.value.faults]


def test_a_file_is_read():
    vote = read_pabulib(text())
    assert vote.ballots == (("1", "2"), ("1",), ("3",), ())
    assert (vote.budget, vote.costs["3"], vote.names, vote.selected) == (
        Fraction(200001, 2),
        85000,
        ("1", "2", "3"),
        ("1", "3"),
    )
    assert (vote.meta["description"], vote.projects[0]["name"]) == ('A "small" example', "Pool; with a slide")
    assert (vote.votes.form, vote.votes.total, vote.votes.totals().tolist()) == ("approval", 4, [2, 1, 1])
    assert vote.faults == ()
    assert vote.official() == (
        "budget-greedy",
        {"budget": "100000.50", "costs": {"1": 5000, "2": 10000, "3": 85000}},
    )


def test_semicolons_in_what_is_said_of_the_election_are_kept():
    given_ = text().replace('A "small" example', "Town; north;;;").replace("rule;greedy", 'rule;greedy\nunit;";"')
    vote = read_pabulib(given_)
    assert (vote.meta["description"], vote.meta["unit"]) == ("Town;north", ";")
    assert read_pabulib(write_pabulib(vote)) == vote


def test_who_voted_is_not_kept():
    assert "17" not in repr(read_pabulib(text()))
    assert "81" not in write_pabulib(read_pabulib(text()))


@pytest.mark.parametrize(
    ("type_", "votes", "points", "approvals"),
    [
        ("choose-1", "1;;2\n2;;\n3;;2\n4;;1\n", [1, 2, 0], [1, 2, 0]),
        ("ordinal", "1;;2,1,3\n2;;1\n3;;\n4;;3,1\n", [2 + 3 + 2, 3, 1 + 3], [3, 1, 2]),
    ],
)
def test_votes_without_points(type_, votes, points, approvals):
    vote = read_pabulib(text(votes, type_))
    assert vote.votes.totals().tolist() == points
    assert vote.approvals.totals().tolist() == approvals
    assert vote.faults == ()


@pytest.mark.parametrize("type_", ["cumulative", "scoring"])
def test_votes_with_points(type_):
    vote = read_pabulib(text("1;;2,1;5,0\n2;;3;1\n3;;;\n4;;1,2;1,1\n", type_, heading=";points"))
    assert vote.points == ((5, 0), (1,), (), (1, 1))
    assert (vote.votes.form, vote.votes.totals().tolist()) == ("points", [1, 6, 1])
    assert vote.approvals.totals().tolist() == [1, 2, 1]
    assert vote.official()[0] == "budget-greedy"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("greedy-no-skip", ("budget-greedy", {"beyond": "stop"})),
        ("equalshares/add1", ("budget-equal-shares", {"completion": "add1"})),
        ("equalshares", ("budget-equal-shares", {"completion": "none"})),
    ],
)
def test_official_rules(rule, expected):
    vote = read_pabulib(text(rule=rule))
    assert vote.official() == (expected[0], vote.options() | expected[1])


def test_official_thresholds_and_rules_unknown():
    threshold = text(rule="greedy-threshold").replace("rule;", "min_project_score_threshold;50\nrule;")
    assert read_pabulib(threshold).official()[1]["least"] == 50
    with pytest.raises(BadInput, match="rule-unknown at META, rule"):
        read_pabulib(text(rule="magic")).official()


def test_every_malformed_ballot_is_reported_and_counted_as_far_as_it_can_be_read():
    votes = "1;;1,9\n1;;2,2\n3;;9\n4;;1;extra\n"
    vote = read_pabulib(text(votes))
    assert vote.ballots == (("1",), ("2",), (), ("1",))
    assert [(fault.code, fault.where) for fault in vote.faults] == [
        ("project-unknown", "line 16"),
        ("voter-twice", "line 17"),
        ("project-repeated", "line 17"),
        ("project-unknown", "line 18"),
        ("cells-many", "line 19"),
    ]
    assert vote.votes.total == 4


def test_malformed_points_are_reported():
    votes = "1;;1,2;3\n2;;1,2;-1,4\n3;;1;99999999999\n4;;1,2;1, 2\n"
    vote = read_pabulib(text(votes, "cumulative", heading=";points"))
    assert vote.points == ((3, 0), (4,), (), (1, 2))
    assert [fault.code for fault in vote.faults] == ["points-many", "points-wrong", "points-wrong"]


def test_ballots_too_long_or_short_and_numbers_that_differ_are_reported_and_counted():
    vote = read_pabulib(text("1;;1,2,3\n2;;1\n").replace("rule;", "max_length;2\nmin_length;2\nrule;"))
    assert vote.ballots == (("1", "2", "3"), ("1",))
    assert [fault.code for fault in vote.faults] == ["vote-length", "vote-length", "count-differs"]


def test_a_quotation_mark_that_is_not_closed_is_reported():
    vote = read_pabulib(text('1;;1\n2;"x;2\n3;;1\n'))
    assert "row-broken" in [fault.code for fault in vote.faults]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("META\n", "", "section-missing"),
        ("VOTES\n", "", "section-missing"),
        ("VOTES\n", "META\nVOTES\n", "section-twice"),
        ("budget;100000.50", "budget;much", "budget-wrong"),
        ("budget;100000.50", "budget;1\nbudget;2", "meta-twice"),
        ("vote_type;approval", "vote_type;shouting", "vote-type-wrong"),
        (";5000;", ";free;", "cost-wrong"),
        (";5000;", ";0;", "cost-wrong"),
        ("\n2;Path", "\n1;Path", "project-twice"),
        ("\n2;Path", '\n"2,5";Path', "project-name-wrong"),
        ("project_id;", "id;", "headings-wrong"),
        ("voter_id;age;vote", "voter_id;age;choice", "headings-wrong"),
    ],
)
def test_what_cannot_be_counted_is_refused(old, new, code):
    with pytest.raises(BadInput) as error:
        read_pabulib(text().replace(old, new, 1))
    assert code in codes(error)


def test_all_faults_are_told_at_once():
    with pytest.raises(BadInput) as error:
        read_pabulib(
            text().replace(";5000;", ";;").replace(";10000;", ";-1;").replace("budget;100000.50", "budget;") + "5;;4\n"
        )
    assert codes(error) == [
        "budget-wrong",
        "cost-wrong",
        "cost-wrong",
        "voter-twice",
        "project-unknown",
        "count-differs",
    ]


def test_files_packed_or_not_are_read(tmp_path):
    plain, packed = tmp_path / "a.pb", tmp_path / "a.pb.gz"
    plain.write_bytes(b"\xef\xbb\xbf" + text().replace("\n", "\r\n").encode())
    packed.write_bytes(gzip.compress(text().encode()))
    assert read_pabulib(plain) == read_pabulib(packed) == read_pabulib(text())
    packed.write_bytes(packed.read_bytes()[:60])
    plain.write_bytes(b"META\xff")
    for path in (plain, packed, tmp_path / "none.pb"):
        with pytest.raises(BadInput, match="file-unreadable"):
            read_pabulib(path)


WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=8).map(str.strip)
NAMES = WORDS.map(lambda word: word.replace(",", "")).filter(lambda word: word and word.isprintable())


@st.composite
def budget_votes(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    amounts = st.decimals(min_value="0.01", max_value=10**6, places=2).map(str)
    projects = tuple({"project_id": n, "cost": draw(amounts), "name": draw(WORDS)} for n in names)
    form = draw(st.sampled_from(("approval", "choose-1", "ordinal", "cumulative", "scoring")))
    ballots = tuple(map(tuple, draw(st.lists(st.lists(st.sampled_from(names), unique=True), min_size=1, max_size=4))))
    points = tuple(tuple(draw(st.integers(0, 10**9)) for _ in ballot) for ballot in ballots)
    meta = {"budget": draw(amounts), "vote_type": form, "unit": draw(WORDS)}
    return BudgetVote(meta, projects, ballots, points if form in ("cumulative", "scoring") else ())


@settings(max_examples=60, deadline=None)
@given(budget_votes())
def test_what_is_written_is_read_again(vote):
    again = read_pabulib(write_pabulib(vote))
    assert again == vote
    assert again.votes.total == len(vote.ballots)


LINES = st.sampled_from(
    (*text().splitlines(), *VOTES.splitlines(), "", ";", "META;;", "1;1,1;2,x", '"', "0;\x00;\r", "project_id;cost")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=25).map("\n".join)))
def test_any_text_is_a_vote_or_a_fault(any_text):
    _vote_or_fault(any_text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_spoilt_file_is_a_vote_or_a_fault(data):
    whole = text("1;;1,2;3,4\n2;;3;1\n", data.draw(st.sampled_from(("cumulative", "approval"))), heading=";points")
    at = data.draw(st.integers(0, len(whole)))
    _vote_or_fault(whole[:at] + data.draw(st.text(max_size=5)) + whole[at + data.draw(st.integers(0, 9)) :])


def _vote_or_fault(any_text):
    try:
        vote = read_pabulib(any_text)
    except BadInput:
        return
    assert vote.votes.total == len(vote.ballots)
    assert vote.approvals.total == len(vote.ballots)
    vote.options()
    assert read_pabulib(write_pabulib(vote)) == vote
