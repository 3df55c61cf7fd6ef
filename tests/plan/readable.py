"""A linear problem as text that a person can read: one line per row."""

import numpy as np

from newcourse.solver.problem import Block, LinearProblem


def rows_as_text(problem: LinearProblem, *blocks: str) -> list[str]:
    """Return the rows of the named blocks, each as ``name: terms <= bound``; rows that ask nothing are left out."""
    lines = []
    for block in (problem.row_block(name) for name in blocks):
        for i in range(block.start, block.stop):
            part = slice(problem.matrix.indptr[i], problem.matrix.indptr[i + 1])
            terms = zip(problem.matrix.indices[part], problem.matrix.data[part], strict=True)
            left = " ".join(_term(problem, int(j), float(a)) for j, a in terms) or "0"
            lower, upper = float(problem.row_lower[i]), float(problem.row_upper[i])
            if np.isfinite([lower, upper]).any():
                lines.append(f"{_label(block, i)}: {_sides(left, lower, upper)}")
    return lines


def _term(problem: LinearProblem, j: int, a: float) -> str:
    name = next(_label(block, j) for block in problem.columns if block.start <= j < block.stop)
    size = "" if abs(a) == 1 else f"{abs(a):.6g} "
    return f"{'-' if a < 0 else '+'} {size}{name}"


def _label(block: Block, position: int) -> str:
    label = block.labels[position - block.start]
    parts = label if isinstance(label, tuple) else (label,)
    return f"{block.name}[{', '.join(map(str, parts))}]"


def _sides(left: str, lower: float, upper: float) -> str:
    if lower == upper:
        return f"{left} = {lower:.6g}"
    low = f"{lower:.6g} <= " if np.isfinite(lower) else ""
    high = f" <= {upper:.6g}" if np.isfinite(upper) else ""
    return f"{low}{left}{high}"
