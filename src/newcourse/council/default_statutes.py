"""Statutes to begin with: a federation may found itself with these or with its own (design §4)."""

from typing import Any, Final

from newcourse.council.statutes import Statutes

DATA: Final[dict[str, Any]] = {
    "title": "Statutes of a planning federation",
    "articles": [
        {
            "number": "1",
            "title": "Founding",
            "words": (
                "The federation is founded once, by an act that names its statutes, its places, its first members and "
                "the economy it begins with. Nothing is allowed in the federation that no article allows, and what an "
                "article forbids is forbidden even where another allows it."
            ),
            "grants": [{"act": "found", "roles": ["anyone"], "when": "at the founding"}],
        },
        {
            "number": "2",
            "title": "Members",
            "words": (
                "Each member belongs to one place. A member of the place, or of a place above it, vouches for whoever "
                "joins, by name and on the record. Until the first cycle is opened the founders may do so for every "
                "place."
            ),
            "grants": [
                {"act": "join", "roles": ["member"], "where": "own place and beneath"},
                {"act": "join", "roles": ["founder"], "when": "before the first cycle"},
                {"act": "leave", "roles": ["member"]},
                {"act": "transfer", "roles": ["member"]},
                {"act": "verify_member", "roles": ["member"], "where": "own place and beneath"},
                {"act": "found_body", "roles": ["founder"], "when": "before the first cycle"},
                {"act": "found_body", "roles": ["delegate"], "where": "own place and beneath"},
            ],
        },
        {
            "number": "3",
            "title": "The congress",
            "words": (
                "The congress of delegates decides for the whole federation. Each place directly beneath the "
                "federation sends up to three delegates, elected there from among its own members. The founders record "
                "the first delegates; afterwards any delegate records what the elections in the places gave."
            ),
            "councils": [{"council": "congress", "name": "Congress of delegates", "seats": 3}],
            "grants": [
                {"act": "seat_delegates", "roles": ["founder"], "when": "before the first cycle"},
                {"act": "open_nominations", "roles": ["founder"], "when": "before the first cycle"},
                {"act": "open_nominations", "roles": ["delegate"]},
                {"act": "nominate", "roles": ["member"]},
                {"act": "accept_nomination", "roles": ["member"]},
                {"act": "withdraw_nomination", "roles": ["member"]},
                {"act": "close_nominations", "roles": ["founder", "delegate"]},
                {"act": "open_election", "roles": ["founder", "delegate"]},
                {"act": "take_mandate", "roles": ["member"]},
                {"act": "lay_down_mandate", "roles": ["delegate"]},
                {"act": "instruct", "roles": ["member"], "where": "own place"},
                {"act": "petition_recall", "roles": ["member"]},
                {"act": "sign_petition", "roles": ["member"]},
                {"act": "open_recall_vote", "roles": ["member"]},
                {"act": "fill_vacancy", "roles": ["member"]},
            ],
        },
        {
            "number": "4",
            "title": "Seats do not change under a running cycle",
            "words": "Between the call of a cycle and its orders nobody changes the seats of the congress.",
            "denies": [{"act": "seat_delegates", "roles": ["anyone"], "when": "in a cycle"}],
        },
        {
            "number": "5",
            "title": "The cycle",
            "words": (
                "A delegate opens a planning cycle and names its horizon and its limits. For thirty days places file "
                "needs and members file and support proposals. A proposal that two members stand behind can be "
                "carried by a variant. Up to three really different variants are calculated."
            ),
            "cycle": {"call_days": 30, "support": 2, "variants": 3},
            "grants": [{"act": "open_cycle", "roles": ["delegate"]}],
        },
        {
            "number": "6",
            "title": "Needs and proposals",
            "words": (
                "A place's own delegates, or members of the place itself, file what it and the places beneath it need. "
                "Every member may file a proposal, whatever place it concerns, and support the proposals of others."
            ),
            "grants": [
                {"act": "file_need", "roles": ["member", "delegate"], "where": "own place and beneath"},
                {"act": "file_proposal", "roles": ["member"]},
                {"act": "support_proposal", "roles": ["member"]},
                {"act": "amend_proposal", "roles": ["member"]},
                {"act": "withdraw_proposal", "roles": ["member"]},
                {"act": "answer_proposal", "roles": ["delegate"]},
                {"act": "merge_proposals", "roles": ["member"]},
                {"act": "form_tendency", "roles": ["member"]},
                {"act": "join_tendency", "roles": ["member"]},
                {"act": "leave_tendency", "roles": ["member"]},
                {"act": "publish_statement", "roles": ["member"]},
                {"act": "criticise", "roles": ["member"]},
                {"act": "reply", "roles": ["member"]},
                {"act": "moderate", "roles": ["delegate"]},
                {"act": "appeal", "roles": ["member"]},
                {"act": "decide_appeal", "roles": ["delegate"]},
                {"act": "draft_statutes", "roles": ["member"]},
                {"act": "enact_statutes", "roles": ["delegate"]},
            ],
        },
        {
            "number": "7",
            "title": "Votes",
            "words": (
                "A delegate opens and closes votes. What is voted on, who votes, the rule and how ties are settled are "
                "fixed when the vote is opened, and nobody can change them afterwards. Each person entitled votes "
                "once, by name. A vote is closed when its time is over or everybody has voted."
            ),
            "grants": [
                {"act": "open_vote", "roles": ["delegate"]},
                {"act": "draw_token", "roles": ["member"]},
                {"act": "cast", "roles": ["member"]},
                {"act": "cast_secret", "roles": ["anyone"]},
                {"act": "enter_paper_ballots", "roles": ["member"]},
                {"act": "confirm_paper_ballots", "roles": ["member"]},
                {"act": "extend_vote", "roles": ["delegate"]},
                {"act": "close_vote", "roles": ["founder", "delegate"]},
                {"act": "count_vote", "roles": ["member"]},
                {"act": "contest_vote", "roles": ["member"]},
                {"act": "decide_contest", "roles": ["delegate"]},
            ],
        },
        {
            "number": "8",
            "title": "Weights",
            "words": (
                "All members divide one hundred points among the groups of needs. Weights are set by the rule of "
                "independent markets. A tenth of the members must have voted."
            ),
            "decisions": [
                {
                    "decision": "weights",
                    "name": "Weights of the groups of needs",
                    "subject": "weights",
                    "council": "congress",
                    "rule": "independent-markets",
                    "quorum": "1/10",
                    "days": 14,
                }
            ],
        },
        {
            "number": "9",
            "title": "The choice of the plan",
            "words": (
                "All members rank the plan variants. The variant is chosen that beats every other in pairs, by the "
                "Schulze rule; ties are settled by lot. A tenth of the members must have voted."
            ),
            "decisions": [
                {
                    "decision": "variant",
                    "name": "Choice of the plan",
                    "subject": "variant",
                    "council": "congress",
                    "rule": "schulze",
                    "quorum": "1/10",
                    "days": 14,
                    "ties": "lot",
                }
            ],
        },
        {
            "number": "10",
            "title": "Motions",
            "words": (
                "The congress decides other motions by more than half of the votes for or against. At least half of "
                "the delegates must have voted."
            ),
            "decisions": [
                {
                    "decision": "motion",
                    "name": "Motion before the congress",
                    "subject": "motion",
                    "council": "congress",
                    "rule": "majority",
                    "electorate": "delegates",
                    "quorum": "1/2",
                    "days": 7,
                }
            ],
        },
        {
            "number": "11",
            "title": "Plan and orders",
            "words": (
                "Any delegate has the variants calculated, adopts the variant that won the vote and no other, and "
                "hands the plan down as orders that add up to it exactly."
            ),
            "grants": [
                {"act": "make_variants", "roles": ["delegate"]},
                {"act": "adopt", "roles": ["delegate"]},
                {"act": "hand_down_orders", "roles": ["delegate"]},
            ],
        },
        {
            "number": "12",
            "title": "Ending a cycle without a plan",
            "words": "Any delegate ends a cycle that cannot come to a plan, once a motion of the congress says so.",
            "grants": [{"act": "end_cycle", "roles": ["delegate"]}],
        },
    ],
}
"""The default statutes as plain data, the form in which own ones are written."""


def default_statutes() -> Statutes:
    """Return the default statutes.

    Examples
    --------
    >>> law = default_statutes()
    >>> print(law.article_on_act("file_proposal"))
    Article 6, Needs and proposals
    >>> Statutes.from_data(law.to_data()) == law
    True
    """
    return Statutes.from_data(DATA)
