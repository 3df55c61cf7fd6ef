"""Made-up economies: productive by certificate, as dense as the world table of 2008, the same for the same seed."""

from dataclasses import fields
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy import made_up_figures as figures
from newcourse.economy.made_up import Capacities, MadeUpEconomy, MadeUpSettings, made_up
from newcourse.errors import BadInput

SETTINGS = st.builds(
    MadeUpSettings,
    products=st.integers(60, 200),
    seed=st.integers(0, 10**6),
    regions=st.sampled_from([None, 1, 2, 40]),
    techniques=st.integers(1, 3),
    capacities=st.sampled_from(get_args(Capacities)),
    by_products=st.sampled_from([0.0, 0.3]),
    zero_needs=st.sampled_from([0.0, 0.5, 1.0]),
    unused=st.sampled_from([0.0, 0.2]),
    alone=st.sampled_from([0.0, 0.1]),
    quotas=st.sampled_from([0.0, 0.5]),
    nearness=st.sampled_from([0.0, 0.99]),
)


def recipes(economy: MadeUpEconomy) -> sp.csc_array:
    """Return the inputs of techniques that make something, in value over the value made."""
    price, owner = economy.where.price, economy.owner[~economy.route]
    return sp.diags_array(price) @ economy.inputs[:, ~economy.route] @ sp.diags_array(1 / price[owner])


@pytest.mark.slow
@settings(max_examples=15)
@given(SETTINGS, st.randoms(use_true_random=False))
def test_every_choice_of_one_technique_a_product_is_productive(wished: MadeUpSettings, lot: object) -> None:
    economy = made_up(wished)
    surplus = economy.surplus()
    assert surplus.min() > 0
    price, owner = economy.where.price, economy.owner
    left = price @ economy.outputs - price @ economy.inputs
    np.testing.assert_allclose(surplus, left / price[owner], rtol=1e-12)
    chance = np.random.default_rng(lot.randrange(10**6))  # type: ignore[attr-defined]
    order = chance.permutation(owner.size)
    chosen = np.empty(wished.products, dtype=int)
    chosen[owner[order]] = order
    A = economy.inputs[:, chosen]
    # p (I - A) > 0 proves a spectral radius below 1 for this choice too; the radius itself agrees.
    assert (price - price @ A > 0).all()
    assert np.abs(np.linalg.eigvals(A.toarray())).max() < 1


@settings(max_examples=15)
@given(SETTINGS)
def test_tables_fit_together(wished: MadeUpSettings) -> None:
    economy = made_up(wished)
    n, m = economy.inputs.shape
    k = len(economy.resources)
    assert economy.outputs.shape == (n, m)
    assert economy.use.shape == (k, m)
    assert economy.available.shape == (k,)
    assert economy.inputs.min() >= 0
    assert economy.outputs.min() >= 0
    assert economy.use.min() >= 0
    assert (economy.outputs[economy.owner, np.arange(m)] == 1).all()
    assert (np.bincount(economy.owner[~economy.route], minlength=n) == wished.techniques).all()
    assert k == wished.region_count + 5
    assert (np.diff(economy.weight, axis=1) < 0).all()
    assert (economy.weight > 0).all()
    assert (economy.import_price > economy.export_price).all()
    assert (economy.base >= 0).all()
    assert (economy.base[economy.route] == 0).all()
    limited = np.isfinite(economy.capacity)
    expected = {"none": 0, "one": n, "all": m}[wished.capacities]
    assert limited.sum() == expected
    assert np.isinf(economy.import_quota).all() or wished.quotas


@settings(max_examples=10)
@given(SETTINGS)
def test_the_same_settings_give_the_same_economy(wished: MadeUpSettings) -> None:
    first, second = made_up(wished), made_up(wished)
    for field in fields(MadeUpEconomy):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if isinstance(one, sp.sparray):
            one, other = (np.concatenate([x.data, x.indices, x.indptr]) for x in (one, other))
        if field.name != "where":
            np.testing.assert_array_equal(one, other)
    assert made_up(MadeUpSettings(60, 1)).where.price[0] != made_up(MadeUpSettings(60, 2)).where.price[0]


def test_the_base_year_meets_its_needs() -> None:
    economy = made_up(MadeUpSettings(900, 3))
    price, final = economy.where.price, economy.need.sum(axis=1) / 1.1
    missing = final - (economy.outputs - economy.inputs) @ economy.base
    assert (price * missing).sum() <= 1e-6 * (price * final).sum()
    used = economy.use @ economy.base
    assert (economy.available / used >= 0.64 - 1e-12).all()
    assert (economy.available / used <= 0.74).all()


