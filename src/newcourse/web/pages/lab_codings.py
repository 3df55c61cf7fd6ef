"""Codings of contested states: whose reading of history, and who reads it otherwise."""

from dataclasses import dataclass

from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations.codings.coding import NOW, Spell
from newcourse.sources.formations.codings.regime_data import MEASURED
from newcourse.sources.formations.codings.registry import CODINGS, known_coding
from newcourse.sources.formations.codings.titles import TITLES
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table


@dataclass(frozen=True, slots=True)
class CodingsFacts:
    """Facts of the page of all codings."""

    codings: Table


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """Facts of the page of one coding; no reading and no spells where it is made from a source on regimes itself."""

    name: str
    title: str
    reading: str
    critics: str
    spells: Table | None


def codings(_site: Site) -> CodingsFacts:
    """Return every coding with its reading."""
    rows = [(Link(name, _href(name)), coding.title, coding.reading) for name, coding in CODINGS.items()]
    rows += [(Link(name, _href(name)), title, "") for name, title in MEASURED.items()]
    columns: Headings = [("coding", "text"), ("title", "text"), ("reading", "text")]
    return CodingsFacts(table("Codings", columns, rows))


def one_coding(_site: Site, name: str) -> CodingFacts:
    """Return a coding with its reading, its critics and all its spells.

    Parameters
    ----------
    name
        Such as ``degenerated-1924``.
    """
    if known_coding(name) in MEASURED:
        return CodingFacts(name, MEASURED[name], "", "", None)
    one = CODINGS[name]
    rows = [
        (TITLES[state], DEFAULT.titles.get(spell.formation, "left open"), _years(spell), spell.why)
        for state, spells in one.spells.items()
        for spell in spells
    ]
    columns: Headings = [("state", "text"), ("formation", "words"), ("years", "text"), ("why", "text")]
    return CodingFacts(name, one.title, one.reading, one.critics, table("Spells", columns, rows))


def _years(spell: Spell) -> str:
    if spell.last == NOW:
        return f"{spell.first}–"
    return f"{spell.first}" if spell.first == spell.last else f"{spell.first}–{spell.last}"


def _href(name: str) -> str:
    return f"/lab/codings/{name}"


LIST = Page("lab_codings", "/lab/codings", "Codings of contested states, with their critics", codings, "Codings")
PAGE = Page("lab_coding", "/lab/codings/{name}", "A coding: reading, critics and spells", one_coding, "Codings")
