"""A worked case: the scissors of 1923, its readings, its levers side by side, its numbers with their labels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import Picture
from newcourse.pictures.market import adoption, adoption_table, levers, levers_table, scissors, scissors_table
from newcourse.plan.market.case import Case
from newcourse.plan.market.cooperatives import advantage
from newcourse.plan.market.outcomes import Checked, Compared, beside_published, compare_options
from newcourse.sources.market_case import read_case, read_village
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Table, frame_table, table

CASE: Final = "scissors-1923"


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """One reading of what happened."""

    name: str
    title: str
    words: str
    levers: Shown
    scissors: Shown | None
    sentences: tuple[str, ...]
    groups: Table
    published: Table
    certificate: str


@dataclass(frozen=True, slots=True)
class View:
    """What somebody held, and what is contested about it."""

    who: str
    holds: str
    contested: str


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """Who joins a co-operative because it pays them."""

    title: str
    words: str
    curve: Shown
    advantage: Table
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScissorsFacts:
    """Facts of the page of the worked case."""

    title: str
    summary: str
    readings: tuple[ReadingFacts, ...]
    views: tuple[View, ...]
    village: VillageFacts
    numbers: Table


def scissors_case(site: Site) -> ScissorsFacts:
    """Return the worked case: what each lever brings under each reading.

    Parameters
    ----------
    site
        Keeps what was calculated.
    """
    case, compared = _made(site)
    return ScissorsFacts(
        case.title,
        case.summary,
        tuple(_reading(case, one) for one in compared),
        tuple(View(view["who"], view["holds"], view["contested"]) for view in case.views),
        _village(),
        _numbers(case),
    )


def case_drawing(site: Site, key: str, what: str, year: int | None, width: int) -> tuple[str, Callable[[], Picture]]:
    """Return what names a picture of a worked case, and what draws it.

    Parameters
    ----------
    site, key
        Where it is kept, and the name of the case.
    what
        ``levers`` or ``scissors`` followed by the code of the reading, or ``adoption``.
    year, width
        No year; width in pixels.

    Raises
    ------
    BadInput
        If there is no such picture.
    """
    if key == CASE and year is None and what == "adoption":
        return f"{key}-adoption", lambda: adoption(read_village(CASE).adopted(), width=width)
    if key == CASE and year is None:
        for one in _made(site)[1]:
            if what == f"levers{one.reading.name}":
                return f"{key}-{one.reading.name}", partial(levers, one, width=width)
            if what == f"scissors{one.reading.name}" and _has_years(one):
                return f"{key}-{one.reading.name}", partial(scissors, one, width=width)
    expected = "levers or scissors of a reading"
    raise BadInput(Fault("picture-unknown", f"case {key}", what, expected, "follow a link of the page"))


def _made(site: Site) -> tuple[Case, tuple[Compared, ...]]:
    """Return the case with all options compared; made once, because it takes many searches."""

    def make() -> tuple[Case, tuple[Compared, ...]]:
        case = read_case(CASE)
        return case, tuple(compare_options(case, reading) for reading in case.readings)

    return site.pages.get(("case", CASE), make)


def _has_years(one: Compared) -> bool:
    return len(one.results[0].periods) > 1


def _reading(case: Case, one: Compared) -> ReadingFacts:
    name = one.reading.name
    columns = {"option": ("option", "text"), "measure": ("outcome", "text"), "words": ("value", "text")}
    side = Shown(
        f"/pictures/case/{CASE}/levers{name}",
        "Bars of the outcomes of each lever side by side",
        frame_table("Levers side by side", levers_table(one), columns),  # type: ignore[arg-type]
    )
    series = {"option": ("option", "text"), "period": ("year", "text"), "scissors": ("scissors", "number")}
    lines = Shown(
        f"/pictures/case/{CASE}/scissors{name}",
        "Lines of the scissors year by year under each option",
        frame_table("The scissors year by year", scissors_table(one), series),  # type: ignore[arg-type]
    )
    return ReadingFacts(
        name=name,
        title=one.reading.title,
        words=one.reading.words,
        levers=side,
        scissors=lines if _has_years(one) else None,
        sentences=one.words(),
        groups=_groups(case, one),
        published=_published(beside_published(case, one)),
        certificate=one.results[0].first.certified,
    )


def _village() -> VillageFacts:
    village = read_village(CASE)
    adopted = village.adopted()
    columns = {
        "year": ("year", "text"),
        "share": ("members", "percent"),
        "joined": ("joined", "number"),
        "left": ("left", "number"),
    }
    curve = Shown(
        f"/pictures/case/{CASE}/adoption",
        "Line of the part of households that are members, year by year",
        frame_table("Members year by year", adoption_table(adopted), columns),  # type: ignore[arg-type]
    )
    brought = advantage(village.farms, village.offers[0], village.around[0])
    rows = [(name if name != "all" else "in all", float(worth.mean())) for name, worth in brought.items()]
    worth = table(
        "What membership brings a household a year, on average", [("part", "text"), ("money", "change")], rows
    )
    return VillageFacts(village.title, adopted.words(), curve, worth, village.notes)


def _groups(case: Case, one: Compared) -> Table:
    groups = list(one.results[0].first.real)
    rows = [
        (result.title, case.names[group], result.first.taxes[group], result.first.real[group])
        for result in one.results
        for group in groups
    ]
    headings = [("option", "text"), ("group", "text"), ("part of income paid as tax", "percent")]
    headings.append(("what it can buy, beside the base year", "percent"))
    return table(f"Taxes and what groups can buy, {one.results[0].first.period}", headings, rows)  # type: ignore[arg-type]


def _published(checked: tuple[Checked, ...]) -> Table:
    rows = [(row.what, row.published, row.model, row.label, row.source) for row in checked]
    headings = [("figure", "text"), ("published", "number"), ("here", "number"), ("label", "text"), ("source", "text")]
    return table("Beside published figures", headings, rows)  # type: ignore[arg-type]


def _numbers(case: Case) -> Table:
    rows = [(n.meaning, n.stated.value, n.stated.label, n.stated.source or "–") for n in case.numbers]
    headings = [("number", "text"), ("value", "number"), ("label", "text"), ("source", "text")]
    return table("Every number, with its label", headings, rows)  # type: ignore[arg-type]


PAGE = Page("scissors", "/cases/scissors-1923", "A worked case: the scissors of 1923", scissors_case, "About")
