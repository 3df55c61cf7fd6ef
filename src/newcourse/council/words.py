"""The closed lists of words that statutes are written with, each with its meaning (design §2, §4)."""

from typing import Final

ACTS: Final[dict[str, str]] = {
    "found": "found the federation",
    "found_body": "found a workplace, neighbourhood, district or region",
    "join": "join a place, or vouch for somebody who joins it",
    "leave": "leave the federation",
    "transfer": "move to another place",
    "verify_member": "confirm who a member is",
    "seat_delegates": "seat provisional delegates until the first elections",
    "open_nominations": "call an election and open nominations",
    "nominate": "nominate a candidate",
    "accept_nomination": "accept a nomination",
    "withdraw_nomination": "withdraw from an election",
    "close_nominations": "close nominations",
    "open_election": "open the vote of an election",
    "take_mandate": "take up a mandate",
    "lay_down_mandate": "lay down a mandate",
    "instruct": "have a constituency vote on an instruction to its delegates",
    "open_cycle": "open a planning cycle",
    "file_need": "file what a place needs",
    "file_proposal": "file a proposal",
    "amend_proposal": "amend a proposal",
    "support_proposal": "support a proposal",
    "withdraw_proposal": "withdraw a proposal",
    "answer_proposal": "answer a proposal",
    "merge_proposals": "merge a proposal into another",
    "form_tendency": "form a tendency",
    "join_tendency": "join a tendency",
    "leave_tendency": "leave a tendency",
    "name_speaker": "name a speaker of a tendency",
    "publish_statement": "publish a tendency's statement",
    "criticise": "criticise",
    "reply": "reply to a criticism",
    "moderate": "fold a comment away, with a reason",
    "appeal": "appeal against a moderation",
    "decide_appeal": "decide an appeal",
    "open_vote": "open a vote",
    "draw_token": "draw a voting token",
    "cast": "cast a ballot by name",
    "cast_secret": "cast a secret ballot with a token",
    "enter_paper_ballots": "enter paper ballots as a teller",
    "confirm_paper_ballots": "confirm paper ballots as a second teller",
    "extend_vote": "extend a vote for all after an incident",
    "close_vote": "close a vote",
    "count_vote": "count a closed vote",
    "contest_vote": "contest the result of a vote",
    "decide_contest": "decide on a contested result",
    "petition_recall": "petition for the recall of a delegate",
    "sign_petition": "sign a petition for a recall",
    "open_recall_vote": "open the vote on a recall",
    "fill_vacancy": "refill a vacated seat by countback",
    "draft_statutes": "draft a change of the statutes",
    "enact_statutes": "enact a draft of statutes that was passed",
    "make_variants": "have the plan variants calculated",
    "adopt": "adopt the plan that won the vote",
    "hand_down_orders": "hand the adopted plan down as orders",
    "end_cycle": "end a cycle without a plan, as a motion has decided",
}
"""Every act, in words that follow "may" or "to"."""

ROLES: Final[dict[str, str]] = {
    "anyone": "anyone at all",
    "founder": "a founder",
    "member": "a member",
    "verified member": "a member whose identity somebody has confirmed",
    "delegate": "a delegate",
    "juror": "a juror drawn by lot, where nobody else who may decide on a contest is unconcerned",
}
"""Every role; who holds it follows from the record alone."""

SCOPES: Final[dict[str, str]] = {
    "everywhere": "in the whole federation",
    "own place": "at their own place",
    "own place and beneath": "at their own place and the places beneath it",
}
"""Where a permission holds. A delegate's own places are the one their body decides for and the one that sent them."""

TIMES: Final[dict[str, str]] = {
    "always": "at any time",
    "at the founding": "while there is no federation yet",
    "before the first cycle": "until the first cycle is opened",
    "between cycles": "while no cycle is open",
    "in a cycle": "while a cycle is open",
}
"""When a permission holds."""

SEATED_BY: Final[dict[str, str]] = {
    "itself": "the council's own place",
    "places beneath": "each place directly beneath the council's place, or that place itself where none is beneath it",
}
"""Which places send delegates to a council."""

ELECTORATES: Final[dict[str, str]] = {
    "members": "every member at the council's place or beneath it",
    "verified members": "every member there whose identity somebody has confirmed",
    "delegates": "the delegates of the council",
}
"""Who votes."""

SUBJECTS: Final[dict[str, str]] = {
    "weights": "allocation",
    "variant": "ranking",
    "motion": "decision",
    "statutes": "decision",
    "instruction": "decision",
    "recall": "decision",
    "election": "committee",
}
"""What a vote is about, and the kind of result its rule must give."""

DECIDED: Final = ("weights", "variant", "motion", "statutes", "instruction")
"""Subjects on which statutes name kinds of decision; elections and recalls have rules of their own."""

BALLOTS: Final[dict[str, str]] = {
    "open": "by name, for everybody to see",
    "secret": "by a blind-signed token, so that the roll and the ballot are apart",
    "paper": "on paper in the room, entered by one teller and confirmed by another",
}
"""How ballots are cast."""

ELECTED_BY: Final[dict[str, str]] = {
    "members": "the members of each place that sends delegates",
    "delegates": "the delegates who sit in the body of each such place",
}
"""Who elects a body."""

BELOW_SECRET: Final[dict[str, str]] = {
    "paper": "the vote is held on paper",
    "refuse": "the vote cannot be opened; it is held at the place above, where more are entitled",
}
"""What becomes of a secret vote in which too few are entitled."""

ANSWERS: Final[dict[str, str]] = {
    "accepted": "the council will do what is proposed",
    "partly": "the council will do a part of it",
    "declined": "the council will not do it",
}
"""How a proposal is answered."""
