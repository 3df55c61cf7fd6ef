"""What an act is made of, and how it refuses (design §3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newcourse.acts.artefacts import Archive
from newcourse.acts.ask import Ask
from newcourse.council.articles import Article
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.record.artefact import Artefact
from newcourse.record.entry import Entry

OnProgress = Callable[[str, float], None]


class Deposit(NamedTuple):
    """A cast for the ballot box: which vote, the SHA-256 of the token as 64 hexadecimal digits, the whole cast."""

    vote: str
    token: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Deed:
    """What an act writes, all of it or nothing.

    Parameters
    ----------
    body
        The facts of its entry.
    artefacts
        Artefacts that they cite.
    secrets
        What goes into the vault, by name: never exported.
    deposits
        What goes into the ballot box: kept unread until the vote is closed.
    erases
        Names of secrets that are erased from the vault for ever.
    """

    body: Mapping[str, Any]
    artefacts: tuple[Artefact, ...] = ()
    secrets: Mapping[str, bytes] = field(default_factory=dict)
    deposits: tuple[Deposit, ...] = ()
    erases: tuple[str, ...] = ()


def _nothing(_state: State, _ask: Ask) -> object:
    return None


def _no_preparation(_state: State, _ask: Ask, _tools: "Tools") -> object:
    return None


def _never_done(_state: State, _ask: Ask) -> int:
    return 0


def _always_same(_entry: Entry, _ask: Ask) -> bool:
    return True


def _whole_federation(_ask: Ask) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an act may use beside state and request while it prepares.

    Parameters
    ----------
    archive
        Kept artefacts.
    tell
        Somebody who waits and is told how far it is.
    secret
        Reads a secret of the vault by name.
    deposited
        Reads the casts of a vote from the ballot box, by the SHA-256 of their token.
    """

    archive: Archive
    tell: OnProgress
    secret: Callable[[str], bytes]
    deposited: Callable[[str], Mapping[str, bytes]]


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
    done
        Returns the number of the entry that may be the answer to this very request already, 0 where there is none;
        for acts that are idempotent without a key.
    same
        Returns whether that entry is the answer.
    """

    name: str
    check: Callable[[State, Ask], None]
    do: Callable[[State, Ask, Any], Deed]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    place: Callable[[Ask], str] = field(default=_whole_federation)
    prepare: Callable[[State, Ask, Tools], Any] = field(default=_no_preparation)
    basis: Callable[[State, Ask], object] = field(default=_nothing)
    done: Callable[[State, Ask], int] = field(default=_never_done)
    same: Callable[[Entry, Ask], bool] = field(default=_always_same)

    @property
    def prepares(self) -> bool:
        """Whether it calculates or reads anything before the transaction."""
        return self.prepare is not _no_preparation

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
