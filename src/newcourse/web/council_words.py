"""What stages, ballots and ends of mandates are called on pages."""

from typing import Final

STAGES: Final[dict[str, str]] = {
    "nominations": "nominations are open",
    "waiting for the vote": "waiting for the vote to be opened",
    "voting": "the vote is open",
    "to be closed": "the time is over, the vote can be closed",
    "to be counted": "closed, to be counted",
    "contested": "counted, the result is contested",
    "decided": "decided",
    "undecided": "counted, nothing is decided",
    "void": "void after a contest",
}
"""At which stage an election or a vote is."""

BALLOTS: Final[dict[str, str]] = {
    "open": "open, by name",
    "secret": "secret, by token",
    "paper": "on paper",
}
"""How ballots are cast."""

OUTCOMES: Final[dict[str, str]] = {"recalled": "recalled", "kept": "the constituency kept the delegate"}
"""How recalls end."""

ENDED: Final[dict[str, str]] = {
    "laid down": "laid down",
    "recalled": "recalled by the constituency",
    "succeeded": "succeeded after the term",
    "left": "left the constituency",
    "contested": "the election was void",
    "abolished": "the body was abolished",
}
"""How mandates end."""

WAITING: Final[dict[str, str]] = {
    "vote": "vote",
    "token": "vote secretly",
    "nomination": "you were nominated: accept or withdraw",
    "nominate": "nominations are open",
    "mandate": "take up your mandate",
    "petition": "a petition you can sign",
    "answer": "a proposal to be answered",
    "appeal": "an appeal to be decided",
    "count": "a vote to be closed or counted",
    "vacancy": "a seat to be refilled",
}
"""What waits for somebody."""

STEPS: Final[dict[str, str]] = {
    name: name
    for name in (
        "Call", "Needs", "Proposals", "Vote on weights", "Variants", "Vote on the plan", "Adoption", "Orders",
        "done", "now", "to come", "Without any proposal", "needs, proposals and the vote on weights", "plan variants",
        "the vote on the variants", "adoption", "orders", "execution", "nothing: it was ended without a plan",
    )
}  # fmt: skip
"""Steps of the planning cycle on the first page, and how far each has come."""
