"""A later turn, more revolutions from below, and an economic end.

Russia is a workers' state until the opposition is expelled and forced collectivisation begins; Cuba and, for four
years, Yugoslavia count as ruled from below; China's property was overturned in 1953 only. Capitalism counts as restored
when the law says so: sale of large state firms, or a constitution that puts private property on a par.
"""

from newcourse.sources.formations.codings.coding import (
    NOW,
    PRE,
    Coding,
    D,
    R,
    Spell,
    W,
    degenerated_then_restored,
)
from newcourse.sources.formations.codings.degenerated_1924 import BOGD_KHAN, SUCCESSORS
from newcourse.sources.formations.codings.degenerated_1924 import CODING as POLITICAL

_ROUBLE = "prices freed with Russia's in January 1992 (assumed for all states of the rouble zone)"
_LEAVES = "still planned when it leaves the Soviet Union"


def _left_soviet_union(state: int) -> tuple[Spell, ...]:
    if state == 370:
        return degenerated_then_restored(1991, 1993, _LEAVES, "law on privatisation, January 1993 (contested)")
    return degenerated_then_restored(1991, 1992, _LEAVES, _ROUBLE)


CODING = Coding(
    "late-turn-1928",
    "degenerated from 1928; Cuba and Yugoslavia for a time from below; economic end",
    "The turn of 1927-29: until it was expelled in December 1927 the opposition itself held that reform was possible "
    "(Platform of the Joint Opposition, 1927). Cuba: Hansen, Dynamics of the Cuban Revolution (1978). Yugoslavia: the "
    "Fourth International in 1948-51. Years of the end are those of laws on property.",
    "Trotsky (1936) himself dated the Soviet Thermidor to 1924. That self-management of 1950-53 was rule "
    "from below is denied by Djilas, The New Class (1957); that the Cuban state ever was, by most "
    "who hold the reading of 1924.",
    {
        **POLITICAL.spells,
        365: (
            Spell(W, 1917, 1927, "the congress of soviets takes power, October 1917"),
            Spell(D, 1928, 1991, "opposition expelled in December 1927; forced collectivisation from 1928"),
            Spell(R, 1992, NOW, "prices freed in January, vouchers from October 1992"),
        ),
        **{state: _left_soviet_union(state) for state in SUCCESSORS},
        712: (
            BOGD_KHAN,
            Spell(PRE, 1924, 1928, "people's republic, but herds and temples as before"),
            *degenerated_then_restored(
                1929, 1991, "estates taken from 1929 (contested)", "law on privatisation, May 1991"
            ),
        ),
        290: degenerated_then_restored(1948, 1990, "one party rules, 1948", "law on privatisation, July 1990"),
        315: degenerated_then_restored(
            1948, 1991, "the events of February 1948", "law on privatisation, February 1991"
        ),
        360: degenerated_then_restored(1948, 1991, "industry nationalised, June 1948", "law of August 1991"),
        355: degenerated_then_restored(1948, 1992, "plan and property after the law of 1947", "law of April 1992"),
        345: (
            Spell(D, 1946, 1949, "industry nationalised, December 1946"),
            Spell(W, 1950, 1953, "workers' councils, law of June 1950 (contested)"),
            Spell(D, 1954, 1989, "Djilas falls, January 1954"),
            Spell(R, 1990, NOW, "law on social capital, 1989-90"),
        ),
        710: (
            Spell(D, 1953, 1991, "first five-year plan, 1953"),
            Spell(R, 1992, NOW, "a socialist market economy, party congress of October 1992 (contested)"),
        ),
        816: (
            Spell(D, 1954, 1991, "rules the north from 1954"),
            Spell(R, 1992, NOW, "private property in the constitution of April 1992 (contested)"),
        ),
        812: (
            Spell(D, 1975, 1990, "people's republic, December 1975"),
            Spell(R, 1991, NOW, "all forms of property in the constitution of August 1991 (contested)"),
        ),
        40: (
            Spell(W, 1960, 1970, "industry nationalised, October 1960; ruled from below is contested"),
            Spell(D, 1971, NOW, "the turn after the harvest of 1970, Comecon in 1972 (contested)"),
        ),
    },
)
"""Degenerated from 1928."""
