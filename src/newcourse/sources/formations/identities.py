"""One number for each state: how the identities of the sources are brought together.

States are named by the list of Gleditsch & Ward (1999), A revised list of independent states since the congress of
Vienna, *International Interactions* 25, 393-413. The Correlates of War project numbers most states alike. Where it
does not, :data:`FROM_COW` says how; the Maddison project has codes of three letters, brought in by
:data:`~newcourse.sources.formations.maddison_territories.TERRITORIES`.

What has no place in that list is named in :data:`OUTSIDE` with its reason. An entity that is in neither is refused,
with all others like it: nothing is dropped without a word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.files import whole_numbers

FROM_COW: tuple[tuple[int, int, int, int, str], ...] = (
    (255, 1946, 9999, 260, "Germany after 1945 is the Federal Republic, which goes on after 1990"),
    (679, 1990, 9999, 678, "Yemen after unification is the Arab Republic, which goes on"),
    (345, 0, 1917, 340, "Serbia before Yugoslavia"),
    (345, 2006, 9999, 340, "Serbia after Montenegro left"),
)
"""Number of a state in the Correlates of War, first year, last year, number after Gleditsch and Ward, why."""

MICROSTATES = {
    54: "Dominica", 55: "Grenada", 56: "Saint Lucia", 57: "Saint Vincent and the Grenadines",
    58: "Antigua and Barbuda", 60: "Saint Kitts and Nevis", 221: "Monaco", 223: "Liechtenstein", 232: "Andorra",
    331: "San Marino", 403: "São Tomé and Príncipe", 591: "Seychelles", 935: "Vanuatu", 983: "Marshall Islands",
    986: "Palau", 987: "Micronesia", 990: "Samoa",
    946: "Kiribati", 947: "Tuvalu", 955: "Tonga", 970: "Kiribati or Nauru", 971: "Nauru", 972: "Tonga", 973: "Tuvalu",
}  # fmt: skip
"""States below the size that the list of Gleditsch and Ward starts from; the last row has the numbers of both lists."""

_COLONY = "a dependent territory"
_GERMAN = "a German state that the list does not have"
OUTSIDE: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "Anguilla", "Aruba", "Bermuda", "British Virgin Islands", "Cape Colony", "Cayman Islands", "Cook Islands",
            "Curaçao", "Falkland Islands", "Faroe Islands", "French Guiana", "French Polynesia", "Gibraltar",
            "Greenland", "Guadeloupe", "Guam", "Hong Kong", "Macau", "Martinique", "Mayotte", "Montserrat", "Natal",
            "New Caledonia", "Niue", "Northern Mariana Islands", "Puerto Rico", "Réunion", "Saint Barthélemy",
            "Saint Helena, Ascension and Tristan da Cunha", "Saint Martin", "Saint Pierre and Miquelon",
            "Samoa, American", "Sint Maarten", "Turks and Caicos Islands", "U.S. Virgin Islands",
            "Wallis and Futuna", "Palestine/British Mandate",
        ),
        _COLONY,
    ),
    **dict.fromkeys(("Brunswick", "Hamburg", "Nassau", "Oldenburg", "Saxe-Weimar-Eisenach"), _GERMAN),
    **dict.fromkeys(("Bukhara", "Khiva"), "a protectorate of Russia, a people's republic from 1920 to 1924"),
    **dict.fromkeys(("Kashmir", "Kashmir, Indian", "Kashmir, Pakistani"), "a part of India or Pakistan"),
    **dict.fromkeys(
        (
            "Artsakh", "Cyprus, Northern", "Palestine", "Palestine, Gaza Strip", "Palestine, West Bank",
            "Palestine/Gaza", "Palestine/West Bank", "Sahrawi", "Somaliland", "Western Sahara",
        ),
        "not in the list of independent states",
    ),
    "France, Vichy": "France (220) has a row of its own in these years",
    "Hejaz": "part of what became Saudi Arabia (670)",
    "Newfoundland": "a dominion that the list does not have",
    "Sikkim": "a protectorate of India",
}  # fmt: skip
"""What sources have and the list of states does not, each with its reason."""

GIVEN: Mapping[str, tuple[int, str]] = {
    "Tanganyika": (510, "Tanganyika is the Tanzania of the list, which begins with it in 1961"),
    "Transvaal": (563, "in the list until 1910"),
    "Orange Free State": (564, "in the list until 1910"),
    "Gran Colombia": (99, "Great Colombia in the list"),
    "United Provinces of Central America": (89, "in the list until 1839"),
    "Tibet": (711, "in the list from 1913 to 1950"),
}
"""Entities without a number of their own in the sources that the list does have, with why."""


@dataclass(frozen=True)
class LeftOut:
    """Rows of a source that have no place in a panel.

    Parameters
    ----------
    source, entity
        Who reports, and on what.
    first, last, rows
        Years and how many rows.
    reason
        Why they have no place.
    """

    source: str
    entity: str
    first: int
    last: int
    rows: int
    reason: str


def cow_to_gw(table: pd.DataFrame, column: str) -> pd.Series:
    """Return the number after Gleditsch and Ward of each row's state, of a table with a column ``year``."""
    numbers = table[column].astype("int64").copy()
    for code, first, last, gw, _ in FROM_COW:
        numbers = numbers.mask((table[column] == code) & table["year"].between(first, last), gw)
    return numbers


