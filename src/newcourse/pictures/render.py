"""From a chart to an SVG text or a PNG file, without a browser.

The SVG needs no style sheet, no script and nothing from outside, so it can stand in a page with the strictest content
security policy. It carries its title and description as ``<title>`` and ``<desc>``.
"""

import re
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import vl_convert

from newcourse.pictures.look import AT_NIGHT, PAPER, Picture

_PLACED: Final = re.compile(r' (?:d|transform|[xy]2)="[^"]*"')
_LONG: Final = re.compile(r"-?[0-9]+[.][0-9]{3,}(?:e-?[0-9]+)?")
"""Places in a picture, and numbers in them with more decimals than a screen can show."""


def svg(picture: Picture, *, night: bool = False) -> str:
    """Return the picture as SVG text.

    Parameters
    ----------
    picture
        Any chart of this room.
    night
        Whether it will stand on a dark page.

    Examples
    --------
    >>> import altair as alt
    >>> import pandas as pd
    >>> chart = alt.Chart(pd.DataFrame({"n": [1]}), title="One", description="A bar.").mark_bar().encode(x="n:Q")
    >>> svg(chart)[:4], "<title>One</title><desc>A bar.</desc>" in svg(chart)
    ('<svg', True)
    """
    spec = picture.to_dict()
    text = str(vl_convert.vegalite_to_svg(spec))
    text = _PLACED.sub(lambda found: _LONG.sub(lambda number: f"{float(number[0]):.2f}", found[0]), text)
    end = text.index(">")
    told = f'{text[:end]} role="img">{_told(spec)}{text[end + 1 :]}'
    return for_night(told) if night else told


def for_night(drawn: str) -> str:
    """Return an SVG for a dark page, from the same for a bright one."""
    for by_day, by_night in AT_NIGHT.items():
        drawn = drawn.replace(by_day, by_night)
    return drawn


def png(picture: Picture, path: Path | str, *, scale: float = 2.0) -> None:
    """Write the picture as a PNG file on white ground.

    Parameters
    ----------
    picture
        Any chart of this room.
    path
        File to write.
    scale
        Pixels of the file per pixel of the picture.
    """
    spec = {**picture.to_dict(), "background": PAPER}
    Path(path).write_bytes(vl_convert.vegalite_to_png(spec, scale=scale))


def _told(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    lines = title.get("text", "") if isinstance(title, dict) else title
    words = " ".join(lines) if isinstance(lines, list) else str(lines)
    return f"<title>{escape(words)}</title><desc>{escape(str(spec.get('description', '')))}</desc>"
