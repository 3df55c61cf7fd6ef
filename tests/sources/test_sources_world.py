"""World tables: both ways of keeping trade, and each database's own layout through its parser (§5.3, §5.4)."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pymrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newcourse.economy.economy import Economy
from newcourse.economy.identities import activity_for, balance_faults
from newcourse.errors import BadInput
from newcourse.sources.concordance import Concordance
from newcourse.sources.exiobase3 import read_exiobase3
from newcourse.sources.icio import read_icio
from newcourse.sources.mrio import interregional_economy
from newcourse.sources.pymrio_system import Account, interregional, money_unit
from newcourse.sources.wiod import about, read_wiod
from tests.sources import synthetic
from tests.sources.synthetic import Y, Z, table

MODES = ("routes", "origin")
OUTPUT = Z.sum(axis=1) + Y.sum(axis=1)


def reproduces(economy: Economy) -> None:
    assert balance_faults(economy, 1e-9) == []
    running = economy.base_activity > 0
    np.testing.assert_allclose(activity_for(economy), economy.base_activity[running], rtol=1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_base_year_is_reproduced(mode: str) -> None:
    economy = interregional_economy(table(), mode=mode)
    reproduces(economy)
    assert economy.base_activity.tolist() == OUTPUT.tolist()
    assert economy.process_index.tolist() == ["AUS.c1", "AUS.c35", "USA.c1", "USA.c35"]
    assert economy["stores"]["quantity"].sum() == {"routes": 3 + (6 - 1), "origin": 3 + 6}[mode]


def test_routes_carry_what_the_table_ships() -> None:
    routes = interregional_economy(table())["routes"].set_index(["product", "origin", "destination"])["base"]
    assert routes["c1", "AUS", "USA"] == 1 + 2 + 4 + 0 + 1
    assert routes["c35", "USA", "AUS"] == 0 + 4 + 1 + 0 + 0
    assert len(routes) == 4


def test_origin_keeps_every_flow() -> None:
    economy = interregional_economy(table(), mode="origin")
    assert len(economy["routes"]) == 0
    x = economy.base_activity
    np.testing.assert_allclose((economy.inputs @ np.diag(x))[:, :], Z, atol=1e-12)


def test_a_negative_shipment_is_a_shipment_back() -> None:
    spoilt = Y.copy()
    spoilt[0, 5] = -30.0  # inventories of Australian c1 in the USA: more than all that was shipped
    economy = interregional_economy(table(Y=spoilt))
    routes = economy["routes"].set_index(["product", "origin", "destination"])["base"]
    reproduces(economy)
    assert routes["c1", "USA", "AUS"] == (2 + 1 + 3 + 2) + (30 - 7)


@settings(max_examples=20)
@given(
    arrays(float, (4, 4), elements=st.integers(0, 50)),
    arrays(float, (4, 6), elements=st.integers(-5, 80)),
    st.sampled_from(MODES),
)
def test_any_table_balances(Z: np.ndarray, Y: np.ndarray, mode: str) -> None:
    made = Z.sum(axis=1) + Y.sum(axis=1) > 0
    if not made.any() or Z[:, ~made].any():
        with pytest.raises(BadInput, match=r"inputs-without-output|table-empty"):
            interregional_economy(table(Z, Y), mode=mode)
    else:
        assert balance_faults(interregional_economy(table(Z, Y), mode=mode), 1e-9) == []


def test_negative_rows_and_value_added_are_stated() -> None:
    flows, final = Z.copy(), Y.copy()
    flows[:, 1] = 0
    final[1] = [0, 0, -20, 0, 0, 0]
    economy = interregional_economy(table(flows, final, OUTPUT))
    assert balance_faults(economy, 1e-9) == []
    assert "negative row sums kept as residual uses: AUS c35" in economy.about.residuals
    assert economy["final_uses"].query("category == 'residual'")["quantity"].tolist() == [12]
    flows = Z.copy()
    flows[2, 0] = 500
    economy = interregional_economy(table(flows))
    assert "negative value added set to 0 in 1 industry (least -412)" in economy.about.residuals


def test_faults_of_a_table() -> None:
    flows = Z.copy()
    flows[0, 1], flows[2, 2] = -3, np.nan
    with pytest.raises(BadInput) as caught:
        interregional_economy(table(flows))
    assert [(f.where, f.found) for f in caught.value.faults] == [
        ("flow from USA, c1 to USA, c1", "nan"),
        ("flow from AUS, c1 to AUS, c35", "-3"),
    ]
    flows, final = Z.copy(), Y.copy()
    flows[1], final[1] = 0, 0
    with pytest.raises(BadInput, match="inputs-without-output at industry AUS c35"):
        interregional_economy(table(flows, final))
    with pytest.raises(BadInput, match="labels-disagree"):
        interregional_economy(interregional(_system(rename={"AUS": "NZL"}), about(2000)))


def test_aggregation_adds_up() -> None:
    one = Concordance(places={"AUS": "W", "USA": "W"})
    economy = interregional_economy(table(output=np.add(OUTPUT, [0, 3, 0, 0])), one)
    reproduces(economy)
    assert economy.base_activity.tolist() == [OUTPUT[0] + OUTPUT[2], OUTPUT[1] + OUTPUT[3]]
    assert len(economy["routes"]) == 0
    assert economy.about.residuals.startswith("published output differs from the row sum by at most 3 MUSD (W c35)")


@pytest.mark.parametrize("mode", MODES)
def test_exiobase3(tmp_path: Path, mode: str) -> None:
    economy = read_exiobase3(synthetic.write_exiobase3(tmp_path / "IOT_2011_pxp"), mode=mode)
    reproduces(economy)
    assert (economy.about.currency, economy.about.year) == ("MEUR", 2011)
    taken = pd.Series(economy.factor_use @ economy.base_activity, index=economy["factors"]["factor"])
    assert taken[["hours-low", "hours-high"]].tolist() == pytest.approx([14, 10])
    assert (economy.emission_use @ economy.base_activity).tolist() == pytest.approx([14])
    assert "Hours of work, medium skill" not in economy["factors"]["name"].tolist()
    assert set(economy["needs"]["group"]) == {"", "Investment", "Reserves"}


def test_exiobase3_of_pymrio_itself(tmp_path: Path) -> None:
    system = pymrio.load_test()
    system.save_all(tmp_path / "IOT_2010_test")
    economy = read_exiobase3(tmp_path / "IOT_2010_test")
    reproduces(economy)
    output = system.Z.sum(axis=1) + system.Y.sum(axis=1)
    np.testing.assert_allclose(economy.base_activity, output, rtol=1e-12)


@pytest.mark.parametrize("mode", MODES)
def test_icio(tmp_path: Path, mode: str) -> None:
    economy = read_icio(synthetic.write_icio(tmp_path / "ICIO2021_2000.csv"), mode=mode)
    reproduces(economy)
    assert economy.base_activity.tolist() == np.add(OUTPUT, [1, -2, 0, 3]).tolist()
    assert read_icio(tmp_path, 2000, mode=mode).fingerprint == economy.fingerprint


@pytest.mark.parametrize("mode", MODES)
def test_wiod_workbook_and_parquet_agree(tmp_path: Path, mode: str) -> None:
    workbook = read_wiod(synthetic.write_wiod(tmp_path / "wiot00_row_apr12.xlsx"), 2000, mode=mode)
    parquet = read_wiod(synthetic.write_wiod_parquet(tmp_path, 2000), 2000, mode=mode)
    reproduces(workbook)
    reproduces(parquet)
    assert workbook.base_activity.tolist() == parquet.base_activity.tolist() == OUTPUT.tolist()
    for name in ("products", "processes", "inputs", "needs", "final_uses", "routes", "factor_use"):
        pd.testing.assert_frame_equal(workbook[name], parquet[name])
    assert workbook["products"]["name"].tolist()[0] == "Agriculture, hunting, forestry and fishing"
    assert parquet.about.residuals.startswith("published output differs from the row sum by at most 2 MUSD (USA c1)")


def test_hours_of_wiod_go_to_their_industries(tmp_path: Path) -> None:
    synthetic.write_wiod_hours(tmp_path / "WIOD_SEA_July14.xlsx")
    economy = read_wiod(synthetic.write_wiod(tmp_path / "wiot00_row_apr12.xlsx"), 2000)
    reproduces(economy)
    hours = economy["factor_use"].query("factor == 'hours'").set_index("process")["quantity"]
    worked = hours * economy["processes"].set_index("process")["base"]
    assert worked.to_dict() == pytest.approx({"AUS.c1": 1.0, "AUS.c35": 3.0, "USA.c1": 2.0, "USA.c35": 9.0})


def test_a_gap_in_icio_is_not_taken_for_nothing(tmp_path: Path) -> None:
    file = synthetic.write_icio(tmp_path / "ICIO2021_2000.csv")
    frame = pd.read_csv(file, index_col=0)
    frame.loc["AUS_c35", "USA_HFCE"] = np.nan
    frame.to_csv(file)
    for path in (file, tmp_path):
        with pytest.raises(BadInput) as caught:
            read_icio(path, 2000)
        (fault,) = caught.value.faults
        assert fault.where == "ICIO2021_2000.csv, row AUS_c35, column USA_HFCE"


def unreadable(reader: Callable[..., Economy], path: Path, code: str, **options: int) -> str:
    with pytest.raises(BadInput) as caught:
        reader(path, **options)
    (fault,) = caught.value.faults
    assert fault.code == code
    return fault.found


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "ICIO2021_2000.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "wiot00.xlsx").write_bytes(b"no workbook")
    (tmp_path / "IOT_2011_pxp.zip").write_bytes(b"no archive")
    unreadable(read_icio, tmp_path / "ICIO2021_2000.csv", "file-unreadable")
    unreadable(read_icio, tmp_path / "nothing_2000.csv", "file-missing")
    unreadable(read_icio, tmp_path / "icio.csv", "year-missing")
    assert "No data file" in unreadable(read_icio, tmp_path, "file-unreadable", year=1999)
    unreadable(read_wiod, tmp_path / "wiot00.xlsx", "file-unreadable", year=2000)
    unreadable(read_wiod, tmp_path, "year-missing", year=1999)
    unreadable(read_wiod, tmp_path / "WIOT2014_Nov16_ROW.xlsb", "release-unknown", year=2014)
    unreadable(read_exiobase3, tmp_path / "IOT_2011_pxp.zip", "file-unreadable")


def _system(rename: dict[str, str] | None = None, unit: str = "M.EUR") -> pymrio.IOSystem:
    system = pymrio.load_test()
    if rename:
        system.Y = system.Y.rename(index={"reg1": "reg9"})
    system.unit["unit"] = unit
    return system


def test_units_are_never_guessed() -> None:
    for unit, money in {"M.EUR": "MEUR", "Million USD": "MUSD", "Mill USD": "MUSD", "millions of US$": "MUSD"}.items():
        assert money_unit(_system(unit=unit).unit) == money
    for unit in ("tonnes", "EUR", "M.CHF", ""):
        with pytest.raises(BadInput, match="unit-unknown at unit of the flows"):
            money_unit(_system(unit=unit).unit)
    smoke = Account("x", "X", "t", "emission_type1", "Gg")
    with pytest.raises(BadInput, match="unit-mismatch at account emissions, rows for X"):
        interregional(_system(), about(2000), emissions=(smoke,))


@pytest.mark.slow
@pytest.mark.shared_data
@pytest.mark.parametrize("year", [1995, 2000, 2005, 2008])
@pytest.mark.parametrize("mode", MODES)
def test_the_world_is_reproduced(shared_data: Path, year: int, mode: str) -> None:
    economy = read_wiod(shared_data / "wiod2013", year, mode=mode)
    reproduces(economy)
    flows = pd.read_parquet(shared_data / "wiod2013" / f"intermediate_{year}.parquet").to_numpy()
    assert float((economy.inputs @ economy.base_activity).sum()) == pytest.approx(flows.sum(), rel=1e-12)
    most = float(economy.about.residuals.split("at most ")[1].split()[0])
    assert 0 < most <= 113


def test_a_system_with_coefficients_instead_of_flows() -> None:
    system = pymrio.load_test().calc_all()
    flows = system.Z.to_numpy()
    system.Z = None
    table = interregional(system, about(2000))
    np.testing.assert_allclose(table.Z.to_numpy(), flows, rtol=1e-9)
    system.Z = system.A = None
    with pytest.raises(BadInput, match="table-missing at wiod-2000"):
        interregional(system, about(2000))


def test_accounts_that_do_not_fit_or_are_silent() -> None:
    smoke = Account("x", "Smoke", "t", "emission_type1", "kg", 1e-3)
    system = _system()
    system.emissions.F.loc[:, "reg2"] = 0.0
    economy = interregional_economy(interregional(system, about(2000), emissions=(smoke,)))
    assert economy.about.residuals.endswith("Smoke not stated for reg2")
    system.emissions.F = system.emissions.F.drop(columns="reg1", level=0)
    with pytest.raises(BadInput, match="labels-disagree at account emissions"):
        interregional(system, about(2000), emissions=(smoke,))


def test_a_broken_parquet_file(tmp_path: Path) -> None:
    synthetic.write_wiod_parquet(tmp_path, 2000)
    (tmp_path / "final_2000.parquet").write_bytes(b"PAR1")
    unreadable(read_wiod, tmp_path, "file-unreadable", year=2000)
