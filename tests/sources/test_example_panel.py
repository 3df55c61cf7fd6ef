"""The panel that comes with New Course needs no data of anybody's."""

import pytest

from newcourse.errors import BadInput
from newcourse.sources.formations.codings.registry import CODINGS
from newcourse.sources.formations.example_panel import example_panel


@pytest.mark.parametrize("coding", CODINGS)
def test_each_coding_makes_a_panel(coding: str) -> None:
    panel = example_panel(coding)
    assert panel.years == tuple(range(1900, 2011))
    assert panel.observations > 11_000
    assert not panel.covariates
    assert panel.coding == f"{coding}/monarchy"


def test_what_it_shows() -> None:
    events = example_panel().events().set_index(["country", "year"])["move"]
    assert events["365", 1917] == "leap"
    assert events["365", 1924] == "degeneration"
    assert events["710", 1912] == "bourgeois revolution"
    assert (events == "restoration").sum() == 10, "East Germany has no row for 1990"


def test_a_coding_from_data_is_not_to_be_had_without_them() -> None:
    with pytest.raises(BadInput, match="degenerated-1924"):
        example_panel("va-poreg")
