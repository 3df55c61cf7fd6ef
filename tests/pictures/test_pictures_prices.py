"""The picture of price over cost says what the rounds found."""

import pytest

from newcourse.pictures.look import NARROW, WIDE
from newcourse.pictures.prices import prices, prices_table, rounds_table
from newcourse.pictures.render import svg
from newcourse.plan.market.rounds import Path
from newcourse.plan.market.shops import CAREFUL, check_by_demand
from newcourse.plan.plan import Plan
from tests.plan.test_steering import plan as village_plan


@pytest.fixture(scope="module")
def sold() -> tuple[Plan, Path]:
    made = village_plan()
    return made, check_by_demand(made, CAREFUL)


def test_the_tables_hold_every_need_and_every_round(sold: tuple[Plan, Path]) -> None:
    made, path = sold
    table = prices_table(made, path)
    assert set(table["need"]) == {"households:bread", "households:cloth"}
    by_need = table.set_index("need")
    assert by_need.loc[list(path.products), "last ratio"].tolist() == path.rounds[-1].ratios.tolist()
    assert rounds_table(path)["gap"].tolist() == [one.gap for one in path.rounds]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_drawn_in_both_widths_and_told_in_words(sold: tuple[Plan, Path], width: int) -> None:
    made, path = sold
    drawn = prices(made, found=path, width=width)
    told = str(drawn.to_dict()["description"])
    assert path.words() in told
    assert "need households:bread".capitalize() in told
    assert "<svg" in svg(drawn)
