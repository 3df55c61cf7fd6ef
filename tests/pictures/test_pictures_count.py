"""The stages of a count: nothing appears or is lost from column to column, and all is told in words."""

import pytest

from newcourse.errors import BadInput
from newcourse.pictures.look import NARROW, WIDE
from newcourse.pictures.picks import picks, picks_table
from newcourse.pictures.render import svg
from newcourse.pictures.stages import NOBODY, stages, stages_table
from newcourse.pictures.tallies import tallies, tallies_table
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.outcome import Outcome
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count

LISTS = [["ann", "bob"], ["bob", "cem"], ["cem"], ["dee", "cem", "ann"], ["eve", "bob"]]


@pytest.fixture(scope="module")
def counted() -> Outcome:
    votes = RankedVotes.of_lists(["ann", "bob", "cem", "dee", "eve"], LISTS, [30, 14, 12, 8, 5])
    return count("scottish-stv", {"seats": 2}, votes)


def test_every_stage_holds_all_votes(counted: Outcome) -> None:
    table = stages_table(counted)
    assert table.groupby("stage")["votes"].sum().tolist() == pytest.approx([69.0] * table["stage"].max())
    assert table.groupby("stage")["received"].sum().tolist() == pytest.approx([0.0] * table["stage"].max())
    last = table[table["stage"] == table["stage"].max()]
    assert list(last.loc[last["status"] == "elected", "candidate"]) == list(counted.result.to_data()["elected"])
    assert list(table["candidate"])[len(counted.candidates)] == NOBODY


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_drawn_with_every_name_or_its_beginning(counted: Outcome, width: int) -> None:
    drawn = svg(stages(counted, width=width))
    assert all(name in drawn for name in counted.candidates)
    assert "Stage 1, first-preferences: ann 30 (elected)." in stages(counted, width=width).to_dict()["description"]


def test_candidates_are_drawn_by_their_names(counted: Outcome) -> None:
    drawn = stages(counted, names={"ann": "Ann Smith"}).to_dict()
    assert "Ann Smith 30 (elected)" in drawn["description"]
    assert "Ann Smith 30" in svg(stages(counted, names={"ann": "Ann Smith"}))
    assert "bob" in drawn["description"], "who has no other name keeps their code"


def test_a_count_without_stages_has_no_such_picture() -> None:
    votes = RankedVotes.of_lists(["ann", "bob"], [["ann"]], [1])
    with pytest.raises(BadInput, match="picture-no-stages"):
        stages_table(count("schulze", {}, votes))


BUDGET = {"budget": 100, "costs": {"park": 60, "pool": 50, "path": 40}}


def budget() -> Outcome:
    lists = [["park", "path"], ["pool"], ["path"]]
    return count("budget-greedy", BUDGET, ApprovalVotes.of_lists(["park", "pool", "path"], lists, [5, 4, 2]))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_projects_of_a_budget(width: int) -> None:
    table = picks_table(budget())
    assert list(table["project"]) == ["path", "park", "pool"]
    assert list(table["spent"].dropna()) == [40.0, 100.0]
    drawn = svg(picks(budget(), width=width))
    assert "100 of 100 spent" in drawn
    assert "7 votes" in drawn


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_each_got(counted: Outcome, width: int) -> None:
    assert "ann 30 (chosen, number 1)" in tallies(counted, width=width).to_dict()["description"]
    votes = ApprovalVotes.of_lists(["ann", "bob"], [["ann"], ["bob", "ann"]], [1, 2])
    approved = count("approval", {"seats": 1}, votes)
    assert list(tallies_table(approved)["votes"]) == [3.0, 2.0]
    with pytest.raises(BadInput, match="picture-no-picks"):
        picks_table(approved)
