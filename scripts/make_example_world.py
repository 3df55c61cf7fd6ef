"""Make ``examples/world`` from the world table of 2008.

python scripts/make_example_world.py FOLDER_WITH_PARQUET [FOLDER]
"""

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from assumptions import assumptions_from
from employment import people_at_work
from newcourse.economy.economy import Economy
from newcourse.economy.identities import activity_for, require_balanced
from newcourse.economy.techniques import with_borrowed_techniques
from newcourse.sources.concordance import read_concordance
from newcourse.sources.folder import write_folder
from newcourse.sources.mrio import interregional_economy
from newcourse.sources.readme import readme
from newcourse.sources.wiod import wiod_table

HERE = Path(__file__).parent
PEOPLE = ("employment", "People at work", "Mperson")
MARGIN, COST, TECHNIQUES = 1.02, 0.05, 2
TIERS = {"consumption": (0.90, 1.10), "investment": (0.90, 1.05), "reserves": (0.0, 1.0)}
KINDS = {
    "households": "consumption",
    "npish": "consumption",
    "government": "consumption",
    "gfcf": "investment",
    "inventories": "reserves",
}


def make(folder: Path) -> Economy:
    """Return the example economy."""
    table = wiod_table(folder, 2008)
    table = replace(table, factors={PEOPLE: people_at_work(HERE / "employment_2008.csv", table)})
    economy = only_people(interregional_economy(table, read_concordance(HERE / "concordance_world.csv")))
    supply = economy["factor_supply"]
    economy = economy.replace(
        factor_supply=supply.assign(quantity=supply["quantity"] * MARGIN),
        processes=economy["processes"].assign(name=process_names(economy)),
        needs=needs_of(economy),
    )
    economy = with_borrowed_techniques(economy, COST, TECHNIQUES)
    about = replace(
        economy.about,
        name="world-2008",
        title="The world in nine blocs, 2008",
        description="Nine blocs and twelve branches with trade between blocs, and techniques that blocs may take over "
        "from each other. A model for planning: what is official and what is assumed stands row by row in "
        "assumptions.csv.",
    )
    assumptions = assumptions_from(HERE / "assumptions_world.csv", globals())
    return require_balanced(Economy(about, {**economy.tables, "assumptions": assumptions}), 1e-9)


def only_people(economy: Economy) -> Economy:
    """Return the economy without value added, which is money and not limited by anything physical."""
    names = ("factors", "factor_use", "factor_supply")
    return economy.replace(**{name: economy[name][economy[name]["factor"] == PEOPLE[0]] for name in names})


def process_names(economy: Economy) -> list[str]:
    """Return a name in words for every process: branch and bloc."""
    products, places = (economy[f"{kind}s"].set_index(kind)["name"] for kind in ("product", "place"))
    made = economy["outputs"].set_index("process")["product"]
    table = economy["processes"]
    return [f"{products[made[p]]}, {places[place]}" for p, place in zip(table["process"], table["place"], strict=True)]


def needs_of(economy: Economy) -> pd.DataFrame:
    """Return needs in tiers by bloc, kind and product."""
    products, places = (economy[f"{kind}s"].set_index(kind) for kind in ("product", "place"))
    uses = economy["final_uses"].assign(kind=economy["final_uses"]["category"].map(KINDS))
    rows = []
    for (place, kind, product), used in (
        uses.groupby(["place", "kind", "product"], sort=False)["quantity"].sum().items()
    ):
        low, high = TIERS[kind]
        group = products.loc[product, "group"] if kind == "consumption" else kind.capitalize()
        name = f"{places.loc[place, 'name']}, {kind}: {products.loc[product, 'name'].lower()}"
        rows.append((f"{place}.{kind}.{product}", name, place, product, group, used * low, used * high))
    return pd.DataFrame(rows, columns=["need", "name", "place", "product", "group", "minimum", "target"])


def main() -> None:
    """Write the example."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parent / "examples" / "world"
    economy = make(Path(sys.argv[1]))
    deviation = float((activity_for(economy) - economy.base_activity[economy.base_activity > 0]).abs().max())
    write_folder(economy, folder, overwrite=True, extra={"README.md": readme(economy)})
    print(f"{folder}: {len(economy.process_index)} processes, base activity reproduced within {deviation:.2g} MUSD")


if __name__ == "__main__":
    main()
