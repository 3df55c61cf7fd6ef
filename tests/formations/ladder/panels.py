"""Small panels to test rungs on."""

import numpy as np

from newcourse.formations.panel import Panel
from newcourse.formations.spaces import DEFAULT, Space

TWO = Space(
    "two",
    {"capitalist": "capitalist", "workers": "workers' state"},
    {"social revolution": (("capitalist", "workers"),)},
    {"capitalist": ("capitalist",), "workers": ("workers",), "collectivised": ("workers",)},
)
"""A space in which everything can be counted on fingers."""

RING = Space(
    "ring",
    {"capitalist": "capitalist", "workers": "workers' state", "degenerated": "degenerated"},
    {
        "social revolution": (("capitalist", "workers"),),
        "degeneration": (("workers", "degenerated"),),
        "restoration": (("degenerated", "capitalist"),),
    },
    {
        "capitalist": ("capitalist",),
        "workers": ("workers",),
        "degenerated": ("degenerated",),
        "collectivised": ("workers", "degenerated"),
    },
)
"""Three formations that lead round in a circle, so that every formation is left often."""


def made(records: object, space: Space = DEFAULT, *, ring: bool = False, **fields: object) -> Panel:
    """Return a panel of given records, all countries existing wherever nothing else is said."""
    observed = np.array(records, dtype=np.int8)
    n, years = observed.shape
    if ring:
        weights = (np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1)) / 2
        fields["weights"] = {"contiguity": np.repeat(weights[None], years, axis=0)}
    return Panel(
        space=space,
        countries=tuple(f"C{i:03d}" for i in range(n)),
        years=tuple(range(1900, 1900 + years)),
        observed=observed,
        exists=fields.pop("exists", np.ones_like(observed, dtype=bool)),  # type: ignore[arg-type]
        coding="made up",
        sources=("made up for tests",),
        **fields,  # type: ignore[arg-type]
    )


def blank(n: int, years: int, space: Space, seed: int = 0, *, ring: bool = False, **fields: object) -> Panel:
    """Return a panel whose countries are recorded every year, beginning at random: to be filled by simulation."""
    first = np.random.default_rng(seed).integers(0, space.size, size=n)
    return made(np.repeat(first[:, None], years, axis=1), space, ring=ring, **fields)
