"""A small folder of the same form as the real one, written by the tests, with faults put in on purpose."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from newcourse.sources.formations.vaporeg import CHECKS

Change = Callable[[pd.DataFrame], pd.DataFrame]

STATES = [
    (2, "United States of America", "1816-01-01", "2017-12-31"),
    (20, "Canada", "1867-07-01", "2017-12-31"),
    (40, "Cuba", "1902-05-20", "2017-12-31"),
    (255, "Germany (Prussia)", "1816-01-01", "1945-05-07"),
    (260, "German Federal Republic", "1949-09-21", "2017-12-31"),
    (265, "German Democratic Republic", "1949-10-05", "1990-10-02"),
    (300, "Austria-Hungary", "1816-01-01", "1918-11-13"),
    (340, "Serbia", "1878-07-13", "1915-10-01"),
    (340, "Serbia", "2006-06-05", "2017-12-31"),
    (345, "Yugoslavia", "1918-12-01", "2006-06-04"),
    (365, "Russia (Soviet Union)", "1816-01-01", "2017-12-31"),
    (380, "Sweden", "1816-01-01", "2017-12-31"),
    (510, "Tanzania/Tanganyika", "1961-12-09", "2017-12-31"),
    (530, "Ethiopia", "1855-02-11", "2017-12-31"),
    (678, "Yemen (Arab Republic of Yemen)", "1918-10-30", "2017-12-31"),
    (710, "China", "1816-01-01", "2017-12-31"),
]
_NUMBERS = {
    "Union of Soviet Socialist Republics": 365, "Russia": 365, "China": 710, "Cuba": 40, "Germany, East": 265,
    "Ethiopia": 530, "Saudi Arabia": None, "Germany": 255, "India": None, "Sweden": 380, "Chile": None,
}  # fmt: skip


def vaporeg() -> pd.DataFrame:
    rows = [
        (entity, year, code, _NUMBERS[entity])
        for entity, first, last, code, _ in CHECKS
        for year in range(first, last + 1)
    ]
    rows += [("Russia", 1917, 40, 365), ("Tanganyika", 1961, 60, None), ("Bermuda", 1950, 160, None)]
    rows += [("Austria", year, 80, 305) for year in range(1900, 1918)]
    table = pd.DataFrame(rows, columns=["vaporeg_country", "year", "vaporeg_cr", "GWn"])
    absent = table["vaporeg_country"].map({"Saudi Arabia": 670, "India": 750, "Chile": 155})
    return table.assign(GWn=table["GWn"].fillna(absent))


def tables() -> dict[str, pd.DataFrame]:
    listed = [*STATES, *((gw, name, "1900-01-01", "2017-12-31") for gw, name in ((670, "S"), (750, "I"), (155, "C")))]
    years = [1913, 1914, 1916, 1990, 1991]
    return {
        "peacesciencer__gw_states": pd.DataFrame(listed, columns=["gwcode", "statename", "startdate", "enddate"]),
        "peacesciencer__cow_states": pd.DataFrame(
            [(2, 1816), (20, 1920), (255, 1816), (260, 1955), (265, 1954), (365, 1816)], columns=["ccode", "styear"]
        ),
        "democracyData__vaporeg": vaporeg(),
        "democracyData__kailitz": pd.DataFrame(
            [("Cuba", 1960, "Personalist", False, 40), ("Cuba", 1961, "Communist Ideocracy", True, 40)],
            columns=["kailitz_country", "year", "combined_regime", "communist", "GWn"],
        ),
        "democracyData__anckar": pd.DataFrame(
            [("SWEDEN", 1950, "Parliamentarism", 1.0, 380)],
            columns=["anckar_country", "year", "regimenarrowcat", "democracy", "GWn"],
        ),
        "democracyData__ulfelder": pd.DataFrame(
            [("German Federal Republic", "GFR", 1990, "D", 260), ("German Federal Republic", "GER", 1990, "D", 260)],
            columns=["extended_country_name", "pitfcode", "year", "rgjtype", "GWn"],
        ),
        "democracyData__LIED": pd.DataFrame(
            [("Germany", 1991, 6, 255), ("Serbia", 2007, 6, 345), ("Yemen", 1991, 3, 679), ("Kiribati", 2000, 6, 946)],
            columns=["lied_country", "year", "lexical_index", "GWn"],
        ),
        "MaddisonData__MaddisonData": pd.DataFrame(
            [("USA", year, 10_000.0 + 10 * i, 100_000.0) for i, year in enumerate(years)]
            + [("SUN", 1913, 2500.0, 150_000.0), ("SUN", 1914, 2300.0, 150_000.0), ("SUN", 1916, 2000.0, 150_000.0)]
            + [("SUN", 1992, 9000.0, 150_000.0), ("RUS", 1992, 10_000.0, 148_000.0), ("HKG", 1990, 30_000.0, 6000.0)],
            columns=["ISO", "year", "gdppc", "pop"],
        ),
        "peacesciencer__cow_contdir": pd.DataFrame(
            [
                (2, 20, 1, "1920-01-01", "2016-12-01"),
                (260, 265, 1, "1955-05-01", "1990-10-01"),
                (255, 365, 1, "1816-01-01", "1918-11-01"),
                (255, 365, 0, "1918-12-01", "1945-05-01"),
                (2, 40, 4, "1902-05-01", "2016-12-01"),
            ],
            columns=["ccode1", "ccode2", "conttype", "stdate", "enddate"],
        ),
        "peacesciencer__atop_alliance": pd.DataFrame(
            [(2, 20, 1950, 1), (2, 260, 1956, 1), (365, 710, 1950, 1), (365, 40, 1950, 0), (255, 2, 1995, 1)],
            columns=["ccode1", "ccode2", "year", "atop_defense"],
        ),
        "peacesciencer__cow_trade_sy": pd.DataFrame(
            [(2, 1913, 30.0, 30.0), (365, 1913, 10.0, 10.0), (380, 1913, 10.0, 10.0), (20, 1913, 5.0, None)],
            columns=["ccode", "year", "imports", "exports"],
        ),
        "peacesciencer__cow_war_inter": pd.DataFrame([(365, 1914), (2, 2003)], columns=["ccode1", "year"]),
        "peacesciencer__cow_war_intra": pd.DataFrame(
            [(365, 1918, 1), (-8, 1918, 0), (2, 1918, 0)], columns=["ccodea", "year", "primary_state"]
        ),
    }


def written(folder: Path, name: str = "", change: Change | None = None) -> Path:
    """The folder, with one table changed."""
    for key, table in tables().items():
        done = change(table) if change is not None and key == name else table
        done.to_csv(folder / f"{key}.csv", index=False)
    return folder
