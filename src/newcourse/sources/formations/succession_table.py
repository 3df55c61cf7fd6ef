"""Which state followed which since 1900: those that any coding of contested states touches, and the great divisions.

States that only became independent of a colonial power are not listed: no formation of theirs was seen before.
"""

from newcourse.formations.successions import Succession

_UNION = "the Soviet Union is dissolved"
_FEDERATION = "Yugoslavia falls apart"
_EMPIRE = "Austria-Hungary falls apart"
_ANNEXED = "annexed by the Soviet Union"

_TABLE: tuple[tuple[int, int, int, bool, str], ...] = (
    (365, 375, 1917, False, "Finland leaves the Russian Empire and does not follow it into soviet power"),
    (365, 366, 1918, False, "Estonia leaves Russia"),
    (365, 367, 1918, False, "Latvia leaves Russia"),
    (365, 368, 1918, False, "Lithuania leaves Russia"),
    (365, 290, 1918, False, "Poland is restored from parts of Russia, Germany and Austria"),
    *((state, 365, 1940, False, _ANNEXED) for state in (366, 367, 368)),
    *((365, state, 1991, True, _UNION) for state in (359, 366, 367, 368, 369, 370, 371, 372, 373)),
    *((365, state, 1991, True, _UNION) for state in (701, 702, 703, 704, 705)),
    *((300, state, 1918, True, _EMPIRE) for state in (305, 310, 315, 345)),
    (340, 345, 1918, True, "Serbia becomes the Kingdom of Serbs, Croats and Slovenes"),
    (341, 345, 1918, True, "Montenegro joins it"),
    (345, 343, 1991, True, _FEDERATION),
    *((345, state, 1992, True, _FEDERATION) for state in (344, 346, 349)),
    (345, 340, 2006, True, "Serbia and Montenegro part"),
    (345, 341, 2006, True, "Serbia and Montenegro part"),
    (340, 347, 2008, True, "Kosovo leaves Serbia; not recognised by all"),
    (315, 316, 1993, True, "Czechoslovakia parts"),
    (315, 317, 1993, True, "Czechoslovakia parts"),
    (255, 260, 1949, True, "the Federal Republic is founded in the western zones"),
    (255, 265, 1949, False, "the Democratic Republic is founded in the Soviet zone, its property already overturned"),
    (265, 260, 1990, False, "the Democratic Republic joins the Federal Republic and takes on its formation"),
    (730, 731, 1948, False, "after Japanese rule to 1945; founded in the Soviet zone"),
    (730, 732, 1948, False, "after Japanese rule to 1945; founded in the American zone"),
    (817, 816, 1975, False, "the north takes Saigon in April 1975; united in 1976 under its formation"),
    (680, 678, 1990, False, "South Yemen unites with the Arab Republic under its formation"),
    (640, 678, 1918, True, "Yemen leaves the Ottoman Empire"),
    (711, 710, 1950, False, "Tibet is taken by China and under its formation"),
    (710, 711, 1913, True, "Tibet rules itself after the fall of the Qing"),
    (710, 712, 1921, True, "Mongolia leaves China for good"),
    (710, 713, 1949, False, "the Guomindang keeps Taiwan with the formation that the mainland leaves"),
    (530, 531, 1993, True, "Eritrea leaves Ethiopia"),
    (511, 510, 1964, False, "Zanzibar and Tanganyika unite"),
    (563, 560, 1910, True, "the Transvaal joins the Union of South Africa"),
    (564, 560, 1910, True, "the Orange Free State joins the Union of South Africa"),
    (750, 770, 1947, True, "British India is divided"),
    (770, 771, 1971, True, "Bangladesh leaves Pakistan"),
    (820, 830, 1965, True, "Singapore leaves Malaysia"),
    (625, 626, 2011, True, "South Sudan leaves Sudan"),
    (100, 95, 1903, True, "Panama leaves Colombia"),
)

SUCCESSIONS: tuple[Succession, ...] = tuple(
    Succession(str(before), str(after), year, inherits, note) for before, after, year, inherits, note in _TABLE
)
"""All of them, in states of the list of Gleditsch and Ward."""


def parents() -> dict[int, tuple[int, int]]:
    """Return for each state whose formation carries over from another: that state and the year (the last such)."""
    return {after: (before, year) for before, after, year, inherits, _ in _TABLE if inherits}
