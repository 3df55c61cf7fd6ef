"""Critics: state capitalism. Only Russia was a workers' state, until 1928; nothing else ever left capitalism.

What other codings call restoration then happened in 1928, in the Soviet Union and by its own rulers, and the years
1989 to 1991 changed the form of capitalism, not the formation. The move of 1928 is the "counter-revolution from
within", which hypothesis R2 gives a rate.
"""

from newcourse.sources.formations.codings.coding import NOW, Coding, R, Spell, W, restored_from
from newcourse.sources.formations.codings.degenerated_1924 import BOGD_KHAN, SUCCESSORS

CODING = Coding(
    "state-capitalism",
    "a workers' state in Russia until 1928, capitalism everywhere else and after",
    "Cliff, The Nature of Stalinist Russia (1948), later State Capitalism in Russia (1974): with the first five-year "
    "plan competition with other states made the bureaucracy accumulate as a class of capitalists does.",
    "Trotsky (1936), ch. 9; Mandel, The Inconsistencies of State Capitalism (1969): there was no market for labour or "
    "means of production, and no drive to profit.",
    {
        365: (
            Spell(W, 1917, 1927, "the congress of soviets takes power, October 1917"),
            Spell(R, 1928, NOW, "the first five-year plan: counter-revolution in the form of a plan"),
        ),
        712: (BOGD_KHAN,),
        **{state: restored_from(1991, "leaves the Soviet Union") for state in SUCCESSORS},
    },
)
"""State capitalism."""
