"""Ways of running HiGHS, which are tried in turn, and the rule by which ``auto`` chooses (design §6.7)."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from newcourse.solver.problem import LinearProblem

Method = Literal["auto", "simplex", "ipm", "pdlp", "structured"]
"""Names of methods; ``structured`` is content pricing, for plans as :mod:`newcourse.solver.structured` knows them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of running HiGHS, or content pricing.

    Attributes
    ----------
    words
        What it is called in messages.
    solver
        ``simplex``, ``ipx`` (interior point), ``pdlp`` (first order) or ``structured``.
    crossover
        Whether an interior solution is moved to a vertex, which is sparse and gives a basis.
    presolve
        Whether the problem is first made smaller.
    tolerance
        Feasibility tolerance, absolute as HiGHS means it, in units of the problem's own size.
    iterations
        Most iterations of the simplex method, if it is not to go on for ever.
    """

    words: str
    solver: str
    crossover: bool = True
    presolve: bool = True
    tolerance: float = 1e-9
    iterations: int | None = None


SIMPLEX: Final = Setting("HiGHS simplex", "simplex")
CAREFUL: Final = Setting("HiGHS simplex without presolve", "simplex", presolve=False, tolerance=1e-10)
INTERIOR: Final = Setting("HiGHS interior point with crossover", "ipx")
FIRST_ORDER: Final = Setting("HiGHS PDLP", "pdlp", crossover=False)
CONTENT_PRICING: Final = Setting("content pricing", "structured", crossover=False)

ATTEMPTS: Final[dict[str, tuple[Setting, ...]]] = {
    "simplex": (SIMPLEX, CAREFUL, INTERIOR),
    "ipm": (INTERIOR, CAREFUL),
    "pdlp": (FIRST_ORDER, INTERIOR),
    "structured": (CONTENT_PRICING, INTERIOR, CAREFUL),
}
"""What each method tries in turn until an answer is certified."""

SMALL: Final = 300
"""Rows up to which ``auto`` takes the simplex method."""

PLAN: Final = 1000
"""Rows from which on ``auto`` first tries content pricing, without a start."""

LIGHT: Final = 200_000
"""Coefficients up to which ``auto`` begins at a start, by the simplex method."""

DENSE: Final = 0.1
"""Part of all possible coefficients from which on presolve is left out: it only fills such a table up further."""

LARGE: Final = 10_000
"""Coefficients up to which presolve costs nothing in any case."""


def chosen(problem: LinearProblem) -> Method:
    """Return the method that ``auto`` means for a problem without a start: simplex up to 300 rows, else interior point.

    With a start and at most 200 000 coefficients the simplex method first goes on from the old basis, for at most a
    quarter as many iterations as there are rows (but 500); what it has not finished by then is begun afresh.

    Seconds of one core to a certificate at 1e-6 with HiGHS 1.15, on plans made of the public tables (the last stage
    of each; *warm* from the basis of the stage before, which has another objective) and on random plans with two
    techniques per product, one labour row and voted needs (*warm* after all weights changed by up to 5 % and labour
    by 2 %; "limits" have a capacity on every technique):

    =========================== ====== ============ ======== ====== ===================
    plan                        rows   coefficients simplex  warm   interior, crossover
    =========================== ====== ============ ======== ====== ===================
    world in 9 blocs, 1 year    2513   22 000       0.28     0.02   0.20
    world in 9 blocs, 5 years   12 525 106 000      > 60     5.1    4.8
    1435 sectors, 1 year        8597   866 000                      71
    100 products                101    10 000       0.03            0.05
    300 products                301    31 000       0.3      0.1    0.2
    600 products                601    63 000       2.7      0.9    0.8
    1000 products               1001   105 000      11       7.5    2.6
    1435 products, dense        1436   4 100 000    71              28
    300 products, limits        301    31 000       0.4             0.6
    600 products, limits        601    63 000       2.6             3.1
    1000 products, limits       1001   105 000      10–44           15
    2000 products, limits       2001   30 000       > 26            7.0
    =========================== ====== ============ ======== ====== ===================

    From 1000 rows on, and without a start, content pricing is tried before: it looks at the matrix (0.02 s) and leaves
    what is no plan to the others. On random plans with two techniques a product, some 100 inputs each, regional labour,
    five caps, foreign exchange and needs in three tiers it took, to gap and shortage of 1e-12 (processor seconds, busy
    machine): 800 products 0.6; 2000 products 2.2 to 3.7 (PDLP: rows still violated by 2e-4 after 50; interior point
    without crossover: a gap of 7e-5 after 43); 8000 products 14, with a capacity on one technique of each 22.

    PDLP is never chosen: on the 1000 products single rows were still violated by 1 to 20 % of their own size after
    100 s, at each of four tolerances. HiPO, for which HiGHS needs the package ``highspy-extras``, is not among the
    methods yet: it took 23 s for the 1435 sectors, 2.6 for the 1000 products with limits, 66 for the dense table.
    """
    return "simplex" if problem.shape[0] <= SMALL else "ipm"


def attempts(problem: LinearProblem, method: Method, *, started: bool) -> tuple[Setting, ...]:
    """Return what to try in turn.

    Parameters
    ----------
    problem
        The problem.
    method
        What was asked for.
    started
        Whether there is a basis to start from.
    """
    tries = ATTEMPTS[chosen(problem) if method == "auto" else method]
    m, n = problem.shape
    if method == "auto" and not started and m >= PLAN:
        tries = (CONTENT_PRICING, *tries)
    if method == "auto" and started and problem.matrix.nnz <= LIGHT:
        tries = (replace(SIMPLEX, words="HiGHS simplex from a start", iterations=max(m // 4, 500)), *tries)
    if problem.matrix.nnz > max(DENSE * m * n, LARGE):
        tries = tuple(replace(each, presolve=False) for each in tries)
    return tries
