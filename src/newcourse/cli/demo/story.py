"""The acts of one turn of the planning cycle, in their order; nothing is written but by acts (design §4)."""

from collections.abc import Mapping
from typing import Any, Final

from newcourse.cli.demo import ballots
from newcourse.cli.demo.drafting import tiers
from newcourse.cli.demo.electing import elect, form_tendencies
from newcourse.cli.demo.play import Play
from newcourse.cli.demo.recalling import recall_one
from newcourse.cli.demo.scenario import Draft, Scenario
from newcourse.cli.demo.witnessing import witness
from newcourse.council.default_statutes import default_data
from newcourse.plan.goal import neutral_weights
from newcourse.plan.limits import Limits

FOUNDERS: Final = 3
_STEPS: Final = {
    "founding": 0.02, "election": 0.12, "call": 0.16, "needs": 0.18, "proposals": 0.40, "weights": 0.50,
    "variants": 0.82, "choice": 0.90, "orders": 0.94, "recall": 1.0,
}  # fmt: skip
"""Which part of the way is done after each step."""


def tell_story(play: Play, periods: int) -> None:
    """Go round the cycle once: found, elect, call, file, vote, make variants, choose, adopt, hand down orders, recall.

    Raises
    ------
    NewCourseError
        Whatever an act refuses.
    """
    _found(play)
    _elect(play)
    _call(play, periods)
    _file_needs(play)
    _file_proposals(play)
    voters = ballots.electorate(
        play.chance, play.members, neutral_weights(play.economy), play.scenario.tastes, list(play.members)
    )
    _vote_on_weights(play, voters)
    _make_variants(play)
    _choose(play, voters)
    _adopt(play)
    _answer(play)
    play.tell("recalling a delegate and refilling the seat", _STEPS["orders"])
    recall_one(play)
    witness(play)
    play.tell("seat refilled by countback", _STEPS["recall"])


def statutes(scenario: Scenario) -> dict[str, Any]:
    """Return the usual statutes with quotas of groups, and with the congress as the scenario elects it."""
    data = default_data(quotas=True)
    article = next(article for article in data["articles"] if article.get("councils"))
    council = {**article["councils"][0], "seats": scenario.seats}
    words = f"Each place directly beneath the federation sends {scenario.seats} delegates."
    if scenario.pooled:
        council["seated_by"] = "itself"
        words = (
            f"All members elect {scenario.seats} delegates together: the workplaces are too small to vote secretly by "
            "themselves, so that their ballots are pooled."
        )
    article |= {"councils": [council], "words": f"The congress of delegates decides for the whole federation. {words}"}
    return data


def _found(play: Play) -> None:
    play.tell("founding the federation", 0.0)
    scenario = play.scenario
    first = list(play.members)[:FOUNDERS]
    members = dict(list(play.members.items())[:-1])
    law = statutes(scenario)
    play.act(
        "found", first[0], title=scenario.title, economy=play.economy, members=members, statutes=law, founders=first
    )
    newcomer, place = list(play.members.items())[-1]
    play.act("join", first[0], person=newcomer, place=place)
    play.tell("federation founded", _STEPS["founding"])


def _elect(play: Play) -> None:
    play.wait(3)
    own = form_tendencies(play)
    elect(play, own, (_STEPS["founding"], _STEPS["election"]))


def _call(play: Play, periods: int) -> None:
    play.wait(14)
    play.tell("calling for needs and proposals", _STEPS["founding"])
    play.act("open_cycle", play.chair, limits=Limits(periods=periods, terminal="steady" if periods > 1 else "kept"))
    play.tell("base plan made", _STEPS["call"])


def _file_needs(play: Play) -> None:
    asking = dict(zip(play.economy["needs"]["need"], play.economy["needs"]["place"], strict=True))
    for number, wish in enumerate(play.scenario.wishes):
        play.wait(1)
        place = asking[wish.need]
        minimum, target = tiers(play.economy, wish.need)
        people = play.people_at(place)
        play.act(
            "file_need", people[number % len(people)], place=place, need=wish.need,
            minimum=round(minimum * wish.minimum, 3), target=round(target * wish.target, 3),
        )  # fmt: skip
    play.tell("needs filed", _STEPS["needs"])


