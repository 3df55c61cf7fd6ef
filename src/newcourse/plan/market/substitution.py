"""How goods replace each other, found from little: one number for all, or each good's answer to its own price.

A *Slutsky matrix* holds, as parts of spending, how each quantity answers each price when income is made good. For one
consistent buyer it is symmetric, its rows add up to 0 and it is negative semidefinite.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import least_squares

from newcourse.errors import BadInput, Fault


def additive_terms(margins: np.ndarray, frisch: float) -> np.ndarray:
    """Return the Slutsky matrix of independent wants: ``(diag(b) − b bᵀ)/ω``, n × n.

    Parameters
    ----------
    margins
        b: part of each further unit of money that goes to each product, n numbers that add up to 1.
    frisch
        ω: Frisch's parameter, negative (R. Frisch, Econometrica 27 (1959), equation for want-independence).
    """
    return np.asarray((np.diag(margins) - np.outer(margins, margins)) / frisch)


def terms_of_own_prices(
    products: Sequence[str], shares: np.ndarray, income: np.ndarray, own_price: np.ndarray
) -> np.ndarray:
    """Return the Slutsky matrix with the given answers of goods to their own prices, n × n.

    Off the diagonal it is ``uᵢuⱼ`` with the one positive u for which rows add up to 0: all goods replace each other,
    those that give way most most of all. As the negative of a graph's Laplacian it is negative semidefinite.

    Parameters
    ----------
    products
        What is bought, n codes.
    shares, income, own_price
        Parts of spending, income elasticities and uncompensated own-price elasticities, n numbers each.

    Raises
    ------
    BadInput
        If a good would be bought more when it is dearer and income is made good, or if one good gives way more than
        all others together can take up.
    """
    if own_price.shape != shares.shape:
        found = f"an array of shape {own_price.shape}"
        raise BadInput(Fault("length", "own-price elasticities", found, f"{len(shares)} numbers", "give one a product"))
    given_way = -shares * (own_price + shares * income)
    faults = [
        Fault(
            "own-price",
            f"own-price elasticity of {product}",
            f"{own:g}",
            f"below {-share * answer:.4g}, the effect of income alone",
            "give a larger answer to the price",
        )
        for product, own, share, answer, away in zip(products, own_price, shares, income, given_way, strict=True)
        if not away > 0
    ]
    faults = faults or _alone(products, given_way)
    if faults:
        raise BadInput(faults)
    return _with_row_sums(given_way)


def _alone(products: Sequence[str], given_way: np.ndarray) -> list[Fault]:
    """Return a fault if one good gives way more than all others together can take up."""
    most = int(np.argmax(given_way))
    rest = float(given_way.sum() - given_way[most])
    if given_way[most] <= rest * (1 + 1e-9) and (len(products) == 2 or given_way[most] < rest):
        return []
    return [
        Fault(
            "own-price-alone",
            f"own-price elasticity of {products[most]}",
            f"a substitution of {given_way[most]:.4g} of spending",
            f"less than that of all others together, {rest:.4g}",
            "give it a smaller answer to its price, or the others a larger one",
        )
    ]


def _with_row_sums(sums: np.ndarray) -> np.ndarray:
    """Return the matrix ``uᵢuⱼ`` off the diagonal with these row sums, and minus them on it."""
    if len(sums) == 2:
        both = float(sums.mean())
        return np.array([[-both, both], [both, -both]])
    scaled = sums / sums.max()

    def missing(logs: np.ndarray) -> np.ndarray:
        u = np.exp(logs)
        return np.asarray(u * (u.sum() - u) - scaled)

    start = np.log(scaled / np.sqrt(scaled.sum()))
    found = least_squares(missing, start, xtol=1e-15, ftol=1e-15, gtol=1e-15)
    if not abs(found.fun).max() <= 1e-9:
        worst = f"row sums missed by {abs(found.fun).max():.1e}"
        raise BadInput(
            Fault(
                "substitution", "own-price elasticities", worst, "a matrix that has them", "give less unequal answers"
            )
        )
    u = np.exp(found.x)
    terms = np.outer(u, u) * sums.max()
    np.fill_diagonal(terms, 0.0)
    np.fill_diagonal(terms, -terms.sum(axis=1))
    return np.asarray(terms)