@pytest.mark.parametrize("products", [1435, 8000])
def test_recipes_are_as_in_the_world_table(products: int) -> None:
    wished = MadeUpSettings(products, 5)
    economy = made_up(wished)
    share = recipes(economy)
    sums = np.asarray(share.sum(axis=0)).ravel()
    ordinary = ~economy.where.alone[economy.owner[~economy.route]]
    assert sums[ordinary].mean() == pytest.approx(figures.MEAN_COLUMN_SUM, abs=0.01)
    found = np.quantile(sums[ordinary], figures.LEVELS[2:-2])
    np.testing.assert_allclose(found, figures.COLUMN_SUMS[2:-2], atol=0.03)
    lengths = np.diff(economy.inputs.indptr)[~economy.route]
    assert lengths.mean() == pytest.approx(wished.recipe_length, rel=0.2)
    assert lengths.max() > 5 * lengths.mean()  # a heavy tail
    region, owner = economy.where.region, economy.owner[~economy.route]
    coo = share.tocoo()
    home = coo.data[region[coo.row] == region[owner[coo.col]]].sum() / coo.data.sum()
    assert home == pytest.approx(0.7349, abs=0.05)  # mean domestic share of the world table's columns


def test_what_nobody_uses_and_what_stands_alone() -> None:
    economy = made_up(MadeUpSettings(600, 7, unused=0.3, alone=0.2, routes=0.5))
    users = np.asarray((economy.inputs > 0).sum(axis=1)).ravel()
    alone = economy.where.alone
    assert 60 < alone.sum() < 180
    assert not users[alone].any()
    assert not economy.inputs[:, alone[economy.owner]].nnz
    idle = (economy.where.popularity == 0) & ~alone
    assert 100 < idle.sum() < 260
    assert not economy.need[idle].any()


def test_nearly_unproductive_techniques_leave_as_little_as_asked() -> None:
    as_measured = made_up(MadeUpSettings(300, 1)).surplus()
    near = made_up(MadeUpSettings(300, 1, nearness=0.99))
    made = ~near.route
    made &= ~near.where.alone[near.owner]
    np.testing.assert_allclose(near.surplus()[made], 0.01 * as_measured[made], rtol=1e-9)


def test_faults_of_settings_come_all_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        MadeUpSettings(0, 1, regions=3, nearness=1.0, quotas=-1.0)
    assert [fault.where for fault in caught.value.faults] == ["products", "regions", "quotas", "nearness"]


def test_figures_are_those_of_the_world_table(shared_data: Path) -> None:
    folder = shared_data / "wiod2013"
    flows = pd.read_parquet(folder / "intermediate_2008.parquet").to_numpy(float)
    output = pd.read_parquet(folder / "final_2008.parquet")["output"].to_numpy(float)
    A = (flows / np.where(output > 0, output, 1.0))[:, output > 0]
    region = np.repeat(np.arange(41), 35)
    home = region[:, None] == region[output > 0]
    sums = A.sum(axis=0)
    assert sums.mean() == pytest.approx(figures.MEAN_COLUMN_SUM, abs=5e-5)
    np.testing.assert_allclose(np.quantile(sums, figures.LEVELS), figures.COLUMN_SUMS, atol=6e-5)
    domestic = (A * home).sum(axis=0)[sums > 0] / sums[sums > 0]
    np.testing.assert_allclose(np.quantile(domestic, figures.LEVELS), figures.DOMESTIC_SHARES, atol=6e-5)
    own = A[np.flatnonzero(output > 0), np.arange(A.shape[1])] / np.maximum(sums, 1e-9)
    assert own.mean() == pytest.approx(figures.OWN_SHARE, abs=5e-5)
    large = A > 1e-3
    length = large.sum(axis=0)
    assert length.mean() == pytest.approx(figures.RECIPE_LENGTH, abs=5e-3)
    assert (A * large).sum() / A.sum() == pytest.approx(0.93, abs=5e-3)
    assert large[home].sum() / large.sum() == pytest.approx(figures.DOMESTIC_NUMBER, abs=5e-4)
    logs = np.where(large, np.log(np.where(large, A, 1.0)), 0.0)
    mean = logs.sum(axis=0) / np.maximum(length, 1)
    spread = np.where(large, (logs - mean) ** 2, 0.0).sum(axis=0) / np.maximum(length, 1)
    assert np.sqrt(spread.mean()) == pytest.approx(figures.COEFFICIENT_SPREAD, abs=5e-3)
    every, rows = (A > 0).sum(axis=0), large.sum(axis=1)
    assert np.log(every[every > 0]).std() == pytest.approx(figures.RECIPE_SPREAD, abs=5e-4)
    assert np.log(rows[rows > 0]).std() == pytest.approx(figures.POPULARITY_SPREAD, abs=5e-4)
    by_region = output.reshape(41, 35)
    assert np.log(by_region.sum(axis=1)).std() == pytest.approx(figures.REGION_SPREAD, abs=5e-4)
    within = [np.log(row[row > 0]).std() for row in by_region]
    assert np.mean(within) == pytest.approx(figures.PRODUCT_SPREAD, abs=5e-4)
