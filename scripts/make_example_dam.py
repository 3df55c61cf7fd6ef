"""Make ``examples/dam`` from ``examples/sweden``: seven branches, and a dam with its grid that may be built.

python scripts/make_example_dam.py SWEDEN_FOLDER [FOLDER]
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from assumptions import assumptions_from
from newcourse.economy.economy import Economy
from newcourse.economy.identities import require_balanced
from newcourse.economy.schema import TABLES
from newcourse.sources.folder import read_folder, write_folder
from newcourse.sources.readme import readme

HERE = Path(__file__).parent
BRANCHES = {
    "PRI": ("Farming, forestry and mining", ("A", "B"), True),
    "IND": ("Industry", ("C",), True),
    "ENE": ("Electricity, gas and heat", ("D",), False),
    "CON": ("Construction", ("F",), False),
    "TRA": ("Trade and transport", ("G", "H"), False),
    "SER": ("Other services", ("E", "I", "J", "K", "L", "M"), False),
    "PUB": ("Public services and culture", ("O", "P", "Q", "R"), False),
}
CAP, FALL = 0.97, 0.02
POWER, CAPITAL, KRONOR, GRID = 1000, 1900, 7.2, 0.30
SCHEDULE = "10 %, 30 %, 40 % and 20 %"
PARTS = (0.10, 0.30, 0.40, 0.20)
SPLIT = "60 % of it construction, 30 % industry and 10 % other services"
SPLIT_PARTS = {"CON": 0.6, "IND": 0.3, "SER": 0.1}
HOURS, STAFF = 2.0, 0.5
FULL, PRICE, LIFE, REPAIR = 4380, 0.50, 50, 0.02
COST = POWER * CAPITAL * KRONOR / 1e3
"""Of the plant, in MSEK."""
ENERGY = POWER * FULL / 1e3
"""What the plant can give in a year, in GWh."""
YEARLY = ENERGY * PRICE
"""What the plant makes in a year, in MSEK."""


def branch_of(code: str) -> str:
    """Return the branch of a product or an industry of the example sweden."""
    return next(branch for branch, (_, letters, _) in BRANCHES.items() if code.startswith(letters))


def make(folder: Path) -> Economy:
    """Return the example economy."""
    sweden = read_folder(folder)
    run = sweden["processes"][sweden["processes"]["base"] > 0]
    tables = {**flows(sweden, run), **wants(sweden), **capital(sweden, run)}
    economy = Economy(
        replace(
            sweden.about,
            name="dam",
            title="A dam in Sweden 2008",
            description="Sweden in seven branches, a cap on carbon dioxide that falls, and a dam with its grid that "
            "takes four years to build: a worked example of a project. What is official, from the literature and "
            "assumed stands row by row in assumptions.csv.",
            source=f"{sweden.about.source}; the dam: see assumptions.csv",
        ),
        tables,
    )
    return require_balanced(with_dam(economy), 1e-9)


def flows(sweden: Economy, run: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return branches, what they make, use, give off and how much work there is."""
    base = run.set_index("process")["base"]
    total = base.groupby(base.index.map(branch_of)).sum().reindex(list(BRANCHES))

    def added(name: str, keys: list[str]) -> pd.DataFrame:
        rows = sweden[name]
        rows = rows[rows["process"].isin(base.index)].copy()
        rows["quantity"] *= rows["process"].map(base)
        rows["process"] = rows["process"].map(branch_of)
        for column in ("place", "product"):
            if column in rows:
                rows[column] = "SE" if column == "place" else rows[column].map(branch_of)
        summed = rows.groupby(["process", *keys], sort=False)["quantity"].sum().reset_index()
        return summed.assign(quantity=summed["quantity"] / summed["process"].map(total))

    names = [name for name, *_ in BRANCHES.values()]
    caps = sweden["emission_caps"].assign(
        quantity=float((sweden.emission_use @ sweden.base_activity)[0]) * CAP, growth=-FALL
    )
    return {
        "places": sweden["places"][sweden["places"]["place"] == "SE"],
        "products": pd.DataFrame(
            {
                "product": list(BRANCHES),
                "name": names,
                "unit": "MSEK",
                "branch": names,
                "price": 1.0,
                "storable": [storable for *_, storable in BRANCHES.values()],
            }
        ),
        "processes": pd.DataFrame(
            {"process": list(BRANCHES), "name": names, "place": "SE", "unit": "MSEK", "base": total.to_numpy()}
        ),
        "outputs": added("outputs", ["place", "product"]),
        "inputs": added("inputs", ["place", "product"]),
        "factors": sweden["factors"],
        "factor_use": added("factor_use", ["factor"]),
        "factor_supply": sweden["factor_supply"],
        "emissions": sweden["emissions"],
        "emission_use": added("emission_use", ["emission"]),
        "emission_caps": caps,
    }


