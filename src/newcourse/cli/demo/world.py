"""The world of 2008 in nine blocs that trade with each other; figures are published, people and proposals made up."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from newcourse.cli.demo.drafting import adapted, more
from newcourse.cli.demo.scenario import Current, Draft, Scenario, Wish
from newcourse.economy.economy import Economy
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange

_NAMES: Final = (
    "Aiko", "Amina", "Anna", "Bruno", "Chen", "Diego", "Elena", "Farid", "Grace", "Hugo", "Ines", "Ivan", "Jun", "Kofi",
    "Leila", "Lin", "Maria", "Mei", "Nadia", "Omar", "Petra", "Ravi", "Sana", "Tomas", "Uma", "Vera", "Wen", "Zoe",
)  # fmt: skip

_FACTOR: Final = "employment"


def every_bloc_alike(economy: Economy) -> Mapping[str, float]:
    """Return the same size for every bloc: this is a federation of equals."""
    places = economy["places"]
    return dict.fromkeys(places.loc[places["parent"] != "", "place"], 1.0)


def drafts(economy: Economy) -> tuple[Draft, ...]:
    """Return the proposals, their quantities taken from the economy."""
    poorest = ("IND", "ROW", "LAM")
    return (
        Draft(
            "IND", "Schools and clinics where they are fewest",
            "A child's school should not depend on where it was born.",
            tuple(more(economy, f"{place}.consumption.care", 1.04) for place in poorest), 14,
        ),
        Draft(
            "EUW", "Less work where most is made",
            "Those who make most from an hour can afford to work less, and leave room for others.",
            tuple(_less(economy, place, 0.985) for place in ("NAM", "EUW", "JKT")), 9,
        ),
        Draft(
            "CHN", "Power stations that burn a third less",
            "New boilers cost a tenth more machinery, and save a third of the fuel.",
            (
                adapted(
                    economy, "CHN.energy", "CHN.energy:efficient", "Electricity, gas and water, less burnt, China",
                    {"inputs": {"mining": 0.67, "materials": 0.67, "machinery": 1.1}},
                ),
            ), 8,
        ),
        Draft(
            "IND", "Build India's roads and lines",
            "Without roads and power lines all else comes late.",
            (more(economy, "IND.investment.construction", 1.05), more(economy, "IND.investment.machinery", 1.05)), 7,
        ),
        Draft(
            "ROW", "A store of food and clothing in India",
            "One failed monsoon should not become a famine.",
            (NeedChange("IND.reserves.consumer", minimum=3000.0),), 6,
        ),
    )  # fmt: skip


def _less(economy: Economy, place: str, times: float) -> SupplyChange:
    supply = economy["factor_supply"]
    row = supply[supply["place"] == place].iloc[0]
    return SupplyChange(place, str(row["factor"]), float(f"{times * float(row['quantity']):.6g}"))


CURRENTS: Final = (
    Current(
        "Equal Hours",
        "An hour of work should bring as much everywhere.",
        "Techniques belong to all: whoever has the better one shows it to the others.",
        0.3,
    ),
    Current(
        "Own Pace",
        "Every bloc chooses its own way and speed.",
        "Trade helps, but nobody should depend on one seller.",
        0.3,
    ),
)
"""Made-up tendencies."""

WORLD: Final = Scenario(
    example="world",
    title="Federation of nine blocs",
    begins=datetime(2008, 9, 1, 9, tzinfo=UTC),
    sizes=every_bloc_alike,
    in_proportion_to="every bloc alike",
    members=72,
    at_large=0,
    seats=3,
    pooled=False,
    currents=CURRENTS,
    given_names=_NAMES,
    wishes=(
        Wish("IND.consumption.energy", target=1.1, minimum=1.02),
        Wish("LAM.consumption.transport", target=1.05),
        Wish("RUS.consumption.consumer", target=1.03),
    ),
    drafts=drafts,
    tastes={
        "IND": {"Investment": 1.3, "Energy": 1.3},
        "CHN": {"Investment": 1.2},
        "LAM": {"Education and health": 1.3},
    },
)
"""The demonstration of trade between places: ``newcourse demo --example world``."""
