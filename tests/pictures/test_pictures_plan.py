"""Pictures of a plan draw the plan's own numbers, in letters that can be read, without anything from outside."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.pictures.bottlenecks import bottleneck_table, bottlenecks
from newcourse.pictures.flow_table import EXPORTS, FROM_STORES, IMPORTS, LEFT, STORED, USED, flow_table
from newcourse.pictures.flows import branch_flows, flows
from newcourse.pictures.fulfilment import BELOW, BETWEEN, MET, fulfilment, fulfilment_table
from newcourse.pictures.look import AT_NIGHT, NARROW, WIDE, Picture
from newcourse.pictures.places import places, places_table
from newcourse.pictures.render import png, svg
from newcourse.pictures.years import years, years_table
from newcourse.plan.plan import Plan
from tests.pictures.reading import letter_sizes, table_with, texts
from tests.pictures.small_plan import small_plan

DRAW: list[Callable[..., Picture]] = [fulfilment, places, bottlenecks, years, flows]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return small_plan()


def test_bars_show_the_fulfilment_of_the_plan(plan: Plan) -> None:
    drawn = table_with(fulfilment(plan), "group", "fulfilment", "minimum")
    told = plan.fulfilment("group").set_index(["group", "period"])["fulfilment"]
    assert len(drawn) == len(told)
    for row in drawn.itertuples():
        assert row.fulfilment == pytest.approx(told[row.group, row.period])
        assert row.words == f"{100 * row.fulfilment:.1f} %"
    assert set(drawn.loc[drawn["group"] == "Food", "minimum"]) == {25 / 80}
    assert set(drawn.loc[drawn["group"] == "Travel", "minimum"]) == {5 / 40}


def test_the_group_that_lacks_most_comes_first(plan: Plan) -> None:
    means = fulfilment_table(plan).groupby("group", sort=False)["fulfilment"].mean()
    assert means.is_monotonic_increasing


def test_a_state_says_where_a_bar_ends(plan: Plan) -> None:
    for row in fulfilment_table(plan).itertuples():
        assert row.state == (MET if row.fulfilment >= 0.9995 else BETWEEN if row.fulfilment >= row.minimum else BELOW)


def test_cells_show_each_place_and_group_once(plan: Plan) -> None:
    drawn = table_with(places(plan), "place", "fulfilment")
    needs = plan.needs[plan.needs["period"] == plan.periods[0]]
    assert len(drawn) == len(needs.groupby(["place", "group"])) == len(places_table(plan))
    for row in drawn.itertuples():
        own = needs[(needs["place"] == row.place) & (needs["group"] == row.group)]
        assert row.fulfilment == pytest.approx(own["delivered value"].sum() / own["asked value"].sum())


def test_small_wants_are_not_drawn_as_dark_as_large_ones() -> None:
    rich = small_plan(hours=1000.0)
    drawn = table_with(places(rich), "place", "shade")
    assert drawn.loc[drawn["fulfilment"] > 0.9999, "shade"].min() == pytest.approx(1.0)


def test_limits_are_drawn_by_their_worth(plan: Plan) -> None:
    table = bottleneck_table(plan)
    assert table["worth"].is_monotonic_decreasing
    assert table["worth"].tolist() == (table["valuation"] * table["used"].abs()).tolist()
    drawn = table_with(bottlenecks(plan, most=2), "worth", "valuation")
    assert drawn["worth"].tolist() == table["worth"].head(2).tolist()
    assert f"The 2 dearest of {len(table)} limits" in " ".join(texts(svg(bottlenecks(plan, most=2))))


def test_a_plan_without_limits_reached_says_so(plan: Plan) -> None:
    free = Plan(plan.economy, plan.goal, plan.limits, {**plan.tables, "limits_met": plan["limits_met"].head(0)}, ())
    assert "No limit is reached." in texts(svg(bottlenecks(free)))


def test_columns_show_totals_beside_the_base_year(plan: Plan) -> None:
    table = years_table(plan)
    totals = plan.totals()
    assert len(table) == len(totals) + totals["measure"].nunique()
    for row in totals.itertuples():
        mine = table[table["measure"] == row.measure].set_index("period")["quantity"]
        assert mine[row.period] == pytest.approx(row.quantity)
        assert mine[plan.economy.about.year] == pytest.approx(row.base)


def test_of_every_product_as_much_comes_as_goes(plan: Plan) -> None:
    for period in plan.periods:
        table = flow_table(plan, period)
        sides = table.pivot_table(index="product", columns="side", values="value", aggfunc="sum")
        assert sides["from"].to_numpy() == pytest.approx(sides["for"].to_numpy())
        assert (table["value"] > 0).all()


def test_flows_are_the_quantities_of_the_plan_at_base_year_prices(plan: Plan) -> None:
    first = plan.periods[0]
    value = flow_table(plan, first).set_index(["product", "node"])["value"]
    activity = plan["activity"][plan["activity"]["period"] == first].set_index("process")["quantity"]
    imports = plan["imports"][plan["imports"]["period"] == first].set_index("product")["quantity"]
    assert value["bread", "Made in place N"] == pytest.approx(2.0 * activity["bake"])
    assert value["flour", FROM_STORES] == pytest.approx(6.0)
    assert value["salt", IMPORTS] == pytest.approx(0.5 * imports["salt"])
    assert value["flour", USED] == pytest.approx(0.8 * activity["bake"])
    food = plan.needs[(plan.needs["group"] == "Food") & (plan.needs["period"] == first)]
    assert value["bread", "Food"] == pytest.approx(food["delivered value"].sum())


def test_inputs_of_a_lead_are_taken_before_the_output(plan: Plan) -> None:
    first, second = plan.periods
    later = plan["activity"][plan["activity"]["period"] == second].set_index("process")["quantity"]
    steel = flow_table(plan, first).set_index(["product", "node"])["value"]
    assert steel["steel", USED] == pytest.approx(3.0 * 0.5 * later["build"])


def test_a_plan_that_uses_more_than_there_is_is_not_drawn(plan: Plan) -> None:
    activity = plan["activity"].assign(
        quantity=plan["activity"]["quantity"].where(plan["activity"]["process"] != "melt", 0)
    )
    broken = Plan(plan.economy, plan.goal, plan.limits, {**plan.tables, "activity": activity}, plan.proofs)
    with pytest.raises(BadInput, match="flows-unbalanced at flows of steel"):
        flows(broken)


def test_branches_receive_what_they_give(plan: Plan) -> None:
    table = branch_flows(plan)
    for branch in ("Food", "Metal", "Mines"):
        entering = table.loc[(table["target"] == branch) & table["source"].str.contains("Made|Imports|stores")]
        leaving = table.loc[(table["source"] == branch)]
        assert entering["value"].sum() == pytest.approx(leaving["value"].sum())


def test_small_flows_are_put_together_and_counted(plan: Plan) -> None:
    whole, few = branch_flows(plan), branch_flows(plan, most=2)
    assert {"2 other branches"} <= set(few["target"])
    ends = [EXPORTS, STORED, LEFT, USED, "Food", "Travel"]
    assert few["value"].sum() == pytest.approx(whole["value"].sum())
    assert len(set(few["target"]) & set(ends)) <= 1


def test_the_diagram_draws_every_flow(plan: Plan) -> None:
    table = branch_flows(plan)
    drawn = table_with(flows(plan), "band", "top", "bottom")
    widths = (drawn["bottom"] - drawn["top"]).groupby(drawn["band"]).first()
    assert len(widths) == len(table)
    assert (widths.sort_values() / widths.sum()).tolist() == pytest.approx(
        (table["value"].sort_values() / table["value"].sum()).tolist()
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("draw", DRAW, ids=lambda draw: draw.__name__)
def test_every_picture_can_be_read(plan: Plan, draw: Callable[..., Picture], width: int) -> None:
    drawn = svg(draw(plan, width=width))
    assert min(letter_sizes(drawn)) >= 11
    size = re.search(r'width="([0-9.]+)"', drawn)
    assert size is not None
    assert float(size[1]) <= width + 40
    title, described = re.search(r"<title>(.+?)</title><desc>(.+?)</desc>", drawn, re.DOTALL).groups()  # type: ignore[union-attr]
    assert title
    assert described.startswith(title)
    assert re.search("[0-9]", described)


@pytest.mark.parametrize("draw", DRAW, ids=lambda draw: draw.__name__)
def test_every_picture_stands_alone(plan: Plan, draw: Callable[..., Picture]) -> None:
    drawn = svg(draw(plan))
    assert not re.search(r"<style|<script|<foreignObject|<image|\son[a-z]+=|\sstyle=|url\(|@import", drawn)
    outside = set(re.findall(r"https?://[^\"'\s]+", drawn))
    assert outside <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize("draw", DRAW, ids=lambda draw: draw.__name__)
def test_no_day_colour_is_left_at_night(plan: Plan, draw: Callable[..., Picture]) -> None:
    picture = draw(plan)
    by_day, by_night = svg(picture), svg(picture, night=True)
    assert [colour for colour in AT_NIGHT if colour in by_night] == []
    assert [colour for colour in AT_NIGHT if colour in by_day]
    assert texts(by_day) == texts(by_night)


def test_a_name_with_signs_of_markup_is_only_a_name(plan: Plan) -> None:
    bad = "<script>alert(1)</script> & \"quotes'"
    needs = plan.economy["needs"].assign(group=[bad, bad, "Travel"])
    economy = plan.economy.replace(needs=needs)
    drawn = svg(fulfilment(Plan(economy, plan.goal, plan.limits, plan.tables, plan.proofs)))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_picture_can_be_kept_as_png(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "years.png"
    png(years(plan), path, scale=1.0)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_numbers_of_a_picture_come_as_a_table(plan: Plan) -> None:
    for table in (fulfilment_table(plan), places_table(plan), bottleneck_table(plan), years_table(plan)):
        assert isinstance(table, pd.DataFrame)
        assert len(table)