def wants(sweden: Economy) -> dict[str, pd.DataFrame]:
    """Return needs by who asks and branch, final use, stores, trade and means of payment."""
    names = {branch: name for branch, (name, *_) in BRANCHES.items()}
    needs = sweden["needs"].copy()
    who = needs["need"].str.partition(":")[0]
    needs["product"] = needs["product"].map(branch_of)
    needs["need"] = who + ":" + needs["product"]
    needs["group"] = np.where(who == "investment", "Investment", np.where(who == "reserves", "Reserves", ""))
    needs.loc[needs["group"] == "", "group"] = who.str.capitalize()
    needs["name"] = who.str.capitalize() + ": " + needs["product"].map(names).str.lower()
    keys = ["need", "name", "place", "product", "group"]
    tables = {"needs": needs.groupby(keys, sort=False)[["minimum", "target"]].sum().reset_index()}
    for name, extra in (("final_uses", ["category"]), ("stores", [])):
        rows = sweden[name].assign(product=sweden[name]["product"].map(branch_of))
        tables[name] = rows.groupby([*extra, "place", "product"], sort=False)["quantity"].sum().reset_index()
    trade = sweden["trade"].assign(product=sweden["trade"]["product"].map(branch_of))
    tables["trade"] = trade.groupby(["place", "product"], sort=False)[["imports", "exports"]].sum().reset_index()
    return {**tables, "accounts": sweden["accounts"]}


def capital(sweden: Economy, run: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return stocks by kind and branch, with the life that keeps their replacement, and what activities need."""
    base = run.set_index("process")["base"]
    stocks = sweden["stocks"][sweden["stocks"]["holder"].isin(base.index)].copy()
    stocks["product"], stocks["holder"] = stocks["product"].map(branch_of), stocks["holder"].map(branch_of)
    stocks["worn"] = stocks["quantity"] / stocks["life"]
    use = sweden["stock_use"].merge(stocks[["stock", "product", "holder"]], on="stock")
    use = use[use["process"].isin(base.index)]
    use = use.assign(quantity=use["quantity"] * use["process"].map(base))
    held = stocks.groupby(["product", "holder"], sort=False)[["quantity", "worn"]].sum().reset_index()
    used = use.groupby(["product", "holder"], sort=False)["quantity"].sum()
    total = base.groupby(base.index.map(branch_of)).sum()
    names = {branch: name for branch, (name, *_) in BRANCHES.items()}
    kinds = {"CON": "Buildings and works", "IND": "Machines and vehicles", "SER": "Software and research"}
    held["stock"] = held["product"] + ":" + held["holder"]
    held["name"] = held["product"].map(kinds) + " of " + held["holder"].map(names).str.lower()
    held["life"] = held["quantity"] / held["worn"]
    pairs = pd.MultiIndex.from_frame(held[["product", "holder"]])
    return {
        "stocks": held.assign(place="SE")[["stock", "name", "place", "product", "holder", "quantity", "life"]],
        "stock_use": pd.DataFrame(
            {
                "process": held["holder"],
                "stock": held["stock"],
                "quantity": used.reindex(pairs).to_numpy() / held["holder"].map(total).to_numpy(),
            }
        ),
    }


def with_dam(economy: Economy) -> Economy:
    """Return the economy with water power, the plant it needs, and the project that builds the plant."""
    repair = REPAIR * COST * (1 + GRID) / YEARLY
    taken = [
        ("dam", year, "SE", product, COST * (1 + GRID) * part * share)
        for year, part in enumerate(PARTS)
        for product, share in SPLIT_PARTS.items()
    ]
    plant = {"product": "PLANT", "name": "Water power plant with grid", "unit": "GWh", "branch": "Capital"}
    stock = {"stock": "dam", "name": "The dam and its grid", "place": "SE", "product": "PLANT", "holder": "ENE:water"}
    water = {"process": "ENE:water", "place": "SE"}
    rows = {
        "products": [{**plant, "price": COST / ENERGY}],
        "processes": [{**water, "name": "Electricity from the dam", "unit": "MSEK"}],
        "outputs": [{**water, "product": "ENE", "quantity": 1.0}],
        "inputs": [{**water, "product": product, "quantity": repair / 2} for product in ("CON", "SER")],
        "factor_use": [{"process": "ENE:water", "factor": "hours", "quantity": STAFF / YEARLY}],
        "stocks": [{**stock, "quantity": 0.0, "life": LIFE, "ageing": "vintage"}],
        "stock_use": [{"process": "ENE:water", "stock": "dam", "quantity": ENERGY / YEARLY}],
        "projects": [{"project": "dam", "name": "The dam and its grid", "place": "SE"}],
        "project_inputs": [
            dict(zip(("project", "year", "place", "product", "quantity"), line, strict=True)) for line in taken
        ],
        "project_factors": [
            {"project": "dam", "year": year, "place": "SE", "factor": "hours", "quantity": HOURS} for year in range(4)
        ],
        "project_yields": [{"project": "dam", "year": 4, "stock": "dam", "quantity": ENERGY}],
    }
    tables = {name: pd.concat([economy[name], pd.DataFrame(more)], ignore_index=True) for name, more in rows.items()}
    tables["assumptions"] = assumptions_from(HERE / "assumptions_dam.csv", globals())
    return economy.replace(**{name: _filled(name, frame) for name, frame in tables.items()})


def _filled(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which what a row does not say has its default."""
    defaults = {field.name: field.default for field in TABLES[name].fields if field.name in frame}
    return frame.fillna({column: default for column, default in defaults.items() if default is not None})


def main() -> None:
    """Write the example."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parent / "examples" / "dam"
    economy = make(Path(sys.argv[1]))
    write_folder(economy, folder, overwrite=True, extra={"README.md": readme(economy)})
    print(f"{folder}: a dam of {COST * (1 + GRID):.0f} MSEK for {YEARLY:.0f} MSEK a year")


if __name__ == "__main__":
    main()
