"""United Kingdom 2010, 127 products: Office for National Statistics, *Input-Output Analytical Tables 2010*.

Flows and output are taken from the product-by-product table; multipliers and effects are those that ONS published.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newcourse.economy.identities import leontief_inverse, output_multipliers

pytestmark = pytest.mark.shared_data
VALUE_ADDED = ["Taxes less subsidies on production", "Compensation of employees", "Gross Operating Surplus"]


@dataclass(frozen=True)
class Table:
    A: np.ndarray
    value_added: np.ndarray
    inverse: np.ndarray
    published: pd.DataFrame


@pytest.fixture(scope="module")
def table(shared_data: Path) -> Table:
    folder = shared_data / "tables" / "uk_2010"
    data = pd.read_csv(folder / "uk_2010_data.csv.gz", dtype={"uk_row": str, "uk_col": str})

    def wide(indicator: str) -> pd.DataFrame:
        part = data[data["indicator"].str.startswith(indicator)]
        return part.pivot_table(index="uk_row", columns="uk_col", values="values", aggfunc="first", sort=False)

    flows, inverse = wide("Input-Output table"), wide("Leontief Inverse")
    products = [code for code in flows.columns if code in flows.index]
    output = flows.loc["Total output", products].to_numpy(float)
    names = data[data["indicator"].str.startswith("Input-Output table")].drop_duplicates("uk_row").set_index("uk_row")
    published = pd.read_csv(folder / "uk_test_results.csv")
    published.index = pd.Index(published["uk_row_label"].str.strip())
    return Table(
        A=flows.loc[products, products].to_numpy(float) / output,
        value_added=flows.loc[VALUE_ADDED, products].sum().to_numpy(float) / output,
        inverse=inverse.loc[products, products].to_numpy(float),
        published=published.loc[names.loc[products, "uk_row_lab"].str.strip()],
    )


def test_there_are_127_products(table: Table) -> None:
    assert table.A.shape == (127, 127)


def test_output_multipliers(table: Table) -> None:
    assert output_multipliers(table.A) == pytest.approx(table.published["Output multiplier"].to_numpy(), rel=1e-12)


def test_value_added_effects_and_multipliers(table: Table) -> None:
    effects = table.value_added @ leontief_inverse(table.A)
    assert effects == pytest.approx(table.published["GVA effects"].to_numpy(), rel=1e-9)
    multipliers = effects / table.value_added
    assert multipliers == pytest.approx(table.published["GVA multiplier"].to_numpy(), rel=1e-9)


def test_the_published_inverse(table: Table) -> None:
    assert leontief_inverse(table.A) == pytest.approx(table.inverse, abs=1e-9)
