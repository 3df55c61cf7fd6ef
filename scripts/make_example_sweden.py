"""Make ``examples/sweden`` from the workbook of Statistics Sweden.

python scripts/make_example_sweden.py WORKBOOK.xlsx [FOLDER]
"""

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from assumptions import assumptions_from
from newcourse.economy.economy import Economy
from newcourse.economy.identities import activity_for, require_balanced
from newcourse.economy.techniques import Change, vary
from newcourse.sources.concordance import read_concordance
from newcourse.sources.folder import write_folder
from newcourse.sources.readme import readme
from newcourse.sources.supply_use import aggregated, economy_of
from newcourse.sources.sweden import CAPITAL_CONSUMPTION, read_sheet, sheet_faults, supply_use
from newcourse.sources.tidy import listed

HERE = Path(__file__).parent
ASSETS = {
    "construction": ("F", 50),
    "machinery": ("C25", 15),
    "electronics": ("C26", 8),
    "vehicles": ("C29", 10),
    "knowledge": ("JM", 5),
}
ASSET_NAMES = {
    "construction": "Buildings and works",
    "machinery": "Machinery",
    "electronics": "Electronics",
    "vehicles": "Vehicles",
    "knowledge": "Software and research",
}
UTILISATION, DWELLINGS_UTILISATION = 0.9, 1.0
HOURS_MARGIN, CARBON_CAP = 1.02, 0.97
TIERS = {"households": (0.90, 1.10), "associations": (0.90, 1.10), "public": (0.95, 1.10), "investment": (0.95, 1.05)}
PUBLIC_GROUPS = {
    "C20": "Health", "G": "Health", "Q86": "Health", "JM": "Education and research", "P": "Education and research",
    "H49": "Transport", "H50": "Transport", "H52": "Transport", "J58": "Culture and leisure",
    "RST": "Culture and leisure", "Q87": "Care",
}  # fmt: skip
BIOFUEL = Change(
    inputs={"C19": 0.3, "B": 0.3},
    added={"A": 0.04},
    emissions={"CO2": 0.4},
    factors={"hours": 1.1},
    stocks={"C25": 1.1},
)
WIND = Change(inputs={"C19": 0.1, "B": 0.1}, emissions={"CO2": 0.2}, stocks={"C25": 1.8, "C26": 1.5, "F": 1.1})
ELECTRIC = Change(inputs={"C19": 0.3}, added={"D35": 0.018}, emissions={"CO2": 0.3}, stocks={"C29": 1.2})
GOODS_OF_INVESTMENT = ("business investment", "public investment")


def make(workbook: Path) -> Economy:
    """Return the example economy."""
    sheet = read_sheet(workbook, 2008)
    listed(sheet_faults(sheet))
    concordance = read_concordance(HERE / "concordance_sweden.csv")
    tables = supply_use(sheet)
    economy = economy_of(tables, concordance)
    economy = with_margins(economy)
    economy = with_needs(economy)
    economy = with_capital(economy, aggregated(tables, concordance))
    economy = with_branches_as_places(with_techniques(economy))
    assumptions = assumptions_from(HERE / "assumptions_sweden.csv", globals())
    about = replace(
        economy.about,
        title="Sweden 2008",
        description="Sweden in 30 branches with joint production, imports, hours of work, carbon dioxide and capital. "
        "A model for planning: what is official and what is assumed stands row by row in assumptions.csv.",
    )
    return require_balanced(Economy(about, {**economy.tables, "assumptions": assumptions}), 1e-9)


def with_margins(economy: Economy) -> Economy:
    """Return the economy with its margin of hours and its cap on carbon dioxide."""
    supply = economy["factor_supply"]
    carbon = float((economy.emission_use @ economy.base_activity)[0])
    return economy.replace(
        factor_supply=supply.assign(quantity=supply["quantity"] * HOURS_MARGIN),
        emission_caps=pd.DataFrame({"place": ["SE"], "emission": ["CO2"], "quantity": [carbon * CARBON_CAP]}),
    )


