"""Found a federation: its name, statutes, places, first members and the economy it begins with."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import economy_artefact, economy_from, json_artefact
from newcourse.acts.ask import Ask
from newcourse.council.default_statutes import default_statutes
from newcourse.council.fitting import fitting_faults
from newcourse.council.secrecy import may_name
from newcourse.council.state import State
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Tree
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.record.artefact import Artefact


def check(state: State, ask: Ask) -> None:
    """Refuse a second founding, members at no place, and founders who are no members."""
    if state.statutes is not None:
        article = state.statutes.article_on_act("found")
        found = f"the federation {state.title!r} is founded already"
        raise refused(ask, article, "founded-already", found, "a founding once", "open another record")
    if not isinstance(ask.get("economy"), Economy):
        expected = "an economy read from a folder or a table"
        raise BadInput(Fault("economy-wrong", ask.where, repr(ask.get("economy"))[:60], expected, "read it first"))
    tree, statutes = tree_of(ask.get("economy")), _statutes(ask)
    members = _members(ask, tree)
    faults = [*_member_faults(ask, members, tree), *fitting_faults(statutes, tree)]
    if faults:
        raise BadInput(faults)


def prepare(_state: State, ask: Ask, _tools: Tools) -> tuple[Artefact, str]:
    """Return the economy as it is kept, and its fingerprint as it will be read again."""
    kept = economy_artefact(ask.get("economy"))
    return kept, economy_from(kept).fingerprint


def do(_state: State, ask: Ask, prepared: tuple[Artefact, str]) -> Deed:
    """Write the founding."""
    kept, fingerprint = prepared
    statutes, tree = _statutes(ask), tree_of(ask.get("economy"))
    law = json_artefact("statutes", statutes.to_data())
    body = {
        "title": ask.get("title"),
        "statutes": statutes.to_data(),
        "law": law.address,
        "places": tree.to_data(),
        "members": dict(_members(ask, tree)),
        "founders": list(_founders(ask)),
        "economy": kept.address,
        "fingerprint": fingerprint,
    }
    return Deed(body, (kept, law))


def _statutes(ask: Ask) -> Statutes:
    given = ask.get("statutes")
    if given is None:
        return default_statutes(tree_of(ask.get("economy")))
    return given if isinstance(given, Statutes) else Statutes.from_data(given)


def _members(ask: Ask, tree: Tree) -> Mapping[str, str]:
    """Return the place of each first member; who names none belongs to the whole."""
    members = ask.get("members")
    if isinstance(members, Mapping):
        return {person: tree.root if place == "" else place for person, place in members.items()}
    expected = "the place of each first member, by name"
    raise BadInput(Fault("members-wrong", ask.where, repr(members)[:60], expected, "give a mapping"))


def _founders(ask: Ask) -> tuple[str, ...]:
    return tuple(ask.get("founders", (ask.actor,)))


def tree_of(economy: Economy) -> Tree:
    """Return the places of an economy as the tree of a federation."""
    places = economy["places"][["place", "name", "level", "parent"]]
    rows: list[Any] = places.to_dict("records")
    return Tree.from_data({str(key): str(value) for key, value in row.items()} for row in rows)


def _member_faults(ask: Ask, members: Mapping[str, str], tree: Tree) -> Iterator[Fault]:
    for person, place in members.items():
        if not may_name(person):
            expected = "1 to 200 printable characters in normal form NFKC, none of them outer spaces"
            yield Fault("name-wrong", f"{ask.where}, members", repr(person), expected, "correct the name")
        if not isinstance(place, str) or place not in tree:
            where = f"{ask.where}, member {person}"
            yield Fault("place-unknown", where, repr(place), "a place of the economy", "correct the place")
    for founder in _founders(ask):
        if founder not in members:
            expected = "founders who are members at some place"
            yield Fault("founder-stranger", f"{ask.where}, founders", founder, expected, "name their place")


ACT: Final = Act(
    "found", check, do, needs=("title", "economy", "members"), takes=("statutes", "founders"), prepare=prepare
)
