r"""Extrapolation of a symmetric splitting to steps of no length (L. F. Richardson, 1911; A. C. Aitken, E. H. Neville).

Results at steps h/m₁, h/m₂, … differ from the limit by a power series in h². The polynomial in h² through k of them
leaves an error of the order 2k (E. Hairer, S. P. Nørsett and G. Wanner, *Solving Ordinary Differential Equations I*,
§II.9). The mean it takes has negative weights: what comes out of density matrices need not be one.
"""

from dataclasses import dataclass, field

from newcourse.formations.engines.generators import Real


@dataclass
class Tableau:
    """The rows of the scheme of Aitken and Neville, one added for each finer run."""

    fineness: list[int] = field(default_factory=list)
    row: list[Real] = field(default_factory=list)

    def add(self, fineness: int, values: Real) -> None:
        """Add what a run with so many steps for one of the coarsest gave; finer than all before."""
        self.fineness.append(fineness)
        row = [values]
        for k, old in enumerate(self.row, start=1):
            ratio = (fineness / self.fineness[-1 - k]) ** 2
            row.append(row[-1] + (row[-1] - old) / (ratio - 1))
        self.row = row

    @property
    def best(self) -> Real:
        """The extrapolated values."""
        return self.row[-1]

    @property
    def error(self) -> float:
        """How far the last extrapolation moved the values; infinite where there was none."""
        return float(abs(self.row[-1] - self.row[-2]).max()) if len(self.row) > 1 else float("inf")


def doubled_error(coarse: Real, fine: Real) -> float:
    """Return the error of the finer of two runs, one with twice the steps, by the order two of the splitting."""
    return float(abs(fine - coarse).max() / 3)
