r"""Purity: whether a state is one whole or a mixture of what is not known.

**What it is.** :math:`\mathrm{tr}\,\rho^2`, from 1/d for knowing nothing to 1 for a pure state.

**What it is not.** It is neither the purity of a doctrine nor the share of one formation: a superposition is pure, and
so is a country that certainly is in one formation.

**Where the analogy fails.** A low purity of one country may mean that we know little of it or that it is entangled
with others; for populations of a classical model only the first can be meant, and the data cannot tell them apart.
"""

from numpy.typing import ArrayLike

from newcourse.formations.observables.states import checked


def purity(state: ArrayLike) -> float:
    """Return the purity of a density matrix.

    Examples
    --------
    >>> purity([[0.5, 0.5], [0.5, 0.5]]), purity([[0.5, 0.0], [0.0, 0.5]])
    (1.0, 0.5)
    """
    return float((abs(checked(state)) ** 2).sum())
