"""The closed lists of words that statutes are written with, each with its meaning (design §2, §4)."""

from typing import Final

ACTS: Final[dict[str, str]] = {
    "found": "found the federation",
    "join": "join a place, or vouch for somebody who joins it",
    "seat_delegates": "record the delegates that the places' own elections gave",
    "open_cycle": "open a planning cycle",
    "file_need": "file what a place needs",
    "file_proposal": "file a proposal",
    "support_proposal": "support a proposal",
    "open_vote": "open a vote",
    "cast": "cast a ballot",
    "close_vote": "close and count a vote",
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
    "delegate": "a delegate",
}
"""Every role; who holds it follows from the record alone."""

SCOPES: Final[dict[str, str]] = {
    "everywhere": "in the whole federation",
    "own place": "at their own place",
    "own place and beneath": "at their own place and the places beneath it",
}
"""Where a permission holds. A delegate's own place is the one that sent them."""

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
    "delegates": "the delegates of the council",
}
"""Who votes."""

SUBJECTS: Final[dict[str, str]] = {"weights": "allocation", "variant": "ranking", "motion": "decision"}
"""What a vote is about, and the kind of result its rule must give."""

WHY_NOT_HIDDEN: Final = (
    "secret ballots need tokens that separate the roll from the ballot, and this version has none; "
    "to call these votes secret would be untrue, because the record names every voter"
)
