"""The reading of the Fourth International: Russia degenerated from 1924, the others were deformed from the start.

Years of the end are political: the first at whose close the ruling party's monopoly was gone and a government
committed to a market economy held power.
"""

from newcourse.sources.formations.codings.coding import (
    LEFT_OUT,
    NOW,
    PRE,
    Coding,
    D,
    R,
    Spell,
    W,
    degenerated_then_restored,
    restored_from,
)

_BUFFER = "property overturned by 1948 under Soviet occupation (Fourth International, congress of 1951)"
_RISING = "a state of its own out of one in which capitalism was being restored"

SUCCESSORS: dict[int, str] = {
    359: "Moldova", 366: "Estonia", 367: "Latvia", 368: "Lithuania", 369: "Ukraine", 370: "Belarus", 371: "Armenia",
    372: "Georgia", 373: "Azerbaijan", 701: "Turkmenistan", 702: "Tajikistan", 703: "Kyrgyzstan", 704: "Uzbekistan",
    705: "Kazakhstan",
}  # fmt: skip
"""States that left the Soviet Union in 1991."""

YUGOSLAV = {343: 1991, 344: 1992, 346: 1992, 349: 1992, 340: 2006, 341: 2006, 347: 2008}
"""States that left Yugoslavia, with their first year in the list."""

SOVIET = (
    Spell(W, 1917, 1923, "the congress of soviets takes power, October 1917"),
    Spell(D, 1924, 1990, "opposition condemned in January, socialism in one country in December 1924 (Trotsky 1936)"),
    Spell(R, 1991, NOW, "the ruling party banned, a government for a market economy, November 1991"),
)

BOGD_KHAN = Spell(PRE, 1921, 1923, "the revolution of July 1921 leaves the Bogd Khan on the throne until May 1924")

CODING = Coding(
    "degenerated-1924",
    "degenerated from 1924; deformed from the start elsewhere; political end",
    "Trotsky, The Revolution Betrayed (1936), ch. 5 and 9; for the states after 1945 the resolution of the third world "
    "congress of the Fourth International (1951). A workers' state where property is collectivised, degenerated or "
    "deformed where a bureaucracy rules.",
    "Cliff, The Nature of Stalinist Russia (1948): property of a state that workers do not control is capital. "
    "Shachtman, The Bureaucratic Revolution (1962): a new class. Pipes, The Russian Revolution (1990): coercive from "
    "the first day.",
    {
        365: SOVIET,
        **{state: restored_from(1991, _RISING) for state in SUCCESSORS},
        **{state: restored_from(first, _RISING) for state, first in YUGOSLAV.items()},
        316: restored_from(1993, _RISING),
        317: restored_from(1993, _RISING),
        712: (
            BOGD_KHAN,
            *degenerated_then_restored(
                1924, 1990, "people's republic in the Soviet orbit, 1924 (contested)", "coalition, September 1990"
            ),
        ),
        290: degenerated_then_restored(1948, 1989, _BUFFER, "Mazowiecki's government, September 1989"),
        310: degenerated_then_restored(1948, 1990, _BUFFER, "Antall's government, May 1990"),
        315: degenerated_then_restored(1948, 1990, _BUFFER, "free elections, June 1990"),
        360: degenerated_then_restored(1948, 1990, _BUFFER, "market reforms after the fall of the party, 1990"),
        355: degenerated_then_restored(1947, 1990, "industry nationalised, December 1947", "coalition, December 1990"),
        265: degenerated_then_restored(1949, 1990, "founded in October 1949", "elections of March, union of July 1990"),
        339: degenerated_then_restored(1946, 1991, "people's republic, January 1946", "coalition, June 1991"),
        345: degenerated_then_restored(
            1946, 1990, "industry nationalised, December 1946", "the party falls apart, January 1990"
        ),
        710: (Spell(D, 1949, NOW, "people's republic, October 1949; since when capitalist is contested"),),
        731: (Spell(D, 1948, NOW, "people's republic, September 1948"),),
        816: (Spell(D, 1954, NOW, "rules the north from 1954; since when capitalist is contested"),),
        812: (Spell(D, 1975, NOW, "people's republic, December 1975; contested"),),
        40: (Spell(D, 1960, NOW, "industry nationalised, October 1960: deformed from the start (contested)"),),
        811: (
            Spell(LEFT_OUT, 1975, 1978, "the Khmer Rouge: no school agrees on what this was"),
            *degenerated_then_restored(
                1979, 1989, "people's republic under Vietnam, January 1979 (contested)", "private property, April 1989"
            ),
        ),
    },
)
"""Degenerated from 1924."""
