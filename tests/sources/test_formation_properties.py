"""What holds for any ties, figures and broken files."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newcourse.errors import BadInput
from newcourse.sources.formations.alliances import read_alliances
from newcourse.sources.formations.contiguity import read_contiguity
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.maddison import BRIDGED, bridged, read_maddison
from newcourse.sources.formations.report import REGIMES
from newcourse.sources.formations.stages import CAPITALIST, PRE_CAPITALIST, UNKNOWN, stages_of
from newcourse.sources.formations.states import StateList, cow_entries, read_states
from newcourse.sources.formations.ties import equal_shares
from newcourse.sources.formations.trade import Trade, read_trade
from newcourse.sources.formations.wars import read_civil_wars, read_wars
from tests.sources.formation_files import tables, written

TABLES = tables()
N, T = 4, 3
GRID = Grid(tuple(range(1, N + 1)), tuple(range(1900, 1900 + T)))
existing = arrays(bool, (N, T))


@settings(max_examples=25)
@given(arrays(bool, (T, N, N)), existing)
def test_equal_shares_are_equal_and_add_up(tied: np.ndarray, exists: np.ndarray) -> None:
    tied = tied | tied.transpose(0, 2, 1)
    shares = equal_shares(tied, exists)
    sums = shares.sum(axis=2)
    assert np.isclose(sums[sums > 0], 1).all()
    assert not shares[:, range(N), range(N)].any()
    assert not shares[~exists.T].any()
    assert not shares.transpose(0, 2, 1)[~exists.T].any()
    for row in shares.reshape(-1, N):
        assert len(set(row[row > 0])) <= 1
    np.testing.assert_array_equal(shares > 0, (shares > 0).transpose(0, 2, 1))


money = st.one_of(st.just(np.nan), st.floats(0.01, 1e6))


@settings(max_examples=25)
@given(arrays(float, (N, T), elements=money), existing)
def test_shares_of_trade_add_up_to_one_where_anybody_else_trades(total: np.ndarray, exists: np.ndarray) -> None:
    shares = Trade(GRID, total).weights(exists)
    sums = shares.sum(axis=2).T
    mass = np.where(exists & np.isfinite(total), total, 0)
    others = mass.sum(axis=0) - mass > 1e-9 * mass.sum(axis=0)
    np.testing.assert_allclose(sums[exists & others], 1, rtol=1e-5)
    assert not sums[~exists].any()


@settings(max_examples=25)
@given(arrays(float, (2, 40), elements=st.one_of(st.just(np.nan), st.floats(300, 1e5))))
def test_bridging_keeps_figures_and_stays_between_neighbours(figures: np.ndarray) -> None:
    filled = bridged(figures)
    known = np.isfinite(figures)
    np.testing.assert_array_equal(filled[known], figures[known])
    for row, course in zip(figures, filled, strict=True):
        at = np.flatnonzero(np.isfinite(row))
        assert not np.isfinite(course[: at[0] if at.size else None]).any()
        for a, b in pairwise(at):
            inside = course[a + 1 : b]
            assert np.isfinite(inside).all() == (b - a <= BRIDGED) or b - a == 1
            low, high = sorted(row[[a, b]])
            assert ((inside >= low * (1 - 1e-9)) & (inside <= high * (1 + 1e-9)) | np.isnan(inside)).all()


@settings(max_examples=25)
@given(arrays(float, (3, 15), elements=st.sampled_from([0.0, 1.0, np.nan])), arrays(bool, (3, 15)))
def test_a_stage_is_left_once_and_never_entered_again(holds: np.ndarray, exists: np.ndarray) -> None:
    result = stages_of(holds, exists)
    assert (result[~exists] == UNKNOWN).all()
    for course in result:
        told = course[course != UNKNOWN]
        assert not ((told[:-1] == CAPITALIST) & (told[1:] == PRE_CAPITALIST)).any()


def every_reader(states: StateList, grid: Grid) -> dict[str, Callable[[Path], object]]:
    exists = states.exists(grid)
    regimes = {
        f"democracyData__{file}": (lambda folder, name=name: REGIMES[name](folder, states))
        for file, name in (
            ("vaporeg", "va-PoReg"),
            ("kailitz", "Kailitz"),
            ("anckar", "Anckar–Fredriksson"),
            ("ulfelder", "Ulfelder"),
            ("LIED", "LIED"),
        )
    }
    return {
        **regimes,
        "peacesciencer__gw_states": read_states,
        "peacesciencer__cow_states": cow_entries,
        "MaddisonData__MaddisonData": lambda folder: read_maddison(folder, grid),
        "peacesciencer__cow_contdir": lambda folder: read_contiguity(folder, grid, exists),
        "peacesciencer__atop_alliance": lambda folder: read_alliances(folder, grid, exists),
        "peacesciencer__cow_trade_sy": lambda folder: read_trade(folder, grid),
        "peacesciencer__cow_war_inter": lambda folder: read_wars(folder, grid),
        "peacesciencer__cow_war_intra": lambda folder: read_civil_wars(folder, grid),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("formations"))


@pytest.mark.parametrize("junk", ["junk", "1e999"])
@pytest.mark.parametrize("name", TABLES)
def test_a_broken_cell_is_read_or_refused_but_never_breaks_the_reader(folder: Path, name: str, junk: str) -> None:
    whole = TABLES[name]
    states = read_states(folder)
    read = every_reader(states, states.grid(range(1910, 1960)))[name]
    refused: list[BadInput] = []
    for column in whole.columns:
        broken = whole.astype(object)
        broken.loc[0, column] = junk
        broken.to_csv(folder / f"{name}.csv", index=False)
        try:
            read(folder)
        except BadInput as error:
            refused.append(error)
    whole.to_csv(folder / f"{name}.csv", index=False)
    assert refused
    assert all(fault.found and fault.expected and fault.remedy for error in refused for fault in error.faults)
