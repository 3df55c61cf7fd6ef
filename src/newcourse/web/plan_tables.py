"""The tables of the page of a plan: the numbers behind each picture, and what has no picture."""

from typing import Final

import pandas as pd

from newcourse.pictures.bottlenecks import bottleneck_table
from newcourse.pictures.flows import branch_flows
from newcourse.pictures.fulfilment import fulfilment_table
from newcourse.pictures.places import places_table
from newcourse.pictures.years import years_table
from newcourse.plan.goal import neutral_weights
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.web.table import Columns, Table, frame_table
from newcourse.web.text import sentence

MISSED: Final = 12
"""How many shortfalls the page lists; the page on why they are missed has all."""


def fulfilment(made: Plan) -> Table:
    """Return how far needs are met, by group and year."""
    currency = made.economy.about.currency
    columns: Columns = {
        "group": ("group of needs", "text"),
        "period": ("year", "text"),
        "asked": (f"asked for, {currency}", "number"),
        "delivered": (f"delivered, {currency}", "number"),
        "minimum": ("minimum", "percent"),
        "fulfilment": ("met", "percent"),
        "state": ("which is", "text"),
    }
    return frame_table("How far needs are met, by group and year", fulfilment_table(made), columns)


def places(made: Plan) -> Table:
    """Return how far the needs of each place and group are met in the first year."""
    columns: Columns = {
        "name": ("place", "text"),
        "group": ("group of needs", "text"),
        "asked": ("asked for", "number"),
        "delivered": ("delivered", "number"),
        "fulfilment": ("met", "percent"),
    }
    caption = f"How far needs are met, by place and group, in {made.periods[0]}"
    return frame_table(caption, places_table(made), columns)


def flows(made: Plan, year: int) -> Table:
    """Return the flows of one year, largest first."""
    numbers = branch_flows(made, year).sort_values("value", ascending=False, kind="stable")
    columns: Columns = {
        "source": ("from", "text"),
        "target": ("to", "text"),
        "value": (made.economy.about.currency, "number"),
    }
    return frame_table(f"Flows in {year}, largest first", numbers, columns)


def years(made: Plan) -> Table:
    """Return what the plan brings and takes, beside the base year."""
    numbers = years_table(made)
    numbers["measure"] = [sentence(str(measure)) for measure in numbers["measure"]]
    numbers["how"] = ["planned" if planned else "base year" for planned in numbers["planned"]]
    columns: Columns = {
        "measure": ("measure", "text"),
        "unit": ("unit", "text"),
        "period": ("year", "text"),
        "how": ("which is", "text"),
        "quantity": ("quantity", "number"),
    }
    return frame_table("What the plan brings and takes, year by year", numbers, columns)


def limits(made: Plan) -> Table:
    """Return every limit that is reached, dearest first."""
    currency = made.economy.about.currency
    columns: Columns = {
        "words": ("limit", "text"),
        "unit": ("unit", "text"),
        "limit": ("stands at", "number"),
        "valuation": (f"one more unit would bring, {currency}", "number"),
        "worth": (f"worth, {currency}", "number"),
    }
    return frame_table("Every limit that is reached, dearest first", bottleneck_table(made), columns)


def missed(made: Plan) -> Table:
    """Return the largest shortfalls in value."""
    needs = made.needs
    lack = (needs["asked value"] - needs["delivered value"]).sort_values(ascending=False, kind="stable")
    rows = needs.loc[lack[lack > 0].index[:MISSED]].copy()
    names = Names(made.economy)
    rows["place"] = [names.place(str(code)) for code in rows["place"]]
    rows["met"] = rows["delivered"] / rows["target"]
    columns: Columns = {
        "name": ("need", "text"),
        "place": ("place", "text"),
        "period": ("year", "text"),
        "unit": ("unit", "text"),
        "delivered": ("delivered", "number"),
        "target": ("asked for", "number"),
        "met": ("met", "percent"),
    }
    return frame_table("The largest shortfalls in value", rows, columns)


def weights(made: Plan) -> Table:
    """Return the voted weights beside the shares with which each unit of money counts alike."""
    neutral = neutral_weights(made.economy)
    voted = dict(made.goal.weights) or neutral
    rows = pd.DataFrame(
        {"group": list(neutral), "voted": [voted[g] for g in neutral], "neutral": list(neutral.values())}
    )
    rows = rows.sort_values("voted", ascending=False, kind="stable")
    columns: Columns = {
        "group": ("group of needs", "text"),
        "voted": ("voted weight", "percent"),
        "neutral": ("share in the value of what is asked for", "percent"),
    }
    return frame_table("What the votes weigh", rows, columns)


def valuations(made: Plan) -> Table:
    """Return what one more unit of each product would be worth."""
    names = Names(made.economy)
    rows = made["valuations"].copy()
    rows["unit"] = [names.unit("product", str(code)) for code in rows["product"]]
    rows["product"] = [names.product(str(code)) for code in rows["product"]]
    rows["place"] = [names.place(str(code)) for code in rows["place"]]
    columns: Columns = {
        "product": ("product", "text"),
        "place": ("place", "text"),
        "period": ("year", "text"),
        "unit": ("unit", "text"),
        "valuation": (f"one more unit is worth, {made.economy.about.currency}", "number"),
    }
    return frame_table("What one more unit of each product would be worth to the goal", rows, columns)
