"""What made-up economies are measured by: figures of the world table of 2008, and what is merely assumed.

The measured figures are of the World Input-Output Database, release 2013, table of 2008 (Timmer, Dietzenbacher, Los,
Stehrer & de Vries 2015, *Review of International Economics* 23, 575-605): 41 regions of 35 industries, of which 20
have no output; coefficients are intermediate flows over the output of the industry that uses them. The table is too
coarse to have sparse recipes (a column of it holds 303 coefficients), so lengths and spreads of recipes are those of
the coefficients above a thousandth, which make 93 % of all inputs by value.
"""

from typing import Final

import numpy as np

LEVELS: Final = np.array([0.0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1.0])
"""Levels of the two tables of quantiles below."""

COLUMN_SUMS: Final = np.array([0.0, 0.0, 0.2057, 0.2813, 0.4074, 0.5408, 0.6562, 0.7257, 0.7671, 0.8612, 0.9329])
"""Measured: quantiles of an industry's inputs over its output. Their mean is 0.5196."""

DOMESTIC_SHARES: Final = np.array([0.0, 0.1606, 0.3892, 0.4892, 0.6363, 0.7819, 0.8703, 0.9189, 0.9367, 0.9679, 1.0])
"""Measured: quantiles of the share of an industry's inputs, by value, that comes from its own region."""

MEAN_COLUMN_SUM: Final = 0.5196
OWN_SHARE: Final = 0.1258
"""Measured: mean share of an industry's inputs that are its own product."""

RECIPE_LENGTH: Final = 44.67
RECIPE_PRODUCTS: Final = 1435
"""Measured: coefficients above a thousandth in a column, and products of the table: a density of 3.1 %."""

RECIPE_GROWTH: Final = 0.115
"""Assumed: a recipe grows by this power of the number of products; 100 000 products hold some 14.6 million."""

RECIPE_SPREAD: Final = 0.873
"""Measured: standard deviation of the logarithm of a column's length, all coefficients counted: a heavy tail."""

COEFFICIENT_SPREAD: Final = 1.150
"""Measured: standard deviation of the logarithm of a column's coefficients above a thousandth."""

DOMESTIC_NUMBER: Final = 0.492
"""Measured: share of the coefficients above a thousandth that are of the industry's own region."""

POPULARITY_SPREAD: Final = 0.968
"""Measured: standard deviation of the logarithm of how many columns use a product, at a thousandth."""

REGION_SPREAD: Final = 1.697
"""Measured: standard deviation of the logarithm of a region's output."""

PRODUCT_SPREAD: Final = 1.169
"""Measured: standard deviation of the logarithm of an industry's output within its region, mean of regions."""

REGIONS: Final = 49
REGION_PRODUCTS: Final = 35
"""Assumed: at most so many regions, and measured: no fewer than so many products in each."""

PRICE_SPREAD: Final = 1.0
"""Assumed: standard deviation of the logarithm of what a unit of a product is worth, because units are arbitrary."""

PLACE_SPREAD: Final = 0.2
"""Assumed: the same for one branch's product between regions."""
