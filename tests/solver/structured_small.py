"""Small random plans of every kind, for tests: made-up numbers, many of them whole, so that there are ties."""

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.problem import Block, LinearProblem, Vector


def small_plan(seed: int, products: int, limits: int, *, capacity: str = "none", kind: str = "plain") -> LinearProblem:
    """Return a plan with two techniques a product, dear imports, needs in two tiers, exports and limits in common.

    Parameters
    ----------
    seed, products, limits
        Of the draw; how many products and limits.
    capacity
        Which techniques have one: ``"none"``, ``"one"`` (of each product) or ``"all"``; some are nil.
    kind
        ``"plain"``; ``"whole"`` (small whole numbers: ties); ``"tight"`` (nearly unproductive); ``"by-products"``;
        ``"equation"`` (the last limit is one); ``"hard"`` (needs that must be met); ``"idle"`` (half of the products
        are asked for by nobody).
    """
    rng = np.random.default_rng(seed)
    blocks = [_technique(rng, products, kind) for _ in range(2)]
    techniques = np.hstack(blocks)
    one = np.eye(products)
    balance = np.hstack([techniques, one, -one, -one, -one])
    taken = _numbers(rng, (limits, 2 * products), kind) * (rng.random((limits, 2 * products)) < 0.7)
    abroad = np.zeros((limits, products))
    if limits:
        abroad[-1] = 1 + 4 * rng.random(products)
    nothing = np.zeros((limits, products))
    matrix = np.vstack([balance, np.hstack([taken, abroad, nothing, nothing, -0.5 * abroad])])
    needs = _numbers(rng, 2 * products, kind) * (rng.random(2 * products) < (0.5 if kind == "idle" else 0.9))
    upper = np.full(matrix.shape[1], np.inf)
    upper[3 * products :] = np.concatenate([needs, needs[:products] * rng.random(products)])
    for t in range({"none": 0, "one": 1, "all": 2}[capacity]):
        part = upper[t * products : (t + 1) * products]
        part[:] = _numbers(rng, products, kind) * 2 * (rng.random(products) < 0.8)
    worth = np.concatenate([3 + 7 * _numbers(rng, products, kind), 1 + 3 * _numbers(rng, products, kind)])
    least = np.zeros(products)
    if kind == "hard":
        least = 0.2 * _numbers(rng, products, kind)
    cost = np.concatenate([0.1 * rng.random(2 * products), np.full(products, 5.0), -worth, np.full(products, -0.01)])
    most = needs.sum() * (0.2 + 2 * rng.random(limits))
    lower = np.full(limits, -np.inf)
    if kind == "equation" and limits:
        lower[-1] = most[-1]
    count = matrix.shape[1]
    return LinearProblem(
        f"small plan {seed}", "min", cost, sp.csr_array(matrix),
        np.concatenate([least, lower]), np.concatenate([np.full(products, np.inf), most]),
        np.zeros(count), upper,
        tuple(
            block
            for block in (
                Block("product", 0, products, pd.RangeIndex(products)),
                Block("limit", products, products + limits, pd.RangeIndex(limits)),
            )
            if len(block)
        ),
        (Block("activity", 0, count, pd.RangeIndex(count)),),
    )  # fmt: skip


def _numbers(rng: np.random.Generator, shape: int | tuple[int, ...], kind: str) -> Vector:
    if kind == "whole":
        return rng.integers(1, 4, shape).astype(float)
    return np.asarray(0.2 + rng.random(shape) * np.exp(rng.normal(0, 1, shape)))


def _technique(rng: np.random.Generator, products: int, kind: str) -> Vector:
    uses: Vector = rng.random((products, products)) * (rng.random((products, products)) < 0.5)
    if kind == "whole":
        uses = np.asarray(rng.random((products, products)) < 0.3, np.float64)
    np.fill_diagonal(uses, 0.0)
    total = 0.999 if kind == "tight" else 0.3 + 0.5 * rng.random(products)
    uses *= total / np.maximum(uses.sum(0), 1e-9) if kind != "whole" else 0.25 / np.maximum(uses.sum(0), 1)
    technique = np.eye(products) - uses
    if kind == "by-products":
        technique += 0.1 * (rng.random((products, products)) < 0.1)
    return technique
