"""Pictures of formations: what they say, to those who do not see them too, and the schematic map."""

import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.formations.banner import BANNER
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT
from newcourse.pictures.capitals import CAPITALS
from newcourse.pictures.formation_bands import formation_bands
from newcourse.pictures.formation_ladder import formation_ladder
from newcourse.pictures.formation_waves import formation_waves
from newcourse.pictures.formation_words import formation_colours
from newcourse.pictures.look import NARROW, WIDE
from newcourse.pictures.render import svg
from newcourse.pictures.tiles import COLUMNS, ROWS, tiles

BANDS = pd.DataFrame(
    [
        (model, formation, year, middle - 0.1, middle, middle + 0.1)
        for model in ("H0 and H5", "classical rival")
        for year in (1917, 1918)
        for formation, middle in (("capitalist", 0.3), ("workers' state", 0.7))
    ],
    columns=["model", "formation", "year", "low", "middle", "high"],
)
WAVES = pd.DataFrame(
    [(1917, "365", "Russia", "workers' state", 0.8), (1917, "365", "Russia", "capitalist", 0.2),
     (1918, "DEU", "Germany", "capitalist", 0.9), (1918, "365", "Russia", "workers' state", 0.7)],
    columns=["year", "country", "title", "formation", "share"],
)  # fmt: skip
LADDER = pd.DataFrame(
    [("saturated Markov", "forward in time", 0.0, 0.0), ("duration", "forward in time", 0.012, 0.02)],
    columns=["model", "split", "difference", "error"],
)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bands_say_their_banner_and_numbers(width: int) -> None:
    drawn = svg(formation_bands(BANDS, title="Conditional on H0", how="Bands.", quantum_like=True, width=width))
    told = drawn.split("</desc>")[0]
    assert BANNER.split(";")[0].removeprefix("quantum-like: ") in told
    assert "workers' state 60% to 80%" in told.replace("&#x27;", "'")
    assert "classical rival" in told
    assert 'd="' in drawn
    classical = svg(formation_bands(BANDS, title="Conditional on H0", how="Bands.", quantum_like=False, width=width))
    assert "open quantum systems" not in classical


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_waves_draw_the_likeliest_formation_of_each_country(width: int) -> None:
    picture = formation_waves(WAVES, title="Waves", how="Tiles.", quantum_like=False, width=width)
    told = svg(picture).split("</desc>")[0].replace("&#x27;", "'")
    assert "1917: 1 workers' state. 1918: 1 capitalist and 1 workers' state." in told


def test_a_country_without_a_tile_is_named() -> None:
    with pytest.raises(BadInput, match="999"):
        formation_waves(WAVES.assign(country="999"), title="Waves", how="", quantum_like=False)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_ladder_says_each_difference_with_its_error(width: int) -> None:
    drawn = svg(formation_ladder(LADDER, title="No verdict", how="Points.", width=width))
    assert "duration, forward in time: +0.0120 ± 0.0200" in drawn.split("</desc>")[0]


@pytest.mark.parametrize(("width", "shown"), [(WIDE, True), (NARROW, False)])
def test_the_numbers_stand_beside_the_ladder_where_there_is_room(width: int, shown: bool) -> None:
    drawn = svg(formation_ladder(LADDER.assign(difference=-0.5), title="No verdict", quantum_like=True, width=width))
    assert ("−0.5000 ± 0.0200" in drawn.split("</desc>")[1]) is shown
    assert "open quantum systems" in drawn.split("</desc>")[1]


@pytest.mark.parametrize(("country", "letters"), [("365", "SUN"), ("RUS", "RUS"), ("DEU", "DEU")])
def test_marks_of_a_few_countries_bear_letters_that_are_explained(country: str, letters: str) -> None:
    table = WAVES[WAVES["year"] == 1918].assign(country=country, title="Here")
    drawn = svg(formation_waves(table, title="Waves", how="Tiles.", quantum_like=False))
    assert f"{letters}: Here." in drawn.split("</desc>")[0]
    assert f">{letters}</text>" in drawn


def test_marks_of_the_whole_world_are_too_small_for_letters() -> None:
    whole = pd.DataFrame({"year": 1990, "country": list(CAPITALS), "title": list(CAPITALS), "formation": "capitalist",
                          "share": 1.0})  # fmt: skip
    drawn = svg(formation_waves(whole, title="Waves", how="Tiles.", quantum_like=False))
    assert f"1990: {len(CAPITALS)} capitalist." in drawn
    assert ">365</text>" not in drawn


@pytest.mark.parametrize("draw", [
    lambda table: formation_bands(table, title="", how="", quantum_like=False),
    lambda table: formation_waves(table, title="", how="", quantum_like=False),
    lambda table: formation_ladder(table, title="", how=""),
])  # fmt: skip
def test_a_table_that_lacks_columns_is_refused_with_their_names(draw) -> None:
    with pytest.raises(BadInput, match=r"without .*(low|share|difference)"):
        draw(pd.DataFrame({"model": ["x"], "year": [1]}))


def test_formations_keep_their_colours_and_order() -> None:
    titles = list(DEFAULT.titles.values())
    assert list(formation_colours(titles[::-1])) == titles
    assert len(set(formation_colours(list(BASIS_AND_RULE.titles.values())).values())) == BASIS_AND_RULE.size
    with pytest.raises(BadInput, match="at most 8"):
        formation_colours(list("abcdefghi"))


def test_every_country_has_a_tile_of_its_own_near_where_it_lies() -> None:
    where = tiles()
    assert set(where) == set(CAPITALS)
    assert len(set(where.values())) == len(where)
    assert all(0 <= column < COLUMNS and 0 <= row < ROWS for column, row in where.values())
    west_to_east = ["2", "235", "230", "290", "365", "710", "740"]
    assert [where[k][0] for k in west_to_east] == sorted(where[k][0] for k in west_to_east)
    north_to_south = ["385", "255", "325", "651", "501", "560"]
    assert [where[k][1] for k in north_to_south] == sorted(where[k][1] for k in north_to_south)
