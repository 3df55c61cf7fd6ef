r"""Negativity of two countries: entanglement (the essay's "world revolution as entanglement").

**What it is.** Half of how much the trace norm of the partially transposed density matrix exceeds 1,
:math:`(\lVert\rho^{T_A}\rVert_1 - 1)/2` (G. Vidal and R. F. Werner, *Physical Review A* 65 (2002) 032314): 0 for
everything that could be two countries with a shared classical history, ½ for a Bell state.

**What it is not.** It is not solidarity, trade, or any correlation of formations: two countries that always rise
together have none, if a common cause or a contagion is enough to say why. With more than two formations it can be 0
although the state is entangled.

**Where the analogy fails.** Entanglement shows only in measurements in several incompatible bases. History observes
one, formations; a classical spread (H6) can therefore give the same data as a coherent coupling (H7), and does so
without claiming more. It also dies suddenly, in a finite time, where the analogy would have bonds fade away.
"""

import numpy as np
from numpy.typing import ArrayLike

from newcourse.formations.observables.states import halves


def negativity(state: ArrayLike) -> float:
    """Return the negativity of the density matrix (d², d²) of two countries.

    Examples
    --------
    >>> bell = np.zeros((4, 4))
    >>> bell[np.ix_([0, 3], [0, 3])] = 0.5
    >>> round(negativity(bell), 12), negativity(np.eye(4) / 4)
    (0.5, 0.0)
    """
    table, d = halves(state)
    turned = table.transpose(2, 1, 0, 3).reshape(d * d, d * d)
    values = np.linalg.eigvalsh(turned)
    return float(-values[values < 0].sum()) + 0.0
