"""What an act is made of, and how it refuses (design §3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from newcourse.acts.artefacts import Archive
from newcourse.acts.ask import Ask
from newcourse.council.articles import Article
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.record.artefact import Artefact

OnProgress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """What an act writes: the facts of its entry, and the artefacts they cite."""

    body: Mapping[str, Any]
    artefacts: tuple[Artefact, ...] = ()


def _nothing(_state: State, _ask: Ask) -> object:
    return None


def _no_preparation(_state: State, _ask: Ask, _tools: "Tools") -> object:
    return None


def _whole_federation(_ask: Ask) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an act may use beside state and request while it prepares: kept artefacts, and somebody who waits."""

    archive: Archive
    tell: OnProgress


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Parameters
    ----------
    name
        Its name, one of :data:`newcourse.council.words.ACTS`.
    check
        Raises where the act cannot be done in this state; pure. Authority has been checked before.
    do
        Returns what is written; pure and quick, done inside the transaction.
    needs, takes
        Parameters that must be given, and those that may be.
    place
        Place the act concerns, for authority; empty means the federation as a whole.
    prepare
        Reads artefacts and calculates, before the transaction; its answer is passed to ``do``.
    basis
        All of the state that the preparation relied on. Where it has changed meanwhile, the act is prepared again.
    """

    name: str
    check: Callable[[State, Ask], None]
    do: Callable[[State, Ask, Any], Deed]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    place: Callable[[Ask], str] = field(default=_whole_federation)
    prepare: Callable[[State, Ask, Tools], Any] = field(default=_no_preparation)
    basis: Callable[[State, Ask], object] = field(default=_nothing)

    def require_parameters(self, ask: Ask) -> None:
        """Raise ``BadInput`` with every parameter that is missing or unknown."""
        known = (*self.needs, *self.takes)
        faults = [
            Fault("parameter-missing", ask.where, f"no {name}", f"{name}", "give it")
            for name in self.needs
            if ask.get(name) is None
        ]
        faults += [
            Fault("parameter-unknown", ask.where, name, ", ".join(known) or "no parameter", "leave it out")
            for name in ask.what
            if name not in known
        ]
        if faults:
            raise BadInput(faults)


def refused(ask: Ask, article: Article, code: str, found: str, expected: str, remedy: str) -> NotAllowed:
    """Return the refusal of an act that somebody could do in another state, with the article that decides."""
    return NotAllowed(Fault(code, ask.where, found, f"{article}: {expected}", remedy))


def wrong(ask: Ask, code: str, found: str, expected: str, remedy: str) -> BadInput:
    """Return the refusal of a request that is wrong whatever the state."""
    return BadInput(Fault(code, ask.where, found, expected, remedy))