def with_needs(economy: Economy) -> Economy:
    """Return the economy with needs in tiers, by who asks and for which group."""
    products = economy["products"].set_index("product")
    who = {**dict.fromkeys(GOODS_OF_INVESTMENT, "investment"), "inventories": "reserves", "valuables": "reserves"}
    uses = economy["final_uses"].replace({"category": who})
    rows = []
    for (category, product), used in uses.groupby(["category", "product"], sort=False)["quantity"].sum().items():
        low, high = TIERS.get(category, (0.0, 1.0))
        group = {
            "investment": "Investment",
            "reserves": "Reserves",
            "public": PUBLIC_GROUPS.get(product, "Administration and safety"),
        }.get(category, products.loc[product, "group"])
        name = f"{category.capitalize()}: {products.loc[product, 'name'].lower()}"
        rows.append((f"{category}:{product}", name, "SE", product, group, used * low, used * high))
    columns = ["need", "name", "place", "product", "group", "minimum", "target"]
    return economy.replace(needs=pd.DataFrame(rows, columns=columns))


def with_capital(economy: Economy, tables) -> Economy:
    """Return the economy with capital by asset and holding industry, from consumption and service lives."""
    consumed = tables.rows.loc[CAPITAL_CONSUMPTION]
    formed = tables.final[list(GOODS_OF_INVESTMENT)].sum(axis=1)
    formed = pd.Series({asset: formed[product] for asset, (product, _) in ASSETS.items()})
    total = formed / formed.sum() * consumed.sum()
    others = total - pd.Series({"construction": consumed["L"]}).reindex(total.index, fill_value=0.0)
    output = economy["processes"].set_index("process")["base"]
    stocks, uses = [], []
    for industry in economy.process_index:
        shares = others / others.sum() if industry != "L" else pd.Series({"construction": 1.0})
        for asset, share in shares.items():
            product, life = ASSETS[asset]
            held = float(consumed[industry] * share * life)
            code, name = f"{asset}:{industry}", f"{ASSET_NAMES[asset]} of {tables.industry_names[industry].lower()}"
            stocks.append((code, name, "SE", product, industry, held, life))
            used = UTILISATION if industry != "L" else DWELLINGS_UTILISATION
            uses.append((industry, code, held * used / output[industry]))
    return economy.replace(
        stocks=pd.DataFrame(stocks, columns=["stock", "name", "place", "product", "holder", "quantity", "life"]),
        stock_use=pd.DataFrame(uses, columns=["process", "stock", "quantity"]),
    )


def with_techniques(economy: Economy) -> Economy:
    """Return the economy with its alternative techniques for energy and land transport."""
    economy = vary(economy, "D35", "D35:biofuel", "Electricity and heat from forest fuel", BIOFUEL)
    economy = vary(economy, "H49", "H49:electric", "Land transport, electric", ELECTRIC)
    economy = vary(economy, "D35", "D35:wind", "Electricity and heat with wind power", WIND)
    stocks, use = economy["stocks"], economy["stock_use"]
    own = stocks[stocks["holder"] == "D35"]
    plants = own.assign(
        stock=own["stock"] + ":wind",
        name=own["name"] + ", wind power",
        holder="D35:wind",
        quantity=own["quantity"] * 0.02,
    )
    wind = use["process"] == "D35:wind"
    use = use.assign(stock=use["stock"].where(~wind, use["stock"] + ":wind"))
    return economy.replace(stocks=pd.concat([stocks, plants], ignore_index=True), stock_use=use)


def with_branches_as_places(economy: Economy) -> Economy:
    """Return the economy in which each branch is a place beneath the federation and runs its own techniques.

    Goods stay the federation's: what a branch makes, every other can use. So orders go to branches.
    """
    processes, places = economy["processes"], economy["places"]
    branch = processes["process"].str.partition(":")[0]
    own = processes[processes["process"] == branch]
    branches = pd.DataFrame({"place": own["process"], "name": own["name"], "level": "enterprise", "parent": "SE"})
    return economy.replace(
        places=pd.concat([places, branches], ignore_index=True), processes=processes.assign(place=branch)
    )


def main() -> None:
    """Write the example."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parent / "examples" / "sweden"
    economy = make(Path(sys.argv[1]))
    deviation = float((activity_for(economy) - economy.base_activity[economy.base_activity > 0]).abs().max())
    write_folder(economy, folder, overwrite=True, extra={"README.md": readme(economy)})
    print(f"{folder}: {len(economy.process_index)} processes, base activity reproduced within {deviation:.2g} MSEK")


if __name__ == "__main__":
    main()
