"""Waves of change on a schematic map: every country a tile, at several moments."""

from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.banner import BANNER
from newcourse.pictures.capitals import LETTERS
from newcourse.pictures.formation_words import formation_colours, needed
from newcourse.pictures.look import GRID, INK, NORMAL, SMALLEST, WIDE, Picture, dressed
from newcourse.pictures.tiles import COLUMNS as TILE_COLUMNS
from newcourse.pictures.tiles import ROWS, tiles
from newcourse.plan.sentences import and_list

MARGIN, LEAST_COLUMNS, LEAST_ROWS = 1, 10, 7
"""Tiles that are shown around the countries of a table, and how many at least either way."""

LARGEST, LABELLED = 40.0, 20.0
"""Most pixels a tile is wide, and from how many on the countries' letters stand beneath the marks."""

NAMED = 12
"""Up to so many countries are named in the sentence beneath the title."""

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
    part = _part(placed, (width - 24 * across) / across)
    colours = formation_colours(list(dict.fromkeys(table["formation"])))
    maps = [_map(placed[placed["year"] == year], f"{year:g}", colours, part) for year in years]
    rows = [alt.hconcat(*maps[k : k + across], spacing=20) for k in range(0, len(maps), across)]
    banner = f"{BANNER[0].upper()}{BANNER[1:]}." if quantum_like else ""
    subtitle = " ".join(filter(None, [how, _named(placed, part), banner]))
    told = f"{title}. {subtitle} {_told(placed, years)}"
    return dressed(alt.vconcat(*rows, spacing=14), title, subtitle, told, width)


def require_tiles(countries: Iterable[str]) -> None:
    """Refuse countries, by number or letters, that have no place on the map."""
    lost = sorted({str(country) for country in countries} - {*tiles(), *LETTERS})
    if lost:
        expected = "numbers or letters of countries that have a tile"
        remedy = "leave these out, draw no map, or add them to pictures/capitals.py"
        raise BadInput(Fault("picture-no-tile", "waves on a map", ", ".join(lost), expected, remedy))


@dataclass(frozen=True)
class _Part:
    """A part of the map: its first and last column and row, and how many pixels a tile has."""

    left: int
    right: int
    top: int
    bottom: int
    tile: float

    @property
    def labelled(self) -> bool:
        return self.tile >= LABELLED


def _part(placed: pd.DataFrame, room: float) -> _Part:
    """Return the part where the countries lie, with some tiles around."""
    left, right = _stretch(placed["column"], LEAST_COLUMNS, TILE_COLUMNS)
    top, bottom = _stretch(placed["row"], LEAST_ROWS, ROWS)
    return _Part(left, right, top, bottom, min(LARGEST, room / (right - left + 1)))


def _stretch(places: "pd.Series[int]", least: int, size: int) -> tuple[int, int]:
    first, last = int(places.min()) - MARGIN, int(places.max()) + MARGIN
    missing = max(0, least - (last - first + 1))
    first, last = first - missing // 2, last + missing - missing // 2
    return max(0, first), min(size - 1, last)


def _named(placed: pd.DataFrame, part: _Part) -> str:
    """Return what the letters beneath the marks mean."""
    names = dict(zip(placed["letters"], placed["title"], strict=True))
    if not part.labelled or len(names) > NAMED:
        return ""
    return ", ".join(f"{letters}: {name}" for letters, name in names.items()) + "."


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    require_tiles(table["country"])
    likeliest = table.loc[table.groupby(["year", "country"], sort=False)["share"].idxmax()]
    where = tiles()
    numbers = [LETTERS.get(str(country), str(country)) for country in likeliest["country"]]
    known = {number: letters for letters, number in LETTERS.items()}
    letters = [
        country if country in LETTERS else known.get(country, country) for country in map(str, likeliest["country"])
    ]
    return likeliest.assign(
        column=[where[number][0] for number in numbers],
        row=[where[number][1] for number in numbers],
        letters=letters,
    )


def _map(table: pd.DataFrame, year: str, colours: dict[str, str], part: _Part) -> Picture:
    columns, rows = range(part.left, part.right + 1), range(part.top, part.bottom + 1)
    seen = [(column, row) for column, row in tiles().values() if column in columns and row in rows]
    across, down = [part.left - 0.5, part.right + 0.5], [part.bottom + 0.5, part.top - 0.5]
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=across, nice=False, zero=False))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=down, nice=False, zero=False))
    ground = alt.Chart(pd.DataFrame(seen, columns=["column", "row"])).mark_square(
        size=0.8 * part.tile**2, color=GRID, opacity=0.5
    )
    side = max(10.0, part.tile - SMALLEST - 3) if part.labelled else 0.87 * part.tile
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    shapes = alt.Scale(domain=list(colours), range=[_SHAPES[k % len(_SHAPES)] for k in range(len(colours))])
    legend = alt.Legend(title=None, orient="bottom", columns=2, labelLimit=300, symbolOpacity=1)
    marks = alt.Chart(table).mark_point(size=side**2, filled=True, yOffset=-6 if part.labelled else 0).encode(
        x=x, y=y, color=alt.Color("formation:N", scale=scale, legend=legend),
        shape=alt.Shape("formation:N", scale=shapes, legend=legend),
        opacity=alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.25, 1]), legend=None),
    )  # fmt: skip
    layers = [ground.encode(x=x, y=y), marks]
    if part.labelled:
        words = alt.Chart(table).mark_text(fontSize=SMALLEST, dy=part.tile / 2 - 6, color=INK)
        layers.append(words.encode(x=x, y=y, text="letters:N"))
    heading = alt.TitleParams(year, anchor="start", fontSize=NORMAL, color=INK, frame="bounds", offset=4)
    return alt.layer(*layers, title=heading).properties(width=part.tile * len(columns), height=part.tile * len(rows))


def _told(placed: pd.DataFrame, years: list[int]) -> str:
    parts = []
    for year in years:
        counts = placed[placed["year"] == year]["formation"].value_counts()
        parts.append(f"{year:g}: " + and_list([f"{count} {formation}" for formation, count in counts.items()]))
    return ". ".join(parts) + "."
