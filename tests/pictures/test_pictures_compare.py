"""The picture of two plans draws both plans' own numbers, in letters that can be read."""

import pytest

from newcourse.errors import BadInput
from newcourse.pictures.compare import compare, compare_table
from newcourse.pictures.look import NARROW, WIDE
from newcourse.pictures.render import svg
from tests.pictures.reading import letter_sizes, texts
from tests.pictures.small_plan import small_plan


def test_a_line_goes_from_what_was_to_what_will_be() -> None:
    plans = {"now": small_plan(), "longer hours": small_plan(120.0)}
    table = compare_table(plans)
    for part, plan in zip(("before", "after"), plans.values(), strict=True):
        met = plan.fulfilment("group").groupby("group", sort=False)["fulfilment"].mean() * 100
        needs = table[table["part"] == "needs"].set_index("what")[part]
        assert needs.to_dict() == pytest.approx(met.to_dict())
    assert (table["difference"] == table["after"] - table["before"]).all()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_can_be_read_wide_and_narrow(width: int) -> None:
    plans = {"now": small_plan(), "longer hours": small_plan(120.0)}
    drawn = svg(compare(plans, width=width))
    told = " ".join(texts(drawn))
    assert "From now to longer hours" in told
    assert "→" in told
    assert min(letter_sizes(drawn)) >= 11


def test_two_plans_are_needed() -> None:
    with pytest.raises(BadInput, match="plans-number"):
        compare({"now": small_plan()})
