"""Codings of contested states: tables that check themselves, differ where the readings do, and hide nothing."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations.codings.coding import NOW, Coding, Spell
from newcourse.sources.formations.codings.degenerated_1924 import SUCCESSORS, YUGOSLAV
from newcourse.sources.formations.codings.regime_data import from_communist
from newcourse.sources.formations.codings.registry import CODINGS, DEFAULT_CODING, NAMES, known_coding
from newcourse.sources.formations.codings.titles import TITLES
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import FROM_COW, GIVEN, MICROSTATES, OUTSIDE
from newcourse.sources.formations.maddison import Product
from newcourse.sources.formations.maddison_territories import TERRITORIES
from newcourse.sources.formations.reading import coded
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.stages import CAPITALIST, PRE_CAPITALIST, STAGES, UNKNOWN, stages
from newcourse.sources.formations.succession_table import SUCCESSIONS, parents

PRE, C, W, D, R = (DEFAULT.index(code) for code in DEFAULT.formations)
GRID = Grid((40, 290, 345, 365, 710), tuple(range(1900, 2011)))


def formation(coding: str, state: int, year: int) -> str:
    stage = np.full(GRID.shape, C, dtype=np.int8)
    number = coded(CODINGS[coding], stage, GRID)[GRID.row(state), year - 1900]
    return DEFAULT.formations[number]


def test_there_are_more_than_three_codings() -> None:
    assert len(CODINGS) >= 3
    assert (*CODINGS, "va-poreg", "kailitz") == NAMES
    assert DEFAULT_CODING == "degenerated-1924"
    with pytest.raises(BadInput, match="degenerated-1924"):
        known_coding("mine")


@pytest.mark.parametrize(
    ("state", "year", "expected"),
    [
        (365, 1923, "workers workers workers degenerated workers"),
        (365, 1925, "degenerated workers degenerated degenerated workers"),
        (365, 1930, "degenerated degenerated degenerated degenerated restored"),
        (365, 1991, "restored degenerated restored restored restored"),
        (710, 1950, "degenerated capitalist degenerated degenerated capitalist"),
        (710, 2000, "degenerated restored degenerated degenerated capitalist"),
        (40, 1965, "degenerated workers degenerated degenerated capitalist"),
        (345, 1951, "degenerated workers degenerated degenerated capitalist"),
        (290, 1946, "capitalist capitalist degenerated capitalist capitalist"),
        (290, 1989, "restored degenerated restored restored capitalist"),
    ],
)
def test_readings_differ_where_their_authors_do(state: int, year: int, expected: str) -> None:
    assert " ".join(formation(coding, state, year) for coding in CODINGS) == expected


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_names_its_reading_its_critics_and_a_reason_for_each_spell(coding: str) -> None:
    table = CODINGS[coding]
    assert table.name == coding
    assert "(" in table.reading
    assert "(" in table.critics
    assert all(spell.why for spells in table.spells.values() for spell in spells)


def test_wrong_codings_cannot_be_made() -> None:
    spells = {
        1: (Spell("workers", 1920, 1930, "a"), Spell("degenerated", 1930, NOW, "b")),
        2: (Spell("socialist", 1917, 1916, ""),),
    }
    with pytest.raises(BadInput) as error:
        Coding("mine", "mine", "me", "you", spells)
    assert len(error.value.faults) == 4


def test_states_that_begin_or_end_have_a_succession() -> None:
    """Every state of a coding whose first spell is not its first year of independence has been something before."""
    begun_restored = {
        state
        for table in CODINGS.values()
        for state, spells in table.spells.items()
        if spells[0].formation == "restored"
    }
    followed = {int(item.successor) for item in SUCCESSIONS}
    assert begun_restored <= followed
    assert {265, 315, 345, 680, 817} <= {int(item.predecessor) for item in SUCCESSIONS}


def test_what_a_state_inherits() -> None:
    heirs = parents()
    assert heirs[369] == (365, 1991)
    assert heirs[316] == (315, 1993)
    assert heirs[260] == (255, 1949), "not the East, whose formation it did not take on in 1990"
    assert 816 not in heirs


def test_identities_are_unambiguous() -> None:
    assert not set(OUTSIDE) & set(GIVEN)
    assert all(OUTSIDE.values())
    assert {gw for *_, gw, _ in FROM_COW} & set(MICROSTATES) == set()
    spans = sorted((gw, first, last) for _, gw, first, last in TERRITORIES)
    overlaps = [(a, b) for a, b in pairwise(spans) if a[0] == b[0] and b[1] <= a[2]]
    assert overlaps == []


def test_communist_years_between_and_after() -> None:
    """Years after the last communist one are restored; a short gap is unknown, a long one as before; heirs follow."""
    grid = Grid((1, 2, 3), tuple(range(1900, 1920)))
    communist = np.zeros(grid.shape)
    communist[0, [2, 3, 5, 6, 14]] = 1
    communist[1, 1] = 1
    stage = np.full(grid.shape, C, dtype=np.int8)
    result = from_communist(communist, stage, {3: (2, 1910)}, grid)
    assert result[0].tolist() == [C, C, D, D, -1, D, D, C, C, C, C, C, C, C, D, R, R, R, R, R]
    assert result[1].tolist() == [C, D, *[R] * 18]
    assert result[2].tolist() == [C] * 10 + [R] * 10


def course(rule: str, codes: list[float], per_head: list[float]) -> list[int]:
    grid = Grid((1,), tuple(range(1900, 1900 + len(codes))))
    rows = [(1, 1900 + i, "x", code) for i, code in enumerate(codes) if code]
    regimes = Regimes("r", "s", pd.DataFrame(rows, columns=["gw", "year", "entity", "regime"]), (), len(rows))
    figures = np.array([per_head], dtype=float)
    product = Product(grid, figures, figures, figures, ())
    exists = np.ones(grid.shape, dtype=bool)
    return stages(STAGES[rule], grid, exists, regimes, product)[0].tolist()


POOR = [1000.0] * 12


def test_a_monarchy_is_left_for_good_when_it_is_gone_for_five_years() -> None:
    interregnum = [90, 90, 150, 90, 10, 10, 10, 10, 10, 90, 90, 90]
    assert course("monarchy", interregnum, POOR) == [PRE_CAPITALIST] * 4 + [CAPITALIST] * 8


def test_occupation_and_transition_say_nothing() -> None:
    assert course("monarchy", [90, 180, 180, 40, 40, 200, 90, 0, 0, 90, 90, 90], POOR) == [PRE_CAPITALIST] * 12
    assert course("monarchy", [180] * 12, POOR) == [UNKNOWN] * 12
    assert course("monarchy", [180, 10, *[0] * 10], POOR) == [CAPITALIST] * 12


def test_a_rich_monarchy_is_not_pre_capitalist_under_the_first_rule() -> None:
    rich = [3000.0, 3900.0, 4100.0, *[3000.0] * 9]
    assert course("poor-monarchy", [90] * 12, rich) == [PRE_CAPITALIST] * 2 + [CAPITALIST] * 10
    assert course("poor-monarchy", [90] * 12, [np.nan] * 12) == [PRE_CAPITALIST] * 12


def test_income_alone() -> None:
    assert course("income", [10] * 12, [1000.0, 1600.0, *[1000.0] * 10]) == [PRE_CAPITALIST] + [CAPITALIST] * 11
    assert course("income", [90] * 12, [np.nan] * 12) == [UNKNOWN] * 12


def test_every_state_of_a_coding_has_a_name() -> None:
    assert {state for table in CODINGS.values() for state in table.spells} == set(TITLES)


def test_the_page_shows_the_tables_as_they_are() -> None:
    """The page of reasons has a row a state and a list of reasons a coding, neither more nor less."""
    page = (Path(__file__).parents[2] / "docs" / "reasons" / "codings.md").read_text(encoding="utf-8")
    rows = [
        f"| {TITLES[state]} | " + " | ".join(table.course(state) or "–" for table in CODINGS.values()) + " |"
        for state in sorted(TITLES, key=TITLES.__getitem__)
    ]
    assert [row for row in rows if row not in page] == []
    told = [
        f"- {TITLES[state]}, {spell}: {spell.why}"
        for table in CODINGS.values()
        for state, spells in table.spells.items()
        for spell in spells
        if state not in SUCCESSORS and state not in YUGOSLAV
    ]
    assert [line for line in told if line not in page] == []
    assert all(table.reading in page and table.critics in page for table in CODINGS.values())
