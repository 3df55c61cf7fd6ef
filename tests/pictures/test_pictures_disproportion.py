"""Pictures of disproportion and of capacity: the numbers they draw are those measured."""

import pytest

from newcourse.pictures.capacity import capacity, capacity_by_product
from newcourse.pictures.disproportion import disproportion, growth_table
from newcourse.pictures.render import svg
from newcourse.plan.disproportion import measure_disproportion
from newcourse.plan.disproportion_words import signed
from tests.pictures.small_plan import small_plan
from tests.plan.test_disproportion import two_departments


@pytest.mark.parametrize("width", [300, 880])
def test_every_bar_has_its_value(width: int) -> None:
    plan = two_departments()
    table = growth_table(measure_disproportion(plan))
    drawn = svg(disproportion(plan, width=width))
    assert all(signed(value) in drawn for value in table["growth"])
    assert table["growth"].is_monotonic_decreasing


def test_few_of_many() -> None:
    told = disproportion(small_plan(), most=1).to_dict()["description"]
    assert "1 fastest and the 1 slowest of" in told


def test_capacity_adds_up_over_stocks() -> None:
    plan = two_departments()
    found = measure_disproportion(plan)
    table = capacity_by_product(found.capacity, {"machine": "machine"})
    assert table["value"].tolist() == pytest.approx(found.capacity["value"].tolist())
    assert table["part"].tolist() == pytest.approx(found.capacity["part"].tolist())
    assert "stocks overloaded" in svg(capacity(plan))
