"""A panel of observed formations checks itself, counts what it should and takes itself apart without loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newcourse.errors import BadInput
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import DEFAULT
from newcourse.formations.successions import Succession

C, W, D, R = (DEFAULT.index(code) for code in ("capitalist", "workers", "degenerated", "restored"))


def small(**changed: object) -> Panel:
    observed = np.array([[0, W, D, D], [C, C, -1, C], [-1, -1, D, R]])
    weights = np.zeros((4, 3, 3), dtype=np.float32)
    weights[:, 0, 1] = weights[:, 1, 0] = 0.5
    given: dict[str, object] = {
        "space": DEFAULT,
        "countries": ("365", "255", "290"),
        "years": (1916, 1917, 1918, 1919),
        "observed": observed,
        "exists": observed >= 0,
        "covariates": {"gap": np.array([[1.0, np.nan, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]])},
        "weights": {"contiguity": weights},
        "coding": "by hand",
        "sources": ("this test",),
        "titles": {"365": "Russia", "255": "Germany", "290": "Poland"},
    }
    return Panel(**{**given, **changed})  # type: ignore[arg-type] # what is wrong on purpose is wrong in type too


def test_transitions_are_counted_by_hand() -> None:
    counts = np.zeros((5, 5), dtype=int)
    counts[0, W] = counts[W, D] = counts[D, D] = counts[C, C] = counts[D, R] = 1
    np.testing.assert_array_equal(small().transitions(), counts)


def test_events_have_the_names_the_space_gives_them() -> None:
    events = small().events()
    assert list(events.itertuples(index=False, name=None)) == [
        ("365", "Russia", 1917, "pre_capitalist", "workers", "leap"),
        ("365", "Russia", 1918, "workers", "degenerated", "degeneration"),
        ("290", "Poland", 1919, "degenerated", "restored", "restoration"),
    ]


def test_an_event_the_space_has_no_name_for_is_shown_without_one() -> None:
    events = small(observed=np.array([[R, C, C, C], [C, C, C, C], [C, C, C, C]]), exists=np.ones((3, 4))).events()
    assert events["move"].tolist() == [""]


def test_summary_counts_country_years() -> None:
    table = small().summary()
    assert table["country_years"].tolist() == [1, 3, 1, 3, 1]
    assert table["entries"].tolist() == [0, 0, 1, 1, 1]
    assert table["exits"].tolist() == [1, 0, 1, 1, 0]
    assert small().observations == 9


def test_arrays_cannot_be_changed() -> None:
    panel = small()
    for array in (panel.observed, panel.exists, panel.covariates["gap"], panel.weights["contiguity"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_parts() -> None:
    panel = small()
    assert panel.between(1917, 1918).years == (1917, 1918)
    assert panel.between(1917, 1918).weights["contiguity"].shape == (2, 3, 3)
    two = panel.of(["290", "365"])
    assert two.countries == ("290", "365")
    assert two.titles == {"290": "Poland", "365": "Russia"}
    assert not two.weights["contiguity"].any()
    assert panel.without(["290"]) == panel.of(["365", "255"])
    np.testing.assert_array_equal(panel.of(["255", "365"]).weights["contiguity"][0], [[0, 0.5], [0.5, 0]])


@pytest.mark.parametrize("years", [(1915, 1917), (1918, 1917), (1917, 1920)])
def test_years_it_does_not_have_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match="panel-years"):
        small().between(*years)


def test_unknown_countries_are_refused() -> None:
    for choose in (small().of, small().without):
        with pytest.raises(BadInput, match="999"):
            choose(["365", "999"])


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"countries": ("1", "1", "2")}, "each once"),
        ({"years": (1916, 1918, 1919, 1920)}, "leave no gap"),
        ({"coding": ""}, "name the coding"),
        ({"titles": {"USSR": "Soviet Union"}}, "titles of the panel's countries"),
        ({"observed": np.zeros((2, 4), dtype=int)}, r"shape \(2, 4\)"),
        ({"observed": np.zeros((3, 4))}, "float64"),
        ({"observed": np.full((3, 4), 7)}, "−1 to 4"),
        ({"exists": np.zeros((3, 4), dtype=bool)}, "country 365, year 1916"),
        ({"covariates": {"weather": np.zeros((3, 4))}}, "weather"),
        ({"covariates": {"gap": np.full((3, 4), np.inf)}}, "infinite"),
        ({"weights": {"kinship": np.zeros((4, 3, 3))}}, "kinship"),
        ({"weights": {"trade": np.full((4, 3, 3), -1.0)}}, "negative"),
        ({"weights": {"trade": np.tile(np.eye(3), (4, 1, 1))}}, "itself"),
        ({"weights": {"trade": np.tile(1 - np.eye(3), (4, 1, 1))}}, "at most 1"),
    ],
)
def test_a_wrong_panel_cannot_be_made(changed: dict[str, object], found: str) -> None:
    with pytest.raises(BadInput, match=found):
        small(**changed)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadInput) as error:
        small(coding="", covariates={"weather": np.zeros(2)}, weights={"kinship": np.zeros(2)})
    assert len(error.value.faults) == 5


def test_a_state_does_not_follow_itself() -> None:
    with pytest.raises(BadInput, match="two states"):
        Succession("365", "365", 1991, inherits=True, note="the same")
    with pytest.raises(BadInput, match="note"):
        Succession("365", "369", 1991, inherits=True, note="")


@settings(max_examples=40)
@given(arrays(np.int8, (4, 7), elements=st.integers(-1, 4)), st.integers(0, 6))
def test_counts_of_parts_add_up(observed: np.ndarray, cut: int) -> None:
    """Transitions of countries add up; those of years do too when the cut year is in both."""
    panel = Panel(
        space=DEFAULT,
        countries=tuple("abcd"),
        years=tuple(range(1900, 1907)),
        observed=observed,
        exists=np.ones(observed.shape, dtype=bool),
        coding="random",
    )
    whole = panel.transitions()
    np.testing.assert_array_equal(panel.of("ab").transitions() + panel.without("ab").transitions(), whole)
    parts = panel.between(1900, 1900 + cut).transitions() + panel.between(1900 + cut, 1906).transitions()
    np.testing.assert_array_equal(parts, whole)
    assert len(panel.events()) == whole.sum() - np.trace(whole)
    assert panel == panel.between(1900, 1906)
