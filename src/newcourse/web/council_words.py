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

TIES: Final[dict[str, str]] = {
    "lot": "by lot",
    "candidate-order": "for the one who stands first on the ballot",
}
"""How ties are settled."""

OUTCOMES: Final[dict[str, str]] = {"recalled": "recalled", "kept": "the constituency kept the delegate"}
"""How recalls end."""

CONTESTS: Final[dict[str, str]] = {
    "upheld": "The contest was upheld: the result is void.",
    "dismissed": "The contest was dismissed: by it the result does not fall.",
    "moot": "Moot: the result fell by another contest before this one was decided.",
}
"""What comes of contested results."""

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
    "vote": "a vote you can take part in",
    "token": "a secret vote you can take part in",
    "nomination": "you were nominated: accept or withdraw",
    "nominate": "nominations are open",
    "mandate": "take up your mandate",
    "petition": "a petition you can sign",
    "answer": "a proposal to be answered",
    "appeal": "an appeal to be decided",
    "count": "a vote to be closed or counted",
    "contest": "a contested result to be decided on",
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

TABLES: Final[dict[str, str]] = {
    words: words
    for words in (
        "Bodies", "body", "of", "delegates", "seats", "Places", "place", "level", "belongs to", "members",
        "Tendencies and their power", "who", "Power of those who send delegates",
        "What one member can decide through the delegates", "power of one member beside the average",
        "Who sends delegates", "constituency", "Votes of this body", "vote", "question", "until", "Who may do what",
        "may", "roles", "where", "when", "article", "Incidents", "reason", "open until",
        "Who gains and who gives: needs met by group", "unit", "without", "with", "difference",
        "What it brings and takes in all", "Needs met by place", "Filed in this cycle", "need", "filed by",
        "target before", "minimum", "target", "Every ballot by name", "Every ballot, without names", "ballot", "says",
        "The shares voted", "group of needs", "share", "exactly", "share in the value of what is asked for",
        "Pair by pair", "candidate", "against", "prefer it", "prefer the other", "years", "lines", "Delegates",
        "council", "sent by", "stage", "what happened", "votes", "received", "status",
        "Who held how many votes, stage by stage",
    )
}  # fmt: skip
"""Captions and headings of the tables on pages of councils."""

LIMITS: Final[dict[str, str]] = {
    words: words
    for words in (
        "anyone", "member", "founder", "delegate", "everywhere", "own place and beneath", "always", "at the founding",
        "before the first cycle", "in a cycle",
    )
}  # fmt: skip
"""Roles, places and times to which articles limit an act."""

LAW: Final[dict[str, str]] = {
    "councils.seats": "Delegates that each place sends",
    "elections.nomination_days": "Days in which people are nominated",
    "elections.days": "Days in which the election is open",
    "elections.contest_days": "Days in which its result can be contested",
    "elections.quorum": "Share of those entitled who must take part",
    "elections.term_days": "Days of a term",
    "elections.terms": "Most terms in a row (0: no limit)",
    "elections.pause_days": "Days to stay out after that many terms",
    "decisions.days": "Days in which the vote is open",
    "decisions.quorum": "Share of those entitled who must vote",
    "decisions.threshold": "Share of the votes that is needed",
    "recall.support": "Share of the constituency that must sign a petition",
    "recall.sign_days": "Days in which a petition can be signed",
    "recall.days": "Days in which the vote on a recall is open",
    "recall.quorum": "Share of the constituency that must vote on a recall",
    "recall.threshold": "Share of the votes that must be exceeded for a recall",
    "recall.spared_days": "First days of a mandate in which nobody can petition",
    "amending.notice_days": "Days that a draft is public before its vote",
    "secrecy.least_secret": "Fewest people with whom a ballot can be secret",
    "cycle.call_days": "Days in which needs and proposals can be filed",
    "cycle.support": "Members who must stand behind a proposal",
    "cycle.variants": "Plan variants that the planner is asked for",
    "cycle.answer_days": "Days within which a proposal must be answered",
    "vouching.most": "Most people for whom one member can vouch",
    "vouching.days": "Days over which that is counted",
}
"""Numbers of the statutes, by part of an article and name."""

NUMBERS: Final[dict[str, str]] = {
    "minimum": "New minimum",
    "target": "New target",
    "quantity": "New quantity a year",
    "import_quota": "Most that is imported",
    "export_quota": "Most that is exported",
    "weight": "New weight",
}
"""Numbers of a proposed change."""
