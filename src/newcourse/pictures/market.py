"""Pictures of the mixed economy: scissors over years, levers side by side, the curve of adoption (design §6.2)."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    CATEGORIES,
    INK,
    NORMAL,
    SHAPES,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
)
from newcourse.plan.market.cooperatives import Adoption
from newcourse.plan.market.outcomes import Compared

_HEIGHT, _ROW, _LINE, _ROOM = 300, 26, 15, 70
"""Height of a chart with a time axis, of a row of bars, of a line of letters, and room for numbers, in pixels."""


def scissors_table(compared: Compared) -> pd.DataFrame:
    """Return the numbers of :func:`scissors`: columns option, period, scissors."""
    return pd.DataFrame(
        [
            {"option": result.title, "period": period.period, "scissors": period.scissors}
            for result in compared.results
            for period in result.periods
        ]
    )


def scissors(compared: Compared, *, width: int = WIDE) -> Picture:
    """Return one line for each option: the scissors in every period, the base year being 1.

    Parameters
    ----------
    compared
        Options side by side.
    width
        Of the picture, in pixels.
    """
    table = scissors_table(compared)
    options = [result.title for result in compared.results]
    x = alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelColor=SOFT, labelFontSize=SMALL))
    y = alt.Y(
        "scissors:Q",
        title="industrial over farm prices, base year = 1",
        axis=alt.Axis(labelColor=SOFT, labelFontSize=SMALL, titleColor=SOFT, titleFontSize=SMALL, tickCount=5),
        scale=alt.Scale(domainMin=0),
    )
    legend = alt.Legend(
        orient="bottom", columns=1, title=None, labelColor=INK, labelFontSize=NORMAL, labelLimit=max(width - 40, 200)
    )
    colour = alt.Color(
        "option:N", sort=options, scale=alt.Scale(domain=options, range=list(_cycled(CATEGORIES, len(options)))),
        legend=legend,
    )  # fmt: skip
    shape = alt.Shape(
        "option:N", sort=options, scale=alt.Scale(domain=options, range=list(_cycled(SHAPES, len(options)))),
        legend=legend,
    )  # fmt: skip
    chart = alt.Chart(table).encode(x=x, y=y, color=colour)
    even = alt.Chart(pd.DataFrame({"scissors": [1.0]})).mark_rule(strokeDash=[4, 4], color=SOFT).encode(y="scissors:Q")
    whole = alt.layer(even, chart.mark_line(), chart.mark_point(size=70, filled=True).encode(shape=shape))
    told = " ".join(f"{result.title}: {_told(table, result.title)}." for result in compared.results)
    title = f"The scissors under each option: {compared.reading.title.lower()}"
    how = "Above the dashed line industrial goods are dearer in farm products than in the base year."
    return dressed(whole.properties(width=width - 60, height=_HEIGHT), title, how, f"{title}. {told}", width)


def levers_table(compared: Compared) -> pd.DataFrame:
    """Return the numbers of :func:`levers`: columns option, measure, value, words."""
    rows = []
    for result in compared.results:
        first = result.first
        rows += [
            {"option": result.title, "measure": measure, "value": value, "words": words}
            for measure, value, words in (
                ("Scissors, base year = 1", first.scissors, f"{first.scissors:.2f}"),
                ("Farm output that leaves the village", first.marketed, f"{first.marketed:.1%}"),
                ("Goods that reach the village, base year = 1", first.village, f"{first.village:.0%}"),
                ("Price index, base year = 1", first.prices, f"{first.prices:.2f}"),
                ("Goods unsold", first.unsold, f"{first.unsold:.0%}"),
            )
        ]
    return pd.DataFrame(rows)


def levers(compared: Compared, *, width: int = WIDE) -> Picture:
    """Return bars for each option side by side, one panel for each outcome of the first period.

    Parameters
    ----------
    compared
        Options side by side.
    width
        Of the picture, in pixels.
    """
    table = levers_table(compared)
    table["measure"] = pd.Categorical(table["measure"], table["measure"].unique(), ordered=True)
    if not table.loc[table["measure"] == "Goods unsold", "value"].any():
        table = table[table["measure"] != "Goods unsold"]
    panels = [_panel(part, str(measure), width) for measure, part in table.groupby("measure", observed=True)]
    period = compared.results[0].first.period
    title = f"Levers side by side, {period}: {compared.reading.title.lower()}"
    told = " ".join(compared.words())
    whole = alt.vconcat(*panels, spacing=22)
    return dressed(whole, title, "Bars begin at zero.", f"{title}. {told}", width)


def _panel(table: pd.DataFrame, measure: str, width: int) -> Picture:
    labels = max(120.0, min(360.0, width * 0.42))
    # A bar is told apart by the first words of its option; what stands behind a colon is in the sentences.
    lines = [in_lines(option.partition(":")[0], labels, SMALL) for option in table["option"]]
    table = table.assign(option=["|".join(words) for words in lines])
    height = max(_ROW, max(map(len, lines)) * _LINE + 6)
    y = alt.Y(
        "option:N",
        sort=list(table["option"]),
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '|')",
            labelLimit=labels,
            labelColor=INK,
            labelFontSize=SMALL,
            ticks=False,
            domain=False,
        ),
    )
    top = max(float(table["value"].max()), 1e-12)
    bars = width - labels - _ROOM
    scale = alt.Scale(domain=[0, top * (1 + _ROOM / bars)])
    chart = alt.Chart(table).encode(x=alt.X("value:Q", axis=None, scale=scale), y=y)
    words = chart.mark_text(align="left", dx=4, color=INK, fontSize=SMALL).encode(text="words:N")
    head = alt.TitleParams(measure, anchor="start", color=INK, fontSize=NORMAL, fontWeight="bold")
    column = chart.mark_bar(color=CATEGORIES[0], height=_ROW * 0.6)
    return alt.layer(column, words).properties(width=width - labels - 10, height=height * len(table), title=head)


def adoption_table(adoption: Adoption) -> pd.DataFrame:
    """Return the numbers of :func:`adoption`: columns year, share, joined, left."""
    return pd.DataFrame(
        {"year": adoption.years, "share": adoption.share, "joined": adoption.joined, "left": adoption.left}
    )


def adoption(found: Adoption, *, width: int = WIDE) -> Picture:
    """Return the part of households that are members, year by year.

    Parameters
    ----------
    found
        Who is a member in each year.
    width
        Of the picture, in pixels.
    """
    table = adoption_table(found)
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelColor=SOFT, labelFontSize=SMALL))
    y = alt.Y(
        "share:Q",
        title="part of households that are members",
        axis=alt.Axis(format="%", labelColor=SOFT, labelFontSize=SMALL, titleColor=SOFT, titleFontSize=SMALL),
        scale=alt.Scale(domain=[0, 1]),
    )
    chart = alt.Chart(table).encode(x=x, y=y)
    whole = alt.layer(
        chart.mark_line(color=CATEGORIES[0]), chart.mark_point(color=CATEGORIES[0], filled=True, size=60)
    ).properties(width=width - 60, height=_HEIGHT)
    title = "Members of the co-operative"
    told = ", ".join(f"{row.year} {row.share:.0%}" for row in each(table))
    how = "Households join when it pays them and leave when it does not."
    return dressed(whole, title, how, f"{title}. {told}. {found.words()}", width)


def _cycled(values: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(values[number % len(values)] for number in range(count))


def _told(table: pd.DataFrame, option: str) -> str:
    rows = table[table["option"] == option]
    return ", ".join(f"{row.period} {row.scissors:.2f}" for row in each(rows))
