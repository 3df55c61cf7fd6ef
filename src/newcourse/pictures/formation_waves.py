"""Waves of change on a schematic map: every country a tile, at several moments."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.banner import BANNER
from newcourse.pictures.capitals import LETTERS
from newcourse.pictures.formation_words import formation_colours, needed
from newcourse.pictures.look import GRID, INK, NORMAL, WIDE, Picture, dressed
from newcourse.pictures.tiles import COLUMNS as TILE_COLUMNS
from newcourse.pictures.tiles import ROWS, tiles
from newcourse.plan.sentences import and_list

COLUMNS = ("year", "country", "title", "formation", "share")
"""What the table must have: year, number or letters of the country, its name, title of a formation, its share of 1."""


_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
"""Shape of each formation, so that they can be told apart without colours."""


def formation_waves(table: pd.DataFrame, *, title: str, how: str, quantum_like: bool, width: int = WIDE) -> Picture:
    """Return a schematic map for each year of the table.

    Parameters
    ----------
    table
        One row a year, country and formation, with the columns :data:`COLUMNS`; countries by number or letters
        as in :mod:`newcourse.pictures.capitals`. Of several formations of a country the likeliest is drawn; the paler,
        the less sure.
    title, how
        What is shown and how to read it.
    quantum_like
        Whether the model is quantum-like: then the banner stands beneath the title.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If columns are missing, there are no rows, or a country has no place on the map.
    """
    needed(table, COLUMNS, "waves on a map")
    placed = _placed(table)
    years = sorted(placed["year"].unique())
    across = 1 if width < WIDE // 2 else min(2, len(years))
    tile = min(24.0, (width - 24 * across) / across / TILE_COLUMNS)
    colours = formation_colours(list(dict.fromkeys(table["formation"])))
    maps = [_map(placed[placed["year"] == year], f"{year:g}", colours, tile) for year in years]
    rows = [alt.hconcat(*maps[k : k + across], spacing=20) for k in range(0, len(maps), across)]
    banner = f" {BANNER[0].upper()}{BANNER[1:]}." if quantum_like else ""
    told = f"{title}. {how}{banner} {_told(placed, years)}"
    return dressed(alt.vconcat(*rows, spacing=14), title, how + banner, told, width)


def require_tiles(countries: Iterable[str]) -> None:
    """Refuse countries, by number or letters, that have no place on the map."""
    lost = sorted({str(country) for country in countries} - {*tiles(), *LETTERS})
    if lost:
        expected = "numbers or letters of countries that have a tile"
        remedy = "leave these out, draw no map, or add them to pictures/capitals.py"
        raise BadInput(Fault("picture-no-tile", "waves on a map", ", ".join(lost), expected, remedy))


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    require_tiles(table["country"])
    likeliest = table.loc[table.groupby(["year", "country"], sort=False)["share"].idxmax()]
    where = tiles()
    spots = [where[LETTERS.get(str(country), str(country))] for country in likeliest["country"]]
    return likeliest.assign(column=[column for column, _ in spots], row=[row for _, row in spots])


def _map(table: pd.DataFrame, year: str, colours: dict[str, str], tile: float) -> Picture:
    everywhere = pd.DataFrame(tiles().values(), columns=["column", "row"])
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=[-0.5, TILE_COLUMNS - 0.5], nice=False, zero=False))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[ROWS - 0.5, 0.5], nice=False, zero=False))
    size = 0.75 * tile * tile
    ground = alt.Chart(everywhere).mark_square(size=size, color=GRID, opacity=0.5).encode(x=x, y=y)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    shapes = alt.Scale(domain=list(colours), range=[_SHAPES[k % len(_SHAPES)] for k in range(len(colours))])
    legend = alt.Legend(title=None, orient="bottom", columns=2, labelLimit=300)
    drawn = alt.Chart(table).mark_point(size=size, filled=True).encode(
        x=x, y=y, color=alt.Color("formation:N", scale=scale, legend=legend),
        shape=alt.Shape("formation:N", scale=shapes, legend=legend),
        opacity=alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.25, 1]), legend=None),
    )  # fmt: skip
    heading = alt.TitleParams(year, anchor="start", fontSize=NORMAL, color=INK, frame="bounds", offset=4)
    return alt.layer(ground, drawn, title=heading).properties(width=tile * TILE_COLUMNS, height=tile * ROWS)


def _told(placed: pd.DataFrame, years: list[int]) -> str:
    parts = []
    for year in years:
        counts = placed[placed["year"] == year]["formation"].value_counts()
        parts.append(f"{year:g}: " + and_list([f"{count} {formation}" for formation, count in counts.items()]))
    return ". ".join(parts) + "."
