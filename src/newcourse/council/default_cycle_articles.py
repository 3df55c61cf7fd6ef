"""Default articles on the federation, the cycle and its votes (design §4)."""

from typing import Any, Final

CONGRESS: Final = "congress"

ARTICLES: Final[tuple[dict[str, Any], ...]] = (
    {
        "number": "1",
        "title": "Founding",
        "words": (
            "The federation is founded once, by an act that names its statutes, its places, its first members and the "
            "economy it begins with. Nothing is allowed in the federation that no article allows, and what an article "
            "forbids is forbidden even where another allows it."
        ),
        "grants": [{"act": "found", "roles": ["anyone"], "when": "at the founding"}],
    },
    {
        "number": "2",
        "title": "Members",
        "words": (
            "Each member belongs to one place. A member of the place, or of a place above it, vouches for whoever "
            "joins, by name and on the record, and confirms who a member is, for at most ten people within thirty "
            "days. Until the first cycle is opened the founders may admit people to every place, as many as they "
            "are. A member may move to another place and may leave at any time. New places are founded by the "
            "founders until the first cycle is opened, and afterwards by delegates, beneath the places they answer "
            "for."
        ),
        "vouching": {"most": 10, "days": 30},
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
            "The congress of delegates decides for the whole federation. Each place directly beneath the federation "
            "sends up to three delegates, elected there from among its own members."
        ),
        "councils": [{"council": CONGRESS, "name": "Congress of delegates", "seats": 3, "election": "delegates"}],
    },
    {
        "number": "4",
        "title": "Provisional delegates",
        "words": (
            "Until the first cycle is opened the founders may name provisional delegates. They hold their seats until "
            "those whom the members have elected take them. Between the call of a cycle and its orders nobody changes "
            "the seats of a council by naming delegates; only electors do, by election and recall."
        ),
        "grants": [{"act": "seat_delegates", "roles": ["founder"], "when": "before the first cycle"}],
        "denies": [{"act": "seat_delegates", "roles": ["anyone"], "when": "in a cycle"}],
    },
    {
        "number": "5",
        "title": "The cycle",
        "words": (
            "A delegate of the congress opens a planning cycle and names its horizon and its limits. For thirty days "
            "places file needs and members file and support proposals. A proposal that two members stand behind can be"
            " carried by a variant. Up to three really different variants are calculated. Within thirty days after the"
            " call every proposal is answered with reasons; who leaves one unanswered is shown."
        ),
        "cycle": {"call_days": 30, "support": 2, "variants": 3, "answer_days": 30},
        "grants": [{"act": "open_cycle", "roles": ["delegate"], "where": "own place and beneath"}],
    },
    {
        "number": "6",
        "title": "Needs and proposals",
        "words": (
            "A place's own delegates, or members of the place itself, file what it and the places beneath it need. "
            "Every member may file a proposal, whatever place it concerns, and support the proposals of others. Who "
            "filed a proposal may amend it during the call, withdraw it until the vote on weights is opened, and merge"
            " it into another. Delegates of the congress answer proposals."
        ),
        "grants": [
            {"act": "file_need", "roles": ["member", "delegate"], "where": "own place and beneath"},
            {"act": "file_proposal", "roles": ["member"]},
            {"act": "support_proposal", "roles": ["member"]},
            {"act": "amend_proposal", "roles": ["member"]},
            {"act": "withdraw_proposal", "roles": ["member"]},
            {"act": "merge_proposals", "roles": ["member"]},
            {"act": "answer_proposal", "roles": ["delegate"], "where": "own place and beneath"},
        ],
    },
    {
        "number": "7",
        "title": "Votes",
        "words": (
            "Delegates open votes for the place of their council and those beneath it. What is voted on, who votes, "
            "the rule and how ties are settled are fixed when the vote is opened, and nobody can change them "
            "afterwards. Each person entitled votes once: delegates by name, members as the article on the decision "
            "says. A vote is closed when its time is over or everybody has voted; any member may close and count it "
            "then. Delegates may extend a vote for all after an incident, with the reason on the record. Every member "
            "may contest a result once. Delegates of the place that voted or of a place above it decide on that with "
            "reasons; nobody judges who is a candidate, contests it or is recalled. Where no such delegate is left, a "
            "jury decides by majority: three people drawn by lot from the roll of the vote, and three more for every "
            "seven days in which it stays undecided. The lot follows from the published ballots."
        ),
        "grants": [
            {"act": "open_vote", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "draw_token", "roles": ["member"]},
            {"act": "cast", "roles": ["member"]},
            {"act": "cast_secret", "roles": ["anyone"]},
            {"act": "enter_paper_ballots", "roles": ["member"]},
            {"act": "confirm_paper_ballots", "roles": ["member"]},
            {"act": "extend_vote", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "close_vote", "roles": ["member"]},
            {"act": "count_vote", "roles": ["member"]},
            {"act": "contest_vote", "roles": ["member"]},
            {"act": "decide_contest", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "decide_contest", "roles": ["juror"], "where": "own place"},
        ],
    },
    {
        "number": "8",
        "title": "Weights",
        "words": (
            "All members divide one hundred points among the groups of needs, secretly. Weights are set by the rule of"
            " independent markets. A tenth of the members must have voted."
        ),
        "decisions": [
            {
                "decision": "weights",
                "name": "Weights of the groups of needs",
                "subject": "weights",
                "council": CONGRESS,
                "rule": "independent-markets",
                "ballot": "secret",
                "quorum": "1/10",
                "days": 14,
            }
        ],
    },
    {
        "number": "9",
        "title": "The choice of the plan",
        "words": (
            "All members rank the plan variants, secretly. The variant is chosen that beats every other in pairs, by "
            "the Schulze rule; ties are settled by lot. A tenth of the members must have voted."
        ),
        "decisions": [
            {
                "decision": "variant",
                "name": "Choice of the plan",
                "subject": "variant",
                "council": CONGRESS,
                "rule": "schulze",
                "ballot": "secret",
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
            "A council decides other motions by more than half of the votes for or against, openly and by name. At "
            "least half of its delegates must have voted."
        ),
        "decisions": [
            {
                "decision": "motion",
                "name": "Motion before the congress",
                "subject": "motion",
                "council": CONGRESS,
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
            "Any delegate of the congress has the variants calculated, adopts the variant that won the vote and no "
            "other, and hands the plan down as orders that add up to it exactly."
        ),
        "grants": [
            {"act": "make_variants", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "adopt", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "hand_down_orders", "roles": ["delegate"], "where": "own place and beneath"},
        ],
    },
    {
        "number": "12",
        "title": "Ending a cycle without a plan",
        "words": (
            "Any delegate of the congress ends a cycle that cannot come to a plan, once a motion of the congress says "
            "so."
        ),
        "grants": [{"act": "end_cycle", "roles": ["delegate"], "where": "own place and beneath"}],
    },
)
"""Articles 1 to 12: founding, members, the congress, the cycle, its votes and the plan."""
