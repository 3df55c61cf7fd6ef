"""Counts of votes as tables for people."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from rich.console import RenderableType
from rich.text import Text

from newcourse.cli.output import bullets, can_show, console, table

WIDEST_NAME: Final = 24
FEW: Final = 10
STAGE_KEY: Final = "✓ elected at this stage · – excluded before"

Data = Mapping[str, Any]


def stage_tables(elected: Sequence[str], stages: Sequence[Data], width: int | None = None) -> list[RenderableType]:
    """Return what every candidate held at each stage, in as many tables as the terminal's width needs.

    Parameters
    ----------
    elected
        Who is elected, in order; they are the first rows.
    stages
        Stages as data: votes by candidate, not transferable, elected and excluded.
    width
        Letters there are; the terminal's where nothing is given.
    """
    names = [*elected, *(name for name in stages[0]["votes"] if name not in elected)]
    columns = [_column(names, stages[: k + 1]) for k in range(len(stages))]
    name_width = min(WIDEST_NAME, max(map(len, names)), 99)
    each = max(len(cell) for column in columns for cell in column) + 2
    fit = max(1, ((width or console().width) - max(name_width, len("not transferable")) - 2) // each)
    rows = [*(_fitting(name) for name in names), "not transferable"]
    return [
        table(
            ("candidate", *(f"stage {stages[k]['stage']}" for k in range(start, min(start + fit, len(stages))))),
            [
                (_emphasised(row, position < len(elected)), *(column[position] for column in columns[start:][:fit]))
                for position, row in enumerate(rows)
            ],
            right=range(1, fit + 1),
            whole=(0,),
        )
        for start in range(0, len(stages), fit)
    ]


def _column(names: Sequence[str], stages: Sequence[Data]) -> list[str]:
    """Return the cells of the last of these stages: a mark for who is elected in it, a dash for who is out."""
    last = stages[-1]
    out = {name for stage in stages[:-1] for name in stage["excluded"]}
    mark, dash = ("✓", "–") if can_show("✓–") else ("*", "-")
    cells = []
    for name in names:
        value = dash if name in out else str(last["votes"][name])
        cells.append(f"{value} {mark if name in last['elected'] else ' '}")
    return [*cells, f"{last['non_transferable']}  "]


def _fitting(name: str) -> str:
    return name if len(name) <= WIDEST_NAME else name[: WIDEST_NAME - 3] + "..."


def _emphasised(name: str, elected: bool) -> Text:
    return Text(name, style="bold" if elected else "")


def problem_list(problems: Sequence[Any], rejected: int) -> list[RenderableType]:
    """Return the first problems of a file, how many more there are, and how many ballots were rejected."""
    if not problems:
        return []
    lines = "line is" if len(problems) == 1 else "lines are"
    told = f"{len(problems)} {lines} not as they should be" if len(problems) > 1 else "1 line is not as it should be"
    papers = "1 ballot is" if rejected == 1 else f"{rejected} ballots are"
    more = len(problems) - FEW
    parts: list[RenderableType] = [
        f"{told}; {papers} rejected:",
        bullets(str(problem) for problem in problems[:FEW]),
    ]
    return (
        [*parts, f"… and {more} more; --json lists all." if can_show("…") else f"and {more} more"]
        if more > 0
        else parts
    )


def selection_table(selected: Sequence[str], costs: Mapping[str, Fraction]) -> RenderableType:
    """Return the projects that get money with what they cost, in the order in which they were selected."""
    rows = [(str(place), name, amount(costs[name])) for place, name in enumerate(selected, start=1)]
    return table(("", "project", "cost"), rows, right=(0, 2))


def amount(value: Fraction) -> str:
    """Return an amount as a decimal where it is one of at most six places, else as a fraction.

    >>> amount(Fraction(141, 2)), amount(Fraction(60)), amount(Fraction(1, 3))
    ('70.5', '60', '1/3')
    """
    millionths = value * 10**6
    if millionths.denominator != 1:
        return str(value)
    whole, part = divmod(millionths.numerator, 10**6)
    return f"{whole}.{part:06}".rstrip("0").rstrip(".")
