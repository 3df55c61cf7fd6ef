"""Names of the states that any coding has, so that a coding can be read without the list of states."""

from collections.abc import Mapping

from newcourse.sources.formations.codings.degenerated_1924 import SUCCESSORS

TITLES: Mapping[int, str] = {
    **SUCCESSORS,
    40: "Cuba",
    93: "Nicaragua",
    265: "East Germany",
    290: "Poland",
    310: "Hungary",
    315: "Czechoslovakia",
    316: "Czech Republic",
    317: "Slovakia",
    339: "Albania",
    340: "Serbia",
    341: "Montenegro",
    343: "Macedonia",
    344: "Croatia",
    345: "Yugoslavia",
    346: "Bosnia and Herzegovina",
    347: "Kosovo",
    349: "Slovenia",
    355: "Bulgaria",
    360: "Romania",
    365: "Russia, Soviet Union",
    434: "Benin",
    484: "Congo (Brazzaville)",
    530: "Ethiopia",
    531: "Eritrea",
    540: "Angola",
    541: "Mozambique",
    580: "Madagascar",
    680: "South Yemen",
    700: "Afghanistan",
    710: "China",
    712: "Mongolia",
    731: "North Korea",
    775: "Burma",
    811: "Cambodia",
    812: "Laos",
    816: "Vietnam (the north until 1975)",
}
"""Number after Gleditsch and Ward, name."""
