"""The play of a demonstration: whose record is written, who acts, what time it is, where chance stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from newcourse.acts.act import OnProgress
from newcourse.acts.federation import Federation
from newcourse.cli.demo.device import draw, send
from newcourse.cli.demo.people import named, spread
from newcourse.cli.demo.scenario import Scenario
from newcourse.council.freeze import commitment_to
from newcourse.economy.economy import Economy

_SECRET = 16


@dataclass
class Play:
    """A federation that is acted out.

    Parameters
    ----------
    federation
        Whose record is empty.
    scenario
        What happens.
    economy
        The scenario's economy, as its example gives it.
    chance
        Draws tastes, leanings, ballots and tokens.
    tell
        Told what is done, and which part of the way that is.
    """

    federation: Federation
    scenario: Scenario
    economy: Economy
    chance: np.random.Generator
    tell: OnProgress
    now: datetime = field(init=False)
    members: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.scenario.begins
        people = named(self.scenario.given_names, self.scenario.members)
        inside = len(people) - self.scenario.at_large
        root = str(self.economy["places"].loc[self.economy["places"]["parent"] == "", "place"].iloc[0])
        sizes = self.scenario.sizes(self.economy)
        self.members = {**spread(people[:inside], sizes), **dict.fromkeys(people[inside:], root)}

    def people_at(self, place: str) -> list[str]:
        """Return the members at a place, in their order."""
        return [person for person, own in self.members.items() if own == place]

    @property
    def delegates(self) -> list[str]:
        """Those who sit in the congress."""
        return [seat.person for seats in self.federation.state.seats.values() for seat in seats]

    @property
    def chair(self) -> str:
        """The delegate who opens and closes what has to be opened and closed."""
        return self.delegates[0]

    def act(self, act: str, actor: str, /, **what: Any) -> Mapping[str, Any]:
        """Do an act and return the facts of its entry; a minute passes."""
        self.now += timedelta(minutes=1)
        body: Mapping[str, Any] = self.federation.perform(act, actor=actor, at=self.now, **what).body
        return body

    def wait(self, days: float) -> None:
        """Let days pass."""
        self.now += timedelta(days=days)

    def lot(self) -> tuple[str, str]:
        """Return a secret line for a lot and the hash by which its opener is bound to it."""
        secret = self.chance.bytes(_SECRET).hex()
        return secret, commitment_to(secret)

    def vote(self, vote: str, ballots: Mapping[str, Any]) -> None:
        """Let people vote, as the vote says: by name, or all draw tokens first and then cast in another order."""
        if self.federation.vote(vote).frozen.ballot == "open":
            for person, ballot in ballots.items():
                self.act("cast", person, vote=vote, ballot=ballot)
            return
        tokens = {}
        for person in ballots:
            self.now += timedelta(minutes=1)
            tokens[person] = draw(self.federation, self.now, person, vote, self.chance)
        people = list(ballots)
        for i in self.chance.permutation(len(people)):
            self.now += timedelta(minutes=1)
            send(self.federation, self.now, vote, tokens[people[i]], ballots[people[i]], self.chance)
