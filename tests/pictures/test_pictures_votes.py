"""Pictures of votes and variants draw what was counted."""

import pytest

from newcourse.errors import BadInput
from newcourse.pictures.look import NARROW, WIDE
from newcourse.pictures.render import svg
from newcourse.pictures.variants import variants, variants_table
from newcourse.pictures.vote_matrix import vote_matrix, vote_matrix_table
from newcourse.pictures.weights import weights, weights_table
from newcourse.vote.ballot import AllocationBallot, RankedBallot
from newcourse.vote.outcome import Outcome
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from tests.pictures.reading import letter_sizes, table_with, texts
from tests.pictures.small_plan import small_plan


@pytest.fixture(scope="module")
def ranked() -> Outcome:
    ballots = [RankedBallot.of("a", "b", "c")] * 4 + [RankedBallot.of("b", "c", "a")] * 3 + [RankedBallot.of("c")] * 2
    return count("schulze", {}, Profile.of("ranked", ["a", "b", "c"], ballots))


@pytest.fixture(scope="module")
def divided() -> Outcome:
    ballots = [AllocationBallot({"food": 70, "buses": 30}), AllocationBallot({"food": 20, "buses": 80})]
    return count("mean-allocation", {}, Profile.of("allocation", ["food", "buses"], ballots))


def test_the_matrix_has_every_pair_with_its_votes(ranked: Outcome) -> None:
    table = vote_matrix_table(ranked).set_index(["candidate", "other"])
    assert table["votes"].to_dict() == {
        ("a", "b"): 4, ("a", "c"): 4, ("b", "a"): 3, ("b", "c"): 7, ("c", "a"): 5, ("c", "b"): 2,
    }  # fmt: skip
    drawn = table_with(vote_matrix(ranked), "votes", "wins")
    assert set(drawn.loc[drawn["wins"], "words"]) == {"▲ 4", "▲ 7", "▲ 5"}


def test_candidates_are_called_by_their_names_in_the_order_of_the_result(ranked: Outcome) -> None:
    drawn = table_with(vote_matrix(ranked, names={"a": "Needs first"}), "votes", "wins")
    from_above = list(drawn.groupby("candidate")["y"].min().sort_values().index)
    assert from_above == ranked.result.to_data()["ranking"]
    assert "Needs first" in texts(svg(vote_matrix(ranked, names={"a": "Needs first"})))


def test_an_outcome_without_pairs_has_no_matrix(divided: Outcome) -> None:
    with pytest.raises(BadInput, match="picture-no-pairs"):
        vote_matrix(divided)


def test_bars_show_the_shares_largest_first(divided: Outcome) -> None:
    table = weights_table(divided, {"food": 0.5})
    assert table["part"].tolist() == ["buses", "food"]
    assert table["share"].tolist() == [0.55, 0.45]
    assert table["exact"].tolist() == ["11/20", "9/20"]
    assert table["before"].tolist()[1] == 0.5
    drawn = table_with(weights(divided, before={"food": 0.5}), "part", "share")
    assert drawn["share"].tolist() == [0.55, 0.45]


def test_an_outcome_that_divides_nothing_has_no_weights(ranked: Outcome) -> None:
    with pytest.raises(BadInput, match="result-missing"):
        weights(ranked)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_votes_can_be_read(ranked: Outcome, divided: Outcome, width: int) -> None:
    for picture in (vote_matrix(ranked, width=width), weights(divided, width=width)):
        assert min(letter_sizes(svg(picture))) >= 11


def test_variants_show_the_mean_of_each_plan() -> None:
    plans = {"Longer days": small_plan(110.0), "Shorter days": small_plan(90.0)}
    table = variants_table(plans)
    for title, plan in plans.items():
        mine = table[(table["variant"] == title) & (table["part"] == "needs")].set_index("what")["value"]
        means = 100 * plan.fulfilment("group").groupby("group")["fulfilment"].mean()
        assert mine.to_dict() == pytest.approx(means.to_dict())
    drawn = svg(variants(plans))
    assert {"Longer days", "Shorter days", "Food", "Travel"} <= set(texts(drawn))
    for value in table.loc[table["part"] == "needs", "value"]:
        assert f"{value:.1f}" in texts(drawn)


@pytest.mark.parametrize("number", [0, 7])
def test_more_variants_than_can_be_told_apart_are_refused(number: int) -> None:
    with pytest.raises(BadInput, match="variants-number"):
        variants({str(i): small_plan() for i in range(number)})
