"""How the synthetic federation recalls a delegate: petition, secret vote of the constituency, countback."""

from math import ceil

from newcourse.cli.demo.electing import CONGRESS
from newcourse.cli.demo.play import Play
from newcourse.council.bodies import body_named, constituency_electorate
from newcourse.vote.ballot import ChoiceBallot

FOR_RECALL = 0.7
"""Chance that a voter is for the recall."""

TURNOUT = 0.7


def recall_one(play: Play) -> None:
    """Recall the delegate who was elected last, and refill the seat from the original ballots."""
    state = play.federation.state
    mandate = [one for one in state.mandates.values() if one.held][-1]
    voters = [
        person
        for person in constituency_electorate(state, body_named(state, CONGRESS), mandate.constituency)
        if person != mandate.person
    ]
    petitioner = voters[-1]
    play.wait(20)
    play.act("criticise", petitioner, about=mandate.mandate, words="No report since the plan was adopted.")
    petition = str(
        play.act(
            "petition_recall", petitioner, mandate=mandate.mandate,
            reasons="We sent a delegate to report to us every week. There were no reports, and no answer to us.",
        )["petition"]
    )  # fmt: skip
    needed = play.federation.state.petitions[petition].needed
    for person in voters[: max(0, needed - 1)]:
        play.act("sign_petition", person, petition=petition)
    secret, commitment = play.lot()
    opened = play.act("open_recall_vote", petitioner, petition=petition, commitment=commitment)
    vote = str(opened["frozen"]["vote"])
    voting = voters[: ceil(TURNOUT * len(voters))]
    play.vote(vote, {person: _choice(play) for person in voting})
    play.wait(15)
    play.act("close_vote", petitioner, vote=vote, secret=secret)
    play.act("count_vote", petitioner, vote=vote)
    filled = play.act("fill_vacancy", petitioner, mandate=mandate.mandate)
    play.act("take_mandate", str(filled["person"]), mandate=str(filled["given"]))


def _choice(play: Play) -> ChoiceBallot:
    return ChoiceBallot("yes" if play.chance.random() < FOR_RECALL else "no")
