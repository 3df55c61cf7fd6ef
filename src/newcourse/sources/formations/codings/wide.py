"""Wide: also states that called themselves Marxist-Leninist, and Eastern Europe from the first such government.

Soviet authors wrote of a non-capitalist path and states of socialist orientation. All are coded as ruled from above.
"""

from newcourse.sources.formations.codings.coding import (
    NOW,
    Coding,
    D,
    R,
    Spell,
    degenerated_then_restored,
    restored_from,
)
from newcourse.sources.formations.codings.degenerated_1924 import CODING as NARROW

CODING = Coding(
    "wide",
    "also states of declared Marxism-Leninism; Eastern Europe from the first government",
    "Ulyanovsky, Socialism and the Newly Independent Nations (1974); Keller & Rothchild (eds), Afro-Marxist Regimes "
    "(1987). A state counts from when its rulers declared Marxism-Leninism or took the commanding heights.",
    "Most of these kept private agriculture, foreign firms or both; Halliday & Molyneux, The Ethiopian Revolution "
    "(1981), speak of a revolution from above. The other codings leave them out.",
    {
        **NARROW.spells,
        290: degenerated_then_restored(
            1945, 1989, "government of June 1945", "Mazowiecki's government, September 1989"
        ),
        310: degenerated_then_restored(1947, 1990, "the elections of August 1947", "Antall's government, May 1990"),
        360: degenerated_then_restored(1945, 1990, "Groza's government, March 1945", "market reforms, 1990"),
        355: degenerated_then_restored(1944, 1990, "the Fatherland Front, September 1944", "coalition, December 1990"),
        339: degenerated_then_restored(1944, 1991, "the partisans take Tirana, November 1944", "coalition, June 1991"),
        345: degenerated_then_restored(1945, 1990, "federal republic, November 1945", "the party falls apart, 1990"),
        712: degenerated_then_restored(1921, 1990, "the revolution of July 1921", "coalition, September 1990"),
        40: (Spell(D, 1959, NOW, "the revolution of January 1959"),),
        811: degenerated_then_restored(1975, 1989, "the Khmer Rouge, April 1975", "private property, April 1989"),
        700: degenerated_then_restored(1978, 1992, "the April revolution of 1978", "Najibullah falls, April 1992"),
        540: degenerated_then_restored(1975, 1991, "independence, November 1975", "several parties, May 1991"),
        541: degenerated_then_restored(1977, 1990, "party congress, February 1977", "constitution, November 1990"),
        530: degenerated_then_restored(1975, 1991, "land and industry nationalised, 1975", "Mengistu falls, May 1991"),
        531: restored_from(1993, "leaves Ethiopia"),
        680: (Spell(D, 1969, 1990, "the corrective move of June 1969, to unification in May 1990"),),
        434: degenerated_then_restored(1974, 1990, "declared in November 1974", "national conference, February 1990"),
        484: degenerated_then_restored(1969, 1991, "declared in December 1969", "national conference, 1991"),
        580: degenerated_then_restored(1975, 1992, "second republic, December 1975", "constitution, August 1992"),
        775: degenerated_then_restored(1974, 1988, "constitution, January 1974", "the officers' coup, September 1988"),
        93: (
            Spell(D, 1979, 1989, "the Sandinistas, July 1979; most land and industry private (contested)"),
            Spell(R, 1990, NOW, "Chamorro's government, April 1990"),
        ),
    },
)
"""The wide coding."""