def reconciled(
    table: pd.DataFrame, source: str, known: Iterable[int], *, cow: bool = False
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return the rows of states, with their number, and what was left out and why.

    Parameters
    ----------
    table
        Columns ``entity`` (the source's own name), ``code`` (its number, NaN for none) and ``year``.
    source
        Name of the source.
    known
        Numbers of all states of the list.
    cow
        Whether the numbers are those of the Correlates of War.

    Returns
    -------
    tuple
        The rows with a column ``gw``, and what has no place.

    Raises
    ------
    BadInput
        With every entity that is neither a state nor named in :data:`OUTSIDE` or :data:`MICROSTATES`, and every
        state that has two rows in a year.
    """
    whole_numbers(table[table["code"].notna()], ["code"], source)
    given = table["entity"].map({name: number for name, (number, _) in GIVEN.items()})
    numbers = table["code"].where(table["code"].notna(), given)
    if cow:
        coded = table.assign(code=numbers.fillna(-1))
        numbers = cow_to_gw(coded, "code").where(numbers.notna())
    states = numbers.isin(list(known))
    out = table.loc[~states, ["entity", "year"]].assign(code=numbers[~states])
    left_out = tuple(_left_out(out, source))
    kept = table[states].assign(gw=numbers[states].astype("int64"))
    faults = [_unmatched(item) for item in left_out if not item.reason]
    faults += list(_twice(kept, source))
    if faults:
        raise BadInput(faults)
    return kept, left_out


def _left_out(out: pd.DataFrame, source: str) -> Iterable[LeftOut]:
    for _, rows in out.fillna({"code": -1}).groupby(["entity", "code"], sort=True):
        entity, code = str(rows["entity"].iloc[0]), int(rows["code"].iloc[0])
        reason = "a microstate, below the size of the list" if code in MICROSTATES else OUTSIDE.get(entity, "")
        years = rows["year"]
        yield LeftOut(source, entity, int(years.min()), int(years.max()), len(rows), reason)


def _unmatched(item: LeftOut) -> Fault:
    years = f"{item.first} to {item.last}, {item.rows} rows"
    remedy = "name it in OUTSIDE with a reason, or in GIVEN with its number"
    return Fault("state-unknown", f"{item.source}: {item.entity}", years, "a state of the list", remedy)


def _twice(kept: pd.DataFrame, source: str) -> Iterable[Fault]:
    again = kept[kept.duplicated(["gw", "year"], keep=False)]
    for (number, year), rows in again.groupby(["gw", "year"]):
        found = ", ".join(map(str, rows["entity"]))
        yield Fault("state-twice", f"{source}: state {number} in {year}", found, "one row", "say which one counts")