def _file_proposals(play: Play) -> None:
    drafts = play.scenario.drafts(play.economy)
    filed_at: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        done = _STEPS["needs"] + (_STEPS["proposals"] - _STEPS["needs"]) * number / len(drafts)
        play.tell(f"costing the proposal: {draft.title}", done)
        people = play.people_at(draft.place)
        turn = filed_at[draft.place] = filed_at.get(draft.place, -1) + 1
        proposer = people[-1 - turn % len(people)]
        play.wait(1)
        filed = play.act(
            "file_proposal", proposer, title=draft.title, reasons=draft.reasons, changes=list(draft.changes)
        )
        _support(play, filed["proposal"], draft, proposer)


def _support(play: Play, proposal: str, draft: Draft, proposer: str) -> None:
    others = [person for person in play.members if person != proposer]
    own_first = sorted(others, key=lambda person: play.members[person] != draft.place)
    near = own_first[: draft.supporters // 2]
    rest = own_first[draft.supporters // 2 :]
    far = play.chance.choice(len(rest), draft.supporters - len(near), replace=False)
    for person in (*near, *(rest[i] for i in sorted(far))):
        play.act("support_proposal", person, proposal=proposal)


def _vote_on_weights(play: Play, voters: Mapping[str, ballots.Voter]) -> None:
    play.wait(30)
    play.tell("voting on weights", _STEPS["proposals"])
    vote = play.act("open_vote", play.chair, decision="weights")["frozen"]["vote"]
    cast = {person: ballots.points(voter.shares) for person, voter in voters.items() if voter.votes[0]}
    play.vote(vote, cast)
    play.wait(14)
    play.act("close_vote", play.chair, vote=vote)
    play.act("count_vote", play.chair, vote=vote)


def _make_variants(play: Play) -> None:
    play.wait(3)
    width = _STEPS["variants"] - _STEPS["weights"]
    play.act(
        "make_variants", play.chair,
        on_progress=lambda what, part: play.tell(f"making variants: {what}", _STEPS["weights"] + width * part),
    )  # fmt: skip


def _choose(play: Play, voters: Mapping[str, ballots.Voter]) -> None:
    play.wait(7)
    play.tell("voting on the variants", _STEPS["variants"])
    secret, commitment = play.lot()
    opened = play.act("open_vote", play.chair, decision="variant", commitment=commitment)
    offers = {v.variant: ballots.offer(play.federation.plan(v.plan)) for v in play.federation.cycle().variants}
    cast = {person: ballots.ranking(voter, offers) for person, voter in voters.items() if voter.votes[1]}
    vote = opened["frozen"]["vote"]
    play.vote(vote, cast)
    play.wait(14)
    play.act("close_vote", play.chair, vote=vote, secret=secret)
    play.act("count_vote", play.chair, vote=vote)


def _adopt(play: Play) -> None:
    play.wait(2)
    play.tell("adopting the plan and handing down orders", _STEPS["choice"])
    play.act("adopt", play.chair, variant=play.federation.cycle().winner)
    play.act("hand_down_orders", play.chair)
    play.tell("orders handed down", _STEPS["orders"])


def _answer(play: Play) -> None:
    """Answer every proposal: what the adopted plan carries is accepted, the rest declined, with the reason."""
    cycle = play.federation.cycle()
    carried = next(v.proposals for v in cycle.variants if v.variant == cycle.winner)
    delegates = play.delegates
    for number, proposal in enumerate(play.federation.proposals(cycle.number)):
        taken = proposal.proposal in carried
        reasons = "The plan that was voted carries it." if taken else "The plan that was voted does without it."
        play.act(
            "answer_proposal", delegates[number % len(delegates)], proposal=proposal.proposal,
            answer="accepted" if taken else "declined", reasons=reasons,
        )  # fmt: skip
