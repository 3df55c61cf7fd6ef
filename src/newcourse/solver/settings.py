"""Ways of running HiGHS, which are tried in turn, and the rule by which ``auto`` chooses (design §6.7)."""

from dataclasses import dataclass
from typing import Final, Literal

from newcourse.solver.problem import LinearProblem

Method = Literal["auto", "simplex", "ipm", "pdlp"]
"""Names of methods; one for problems of a special structure gets its name and its place in the rule here."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of running HiGHS.

    Attributes
    ----------
    words
        What it is called in messages.
    solver
        ``simplex``, ``ipx`` (interior point) or ``pdlp`` (first order).
    crossover
        Whether an interior solution is moved to a vertex, which is sparse and gives a basis.
    presolve
        Whether the problem is first made smaller.
    tolerance
        Feasibility tolerance, absolute as HiGHS means it, in units of the problem's own size.
    """

    words: str
    solver: str
    crossover: bool = True
    presolve: bool = True
    tolerance: float = 1e-9


SIMPLEX: Final = Setting("HiGHS simplex", "simplex")
CAREFUL: Final = Setting("HiGHS simplex without presolve", "simplex", presolve=False, tolerance=1e-10)
INTERIOR: Final = Setting("HiGHS interior point with crossover", "ipx")
FIRST_ORDER: Final = Setting("HiGHS PDLP", "pdlp", crossover=False)

ATTEMPTS: Final[dict[str, tuple[Setting, ...]]] = {
    "simplex": (SIMPLEX, CAREFUL, INTERIOR),
    "ipm": (INTERIOR, CAREFUL),
    "pdlp": (FIRST_ORDER, INTERIOR),
}
"""What each method tries in turn until an answer is certified."""

SMALL: Final = 300
"""Rows up to which ``auto`` takes the simplex method."""


def chosen(problem: LinearProblem) -> Method:
    """Return the method that ``auto`` means: simplex up to 300 rows, beyond that interior point with crossover.

    Seconds of one core to a certificate at 1e-6, HiGHS 1.15, for plans with two techniques per product, some 50
    coefficients per column, one labour row and voted needs; "all" has a capacity on every technique. *Warm* is the
    simplex method from the old basis after all weights changed by up to 5 % and the labour by 2 %.

    ======== ============ ======== ======= ===== ==================== =============
    products coefficients limits   simplex warm  interior, crossover  PDLP
    ======== ============ ======== ======= ===== ==================== =============
    100      10 000       labour   0.03          0.05
    300      31 000       labour   0.3     0.1   0.2
    600      63 000       labour   2.7     0.9   0.8
    1000     105 000      labour   11      7.5   2.6                  not in 100
    2000     30 000       labour   19      2.7   1.0
    1435     4 100 000    labour   71            28
    300      31 000       all      0.4           0.6
    600      63 000       all      2.6           3.1
    1000     105 000      all      10–44         15
    2000     30 000       all      not in 26     7.0
    ======== ============ ======== ======= ===== ==================== =============

    The simplex method, warm or cold, spends most of this on factorising the basis, in which a table of inputs fills
    up. PDLP was short of single products by 1 to 20 % of their own size after 100 s, at every tolerance tried.
    """
    return "simplex" if problem.shape[0] <= SMALL else "ipm"
