r"""Isolation of a country: how few of those it is tied to are of a kind (H5, "no socialism in one country").

**What it is.** :math:`1 - \sum_j w_{ij}P_j(\text{group})`, with weights that say how much of a country's ties go to
each other and the probability that the other counts as one of the group: 1 alone, 0 among its like.

**What it is not.** It is a mean over what may happen: two futures, alone or surrounded, give ½, though in neither is
the country half isolated. It is purely classical and reads nothing but populations.

**Where the analogy fails.** No analogy is made here. But the mean-field models put this mean where the law has the
others' actual formations; see :mod:`newcourse.formations.engines.mean_field` for how much that errs.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.runs import Run


def isolation(run: Run, weights: ArrayLike, group: str = "collectivised") -> NDArray[np.float64]:
    """Return the isolation (t, n) of every country over time.

    Parameters
    ----------
    run
        Populations over time.
    weights
        (n, n), row i how much country i is tied to each other; rows add up to at most 1.
    group
        A group of the space.

    Raises
    ------
    BadInput
        When the weights are of another shape or add up to more.
    """
    ties = np.asarray(weights, dtype=float)
    n = len(run.countries)
    if ties.shape != (n, n) or not (ties >= 0).all() or not (ties.sum(axis=1) <= 1 + 1e-6).all():
        expected, remedy = f"({n}, {n}), rows adding up to at most 1", "divide each row by its sum"
        raise BadInput(Fault("formation-weights", "isolation", f"shape {ties.shape}", expected, remedy))
    like = run.populations[:, :, list(run.space.members(group))].sum(axis=2)
    return np.asarray(1.0 - like @ ties.T)
