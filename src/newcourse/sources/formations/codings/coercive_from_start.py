"""Critics: coercive from the start. There never was rule from below, so there was nothing to degenerate."""

from newcourse.sources.formations.codings.coding import NOW, Coding, D, R, Spell
from newcourse.sources.formations.codings.degenerated_1924 import CODING as ORTHODOX

CODING = Coding(
    "coercive-from-start",
    "ruled from above from the first day",
    "Pipes, The Russian Revolution (1990), and from the left Brinton, The Bolsheviks and Workers' Control (1970): the "
    "political police of December 1917, the assembly dispersed in January 1918 and the end of workers' control "
    "that year show rule from above from the start.",
    "Rabinowitch, The Bolsheviks in Power (2007), and Trotsky (1936): soviets and factory committees with several "
    "parties ruled at first, and civil war and isolation changed that.",
    {
        **ORTHODOX.spells,
        365: (
            Spell(D, 1917, 1990, "power is taken in October 1917; the political police, December 1917"),
            Spell(R, 1991, NOW, "the ruling party banned, a government for a market economy, November 1991"),
        ),
    },
)
"""Coercive from the start."""
