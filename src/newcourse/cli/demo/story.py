"""The acts of one turn of the planning cycle, in their order; nothing is written but by acts (design §4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from newcourse.acts.federation import Federation
from newcourse.cli.demo import ballots
from newcourse.cli.demo.drafting import tiers
from newcourse.cli.demo.people import apportioned, named, spread
from newcourse.cli.demo.scenario import Draft, Scenario
from newcourse.council.default_statutes import DATA
from newcourse.council.freeze import commitment_to
from newcourse.economy.economy import Economy
from newcourse.plan.goal import neutral_weights
from newcourse.plan.limits import Limits

OnProgress = Callable[[str, float], None]

FOUNDERS: Final = 3
_STEPS: Final = {
    "founding": 0.02, "call": 0.08, "needs": 0.10, "proposals": 0.38, "weights": 0.50, "variants": 0.85, "choice": 0.96,
    "orders": 1.0,
}  # fmt: skip
"""Which part of the way is done after each step."""


@dataclass
class Story:
    """One turn of the cycle, acted out.

    Parameters
    ----------
    federation
        Whose record is empty.
    scenario
        What happens.
    economy
        The scenario's economy, as its example gives it.
    chance
        Draws tastes and ballots.
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
    seats: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.scenario.begins
        sizes = self.scenario.sizes(self.economy)
        people = named(self.scenario.given_names, self.scenario.members)
        inside = len(people) - self.scenario.at_large
        root = str(self.economy["places"].loc[self.economy["places"]["parent"] == "", "place"].iloc[0])
        self.members = {**spread(people[:inside], sizes), **dict.fromkeys(people[inside:], root)}
        seats = apportioned(sizes, self.scenario.delegates)
        self.seats = {place: self.people_at(place)[:number] for place, number in seats.items()}

    def people_at(self, place: str) -> list[str]:
        """Return the members at a place, in their order."""
        return [person for person, own in self.members.items() if own == place]

    @property
    def chair(self) -> str:
        """The delegate who opens and closes what has to be opened and closed."""
        return next(people[0] for people in self.seats.values())

    def act(self, name: str, actor: str, **what: Any) -> Mapping[str, Any]:
        """Do an act and return the facts of its entry; a minute passes."""
        self.now += timedelta(minutes=1)
        body: Mapping[str, Any] = self.federation.perform(name, actor=actor, at=self.now, **what).body
        return body

    def wait(self, days: float) -> None:
        """Let days pass."""
        self.now += timedelta(days=days)


def tell_story(story: Story, periods: int) -> None:
    """Go round the cycle once: found, call, file, vote, make variants, choose, adopt, hand down orders.

    Raises
    ------
    NewCourseError
        Whatever an act refuses.
    """
    _found(story)
    _call(story, periods)
    _file_needs(story)
    _file_proposals(story)
    voters = ballots.electorate(
        story.chance, story.members, neutral_weights(story.economy), story.scenario.tastes, list(story.members)
    )
    _vote_on_weights(story, voters)
    _make_variants(story)
    _choose(story, voters)
    _adopt(story)


def statutes(most_seats: int, proportion: str) -> dict[str, Any]:
    """Return the usual statutes, with as many seats for a place as the largest one needs."""
    articles = [dict(article) for article in DATA["articles"]]
    for article in articles:
        if "councils" in article:
            article["councils"] = [{**council, "seats": most_seats} for council in article["councils"]]
            article["words"] = article["words"].replace(
                "sends up to three delegates", f"sends up to {most_seats} delegates ({proportion})"
            )
    return {**DATA, "articles": articles}


def _found(story: Story) -> None:
    story.tell("founding the federation", 0.0)
    scenario = story.scenario
    first = list(story.members)[:FOUNDERS]
    most = max(map(len, story.seats.values()))
    law = statutes(most, f"seats go by {scenario.in_proportion_to}")
    members = dict(list(story.members.items())[:-1])
    story.act(
        "found", first[0], title=scenario.title, economy=story.economy, members=members, statutes=law, founders=first
    )
    newcomer, place = list(story.members.items())[-1]
    story.act("join", first[0], person=newcomer, place=place)
    story.act("seat_delegates", first[0], council="congress", seats=story.seats)
    story.tell("federation founded", _STEPS["founding"])


