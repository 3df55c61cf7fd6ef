"""Acts that nobody could ever do, and states that nobody could lead a federation out of (design §4).

Who may do what follows from roles, and roles from acts: founding makes founders, founding and joining make members,
seating and electing make delegates. What can be reached is found by beginning with nobody and adding roles and times
until nothing more is added (a least fixed point). Then the same is asked of a federation that all delegates have left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from newcourse.council.articles import Article, Permission
from newcourse.council.words import ACTS
from newcourse.errors import Fault

FIRST, IN, BETWEEN = "before the first cycle", "in a cycle", "between cycles"

PHASES: Final[dict[str, frozenset[str]]] = {
    "always": frozenset({FIRST, IN, BETWEEN}),
    "at the founding": frozenset(),
    "before the first cycle": frozenset({FIRST}),
    "between cycles": frozenset({FIRST, BETWEEN}),
    "in a cycle": frozenset({IN}),
}
"""In which phases of a founded federation a time comes."""

ELECTING: Final = (
    "open_nominations",
    "nominate",
    "accept_nomination",
    "close_nominations",
    "open_election",
    "close_vote",
    "count_vote",
    "take_mandate",
)
"""What it takes to elect a delegate, beside the ballots."""

PLANNING: Final = ("open_vote", "close_vote", "count_vote", "make_variants", "adopt", "hand_down_orders")
"""What it takes to bring an open cycle to its orders, beside the ballots."""

_LASTING: Final = frozenset({"anyone", "member"})

_WIDER: Final = {role: (role, "member", "anyone") for role in ("founder", "delegate", "juror")}
"""The roles that whoever holds a role holds too, so that a prohibition of one of them meets them."""


@dataclass(frozen=True, slots=True)
class _Law:
    """Permissions and prohibitions of all articles."""

    grants: tuple[Permission, ...]
    denies: tuple[Permission, ...]

    def possible(self, act: str, roles: frozenset[str], phase: str) -> bool:
        """Return whether some holder of one of the roles may do an act somewhere in a phase."""
        return any(
            grant.act == act and phase in PHASES.get(grant.when, ()) and not self._forbidden(act, role, phase)
            for grant in self.grants
            for role in roles.intersection(grant.roles)
        )

    def all_possible(self, acts: Sequence[str], roles: frozenset[str], phase: str) -> bool:
        """Return whether each of the acts is possible."""
        return all(self.possible(act, roles, phase) for act in acts)

    def _forbidden(self, act: str, role: str, phase: str) -> bool:
        held = _WIDER.get(role, (role, "anyone"))
        return any(
            deny.act == act
            and deny.where == "everywhere"
            and phase in PHASES.get(deny.when, ())
            and not set(deny.roles).isdisjoint(held)
            for deny in self.denies
        )


def dead_ends(articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield acts that nobody could ever do, votes nobody could cast in, and ways of no return."""
    law = _Law(
        tuple(grant for article in articles for grant in article.grants),
        tuple(deny for article in articles for deny in article.denies),
    )
    yield from _unreachable(law)
    yield from _no_way_back(law)
    yield from _uncastable(law, articles)
    yield from _undecidable(law)


def _unreachable(law: _Law) -> Iterator[Fault]:
    roles, phases = _reachable(law)
    granted = {grant.act for grant in law.grants}
    for act, words in ACTS.items():
        if act == "found" or act not in granted:
            continue
        if not any(law.possible(act, roles, phase) for phase in phases):
            lacking = " or ".join(sorted({"founder", "member", "delegate"} - roles))
            why = f"; there can be no {lacking}" if lacking else ""
            yield Fault(
                "act-out-of-reach",
                f"statutes, act {act}",
                f"nobody could ever {words}: no role that somebody can hold may do it at a time that can come{why}",
                "an act that somebody can do at some time",
                "give it to another role or at another time, or narrow what forbids it",
            )


