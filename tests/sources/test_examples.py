"""The two examples: the base year exactly, real choice, every assumption labelled, made again byte for byte (§5)."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from newcourse.economy.economy import Economy
from newcourse.economy.identities import activity_for, balance_faults, base_demand
from newcourse.economy.productivity import self_consuming_faults, unproductive_faults
from newcourse.errors import BadInput
from newcourse.sources import examples
from newcourse.sources.examples import example_folder, example_names, read_example

BLOCS = ["NAM", "LAM", "EUW", "EUE", "RUS", "CHN", "IND", "JKT", "ROW"]
ROOT = Path(__file__).parents[2]
INPUTS = {"sweden": "tables/sweden_2008_2016/nrio_sut_181108.xlsx", "world": "wiod2013"}


@pytest.fixture(scope="module", params=["sweden", "world"])
def economy(request: pytest.FixtureRequest) -> Economy:
    return read_example(request.param)


@pytest.fixture(scope="module")
def sweden() -> Economy:
    return read_example("sweden")


@pytest.fixture(scope="module")
def world() -> Economy:
    return read_example("world")


def test_base_year_is_reproduced(economy: Economy) -> None:
    assert balance_faults(economy, 1e-9) == []
    running = economy.base_activity > 0
    np.testing.assert_allclose(activity_for(economy), economy.base_activity[running], rtol=1e-9)
    np.testing.assert_allclose(
        activity_for(economy, base_demand(economy) * 1.1), economy.base_activity[running] * 1.1, rtol=1e-9
    )


def test_techniques_are_productive(economy: Economy) -> None:
    assert self_consuming_faults(economy) + unproductive_faults(economy) == []


def test_every_assumption_is_labelled(economy: Economy) -> None:
    rows = economy["assumptions"]
    assert set(rows["kind"]) <= {"official", "literature", "assumed"}
    assert (rows.loc[rows["kind"] != "assumed", "source"] != "").all()
    assert not rows["text"].str.contains("{", regex=False).any()


def test_folder_is_small_and_says_where_it_is_from(economy: Economy) -> None:
    folder = example_folder(economy.about.name.split("-")[0])
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_000_000
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert economy.about.source in text
    assert economy.about.terms in text


def test_needs_stand_in_tiers_around_the_base_year(economy: Economy) -> None:
    needs = economy["needs"]
    assert (needs["minimum"] <= needs["target"]).all()
    assert "" not in set(needs["group"])
    assert {"Investment", "Reserves"} < set(needs["group"])
    assert 8 <= needs["group"].nunique() <= 12
    uses = economy["final_uses"]
    reserves = needs[needs["group"] == "Reserves"]
    inventories = uses[uses["category"].isin(["inventories", "valuables"])]
    assert reserves["target"].sum() == pytest.approx(inventories["quantity"].sum())


def test_there_is_choice_of_technique(sweden: Economy, world: Economy) -> None:
    assert [p for p in sweden.process_index if sweden["processes"].set_index("process").loc[p, "base"] == 0] == [
        "D35:biofuel",
        "H49:electric",
        "D35:wind",
    ]
    assert len(sweden["trade"]) == 27
    per_good = world["outputs"].groupby(["place", "product"]).size()
    assert (per_good == 3).all()
    assert len(per_good) == 9 * 12


def test_sweden_keeps_the_published_totals(sweden: Economy) -> None:
    assert sweden.base_activity.sum() == 6_299_764
    assert sweden["factor_supply"]["quantity"].tolist() == pytest.approx([7381.3 * 1.02])
    assert sweden["emission_caps"]["quantity"].tolist() == pytest.approx([49_945.78019764164 * 0.97])
    assert sweden["accounts"]["credit"].tolist() == [-236_831]


def test_sweden_capital_is_consumption_times_life(sweden: Economy) -> None:
    stocks = sweden["stocks"][~sweden["stocks"]["stock"].str.endswith(":wind")]
    consumed = (stocks["quantity"] / stocks["life"]).sum()
    assert consumed == pytest.approx(545_915)  # Kapitalförslitning 2008, MSEK
    houses = stocks[stocks["holder"] == "L"]
    assert houses["stock"].tolist() == ["construction:L"]
    assert (houses["quantity"] / houses["life"]).tolist() == pytest.approx([37_151 + 33_578])


def test_sweden_uses_ninety_percent_of_its_capacity(sweden: Economy) -> None:
    used = sweden.stock_use @ sweden.base_activity
    stocks = sweden["stocks"]
    ratio = used / stocks["quantity"].to_numpy()
    wind = stocks["holder"].to_numpy() == "D35:wind"
    houses = stocks["holder"].to_numpy() == "L"
    np.testing.assert_allclose(ratio[~wind & ~houses], 0.9)
    np.testing.assert_allclose(ratio[houses], 1.0)
    np.testing.assert_allclose(ratio[wind], 0.0)


def test_borrowed_techniques_cost_five_percent_more(world: Economy) -> None:
    use = world["inputs"].groupby("process")["quantity"].sum()
    added = world["factor_use"].set_index("process")["quantity"]
    borrowed = world["processes"].query("borrowed_from != ''")
    assert len(borrowed) == 9 * 12 * 2
    for row in borrowed.itertuples():
        home = row.borrowed_from
        assert use[row.process] == pytest.approx(1.05 * use[home])
        assert added[row.process] == pytest.approx(1.05 * added[home])


def test_places_of_the_world_are_nine_blocs(world: Economy) -> None:
    places = world["places"]
    assert places["place"].tolist() == ["WORLD", *BLOCS]
    assert (places["parent"][1:] == "WORLD").all()


def test_an_unknown_example_is_refused() -> None:
    with pytest.raises(BadInput, match="example-unknown") as caught:
        read_example("utopia")
    assert caught.value.faults[0].expected == "dam, sweden, world"


def test_examples_are_found_in_an_installation_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages" / "newcourse"
    (installed / "examples" / "small").mkdir(parents=True)
    (installed / "examples" / "small" / "datapackage.json").write_text("{}")
    monkeypatch.setattr(examples, "files", lambda _: installed)
    assert example_names() == ["small"]
    assert example_folder("small") == installed / "examples" / "small"


@pytest.mark.slow
@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["sweden", "world"])
def test_examples_are_made_again_byte_for_byte(shared_data: Path, tmp_path: Path, name: str) -> None:
    script = ROOT / "scripts" / f"make_example_{name}.py"
    subprocess.run([sys.executable, script, shared_data / INPUTS[name], tmp_path / name], check=True)
    made = {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
    assert made == {file.name: file.read_bytes() for file in example_folder(name).iterdir()}
