"""Each reader of the formations' data: what it takes from a file, and what it refuses."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.sources.formations import left_out, read_panel
from newcourse.sources.formations.alliances import read_alliances
from newcourse.sources.formations.anckar import read_anckar
from newcourse.sources.formations.contiguity import read_contiguity
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.kailitz import read_kailitz
from newcourse.sources.formations.lied import read_lied
from newcourse.sources.formations.maddison import bridged, read_maddison
from newcourse.sources.formations.states import StateList, cow_entries, read_states
from newcourse.sources.formations.trade import read_trade
from newcourse.sources.formations.ulfelder import read_ulfelder
from newcourse.sources.formations.vaporeg import CHECKS, COMMUNIST, read_vaporeg
from newcourse.sources.formations.wars import read_civil_wars, read_wars
from tests.sources.formation_files import tables, written

YEARS = range(1900, 2018)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("formations"))


@pytest.fixture(scope="module")
def states(folder: Path) -> StateList:
    return read_states(folder)


@pytest.fixture(scope="module")
def grid(states: StateList) -> Grid:
    return states.grid(YEARS)


def at(grid: Grid, values: np.ndarray, state: int, year: int) -> float:
    return float(values[grid.row(state), year - grid.years[0]])


def tie(grid: Grid, ties: np.ndarray, year: int, a: int, b: int) -> float:
    return float(ties[year - grid.years[0], grid.row(a), grid.row(b)])


def test_states_exist_when_the_list_says(states: StateList, grid: Grid) -> None:
    exists = states.exists(grid)
    assert [bool(at(grid, exists, 265, year)) for year in (1948, 1949, 1990, 1991)] == [False, True, True, False]
    assert [bool(at(grid, exists, 340, year)) for year in (1915, 1916, 2005, 2006)] == [True, False, False, True]
    assert states.grid(range(1919, 1930)).row(300) == -1
    assert states.last_year == 2017


def test_a_missing_file_or_column_says_what_to_fetch(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no peacesciencer__gw_states"):
        read_states(tmp_path)
    written(tmp_path, "peacesciencer__gw_states", lambda table: table.drop(columns="enddate"))
    with pytest.raises(BadInput, match="no enddate"):
        read_states(tmp_path)
    written(tmp_path, "peacesciencer__gw_states", lambda table: table.iloc[:0])
    with pytest.raises(BadInput, match="file-empty"):
        read_states(tmp_path)
    (tmp_path / "peacesciencer__gw_states.csv").write_bytes(b"")
    with pytest.raises(BadInput, match="file-unreadable"):
        read_states(tmp_path)


def test_packed_files_are_read_too(tmp_path: Path) -> None:
    tables()["peacesciencer__gw_states"].to_csv(tmp_path / "peacesciencer__gw_states.csv.gz", index=False)
    assert 365 in read_states(tmp_path).known


def test_a_file_that_is_not_what_its_name_says(tmp_path: Path) -> None:
    (tmp_path / "peacesciencer__gw_states.csv.gz").write_bytes(b"no archive")
    with pytest.raises(BadInput, match="file-unreadable"):
        read_states(tmp_path)


def test_regimes_of_vaporeg(folder: Path, states: StateList) -> None:
    regimes = read_vaporeg(folder, states)
    table = regimes.table.set_index(["gw", "year"])["regime"]
    assert table[365, 1916] == 90
    assert table[365, 1923] == COMMUNIST
    assert table[300, 1900] == 80, "Austria stands for Austria-Hungary"
    assert table[510, 1961] == 60, "Tanganyika is the Tanzania of the list"
    assert [(item.entity, item.reason) for item in regimes.left_out] == [("Bermuda", "a dependent territory")]


def test_codes_that_mean_something_else_are_refused_all_at_once(tmp_path: Path) -> None:
    """If 120 and 100 were the other way round, as a table of codes could have it, no file is read."""

    def swapped(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(vaporeg_cr=table["vaporeg_cr"].replace({120: 100, 90: 120}))

    folder = written(tmp_path, "democracyData__vaporeg", swapped)
    with pytest.raises(BadInput) as error:
        read_vaporeg(folder, read_states(folder))
    wrong = [check for check in CHECKS if check[3] in (120, 90)]
    assert [fault.code for fault in error.value.faults] == ["codes-contradict"] * len(wrong)


def test_a_file_that_lacks_the_states_to_check_by_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "democracyData__vaporeg", lambda table: table[table["vaporeg_country"] != "Cuba"])
    with pytest.raises(BadInput, match="Cuba 1959 to 2024"):
        read_vaporeg(folder, read_states(folder))


def test_all_unknown_entities_are_told_at_once(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        [("Atlantis", 1950, 10, None), ("Utopia", 1951, 10, 4242)],
        columns=["vaporeg_country", "year", "vaporeg_cr", "GWn"],
    )
    folder = written(tmp_path, "democracyData__vaporeg", lambda table: pd.concat([table, rows]))
    with pytest.raises(BadInput) as error:
        read_vaporeg(folder, read_states(folder))
    assert [fault.where for fault in error.value.faults] == ["va-PoReg: Atlantis", "va-PoReg: Utopia"]


def test_a_state_twice_in_a_year_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "democracyData__kailitz", lambda table: pd.concat([table, table.iloc[:1]]))
    with pytest.raises(BadInput, match="state 40 in 1960"):
        read_kailitz(folder, read_states(folder))


def test_a_year_that_is_no_number_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "democracyData__anckar", lambda table: table.assign(year=1950.5))
    with pytest.raises(BadInput, match="row 2, year"):
        read_anckar(folder, read_states(folder))


def test_the_other_sources_on_regimes(folder: Path, states: StateList) -> None:
    assert read_kailitz(folder, states).table["communist"].tolist() == [False, True]
    assert read_anckar(folder, states).table["regime"].tolist() == ["Parliamentarism"]
    both = read_ulfelder(folder, states)
    assert (len(both.table), both.left_out[0].reason) == (1, "united Germany has a row of its own")


def test_numbers_of_lied_are_those_of_the_correlates_of_war(folder: Path, states: StateList) -> None:
    regimes = read_lied(folder, states)
    assert regimes.table["gw"].tolist() == [260, 340, 678]
    assert [(item.entity, item.rows) for item in regimes.left_out] == [("Vietnam", 0), ("Kiribati", 1)]


def test_product_and_the_gap_to_the_frontier(folder: Path, grid: Grid) -> None:
    product = read_maddison(folder, grid)
    assert at(grid, product.gap(), 365, 1913) == pytest.approx(np.log(10_000 / 2500))
    assert at(grid, product.gap(), 2, 1913) == 0
    assert at(grid, product.per_head, 365, 1915) == pytest.approx((2300 * 2000) ** 0.5)
    assert np.isnan(at(grid, product.per_head, 365, 1950)), "seventy-six years are not bridged"
    assert at(grid, product.per_head, 365, 1992) == 10_000, "the territory of Russia stands for it from 1992"
    crisis = product.crisis()
    assert at(grid, crisis, 365, 1914) == 1
    assert np.isnan(at(grid, crisis, 365, 1915)), "a bridged year says nothing of a crisis"
    assert at(grid, crisis, 2, 1914) == 0
    assert [(item.entity, item.rows) for item in product.left_out] == [("HKG", 1), ("SUN", 1)]


def test_a_small_rich_country_is_not_the_frontier(tmp_path: Path) -> None:
    rich = pd.DataFrame([("SWE", 1913, 50_000.0, 5000.0)], columns=["ISO", "year", "gdppc", "pop"])
    folder = written(tmp_path, "MaddisonData__MaddisonData", lambda table: pd.concat([table, rich]))
    grid = read_states(folder).grid(YEARS)
    gap = read_maddison(folder, grid).gap()
    assert at(grid, gap, 2, 1913) == 0
    assert at(grid, gap, 380, 1913) == pytest.approx(np.log(10_000 / 50_000))


def test_wrong_product_is_refused(tmp_path: Path) -> None:
    bad = pd.DataFrame([("XXX", 1913, 1.0, 1.0), ("USA", 1999, 0.0, -1.0)], columns=["ISO", "year", "gdppc", "pop"])
    folder = written(tmp_path, "MaddisonData__MaddisonData", lambda table: pd.concat([table, bad]))
    with pytest.raises(BadInput) as error:
        read_maddison(folder, read_states(folder).grid(YEARS))
    assert len(error.value.faults) == 3


def test_gaps_are_bridged_up_to_fifteen_years() -> None:
    row = np.full(40, np.nan)
    row[[2, 17, 33]] = 1.0, 2.0, 4.0
    filled = bridged(row[None])[0]
    assert filled[9] == pytest.approx(2 ** (7 / 15))
    assert np.isnan(filled[[0, 1, 18, 32, 34, 39]]).all()


def test_borders(folder: Path, states: StateList, grid: Grid) -> None:
    ties = read_contiguity(folder, grid, states.exists(grid))
    assert tie(grid, ties, 1905, 2, 20) == 1, "carried back: Canada is counted from 1920 only"
    assert tie(grid, ties, 1950, 265, 260) == 1, "carried back to when both German states exist"
    assert tie(grid, ties, 1948, 265, 260) == 0
    assert tie(grid, ties, 2017, 2, 20) == 1, "the file ends in 2016"
    assert [tie(grid, ties, year, 365, 255) for year in (1917, 1918, 1919)] == [1, 1, 0]
    assert tie(grid, ties, 1950, 2, 40) == 0, "ninety miles of water are not a border"
    assert cow_entries(folder)[260] == 1955


def test_alliances(folder: Path, states: StateList, grid: Grid) -> None:
    ties = read_alliances(folder, grid, states.exists(grid))
    assert tie(grid, ties, 1950, 365, 710) == 1
    assert tie(grid, ties, 1950, 365, 40) == 0, "a promise not to attack is no promise to defend"
    assert tie(grid, ties, 1995, 2, 260) == 1, "Germany is 260 after 1990"
    assert tie(grid, ties, 1950, 710, 365) == 1, "both ways"


def test_trade_and_openness(folder: Path, states: StateList, grid: Grid) -> None:
    trade = read_trade(folder, grid)
    weights = trade.weights(states.exists(grid))
    assert tie(grid, weights, 1913, 365, 2) == pytest.approx(60 / 80)
    assert tie(grid, weights, 1913, 380, 365) == pytest.approx(20 / 80)
    assert tie(grid, weights, 1913, 2, 20) == 0, "Canada's exports are not known"
    assert weights[13].sum(axis=1).max() == pytest.approx(1)
    assert weights[14].max() == 0, "no trade is known of 1914"
    openness = trade.openness(read_maddison(folder, grid))
    made = 10_000 * 100_000, 2500 * 150_000
    assert at(grid, openness, 365, 1913) == pytest.approx(np.log((20 / 80) / (made[1] / sum(made))))
    assert np.isnan(at(grid, openness, 380, 1913)), "product is not known"


def test_negative_trade_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "peacesciencer__cow_trade_sy", lambda table: table.assign(imports=-1.0))
    with pytest.raises(BadInput) as error:
        read_trade(folder, read_states(folder).grid(YEARS))
    assert len(error.value.faults) == 4


def test_wars(folder: Path, grid: Grid) -> None:
    wars, civil = read_wars(folder, grid), read_civil_wars(folder, grid)
    assert [at(grid, wars, 365, year) for year in (1913, 1914)] == [0, 1]
    assert at(grid, wars, 2, 2003) == 1
    assert np.isnan(at(grid, wars, 2, 2008)), "the lists end in 2007"
    assert at(grid, civil, 365, 1918) == 1
    assert at(grid, civil, 2, 1918) == 0, "who intervenes has no war inside"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("peacesciencer__cow_trade_sy", "ccode"),
        ("peacesciencer__cow_war_inter", "ccode1"),
        ("peacesciencer__cow_war_intra", "ccodea"),
        ("peacesciencer__atop_alliance", "ccode2"),
        ("peacesciencer__cow_contdir", "ccode2"),
    ],
)
def test_a_number_of_no_state_is_refused(tmp_path: Path, name: str, column: str) -> None:
    folder = written(tmp_path, name, lambda table: table.assign(**{column: 4242}))
    with pytest.raises(BadInput, match="state 4242"):
        read_panel(folder)


def test_a_panel_of_the_small_folder(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    panel = read_panel(folder, first=1913, last=1992, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(told[0][2]))
    assert panel.years == tuple(range(1913, 1993))
    russia = panel.of(["365"])
    assert [russia.space.formations[russia.observed[0, y - 1913]] for y in (1916, 1917, 1923, 1924, 1991)] == [
        "pre_capitalist",
        "workers",
        "workers",
        "degenerated",
        "restored",
    ]
    assert panel.titles["265"] == "German Democratic Republic"
    assert set(panel.covariates) == {"gap", "openness", "war", "civil_war", "crisis"}
    assert set(panel.weights) == {"contiguity", "alliance", "trade"}


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"coding": "mine"}, "degenerated-1924, late-turn-1928"),
        ({"stage": "mine"}, "poor-monarchy, monarchy, income"),
        ({"first": 1899}, "1899 to 2010"),
        ({"first": 2000, "last": 1999}, "2000 to 1999"),
        ({"last": 2018}, "1900 to 2018"),
        ({"coding": "kailitz"}, "years from 1946 to 2010"),
    ],
)
def test_choices_that_are_not_there_are_refused(folder: Path, choice: dict[str, object], found: str) -> None:
    with pytest.raises(BadInput, match=found):
        read_panel(folder, **choice)  # type: ignore[arg-type] # wrong on purpose


def test_what_is_left_out_is_told(folder: Path) -> None:
    table = left_out(folder)
    assert {"Bermuda", "Kiribati", "HKG", "SUN"} <= set(table["entity"])
    assert (table["reason"] != "").all()


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = written(tmp_path, "democracyData__anckar", lambda table: table.assign(GWn=4242))
    bad = tables()["democracyData__LIED"].assign(GWn=4243)
    bad.to_csv(folder / "democracyData__LIED.csv", index=False)
    with pytest.raises(BadInput) as error:
        left_out(folder)
    assert {fault.where.split(":")[0] for fault in error.value.faults} == {"Anckar–Fredriksson", "LIED"}


def test_trade_after_the_last_year_is_that_of_the_last_year(tmp_path: Path) -> None:
    folder = written(tmp_path, "peacesciencer__cow_trade_sy", lambda table: table.assign(year=2014))
    states = read_states(folder)
    grid = states.grid(YEARS)
    weights = read_trade(folder, grid).weights(states.exists(grid))
    np.testing.assert_array_equal(weights[-1], weights[2014 - 1900])
    assert weights[-1].max() > 0
    later = states.grid(range(2015, 2018))
    with pytest.raises(BadInput, match="2015 to 2017"):
        read_trade(folder, later).weights(states.exists(later))
