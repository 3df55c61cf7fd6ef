"""The words of the pages: the glossary, and what acts are called once they are done (design §2)."""

from typing import Final

DONE: Final[dict[str, str]] = {
    "found": "founded the federation",
    "found_body": "founded a body",
    "join": "brought in a member",
    "leave": "left the federation",
    "transfer": "moved to another place",
    "verify_member": "confirmed who a member is",
    "seat_delegates": "recorded the delegates",
    "open_nominations": "called an election",
    "nominate": "nominated a candidate",
    "accept_nomination": "accepted a nomination",
    "withdraw_nomination": "withdrew from an election",
    "close_nominations": "closed nominations",
    "open_election": "opened the vote of an election",
    "take_mandate": "took up a mandate",
    "lay_down_mandate": "laid down a mandate",
    "instruct": "had a constituency vote on an instruction",
    "open_cycle": "opened a planning cycle",
    "file_need": "filed a need",
    "file_proposal": "filed a proposal",
    "amend_proposal": "amended a proposal",
    "support_proposal": "supported a proposal",
    "withdraw_proposal": "withdrew a proposal",
    "answer_proposal": "answered a proposal",
    "merge_proposals": "merged a proposal into another",
    "form_tendency": "formed a tendency",
    "join_tendency": "joined a tendency",
    "leave_tendency": "left a tendency",
    "name_speaker": "named a speaker of a tendency",
    "publish_statement": "published a tendency's statement",
    "criticise": "criticised",
    "reply": "replied to a criticism",
    "moderate": "folded a comment away, with a reason",
    "appeal": "appealed against a moderation",
    "decide_appeal": "decided an appeal",
    "open_vote": "opened a vote",
    "draw_token": "drew a voting token",
    "cast": "cast a ballot",
    "cast_secret": "cast a secret ballot",
    "enter_paper_ballots": "entered paper ballots",
    "confirm_paper_ballots": "confirmed paper ballots",
    "extend_vote": "extended a vote for all",
    "close_vote": "closed a vote",
    "count_vote": "counted a vote",
    "contest_vote": "contested the result of a vote",
    "decide_contest": "decided on a contested result",
    "petition_recall": "petitioned for a recall",
    "sign_petition": "signed a petition for a recall",
    "open_recall_vote": "opened the vote on a recall",
    "fill_vacancy": "had a vacated seat refilled",
    "draft_statutes": "drafted a change of the statutes",
    "enact_statutes": "enacted a draft of statutes",
    "make_variants": "had the plan variants calculated",
    "adopt": "adopted the plan that won the vote",
    "hand_down_orders": "handed the plan down as orders",
    "end_cycle": "ended the cycle without a plan",
}
"""Every act, in words that follow the name of who did it."""

CHANGES: Final[dict[str, str]] = {
    "need": "Another minimum or target for a need",
    "floor": "A floor under all needs",
    "supply": "More or less of a factor",
    "cap": "Another cap on an emission",
    "trade": "Another rule of trade",
    "technique": "A technique",
    "weight": "Another weight of a group of needs",
    "pace": "Another pace of accumulation",
    "free-time": "Free time as a need",
    "project": "A project",
}
"""Kinds of structured changes, in words."""

KINDS_OF_LINES: Final[dict[str, str]] = {
    "begin": "Begin",
    "run": "Run",
    "make": "Make",
    "use": "Use up",
    "deliver": "Deliver",
    "import": "Import",
    "export": "Export",
    "send": "Send to",
    "receive": "Receive from",
    "invest": "Invest",
    "store": "Put into stores",
}
"""Kinds of lines of an order, in words."""

GLOSSARY: Final[tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "economy",
        "The economy",
        (
            ("product", "What is made and used."),
            (
                "process, technique",
                "One way of making something: what comes out and what goes in per unit of activity.",
            ),
            ("activity", "How much of a process is run."),
            ("factor", "What is limited and no process makes: labour by skill, land, a mineral."),
            ("emission, cap", "What processes give off, and the most that may be given off."),
            ("stock", "Capital, by product and holder."),
            ("capacity", "What the stock in place lets an activity reach."),
            ("gestation lag", "Periods between an investment and the capacity it brings."),
            ("place", "A node of the tree from the federation down to enterprise or neighbourhood."),
            ("sector", "How a process is owned and steered: planned, co-operative, private."),
            ("base year", "The year the tables describe."),
        ),
    ),
    (
        "plan",
        "The plan",
        (
            ("need", "What a place asks for of a product, in two tiers: a minimum and a target."),
            ("weight", "How much a group of needs counts, as voted."),
            ("plan", "Activities, deliveries, investment and trade over the years to come."),
            ("variant", "One of several plans to choose from, each efficient and really different from the others."),
            ("order", "The part of the plan that one place must do. All orders add up to the plan."),
            ("valuation", "What one more unit would be worth to the plan (shadow price)."),
            ("shortfall", "A need that is not met in full."),
            ("contradiction", "Commitments that cannot hold together: as few as possible, named in words."),
            (
                "certificate",
                (
                    "The check of a plan in plain arithmetic, apart from the program that found it: that every balance "
                    "and limit is kept, product by product; that the valuations are right; and that no plan within the "
                    "same limits could serve the goal better by more than the gap it states."
                ),
            ),
        ),
    ),
    (
        "votes",
        "Councils and votes",
        (
            ("council", "A body of delegates, elected upward."),
            ("delegate", "Somebody whom a place or a council sends."),
            ("statutes", "The fixed rules of a federation, as articles that a program obeys too."),
            ("proposal", "A change of needs, techniques, limits or weights, with reasons, costed at once."),
            ("ballot, profile", "One vote; all votes."),
            ("rule", "How ballots are counted. It is frozen and hashed when a vote is opened."),
            ("outcome, trace", "The result of a vote, and every step of its count."),
            ("act", "A thing a person can do, checked, done and recorded in one transaction."),
            (
                "record",
                (
                    "The public memory. Entries are only added, and each carries the hash of the one before, so that a "
                    "later change shows."
                ),
            ),
        ),
    ),
)
"""Words by chapter: anchor, heading, and pairs of word and meaning."""
