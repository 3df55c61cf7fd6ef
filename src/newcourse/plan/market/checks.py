"""Checks that all values of the mixed economy share."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault

ROUNDING: Final = 1e-9
"""Part of one by which sums of shares may differ from what they must be."""


def fixed(values: npt.ArrayLike) -> np.ndarray:
    """Return the values as an array of their own that cannot be changed."""
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array


def require_positive(where: str, products: Sequence[str], **vectors: np.ndarray) -> None:
    """Refuse vectors that are not one positive number for each product.

    Raises
    ------
    BadInput
        With every wrong number at once.
    """
    faults: list[Fault] = []
    for name, vector in vectors.items():
        if vector.shape != (len(products),):
            found = f"an array of shape {vector.shape}"
            faults.append(Fault("length", f"{where}, {name}", found, f"{len(products)} numbers", "give one a product"))
            continue
        faults += [
            Fault("not-positive", f"{where}, {name} of {product}", f"{value:g}", "a number above 0", "correct it")
            for product, value in zip(products, vector, strict=True)
            if not 0 < value < np.inf
        ]
    if faults:
        raise BadInput(faults)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise all the faults together, if there are any."""
    found = tuple(faults)
    if found:
        raise BadInput(found)


def wrong_sum(where: str, name: str, values: np.ndarray, expected: float) -> list[Fault]:
    """Return a fault if the values do not add up to what is expected."""
    total = float(values.sum())
    if abs(total - expected) <= ROUNDING:
        return []
    return [Fault("shares-sum", f"{where}, {name}", f"a sum of {total:.10g}", f"{expected:g}", "correct the shares")]


def wrong_frisch(frisch: float) -> list[Fault]:
    """Return a fault if Frisch's parameter is not at most −1."""
    if -np.inf < frisch <= -1:
        return []
    return [Fault("frisch", "Frisch's parameter", f"{frisch:g}", "at most −1", "give for example −2")]


def wrong_income(income: float) -> list[Fault]:
    """Return a fault if an income is not a positive number."""
    if 0 < income < np.inf:
        return []
    return [Fault("not-positive", "demand, income", f"{income:g}", "a number above 0", "correct it")]


def wrong_mean(answers: np.ndarray, shares: np.ndarray) -> list[Fault]:
    """Return a fault if income elasticities are not one for each product with a mean above 0."""
    if answers.shape == shares.shape and float(answers @ shares) > 0:
        return []
    return [Fault("elasticity-mean", "income elasticities", f"{answers}", "a mean above 0", "correct them")]


def negative_demand(products: Sequence[str], quantities: np.ndarray) -> list[Fault]:
    """Return a fault for each quantity below 0."""
    return [
        Fault("demand-negative", f"demand for {product}", f"{quantity:g}", "at least 0", "stay nearer to the base year")
        for product, quantity in zip(products, quantities, strict=True)
        if not quantity >= 0
    ]
