"""The real data beside the checkout: counts stated with them, and history that is not in dispute."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newcourse.formations.panel import Panel
from newcourse.formations.panel_differences import agreement, differences
from newcourse.sources.formations import CODINGS, NAMES, left_out, read_panel, read_panels
from newcourse.sources.formations.example_panel import example_panel
from newcourse.sources.formations.files import read_file
from newcourse.sources.formations.report import REGIMES, against
from newcourse.sources.formations.states import read_states
from newcourse.sources.formations.vaporeg import COMMUNIST

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.shared_data, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    path = shared_data / "formations"
    if not path.is_dir():
        pytest.skip("the data on formations are not here: they belong in shared/data/formations beside the checkout")
    return path


@pytest.fixture(scope="module")
def panels(folder: Path) -> dict[str, Panel]:
    made = read_panels(folder, codings=[name for name in NAMES if name != "kailitz"])
    return {**made, "kailitz": read_panel(folder, coding="kailitz", first=1946)}


def moves(table: pd.DataFrame, entity: str, flag: str) -> tuple[int, int, int]:
    """Entries and exits from one row of an entity to its next; exits between consecutive years only."""
    rows = table.sort_values([entity, "year"])
    same = rows[entity].eq(rows[entity].shift())
    before = rows[flag].shift(fill_value=False).astype(bool)
    entries, exits = same & ~before & rows[flag], same & before & ~rows[flag]
    consecutive = rows["year"].diff() == 1
    return int(entries.sum()), int(exits.sum()), int((exits & consecutive).sum())


def test_communist_ideocracy_of_vaporeg_is_counted_as_stated(folder: Path) -> None:
    """31 entities, 1021 country-years, 30 entries within series, 24 exits; 1900 to 2024, 29 840 rows."""
    kinds = {"year": "float64", "vaporeg_cr": "float64"}
    table = read_file(folder, "democracyData__vaporeg", ["vaporeg_country", "year", "vaporeg_cr"], kinds)
    table["communist"] = table["vaporeg_cr"] == COMMUNIST
    assert (len(table), table["year"].min(), table["year"].max()) == (29_840, 1900, 2024)
    there = table[table["communist"]]
    assert (len(there), there["vaporeg_country"].nunique()) == (1021, 31)
    assert moves(table, "vaporeg_country", "communist") == (30, 24, 23)
    # One exit is Russia's: it is the Soviet Union's row from 1923 to 1991, so its own series jumps from 1922 to 1992.


def test_communist_ideocracy_of_kailitz_is_counted_as_stated(folder: Path) -> None:
    """24 countries, 18 entries, 21 exits: Romania's exit jumps over 1989, which has no row, and is not counted."""
    kinds = {"year": "float64", "communist": "bool"}
    table = read_file(folder, "democracyData__kailitz", ["kailitz_country", "year", "communist"], kinds)
    assert (len(table), table["year"].min(), table["year"].max()) == (9606, 1945, 2010)
    assert table.loc[table["communist"], "kailitz_country"].nunique() == 24
    assert moves(table, "kailitz_country", "communist") == (18, 22, 21)
    romania = table[(table["kailitz_country"] == "Rumania") & table["year"].between(1988, 1990)]
    assert romania["year"].tolist() == [1988, 1990]


@pytest.mark.parametrize(
    ("name", "rows", "first", "last"),
    [
        ("va-PoReg", 29_840, 1900, 2024),
        ("Kailitz", 9606, 1945, 2010),
        ("Anckar–Fredriksson", 18_777, 1800, 2019),
        ("Ulfelder", 7721, 1955, 2010),
        ("LIED", 32_891, 1789, 2024),
    ],
)
def test_rows_and_years_are_those_stated(folder: Path, name: str, rows: int, first: int, last: int) -> None:
    regimes = REGIMES[name](folder, read_states(folder))
    assert regimes.rows == rows
    years = regimes.table["year"]
    assert (years.min(), years.max()) == (max(first, 1789), last)
    assert len(regimes.table) + sum(item.rows for item in regimes.left_out) == rows, "nothing is lost without a word"


