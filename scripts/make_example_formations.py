"""Make ``examples/formations/panel/states.csv`` from the regimes of Anckar and Fredriksson (public domain).

python scripts/make_example_formations.py FOLDER [FILE]

FOLDER has ``democracyData__anckar.csv.gz`` (``scripts/fetch_formations.py`` gets it). Its kinds become three:
absolute monarchy, anything else, not said. Rows of one state that say the same in consecutive years become one.
"""

import sys
from pathlib import Path

import pandas as pd

FILE = Path(__file__).parents[1] / "examples" / "formations" / "panel" / "states.csv"
FIRST, LAST = 1900, 2010
MONARCHY = "Absolute monarchy"


def spells(table: pd.DataFrame) -> pd.DataFrame:
    """Return state, title, first, last and rule (``monarchy``, ``other`` or empty) of a table of regimes by year."""
    inside = table["in_GW_system"].astype(bool) & table["year"].between(FIRST, LAST)
    rows = table[inside].sort_values(["GWn", "year"])
    rule = rows["regimenarrowcat"].map(lambda name: "monarchy" if name == MONARCHY else "other", na_action="ignore")
    rows = rows.assign(rule=rule.fillna(""), state=rows["GWn"].astype(int), title=rows["extended_country_name"])
    goes_on = (rows["state"] == rows["state"].shift()) & (rows["rule"] == rows["rule"].shift())
    spell = (~(goes_on & (rows["year"] == rows["year"].shift() + 1))).cumsum()
    made = rows.groupby(spell).agg(
        state=("state", "first"),
        title=("title", "first"),
        first=("year", "min"),
        last=("year", "max"),
        rule=("rule", "first"),
    )
    return made.astype({"first": int, "last": int})


def main(folder: Path, file: Path = FILE) -> None:
    """Write the table."""
    file.parent.mkdir(parents=True, exist_ok=True)
    spells(pd.read_csv(folder / "democracyData__anckar.csv.gz")).to_csv(file, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
