"""People at work in the example of the world: stated with sources, and all of them in the tables."""

from pathlib import Path

import pandas as pd
import pytest

from newcourse.economy.economy import Economy
from newcourse.sources.concordance import read_concordance
from newcourse.sources.folder import read_folder

ROOT = Path(__file__).parents[2]
AGRICULTURE = "agriculture"
INDUSTRY = ("mining", "consumer", "materials", "machinery", "energy", "construction")


@pytest.fixture(scope="module")
def world() -> Economy:
    return read_folder(ROOT / "examples" / "world")


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    rows = pd.read_csv(ROOT / "scripts" / "employment_2008.csv")
    places = read_concordance(ROOT / "scripts" / "concordance_world.csv").places
    assert set(rows["region"]) == set(places)
    return rows.assign(bloc=rows["region"].map(places))


def used(world: Economy) -> pd.Series:
    """Return million people at work in the base year by process."""
    processes = world["processes"].set_index("process")
    use = world["factor_use"].set_index("process")["quantity"]
    return (use * processes["base"]).reindex(processes.index[processes["base"] > 0])


def test_every_figure_is_once_and_has_a_source(stated: pd.DataFrame) -> None:
    assert not stated["region"].duplicated().any()
    assert stated["kind"].isin(["official", "literature", "assumed"]).all()
    assert stated["source"].str.len().min() > 40
    shares = stated[["agriculture_percent", "industry_percent", "services_percent"]]
    assert shares.sum(axis=1).to_list() == pytest.approx([100.0] * 41)
    assert (shares > 0).all(axis=None)


def test_people_are_the_only_factor_and_each_bloc_has_its_own(world: Economy, stated: pd.DataFrame) -> None:
    assert world["factors"].to_dict("records") == [
        {"factor": "employment", "name": "People at work", "unit": "Mperson"}
    ]
    expected = stated.groupby("bloc")["employed_thousand"].sum() / 1e3
    places = world["processes"].set_index("process")["place"]
    people = used(world).groupby(places).sum()
    assert people.to_dict() == pytest.approx(expected.to_dict(), rel=1e-9)
    supply = world["factor_supply"].set_index("place")["quantity"]
    assert (supply / people).to_list() == pytest.approx([1.02] * 9, rel=1e-9)


def test_people_of_each_sector_are_in_its_branches(world: Economy, stated: pd.DataFrame) -> None:
    people = used(world)
    branch = people.index.str.split(".").str[1]
    for column, branches in (("agriculture_percent", (AGRICULTURE,)), ("industry_percent", INDUSTRY)):
        expected = float((stated["employed_thousand"] * stated[column]).sum()) / 1e5
        assert people[branch.isin(branches)].sum() == pytest.approx(expected, rel=1e-9)


def test_borrowed_techniques_take_fewer_people_than_a_blocs_own(world: Economy) -> None:
    use = world["factor_use"].set_index("process")["quantity"]
    borrowed = world["processes"][world["processes"]["borrowed_from"] != ""]
    own = borrowed["process"].str.split("<").str[0]
    assert (use[own].to_numpy() > use[borrowed["process"]].to_numpy()).mean() > 0.8