def test_rows_of_the_other_files(folder: Path) -> None:
    expected = {
        ("MaddisonData__MaddisonData", "year"): 23_280,
        ("peacesciencer__gw_states", "gwcode"): 216,
        ("peacesciencer__cow_states", "ccode"): 243,
        ("peacesciencer__cow_contdir", "ccode1"): 1874,
        ("peacesciencer__atop_alliance", "ccode1"): 273_296,
        ("peacesciencer__cow_trade_sy", "ccode"): 14_410,
        ("peacesciencer__cow_war_inter", "ccode1"): 1932,
        ("peacesciencer__cow_war_intra", "ccodea"): 1361,
    }
    assert {key: len(read_file(folder, key[0], [key[1]])) for key in expected} == expected


def test_everything_left_out_has_a_reason(folder: Path) -> None:
    table = left_out(folder)
    assert (table["reason"] != "").all()
    grenada = table[(table["entity"] == "Grenada") & table["source"].isin(list(REGIMES))]
    assert len(grenada) == 3, "a microstate: 120 in 1979-83 is not in any panel"
    odd = table[(table["source"] == "cow_trade_sy") & table["entity"].str.startswith("German Democratic")]
    assert odd[["first", "last", "rows"]].to_numpy().tolist() == [[2007, 2009, 3]], "trade of a state long gone"


def code(panel: Panel, state: int, year: int) -> str:
    number = panel.observed[panel.countries.index(str(state)), year - panel.years[0]]
    return panel.space.formations[number] if number >= 0 else ""


def test_the_default_panel(panels: dict[str, Panel]) -> None:
    panel = panels["degenerated-1924"]
    assert panel.observed.shape == (185, 111)
    assert (int(panel.exists.sum()), panel.observations) == (11_779, 11_767)
    assert [code(panel, 365, year) for year in (1913, 1917, 1923, 1924, 1990, 1991)] == [
        "pre_capitalist",
        "workers",
        "workers",
        "degenerated",
        "degenerated",
        "restored",
    ]
    assert [code(panel, 710, year) for year in (1911, 1912, 1948, 1949)] == [
        "pre_capitalist",
        "capitalist",
        "capitalist",
        "degenerated",
    ]
    assert code(panel, 530, 1974) == "pre_capitalist"
    assert code(panel, 2, 1900) == code(panel, 255, 1917) == "capitalist"
    assert code(panel, 265, 1990) == "restored"
    events = panel.events()["move"].value_counts().to_dict()
    assert events == {
        "bourgeois revolution": 26,
        "founding from above": 11,
        "restoration": 11,
        "leap": 1,
        "degeneration": 1,
    }


def test_every_move_has_a_name_and_defeats_are_those_of_rival_readings(panels: dict[str, Panel]) -> None:
    """A turn straight from workers' rule to capitalism is Cliff's claim; Hungary 1919 is overthrown from outside."""
    defeats = {
        (name, row.country, row.year, row.move)
        for name, panel in panels.items()
        for row in panel.events().itertuples()
        if row.move in {"overthrow", "counter-revolution from within", ""}
    }
    assert defeats == {
        ("state-capitalism", "365", 1928, "counter-revolution from within"),
        ("va-poreg", "310", 1920, "overthrow"),
    }


def test_codings_agree_on_most_and_differ_on_what_is_contested(panels: dict[str, Panel]) -> None:
    same_years = [panels[name] for name in NAMES if name != "kailitz"]
    shares = agreement(same_years)
    assert shares.to_numpy().min() > 0.85
    table = differences(same_years)
    assert {"365", "710", "40", "345", "290", "530"} <= set(table["country"])
    assert not {"2", "200", "380", "750"} & set(table["country"])
    assert shares.loc["degenerated-1924", "coercive-from-start"] == 1 - 7 / 11_767, "they differ on seven years only"


def test_codings_from_tables_leave_no_spell_outside_the_states_years(folder: Path, panels: dict[str, Panel]) -> None:
    """Each spell of a coding is seen in at least one year, so that no number of a state is mistyped."""
    panel = panels["degenerated-1924"]
    for name, coding in CODINGS.items():
        for state, spells in coding.spells.items():
            exists = panel.exists[panel.countries.index(str(state))]
            for spell in spells:
                seen = exists[max(spell.first - 1900, 0) : min(spell.last, 2010) - 1900 + 1]
                assert seen.any(), (name, state, spell)


