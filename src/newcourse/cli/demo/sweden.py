"""Sweden 2008: thirty branches of work send delegates; figures are official, people and proposals made up."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import pandas as pd

from newcourse.cli.demo.drafting import adapted, more
from newcourse.cli.demo.scenario import Current, Draft, Scenario, Wish
from newcourse.economy.economy import Economy
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.changes.trade import TradeChange

ROOT: Final = "SE"

_NAMES: Final = (
    "Alva", "Anders", "Birgitta", "Bo", "Cecilia", "Dawit", "Ebba", "Elif", "Erik", "Fatima", "Gunnar", "Hanna",
    "Ingrid", "Ivar", "Jasmin", "Johan", "Karin", "Lars", "Lena", "Maja", "Mikko", "Nils", "Olga", "Per", "Rosa",
    "Sara", "Sven", "Tove", "Ulf", "Yusuf",
)  # fmt: skip

_TASTES: Final = {
    "A": {"Food": 1.5, "Reserves": 2.0},
    "D35": {"Energy": 1.6},
    "F": {"Housing": 1.5, "Investment": 1.2},
    "G": {"Household goods and services": 1.2},
    "H49": {"Transport": 1.5},
    "P": {"Education and research": 1.5},
    "Q86": {"Health": 1.6},
    "Q87": {"Care": 1.6},
    "RST": {"Culture and leisure": 1.5},
    ROOT: {"Care": 1.4, "Housing": 1.2},
}
"""People know best what their own branch lacks."""


def hours_by_branch(economy: Economy) -> Mapping[str, float]:
    """Return the hours worked in the base year by branch."""
    hours = pd.Series(economy.factor_use.toarray()[0] * economy.base_activity)
    return {
        str(place): float(sum_)
        for place, sum_ in hours.groupby(economy["processes"]["place"], sort=False).sum().items()
    }


def drafts(economy: Economy) -> tuple[Draft, ...]:
    """Return the proposals, their quantities taken from the economy."""
    hours, cap = (float(economy[t]["quantity"].iloc[0]) for t in ("factor_supply", "emission_caps"))
    trade = economy["trade"]
    petroleum = float(trade.loc[trade["product"] == "C19", "imports"].iloc[0])
    return (
        Draft(
            "Q86", "More health care and care",
            "Waits are long, and there are more old people every year.",
            (more(economy, "public:Q86", 1.04), more(economy, "public:Q87", 1.04)), 14,
        ),
        Draft(
            "C29", "One hour less a week",
            "Machines save us work every year; let us take a part of what they save as time.",
            (SupplyChange(ROOT, "hours", round(0.975 * hours, 1)),), 11,
        ),
        Draft(
            "H52", "Half an hour more a week, till we catch up",
            "So much is short that a little more work now is worth more than it costs us.",
            (SupplyChange(ROOT, "hours", round(1.0125 * hours, 1)),), 5,
        ),
        Draft(
            "JM", "Three per cent less carbon dioxide",
            "Every year we wait makes the way down steeper.",
            (CapChange(ROOT, "CO2", round(0.97 * cap)),), 12,
        ),
        Draft(
            "D35", "Heat the towns with what industry lets go",
            "Mills and refineries heat the sea. Pipes and pumps cost a tenth more plant, and save half of the fuel.",
            (_waste_heat(economy),), 8,
        ),
        Draft(
            "A", "A tenth less petroleum from abroad",
            "Forest and fields can replace a part of it, and we depend on too few sellers.",
            (TradeChange(ROOT, "C19", import_quota=round(0.9 * petroleum)),), 4,
        ),
        Draft(
            "F", "Build and mend more homes",
            "Homes are what most is lacking of; they stand for fifty years.",
            (more(economy, "investment:F", 1.03),), 9,
        ),
        Draft(
            "A", "Grain and timber in store for a bad year",
            "A harvest that fails should not decide what we eat.",
            (NeedChange("reserves:A", minimum=4000.0),), 3,
        ),
    )  # fmt: skip


def _waste_heat(economy: Economy) -> TechniqueChange:
    plant, fuel = {"machinery:D35": 1.1, "construction:D35": 1.1}, {"B": 0.5, "C19": 0.5}
    return adapted(
        economy, "D35", "D35:waste-heat", "Electricity and heat with waste heat of industry",
        {"inputs": fuel, "emission_use": {"CO2": 0.5}, "stock_use": plant},
    )  # fmt: skip


CURRENTS: Final = (
    Current(
        "Time and Air",
        "Shorter hours and less carbon, even where it costs us goods.",
        "What machines save should become free time, and what we burn should become less every year.",
        0.25,
    ),
    Current(
        "Catch Up",
        "First what is short: homes, care, schools. Work for it now.",
        "A little more work in the next years makes good what was neglected for twenty.",
        0.25,
    ),
    Current(
        "From Below",
        "Every branch decides what it can decide by itself; the congress only what nobody else can.",
        "A plan is as good as the knowledge of those who carry it out. Ask them first.",
        0.15,
    ),
)
"""Made-up tendencies."""

SWEDEN: Final = Scenario(
    example="sweden",
    title="Federation of Sweden's workplaces",
    begins=datetime(2008, 9, 1, 9, tzinfo=UTC),
    sizes=hours_by_branch,
    in_proportion_to="hours worked",
    members=120,
    at_large=8,
    seats=15,
    pooled=True,
    currents=CURRENTS,
    given_names=_NAMES,
    wishes=(
        Wish("households:H49", target=1.03),
        Wish("public:P", target=1.02, minimum=1.02),
        Wish("households:D35", minimum=1.02),
        Wish("public:RST", target=1.05),
    ),
    drafts=drafts,
    tastes=_TASTES,
)
"""The demonstration that ``newcourse demo`` gives unless another is asked for."""
