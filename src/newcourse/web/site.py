"""What pages read from: one federation, and what was made of it already."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from newcourse.acts.federation import Federation
from newcourse.council.cycle import Cycle
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.plan.explain import Explanation, explain
from newcourse.plan.plan import Plan
from newcourse.record.canonical import canonical_json, digest
from newcourse.record.store import Record
from newcourse.record.verify import Verification
from newcourse.vote.outcome import Outcome
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from newcourse.web import clock
from newcourse.web.lab_results import LabResults
from newcourse.web.memory import Memory
from newcourse.web.page import Page

RELIEFS: Final = 5
"""For how many shortfalls the cheapest relief is calculated."""


CHECKED_EVERY: Final = 300.0
"""Seconds after which the record is checked again."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the record found, and when it was made."""

    verification: Verification
    at: datetime


class Site:
    """A federation as its pages see it.

    Parameters
    ----------
    record
        The record of the federation.
    lab
        Results of the laboratory that pages show.
    """

    def __init__(self, record: Record, lab: LabResults | None = None) -> None:
        self.federation = Federation(record)
        self.lab = lab or LabResults()
        self.pages = Memory(512)
        self.pictures = Memory(512)
        self._checks = Memory(2)
        self._explanations = Memory(16)
        self._outcomes = Memory(256)

    @property
    def founded(self) -> State:
        """What the federation is now; a record that holds none yet is refused in words."""
        state = self.federation.state
        if state.statutes is None:
            fault = Fault("not-founded", "record", "a record without a federation", "one that is founded", "found it")
            raise BadInput(fault)
        return state

    def facts(self, page: Page, asked: Mapping[str, Any]) -> Any:
        """Return the facts of a page; the same ones while the record does not grow."""
        if not page.kept:
            return page.facts(self, **asked)
        key = ("facts", page.path, str(self.federation.head), tuple(sorted(asked.items())))
        return self.pages.get(key, lambda: page.facts(self, **asked))

    def verified(self) -> Checked:
        """Return what a check of the whole record found, and when; made again once some minutes are over.

        Not at every entry: every vote is counted again, and whoever asks while many cast must not slow them down.
        """
        turn = int(time.monotonic() // CHECKED_EVERY)
        return self._checks.get(turn, lambda: Checked(self.federation.verify(), clock.now()))

    def explanation(self, address: str) -> Explanation:
        """Return why a plan is as it is; made once, because it takes several solves."""
        return self._explanations.get(address, lambda: explain(self.plan(address), reliefs=RELIEFS))

    def plan(self, address: str) -> Plan:
        """Return a plan of this federation by its address.

        Raises
        ------
        BadInput
            If no cycle has a plan of that address.
        """
        self.named(address)
        return self.federation.plan(address)

    def cycles(self) -> tuple[Cycle, ...]:
        """Return all cycles, the last one first."""
        state = self.federation.state
        return tuple(reversed((*state.past, *([state.cycle] if state.cycle else []))))

    def named(self, address: str) -> tuple[Cycle, str]:
        """Return the cycle a plan belongs to, and what the plan is called.

        Raises
        ------
        BadInput
            If no cycle has a plan of that address.
        """
        for cycle in self.cycles():
            for variant in cycle.variants:
                if variant.plan == address:
                    return cycle, variant.title
            if cycle.plan == address:
                return cycle, "Without any proposal"
        expected = "the address of a base plan or a variant of a cycle"
        raise BadInput(Fault("plan-unknown", "plans", address, expected, "follow a link to a plan"))

    def current_plan(self, cycle: int = 0) -> str:
        """Return the address of the plan of a cycle: the adopted one, or else the one without any proposal."""
        asked = self.federation.cycle(cycle)
        return asked.adopted or asked.plan

    def variants_key(self, cycle: Cycle) -> str:
        """Return a hash that names the plans a cycle has to choose from."""
        return digest(canonical_json([[variant.title, variant.plan] for variant in cycle.variants]))

    def outcome(self, vote: str) -> Outcome:
        """Return the outcome of a closed vote, counted again from its ballots.

        Raises
        ------
        BadInput
            If there is no such vote, or it is still open.
        """
        trace = self.federation.trace(vote)
        told = trace["outcome"]

        def again() -> Outcome:
            return count(told["rule"], told["options"], Profile.from_data(trace["profile"]))

        return self._outcomes.get(digest(canonical_json(told)), again)
