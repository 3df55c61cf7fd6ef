"""Make a proposal without writing data: choose what is to change, type the numbers, read it in words, give reasons.

The page only reads: it puts the structured change together and shows what it would say. Filing it is an act.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.plan.changes.registry import change_from_data
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.web.council_words import NUMBERS
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.words import CHANGES

Option = tuple[str, str]

BETWEEN: Final = "|"
"""Stands between the two codes of what is chosen."""

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "need": ("minimum", "target"),
    "supply": ("quantity",),
    "cap": ("quantity",),
    "trade": ("import_quota", "export_quota"),
    "weight": ("weight",),
}
"""The kinds that can be proposed here, and their numbers; the others are typed as data."""


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """Something that can be chosen: its code and its words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number of the change: the name of its field, what it is called, what was typed."""

    name: str
    label: str
    typed: str


@dataclass(frozen=True, slots=True)
class ProposeFacts:
    """Facts of the page.

    Parameters
    ----------
    kind, what
        Kind of the change, and code of what is to change; empty until it is chosen.
    kinds, options
        What can be chosen.
    numbers
        The numbers of the change.
    words, changes
        The change in words, and as data to be filed; empty until it can be made.
    wrong
        What is wrong with what was typed; empty where nothing is.
    """

    kind: str
    what: str
    kinds: tuple[OfferedChoice, ...]
    options: tuple[OfferedChoice, ...]
    numbers: tuple[TypedNumber, ...]
    words: str
    changes: str
    wrong: str


def propose(site: Site, kind: str = "need", what: str = "", first: str = "", second: str = "") -> ProposeFacts:
    """Return what can be proposed, and the change that was put together.

    Parameters
    ----------
    site
        The federation.
    kind
        One of :data:`LABELS`.
    what
        Code of what is to change, as the options say it.
    first, second
        Its numbers, as people type them; empty leaves the number as it is.
    """
    if kind not in LABELS:
        raise BadInput(Fault("change-kind", "propose", repr(kind)[:60], " or ".join(LABELS), "follow a link"))
    economy = site.federation.economy_asked()
    options = tuple(_OPTIONS[kind](economy))
    words, changes, wrong = "", "", ""
    if what and what not in {code for code, _ in options}:
        wrong = f"{what!r:.60}: expected one of what can be chosen"
    elif what and (first or second):
        try:
            change = change_from_data({"kind": kind, **_chosen(kind, what), **_numbers(kind, (first, second))})
            words, changes = change.words(economy), json.dumps([change.to_data()])
        except NewCourseError as error:
            wrong = "; ".join(f"{f.found}: expected {f.expected}" for f in error.faults)
    return ProposeFacts(
        kind=kind,
        what=what,
        kinds=tuple(OfferedChoice(one, CHANGES[one]) for one in LABELS),
        options=tuple(OfferedChoice(*option) for option in options),
        numbers=tuple(
            TypedNumber(field, NUMBERS[name], typed)
            for field, name, typed in zip(("first", "second"), LABELS[kind], (first, second), strict=False)
        ),
        words=words,
        changes=changes,
        wrong=wrong,
    )


def _chosen(kind: str, what: str) -> dict[str, str]:
    first, _, second = what.partition(BETWEEN)
    if kind in ("need", "weight"):
        return {"need" if kind == "need" else "group": what}
    return {"place": first, {"supply": "factor", "cap": "emission", "trade": "product"}[kind]: second}


def _numbers(kind: str, typed: tuple[str, str]) -> dict[str, float]:
    given = {name: text.strip() for name, text in zip(LABELS[kind], typed, strict=False) if text.strip()}
    faults, read = [], {}
    for name, text in given.items():
        try:
            read[name] = float("".join(text.split()))
        except ValueError:
            expected = "a number such as 7300.5: a point before decimals, no comma, which means different things"
            faults.append(Fault("number-wrong", "propose", repr(text)[:60], expected, "correct it"))
    if faults:
        raise BadInput(faults)
    return read


def _needs(economy: Economy) -> Iterator[Option]:
    names = Names(economy)
    for row in _rows(economy, "needs"):
        unit = names.unit("need", row["need"])
        asked = f"minimum {number(row['minimum'])}, target {number(row['target'])} {unit}"
        yield row["need"], f"{row['name']} ({names.place(row['place'])}): {asked}"


def _supplies(economy: Economy) -> Iterator[Option]:
    yield from _amounts(economy, "factor_supply", "factor")


def _caps(economy: Economy) -> Iterator[Option]:
    yield from _amounts(economy, "emission_caps", "emission")


def _amounts(economy: Economy, table: str, kind: str) -> Iterator[Option]:
    names = Names(economy)
    for row in _rows(economy, table):
        known = names.factor(row[kind]) if kind == "factor" else names.emission(row[kind])
        now = f"{number(row['quantity'])} {names.unit(kind, row[kind])}"
        yield f"{row['place']}{BETWEEN}{row[kind]}", f"{known}, {names.place(row['place'])}: {now}"


def _trades(economy: Economy) -> Iterator[Option]:
    names = Names(economy)
    for row in _rows(economy, "trade"):
        now = f"imports {number(row['imports'])}, exports {number(row['exports'])}"
        place = names.place(row["place"])
        yield f"{row['place']}{BETWEEN}{row['product']}", f"{names.product(row['product'])}, {place}: {now}"


def _groups(economy: Economy) -> Iterator[Option]:
    yield from ((group, group) for group in dict.fromkeys(economy["needs"]["group"]))


def _rows(economy: Economy, table: str) -> list[dict[str, Any]]:
    rows: list[Any] = economy[table].to_dict("records")
    return rows


_OPTIONS: Final[dict[str, Callable[[Economy], Iterator[Option]]]] = {
    "need": _needs,
    "supply": _supplies,
    "cap": _caps,
    "trade": _trades,
    "weight": _groups,
}

PAGE = Page("propose", "/propose", "Put a proposal together", propose, "Proposals")
