"""Statutes to begin with: a federation may found itself with these or with its own (design §4).

Quotas of groups are off: who keeps that most of the delegates are workers and a third belong to no party needs enough
candidates of each kind, and a federation of six people may not have them. Larger ones switch them on with
``quotas=True``.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final

from newcourse.council.default_cycle_articles import ARTICLES as CYCLE_ARTICLES
from newcourse.council.default_cycle_articles import CONGRESS
from newcourse.council.default_people_articles import ARTICLES as PEOPLE_ARTICLES
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Tree

TITLE: Final = "Statutes of a planning federation"

QUOTAS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"worker": {"more": "1/2"}, "non-party": {"least": "1/3"}}
)
"""More than half of the delegates of each place are workers, and at least a third belong to no party."""

DATA: Final[dict[str, Any]] = {"title": TITLE, "articles": [*CYCLE_ARTICLES, *PEOPLE_ARTICLES]}
"""The default statutes as plain data, the form in which own ones are written."""


def default_statutes(tree: Tree | None = None, *, quotas: bool = False) -> Statutes:
    """Return the default statutes.

    Parameters
    ----------
    tree
        Places of the federation. Besides the congress there is then one council at every place of each level between
        the whole and the lowest places.
    quotas
        Whether elections keep :data:`QUOTAS`.

    Examples
    --------
    >>> law = default_statutes()
    >>> print(law.article_on_act("file_proposal"))
    Article 6, Needs and proposals
    >>> Statutes.from_data(law.to_data()) == law
    True
    """
    return Statutes.from_data(default_data(levels_between(tree) if tree else (), quotas=quotas))


def default_data(levels: Sequence[str] = (), *, quotas: bool = False) -> dict[str, Any]:
    """Return the default statutes as plain data, with a council at every place of these levels."""
    data = deepcopy(DATA)
    articles = {article["number"]: article for article in data["articles"]}
    for level in levels:
        _add_level(articles, level)
    if quotas:
        _add_quotas(articles["13"])
    return data


def levels_between(tree: Tree) -> tuple[str, ...]:
    """Return the levels at which places lie that are beneath another and have others beneath them, from above.

    Examples
    --------
    >>> from newcourse.council.tree import Place
    >>> levels_between(Tree((Place("F", "All", "federation"), Place("N", "North", "region", "F"),
    ...                      Place("M", "Mill", "workplace", "N"))))
    ('region',)
    """
    top = tree.by_code[tree.root].level
    found = [place.level for place in tree.places if place.parent and tree.beneath(place.place)]
    return tuple(level for level in dict.fromkeys(found) if level not in (top, CONGRESS, ""))


def _add_level(articles: Mapping[str, dict[str, Any]], level: str) -> None:
    congress, bodies = articles["3"]["councils"][0], articles["3"]
    council = {**congress, "council": level, "name": f"Council of the {level}", "level": level}
    bodies["councils"].append(council)
    bodies["words"] += f" There is a council of each {level}, elected alike; it decides the motions of its own place."
    motion, instruction = articles["10"]["decisions"][0], articles["14"]["decisions"][0]
    name = f"Motion before the council of a {level}"
    articles["10"]["decisions"].append({**motion, "decision": f"{level}-motion", "council": level, "name": name})
    name = f"Instruction to the delegates in the council of a {level}"
    row = {**instruction, "decision": f"{level}-instruction", "council": level, "name": name}
    articles["14"]["decisions"].append(row)


def _add_quotas(elections: dict[str, Any]) -> None:
    elections["words"] += (
        " More than half of the delegates of each place are workers, and at least a third belong to no party."
    )
    for rules in elections["elections"]:
        rules["quotas"] = {name: dict(shares) for name, shares in QUOTAS.items()}
