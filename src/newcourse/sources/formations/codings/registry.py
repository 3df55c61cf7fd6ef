"""All codings by name."""

from collections.abc import Mapping

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.codings import (
    coercive_from_start,
    degenerated_1924,
    late_turn_1928,
    state_capitalism,
    wide,
)
from newcourse.sources.formations.codings.coding import Coding
from newcourse.sources.formations.codings.regime_data import MEASURED

CODINGS: Mapping[str, Coding] = {
    module.CODING.name: module.CODING
    for module in (degenerated_1924, late_turn_1928, wide, coercive_from_start, state_capitalism)
}
"""Readings as tables, by name; the first is the one used unless another is asked for."""

NAMES: tuple[str, ...] = (*CODINGS, *MEASURED)
"""Names of all codings, those made from sources on regimes last."""

DEFAULT_CODING = degenerated_1924.CODING.name


def known_coding(name: str) -> str:
    """Return the name of a coding; an unknown one is refused with the known ones."""
    if name not in NAMES:
        raise BadInput(
            Fault("coding-unknown", "coding", repr(name), "one of " + ", ".join(NAMES), "choose one of these")
        )
    return name
