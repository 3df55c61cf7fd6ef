"""Which states count as pre-capitalist: rules, none of them data (design §11.2; each is assumed).

No source in reach says year by year what relations of property prevailed in each country. So the line between a
pre-capitalist and a capitalist formation is drawn by a stated rule, three of which are offered for sensitivity. Under
every rule a state that has left the pre-capitalist formation does not come back: a royal dictatorship in a capitalist
country (Romania 1938, Yugoslavia 1929) is not a return to feudal property. It has left when the rule fails for
:data:`LASTING` known years running, so that an interregnum (Afghanistan 1929) does not count. Occupation, civil war and
transition say nothing either way (:data:`NO_REGIME`).

The rules are contested, and each has known weak points: absolute monarchy says who rules, not who owns; a level of
income says how much is produced, not how; Japan before 1925 is under the first two rules what the one side of its
debate on capitalism (Kōza) held and the other (Rōnō) denied.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.maddison import Product
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.vaporeg import MONARCHY


@dataclass(frozen=True)
class StageRule:
    """A rule for what counts as pre-capitalist.

    Parameters
    ----------
    name, title
        By what it is chosen, and in words.
    monarchy
        Whether the state must be an absolute monarchy, after va-PoReg.
    below
        Product per head, in international dollars of 2011, that it must never have reached; 0 for no such condition.
    """

    name: str
    title: str
    monarchy: bool
    below: float


STAGES: Mapping[str, StageRule] = {
    stage.name: stage
    for stage in (
        StageRule(
            "poor-monarchy", "an absolute monarchy whose product per head never reached 4000 (assumed)", True, 4000.0
        ),
        StageRule("monarchy", "an absolute monarchy", True, 0.0),
        StageRule("income", "a country whose product per head never reached 1500 (assumed)", False, 1500.0),
    )
}
"""The rules by name; the first is the one used unless another is asked for."""

LASTING = 5
"""Known years for which the rule must fail (assumed)."""
NEAR = 5
"""A state whose first years are not known is what it is in the first known one, within so many years (assumed)."""
NO_REGIME = (40, 160, 170, 180, 190, 200, 210)
"""Codes of va-PoReg for years without a settled regime of one's own: transition, dependency, occupation, civil war."""

UNKNOWN, PRE_CAPITALIST, CAPITALIST = -1, 0, 1


def chosen_stage(name: str) -> StageRule:
    """Return a rule by its name; an unknown one is refused with the known ones."""
    if name not in STAGES:
        raise BadInput(
            Fault("stage-unknown", "stage", repr(name), "one of " + ", ".join(STAGES), "choose one of these")
        )
    return STAGES[name]


def stages(
    rule: StageRule, grid: Grid, exists: NDArray[np.bool_], regimes: Regimes, product: Product
) -> NDArray[np.int8]:
    """Return (n, t) of :data:`PRE_CAPITALIST`, :data:`CAPITALIST` or :data:`UNKNOWN`.

    Where the condition cannot be told, a state that was capitalist before stays so; else it is unknown. Where only
    product is not known, an absolute monarchy counts as poor.
    """
    holds = np.ones(grid.shape)
    if rule.monarchy:
        settled = regimes.table[~regimes.table["regime"].isin(NO_REGIME)]
        holds = grid.filled(settled.assign(monarchy=settled["regime"] == MONARCHY), "monarchy")
    if rule.below:
        reached = np.maximum.accumulate(np.nan_to_num(product.per_head) >= rule.below, axis=1)
        if not rule.monarchy:
            holds = np.where(np.isfinite(product.per_head), 1.0, np.nan)
        holds = np.where(reached, 0.0, holds)
    return stages_of(holds, exists)


def stages_of(holds: NDArray[np.float64], exists: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return (n, t) stages, given where the condition of a rule holds (1), fails (0) or cannot be told (NaN)."""
    known = np.where(exists, holds, np.nan)
    result = np.array([_course(row) for row in known], dtype=np.int8).reshape(holds.shape)
    return np.where(exists, result, UNKNOWN).astype(np.int8)


def _course(holds: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return the stage of one state over the years, given where the rule holds (1), fails (0) or cannot be told."""
    result = np.full(holds.shape, UNKNOWN, dtype=np.int8)
    known = np.flatnonzero(np.isfinite(holds))
    if not known.size:
        return result
    fails = holds[known] == 0
    lasting = [i for i in range(known.size) if fails[i : i + LASTING].all()]
    leaves = known[lasting[0]] if lasting else holds.size
    first = known[0]
    result[first:leaves] = PRE_CAPITALIST
    result[leaves:] = CAPITALIST
    result[max(first - NEAR, 0) : first] = result[first]
    return result
