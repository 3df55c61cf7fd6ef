r"""How what is recorded of a country can differ from what it is: the same option for every rung (design §11.3).

A reading is a matrix E with :math:`E_{ax}` the probability that formation a is recorded as x. As an instrument in the
sense of E. B. Davies and J. T. Lewis, *Communications in Mathematical Physics* 17 (1970) 239, recording x multiplies
the density matrix by the Kraus operator :math:`K_x = \mathrm{diag}(\sqrt{E_{ax}})` from both sides. Populations are
then updated by Bayes' rule, as in any hidden Markov model, and the coherence between a and b is multiplied by
:math:`\sqrt{E_{ax}E_{bx}}`: the surer the reading, the less coherence it leaves; a perfect one leaves none.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.worlds import frozen

ERROR = "reading.error"
"""Name of the parameter that says how often a record is wrong, where it is estimated."""


@dataclass(frozen=True)
class RecordReading:
    """How formations are recorded.

    Parameters
    ----------
    error
        Share of records that are wrong, spread evenly over the other formations: 0 means that records are right.
    free
        Whether the share is estimated; ``error`` is then where the search begins.
    matrix
        (d, d) probabilities of being recorded as x (columns) when in a (rows), in place of ``error``.
    """

    error: float = 0.0
    free: bool = False
    matrix: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", frozen(self.matrix))
        faults = []
        if not 0 <= self.error < 0.5:
            faults.append(_fault("error", str(self.error), "a share of at least 0 and below one half"))
        if self.matrix.size and (self.free or not _probabilities(self.matrix)):
            faults.append(
                _fault("matrix", f"shape {self.matrix.shape}, free: {self.free}", "rows adding up to 1, fixed")
            )
        if faults:
            raise BadInput(faults)

    @property
    def parameters(self) -> tuple[FreeParameter, ...]:
        """What is estimated: nothing, or the share of wrong records."""
        if not self.free:
            return ()
        meaning = "share of yearly records that name a wrong formation, each other one equally often"
        return (FreeParameter(ERROR, "ε", "share", self.error or 0.01, 1e-6, 0.45, "logit", meaning=meaning),)

    def probabilities(self, size: int, error: float | None = None) -> NDArray[np.float64]:
        """Return the (size, size) matrix E for formations of that number.

        Raises
        ------
        BadInput
            If a matrix was given that is for another number of formations.
        """
        if self.matrix.size:
            if self.matrix.shape != (size, size):
                raise BadInput(_fault("matrix", f"shape {self.matrix.shape}", f"shape ({size}, {size})"))
            return self.matrix
        wrong = self.error if error is None else error
        return np.full((size, size), wrong / (size - 1)) + np.eye(size) * (1 - wrong - wrong / (size - 1))


def _probabilities(matrix: NDArray[np.float64]) -> bool:
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    return bool(square and (matrix >= 0).all() and np.allclose(matrix.sum(axis=1), 1, atol=1e-9))


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("ladder-reading", where, found, expected, "correct how records are read")