def _call(story: Story, periods: int) -> None:
    story.wait(14)
    story.tell("calling for needs and proposals", _STEPS["founding"])
    story.act("open_cycle", story.chair, limits=Limits(periods=periods, terminal="steady" if periods > 1 else "kept"))
    story.tell("base plan made", _STEPS["call"])


def _file_needs(story: Story) -> None:
    asking = dict(zip(story.economy["needs"]["need"], story.economy["needs"]["place"], strict=True))
    for number, wish in enumerate(story.scenario.wishes):
        story.wait(1)
        place = asking[wish.need]
        minimum, target = tiers(story.economy, wish.need)
        people = story.people_at(place)
        story.act(
            "file_need", people[number % len(people)], place=place, need=wish.need,
            minimum=round(minimum * wish.minimum, 3), target=round(target * wish.target, 3),
        )  # fmt: skip
    story.tell("needs filed", _STEPS["needs"])


def _file_proposals(story: Story) -> None:
    drafts = story.scenario.drafts(story.economy)
    filed_at: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        done = _STEPS["needs"] + (_STEPS["proposals"] - _STEPS["needs"]) * number / len(drafts)
        story.tell(f"costing the proposal: {draft.title}", done)
        people = story.people_at(draft.place)
        turn = filed_at[draft.place] = filed_at.get(draft.place, -1) + 1
        proposer = people[-1 - turn % len(people)]
        story.wait(1)
        filed = story.act(
            "file_proposal", proposer, title=draft.title, reasons=draft.reasons, changes=list(draft.changes)
        )
        _support(story, filed["proposal"], draft, proposer)


def _support(story: Story, proposal: str, draft: Draft, proposer: str) -> None:
    others = [person for person in story.members if person != proposer]
    own_first = sorted(others, key=lambda person: story.members[person] != draft.place)
    near = own_first[: draft.supporters // 2]
    rest = own_first[draft.supporters // 2 :]
    far = story.chance.choice(len(rest), draft.supporters - len(near), replace=False)
    for person in (*near, *(rest[i] for i in sorted(far))):
        story.act("support_proposal", person, proposal=proposal)


def _vote_on_weights(story: Story, voters: Mapping[str, ballots.Voter]) -> None:
    story.wait(30)
    story.tell("voting on weights", _STEPS["proposals"])
    vote = story.act("open_vote", story.chair, decision="weights")["frozen"]["vote"]
    cast = {person: ballots.points(voter.shares) for person, voter in voters.items() if voter.votes[0]}
    _cast(story, vote, cast.items(), (_STEPS["proposals"], _STEPS["weights"]))
    story.wait(14)
    story.act("close_vote", story.chair, vote=vote)


def _make_variants(story: Story) -> None:
    story.wait(3)
    width = _STEPS["variants"] - _STEPS["weights"]
    story.act(
        "make_variants", story.chair,
        on_progress=lambda what, part: story.tell(f"making variants: {what}", _STEPS["weights"] + width * part),
    )  # fmt: skip


def _choose(story: Story, voters: Mapping[str, ballots.Voter]) -> None:
    story.wait(7)
    story.tell("voting on the variants", _STEPS["variants"])
    secret = story.chance.bytes(16).hex()
    opened = story.act("open_vote", story.chair, decision="variant", commitment=commitment_to(secret))
    offers = {v.variant: ballots.offer(story.federation.plan(v.plan)) for v in story.federation.cycle().variants}
    cast = {person: ballots.ranking(voter, offers) for person, voter in voters.items() if voter.votes[1]}
    vote = opened["frozen"]["vote"]
    _cast(story, vote, cast.items(), (_STEPS["variants"], _STEPS["choice"]))
    story.wait(14)
    story.act("close_vote", story.chair, vote=vote, secret=secret)


def _cast(story: Story, vote: str, cast: Iterable[tuple[str, object]], between: tuple[float, float]) -> None:
    listed = list(cast)
    for number, (person, ballot) in enumerate(listed):
        story.act("cast", person, vote=vote, ballot=ballot)
        story.tell(f"ballots cast in vote {vote}", between[0] + (between[1] - between[0]) * number / len(listed))


def _adopt(story: Story) -> None:
    story.wait(2)
    story.tell("adopting the plan and handing down orders", _STEPS["choice"])
    story.act("adopt", story.chair, variant=story.federation.cycle().winner)
    story.act("hand_down_orders", story.chair)
    story.tell("orders handed down", _STEPS["orders"])
