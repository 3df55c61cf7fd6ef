"""Promises that cannot hold together are named, all of them needed for the contradiction."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Contradiction
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(activity_rate=None)
PRODUCTS, SKILLS = ("bread", "coats", "shoes"), ("baking", "sewing")
MUCH = 1e4


@st.composite
def promises(draw: st.DrawFn) -> Economy:
    """Draw three promised needs and two skills; together they may or may not be kept."""
    part = st.integers(0, 5).map(lambda k: k / 5)
    return economy(
        {
            product: {
                "makes": {product: 1.0},
                "takes": {PRODUCTS[i - 1]: draw(part) / 2},
                "factors": {skill: draw(part) + 0.1 for skill in SKILLS},
            }
            for i, product in enumerate(PRODUCTS)
        },
        {product: {"minimum": draw(st.integers(0, 9)) * 1.0, "target": 10.0} for product in PRODUCTS},
        supply={skill: draw(st.integers(1, 12)) * 1.0 for skill in SKILLS},
    )


def named(error: Contradiction) -> tuple[frozenset[str], frozenset[str]]:
    """Return the products and the skills that a contradiction names."""
    text = "\n".join(fault.where for fault in error.faults)
    needs = frozenset(p for p in PRODUCTS if re.search(rf"guaranteed minimum of .* of need {p} ", text))
    skills = frozenset(s for s in SKILLS if f"{s} available" in text)
    assert len(needs) + len(skills) == len(error.faults)
    return needs, skills


def can_hold(e: Economy, needs: frozenset[str], skills: frozenset[str]) -> bool:
    """Return whether these promises can be kept within the supply of these skills, all others being plentiful."""
    supply = e["factor_supply"]
    plenty = supply.assign(quantity=supply["quantity"].where(supply["factor"].isin(skills), MUCH))
    try:
        make_plan(e.replace(factor_supply=plenty), Goal(guaranteed=needs), FREE)
    except (Contradiction, BadInput):
        return False
    return True


@pytest.mark.slow
@settings(max_examples=20)
@given(promises())
def test_the_named_set_is_minimal(e: Economy) -> None:
    if can_hold(e, frozenset(PRODUCTS), frozenset(SKILLS)):
        return
    with pytest.raises((Contradiction, BadInput)) as caught:
        make_plan(e, Goal(guaranteed=frozenset(PRODUCTS)), FREE)
    if isinstance(caught.value, BadInput):  # a minimum that is beyond every technique by itself
        assert {fault.code for fault in caught.value.faults} == {"minimum-beyond-technique"}
        assert any(not can_hold(e, frozenset({need}), frozenset(SKILLS)) for need in PRODUCTS)
        return
    needs, skills = named(caught.value)
    assert not can_hold(e, needs, skills)
    for need in needs:
        assert can_hold(e, needs - {need}, skills)
    for skill in skills:
        assert can_hold(e, needs, skills - {skill})


def test_a_promise_beyond_the_hours_there_are_names_both() -> None:
    e = economy(
        {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 2.0}}},
        {"bread": {"minimum": 4.0, "target": 4.0}, "toast": {"product": "bread", "minimum": 2.0, "target": 2.0}},
        supply={"hours": 10.0},
    )
    with pytest.raises(Contradiction) as caught:
        make_plan(e, Goal(guaranteed=frozenset({"bread", "toast"})), FREE)
    assert {fault.where for fault in caught.value.faults} == {
        "hours available in place P in 2001",
        "guaranteed minimum of 4 t of need bread for place P",
        "guaranteed minimum of 2 t of need toast for place P",
    }
    assert make_plan(e, limits=FREE)["deliveries"]["quantity"].sum() == pytest.approx(5.0)


def test_a_promise_to_nobody_is_refused() -> None:
    e = economy({"bake": {"makes": {"bread": 1.0}}}, {"bread": {"target": 6.0}})
    with pytest.raises(BadInput, match="need-unknown"):
        make_plan(e, Goal(guaranteed=frozenset({"cake"})), FREE)
