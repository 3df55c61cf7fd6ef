"""Default articles on those who decide: elections, mandates, recall, opinion, and how statutes change (design §8.2)."""

from typing import Any, Final

ARTICLES: Final[tuple[dict[str, Any], ...]] = (
    {
        "number": "13",
        "title": "Elections",
        "words": (
            "The members of each place that sends delegates elect them, by single transferable vote and secretly. Any "
            "member calls the election at their own place or beneath it when seats are vacant or a term is ending; the"
            " founders may call every first election. Nominations are open for fourteen days and the vote for another "
            "fourteen; the result can be contested for seven. A term is one year. After three terms in a row in one "
            "body a delegate stays out of it for a year. Nobody loses a seat before a successor takes it, except by "
            "recall, by leaving or by laying the mandate down."
        ),
        "elections": [
            {
                "election": "delegates",
                "name": "Election of delegates",
                "rule": "scottish-stv",
                "ballot": "secret",
                "nomination_days": 14,
                "days": 14,
                "contest_days": 7,
                "term_days": 365,
                "terms": 3,
                "pause_days": 365,
                "ties": "lot",
            }
        ],
        "grants": [
            {"act": "open_nominations", "roles": ["founder"], "when": "before the first cycle"},
            {"act": "open_nominations", "roles": ["member", "delegate"], "where": "own place and beneath"},
            {"act": "nominate", "roles": ["member"]},
            {"act": "accept_nomination", "roles": ["member"]},
            {"act": "withdraw_nomination", "roles": ["member"]},
            {"act": "close_nominations", "roles": ["member"]},
            {"act": "open_election", "roles": ["member"]},
        ],
    },
    {
        "number": "14",
        "title": "Mandates and instructions",
        "words": (
            "Whoever is elected takes up the mandate in person and may lay it down at any time. A constituency may "
            "instruct its delegates by a vote of its own members, by more than half of the votes for or against, when "
            "a tenth have voted. Delegates vote openly, and their votes are shown beside their instructions."
        ),
        "decisions": [
            {
                "decision": "instruction",
                "name": "Instruction to the delegates in the congress",
                "subject": "instruction",
                "council": "congress",
                "rule": "majority",
                "ballot": "secret",
                "quorum": "1/10",
                "days": 7,
            }
        ],
        "grants": [
            {"act": "take_mandate", "roles": ["member"]},
            {"act": "lay_down_mandate", "roles": ["member"]},
            {"act": "instruct", "roles": ["member"]},
        ],
    },
    {
        "number": "15",
        "title": "Recall",
        "words": (
            "Delegates can be recalled at any time, only by the constituency that elected them. A tenth of its members"
            " signs a petition within thirty days; then its members vote for fourteen days, secretly. More than half "
            "of the votes for or against recall, when a fifth of the members have voted. The seat is filled by "
            "counting the ballots of the election again without the recalled delegate, so that proportions stay."
        ),
        "recall": {
            "support": "1/10",
            "sign_days": 30,
            "days": 14,
            "quorum": "1/5",
            "threshold": "1/2",
            "ballot": "secret",
            "spared_days": 0,
            "refill": "countback",
        },
        "grants": [
            {"act": "petition_recall", "roles": ["member"]},
            {"act": "sign_petition", "roles": ["member"]},
            {"act": "open_recall_vote", "roles": ["member"]},
            {"act": "fill_vacancy", "roles": ["member"]},
        ],
    },
    {
        "number": "16",
        "title": "Secret ballots",
        "words": (
            "A secret ballot needs at least five people entitled to vote. Where there are fewer, the vote is held on "
            "paper: one member enters the ballots and another confirms them."
        ),
        "secrecy": {"least_secret": 5, "below": "paper"},
    },
    {
        "number": "17",
        "title": "Tendencies",
        "words": (
            "Members form tendencies, join and leave them freely, also several. Belonging is public. Who "
            "forms one speaks for it and may name further speakers; only speakers publish in its name. When none is "
            "left, the member who has belonged to it for longest speaks. Every tendency has the same space: one "
            "statement of up to two thousand characters on each subject in each version; earlier versions are kept. "
            "Seats are given by elections only."
        ),
        "grants": [
            {"act": "form_tendency", "roles": ["member"]},
            {"act": "join_tendency", "roles": ["member"]},
            {"act": "leave_tendency", "roles": ["member"]},
            {"act": "name_speaker", "roles": ["member"]},
            {"act": "publish_statement", "roles": ["member"]},
        ],
    },
    {
        "number": "18",
        "title": "Criticism",
        "words": (
            "Every member may criticise whatever is on the record and reply to any criticism. Nothing that was said is"
            " deleted. A delegate of the congress may fold a comment away and says why, but not one about themself; "
            "everybody can still open and read it. Its author may appeal once; a delegate who did not moderate it "
            "decides, with reasons."
        ),
        "grants": [
            {"act": "criticise", "roles": ["member"]},
            {"act": "reply", "roles": ["member"]},
            {"act": "moderate", "roles": ["delegate"], "where": "own place and beneath"},
            {"act": "appeal", "roles": ["member"]},
            {"act": "decide_appeal", "roles": ["delegate"], "where": "own place and beneath"},
        ],
    },
    {
        "number": "19",
        "title": "Changing these statutes",
        "words": (
            "Every member may draft a change of these statutes. A draft is public for fourteen days before all members"
            " vote on it, secretly. It needs two thirds of the votes for or against, and half of the members must have"
            " voted. Articles 1, 15, 18 and this one need three quarters of those votes. A draft that was passed "
            "becomes law when any member has it enacted, unless other changes became law meanwhile."
        ),
        "decisions": [
            {
                "decision": "statutes",
                "name": "Change of the statutes",
                "subject": "statutes",
                "council": "congress",
                "rule": "majority",
                "options": {"threshold": "2/3", "comparison": "at-least"},
                "ballot": "secret",
                "quorum": "1/2",
                "days": 14,
            },
            {
                "decision": "entrenched",
                "name": "Change of entrenched articles of the statutes",
                "subject": "statutes",
                "council": "congress",
                "rule": "majority",
                "options": {"threshold": "3/4", "comparison": "at-least"},
                "ballot": "secret",
                "quorum": "1/2",
                "days": 14,
            },
        ],
        "amending": {
            "decision": "statutes",
            "notice_days": 14,
            "entrenched": ["1", "15", "18", "19"],
            "entrenched_decision": "entrenched",
        },
        "grants": [
            {"act": "draft_statutes", "roles": ["member"]},
            {"act": "enact_statutes", "roles": ["member"]},
        ],
    },
)
"""Articles 13 to 19: elections, mandates, recall, secret ballots, tendencies, criticism, amendment."""