def test_covariates_of_years_that_are_not_in_dispute(panels: dict[str, Panel]) -> None:
    """Product per head of 1913: United States 10 108, Russia 2254 international dollars of 2011 (Maddison 2023)."""
    panel = panels["degenerated-1924"]
    russia, spain, usa = (panel.countries.index(str(state)) for state in (365, 230, 2))
    get = panel.covariates
    assert get["gap"][russia, 13] == pytest.approx(np.log(10_108 / 2254), abs=1e-3)
    assert get["gap"][usa, 50] == 0
    assert get["war"][russia, [14, 41, 50]].tolist() == [1, 1, 0]
    assert get["civil_war"][spain, 35:41].tolist() == [0, 1, 1, 1, 1, 0]
    assert get["civil_war"][russia, 18] == 1
    assert get["crisis"][usa, [30, 31, 32, 38, 50]].tolist() == [1, 1, 1, 1, 0]
    assert np.isnan(get["war"][:, -1]).all(), "the lists of wars end in 2007"
    assert get["openness"][russia, 25] < get["openness"][russia, 13] < 0, "Soviet trade of 1925 is far below 1913"


def test_ties_of_years_that_are_not_in_dispute(panels: dict[str, Panel]) -> None:
    panel = panels["degenerated-1924"]

    def tied(kind: str, year: int, state: int) -> set[str]:
        row = panel.weights[kind][year - 1900, panel.countries.index(str(state))]
        return {panel.countries[j] for j in np.flatnonzero(row)}

    assert tied("alliance", 1960, 265) == {"290", "310", "315", "339", "355", "360", "365"}
    assert tied("contiguity", 1937, 230) == {"220", "235"}
    assert "732" not in tied("contiguity", 1960, 365)
    for kind in ("contiguity", "alliance", "trade"):
        sums = panel.weights[kind].sum(axis=2)
        assert sums.max() <= 1 + 1e-5
        assert not sums.T[~panel.exists].any(), "a state that does not exist is tied to nobody"
    assert panel.weights["trade"][25].sum(axis=1)[panel.countries.index("365")] == pytest.approx(1)


def test_the_panel_that_is_shipped_is_made_from_the_public_domain(folder: Path) -> None:
    """``examples/formations/panel/states.csv`` is what its script makes of the source, and nothing else."""
    spec = importlib.util.spec_from_file_location("make_example", ROOT / "scripts" / "make_example_formations.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.spells(pd.read_csv(folder / "democracyData__anckar.csv.gz"))
    shipped = (ROOT / "examples" / "formations" / "panel" / "states.csv").read_text(encoding="utf-8")
    assert made.to_csv(index=False, lineterminator="\n") == shipped


def test_the_panel_that_is_shipped_says_nearly_the_same(panels: dict[str, Panel]) -> None:
    """Other sources on states and monarchs, the same coding: they agree where contested states are concerned."""
    small, large = example_panel(), panels["degenerated-1924"]
    both = [code for code in small.countries if code in large.countries]
    mine, theirs = small.of(both).observed, large.of(both).observed
    known = (mine >= 0) & (theirs >= 0)
    assert known.sum() > 11_000
    assert (mine == theirs)[known].mean() > 0.95
    contested = known & ((mine >= 2) | (theirs >= 2))
    assert (mine == theirs)[contested].all()


def test_a_coding_is_checked_from_outside(folder: Path, panels: dict[str, Panel]) -> None:
    """Sources that know nothing of this coding: its degenerated states are autocracies and communist ideocracies."""
    listed, panel = read_states(folder), panels["degenerated-1924"]
    ulfelder = against(panel, REGIMES["Ulfelder"](folder, listed)).loc["degenerated"]
    assert ulfelder[ulfelder > 0].to_dict() == {"A": 616}
    vaporeg = against(panel, REGIMES["va-PoReg"](folder, listed))
    assert vaporeg.loc["degenerated"].sum() == 751
    assert vaporeg.loc["degenerated", COMMUNIST] == 748
    assert vaporeg.loc["capitalist", COMMUNIST] == 166, "what this reading leaves to capitalism, such as Ethiopia"