def _reachable(law: _Law) -> tuple[frozenset[str], frozenset[str]]:
    """Return the roles that somebody can come to hold and the phases that can come, from the founding on."""
    roles, phases = frozenset({"anyone", "founder", "member", "juror"}), frozenset({FIRST})
    while True:
        more_roles, more_phases = roles | _more_roles(law, roles, phases), phases | _more_phases(law, roles, phases)
        if (more_roles, more_phases) == (roles, phases):
            return roles, phases
        roles, phases = more_roles, more_phases


def _more_roles(law: _Law, roles: frozenset[str], phases: frozenset[str]) -> frozenset[str]:
    seated = any(law.possible("seat_delegates", roles, phase) for phase in phases)
    elected = all(any(law.possible(act, roles, phase) for phase in phases) for act in ELECTING)
    return frozenset({"delegate"}) if seated or elected else frozenset()


def _more_phases(law: _Law, roles: frozenset[str], phases: frozenset[str]) -> frozenset[str]:
    begun = any(law.possible("open_cycle", roles, phase) for phase in phases - {IN})
    ends = IN in phases and (law.possible("end_cycle", roles, IN) or law.all_possible(PLANNING, roles, IN))
    return frozenset({IN} if begun else ()) | frozenset({BETWEEN} if ends else ())


def _no_way_back(law: _Law) -> Iterator[Fault]:
    """Yield where no others could be elected once all delegates have laid down their mandates or were recalled."""
    for phase in (BETWEEN, IN):
        if law.possible("seat_delegates", _LASTING, phase) or law.all_possible(ELECTING, _LASTING, phase):
            continue
        if phase == IN and law.all_possible(PLANNING, _LASTING, IN):
            continue
        lacking = [act for act in ELECTING if not law.possible(act, _LASTING, phase)]
        yield Fault(
            "no-way-back",
            f"statutes, acts {', '.join(lacking)}",
            f"once all delegates are gone, nobody could {' or '.join(ACTS[act] for act in lacking)} {phase}",
            "elections that members can bring about by themselves",
            "let members do it as well, if only at their own place",
        )


def _uncastable(law: _Law, articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield kinds of ballot that are used and that those entitled could not cast."""
    used = {decision.ballot for article in articles for decision in article.decisions}
    used |= {rules.ballot for article in articles for rules in article.elections}
    used |= {article.recall.ballot for article in articles if article.recall}
    few = [article.secrecy.below for article in articles if article.secrecy] or ["paper"]
    used |= {"paper"} if "secret" in used and "paper" in few else set()
    for ballot, act, roles in _CASTING:
        if ballot in used and not any(law.possible(act, roles, phase) for phase in (IN, BETWEEN)):
            yield Fault(
                "vote-out-of-reach",
                f"statutes, act {act}",
                f"{ballot} ballots, for which {' or '.join(sorted(roles))} may never {ACTS[act]}",
                "an article that lets them",
                f"grant {act}, or use another kind of ballot",
            )


def _undecidable(law: _Law) -> Iterator[Fault]:
    """Yield where a contested result could wait for ever, because every delegate may be gone or concerned."""
    for phase in (FIRST, IN, BETWEEN):
        if not law.possible("decide_contest", _LASTING | {"juror"}, phase):
            yield Fault(
                "contest-undecidable",
                "statutes, act decide_contest",
                f"a contest on which nobody could decide {phase}, where every delegate is concerned or there is none",
                "a jury drawn by lot where nobody else is left",
                "grant decide_contest to the role juror as well, at their own place",
            )


_CASTING: Final = (
    ("open", "cast", _LASTING),
    ("secret", "draw_token", _LASTING),
    ("secret", "cast_secret", frozenset({"anyone"})),
    ("paper", "enter_paper_ballots", _LASTING),
    ("paper", "confirm_paper_ballots", _LASTING),
)
"""Which act each kind of ballot takes, and who must be able to do it; who casts a secret ballot has no name."""
