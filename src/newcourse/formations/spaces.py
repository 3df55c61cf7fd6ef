"""Which formations there are, which moves lead from one to another, and what each counts as (design §11.1).

Hypotheses speak of *moves* ("social revolution", "degeneration") and *groups* ("workers'", "degenerated"), never of
numbers, so that the same hypothesis holds in the default space of five formations and in the space of basis × rule,
where a social revolution moves the first factor and degeneration or political revolution the second.

A revolution can be defeated: an overthrow (Paris 1871, Finland 1918, Hungary 1919) leads back to the capitalism that
was, not to the restored one that rulers make out of collectivised property, so that the next revolution is a social
revolution again. In basis × rule there is one private property under rule from above. An overthrow leads there from
collectivised property ruled from below; from rule from above that way is the restoration, and a counter-revolution
from within is the same way as an overthrow and has no name of its own.

>>> DEFAULT.arcs("degeneration")
((2, 3),)
>>> [BASIS_AND_RULE.formations[i] for i in BASIS_AND_RULE.members("workers")]
['collectivised_below']
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from newcourse.errors import BadInput, Fault

MOVES = {
    "bourgeois revolution": "from a pre-capitalist to a capitalist formation",
    "social revolution": "from a capitalist formation to one of collectivised property",
    "leap": "from a pre-capitalist formation straight to one of collectivised property: a stage is skipped",
    "degeneration": "rule passes from below to above while property stays collectivised",
    "political revolution": "rule passes back from above to below while property stays collectivised",
    "restoration": "from collectivised property under rule from above to private property",
    "overthrow": "collectivised property is ended by force, from outside or in a civil war, and the old owners return",
    "counter-revolution from within": "its own rulers turn a workers' state into capitalism, with no stage between",
    "second revolution": "from restored capitalism back to collectivised property",
    "founding from above": "collectivised property under rule from above from its first day, without degeneration",
}
"""The moves hypotheses speak of, each in words."""

GROUPS = {
    "pre_capitalist": "before capitalism",
    "capitalist": "private property, capitalist or restored",
    "workers": "collectivised property, ruled from below",
    "degenerated": "collectivised property, ruled from above",
    "collectivised": "collectivised property, however ruled",
}
"""What a formation can count as, each in words."""


@dataclass(frozen=True)
class Space:
    """The formations a country can be in.

    Parameters
    ----------
    name
        Short name of the space.
    titles
        Code of each formation and its title in words, in the order of their numbers.
    moves
        For each of :data:`MOVES` that exists in this space: pairs of codes (from, to).
    groups
        For each of :data:`GROUPS`: the codes of its members.

    Raises
    ------
    BadInput
        When a move or group is unknown or names a formation that is not there.
    """

    name: str
    titles: Mapping[str, str]
    moves: Mapping[str, tuple[tuple[str, str], ...]] = field(repr=False)
    groups: Mapping[str, tuple[str, ...]] = field(repr=False)

    def __post_init__(self) -> None:
        for name in ("titles", "moves", "groups"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        faults = [*self._unknown(), *self._misnamed()]
        if len(self.titles) < 2:
            faults.append(_fault(self.name, f"{len(self.titles)} formations", "at least two", "name them"))
        if faults:
            raise BadInput(faults)

    def __hash__(self) -> int:
        return hash((self.name, self.formations))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, dict(self.titles), dict(self.moves), dict(self.groups))

    @property
    def formations(self) -> tuple[str, ...]:
        """Codes of the formations, in the order of their numbers."""
        return tuple(self.titles)

    @property
    def size(self) -> int:
        """How many formations there are."""
        return len(self.titles)

    def index(self, code: str) -> int:
        """Return the number of a formation; an unknown code is refused with the known ones."""
        if code not in self.titles:
            raise BadInput(_fault(self.name, repr(code), "one of " + ", ".join(self.titles), "use one of these codes"))
        return self.formations.index(code)

    def arcs(self, move: str) -> tuple[tuple[int, int], ...]:
        """Return the pairs of numbers (from, to) that make up a move; none where the space does not have it."""
        if move not in MOVES:
            raise BadInput(_fault(self.name, repr(move), "one of " + ", ".join(MOVES), "use one of these moves"))
        return tuple((self.index(a), self.index(b)) for a, b in self.moves.get(move, ()))

    def members(self, group: str) -> tuple[int, ...]:
        """Return the numbers of the formations that count as a group."""
        if group not in GROUPS:
            raise BadInput(_fault(self.name, repr(group), "one of " + ", ".join(GROUPS), "use one of these groups"))
        return tuple(self.index(code) for code in self.groups.get(group, ()))

    def _unknown(self) -> Iterable[Fault]:
        for kind, given, known in (("move", self.moves, MOVES), ("group", self.groups, GROUPS)):
            for name in set(given) - set(known):
                yield _fault(self.name, f"{kind} {name!r}", "one of " + ", ".join(known), "rename or remove it")

    def _misnamed(self) -> Iterable[Fault]:
        named = {code for pairs in self.moves.values() for pair in pairs for code in pair}
        for code in sorted((named | {c for codes in self.groups.values() for c in codes}) - set(self.titles)):
            yield _fault(self.name, f"formation {code!r}", "one of " + ", ".join(self.titles), "add it or correct it")
        for move, pairs in self.moves.items():
            if any(a == b for a, b in pairs):
                yield _fault(self.name, f"{move} to the same formation", "two different ones", "remove the pair")


def _fault(space: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault("formation-space", f"space {space!r}", found, expected, remedy)


DEFAULT = Space(
    "formations",
    {
        "pre_capitalist": "pre-capitalist",
        "capitalist": "capitalist",
        "workers": "workers' state",
        "degenerated": "degenerated workers' state",
        "restored": "restored capitalism",
    },
    {
        "bourgeois revolution": (("pre_capitalist", "capitalist"),),
        "social revolution": (("capitalist", "workers"),),
        "leap": (("pre_capitalist", "workers"),),
        "degeneration": (("workers", "degenerated"),),
        "political revolution": (("degenerated", "workers"),),
        "restoration": (("degenerated", "restored"),),
        "overthrow": (("workers", "capitalist"), ("degenerated", "capitalist")),
        "counter-revolution from within": (("workers", "restored"),),
        "second revolution": (("restored", "workers"),),
        "founding from above": (("pre_capitalist", "degenerated"), ("capitalist", "degenerated")),
    },
    {
        "pre_capitalist": ("pre_capitalist",),
        "capitalist": ("capitalist", "restored"),
        "workers": ("workers",),
        "degenerated": ("degenerated",),
        "collectivised": ("workers", "degenerated"),
    },
)
"""The five formations of the sources."""

_BASES = {"pre_capitalist": "pre-capitalist", "private": "private property", "collectivised": "collectivised property"}
_RULES = {"below": "ruled from below", "above": "ruled from above"}
_BOTH = tuple(_RULES)

BASIS_AND_RULE = Space(
    "basis and rule",
    {f"{b}_{r}": f"{basis}, {rule}" for b, basis in _BASES.items() for r, rule in _RULES.items()},
    {
        "bourgeois revolution": tuple((f"pre_capitalist_{r}", f"private_{r}") for r in _BOTH),
        "social revolution": tuple((f"private_{r}", f"collectivised_{r}") for r in _BOTH),
        "leap": tuple((f"pre_capitalist_{r}", f"collectivised_{r}") for r in _BOTH),
        "degeneration": (("collectivised_below", "collectivised_above"),),
        "political revolution": (("collectivised_above", "collectivised_below"),),
        "restoration": (("collectivised_above", "private_above"),),
        "overthrow": (("collectivised_below", "private_above"),),
        "founding from above": (
            ("pre_capitalist_above", "collectivised_above"),
            ("private_above", "collectivised_above"),
        ),
    },
    {
        "pre_capitalist": tuple(f"pre_capitalist_{r}" for r in _BOTH),
        "capitalist": tuple(f"private_{r}" for r in _BOTH),
        "workers": ("collectivised_below",),
        "degenerated": ("collectivised_above",),
        "collectivised": ("collectivised_below", "collectivised_above"),
    },
)
"""Basis {pre-capitalist, private, collectivised} × rule {from below, from above}."""
