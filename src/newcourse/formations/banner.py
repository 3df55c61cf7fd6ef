"""What stands over everything quantum-like (design §11.3)."""

from typing import Final

BANNER: Final = (
    "quantum-like: mathematics of open quantum systems applied to social states; no claim that societies are quantum "
    "systems"
)
"""What every picture, page and text of a quantum-like model says."""
