"""The acts there are, by name (design §3: one file per act)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from newcourse.acts import (
    adopt,
    amend_proposal,
    answer_proposal,
    appeal,
    cast,
    cast_secret,
    close_vote,
    confirm_paper_ballots,
    contest_vote,
    count_vote,
    criticise,
    decide_appeal,
    decide_contest,
    draft_statutes,
    draw_token,
    enact_statutes,
    end_cycle,
    enter_paper_ballots,
    extend_vote,
    file_need,
    file_proposal,
    form_tendency,
    found,
    hand_down_orders,
    join,
    join_tendency,
    leave_tendency,
    make_variants,
    merge_proposals,
    moderate,
    open_cycle,
    open_vote,
    publish_statement,
    reply,
    seat_delegates,
    support_proposal,
    withdraw_proposal,
)
from newcourse.acts.act import Act

ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        act.name: act
        for act in (
            found.ACT,
            join.ACT,
            seat_delegates.ACT,
            open_cycle.ACT,
            file_need.ACT,
            file_proposal.ACT,
            support_proposal.ACT,
            amend_proposal.ACT,
            withdraw_proposal.ACT,
            answer_proposal.ACT,
            merge_proposals.ACT,
            form_tendency.ACT,
            join_tendency.ACT,
            leave_tendency.ACT,
            publish_statement.ACT,
            criticise.ACT,
            reply.ACT,
            moderate.ACT,
            appeal.ACT,
            decide_appeal.ACT,
            open_vote.ACT,
            draw_token.ACT,
            cast.ACT,
            cast_secret.ACT,
            enter_paper_ballots.ACT,
            confirm_paper_ballots.ACT,
            extend_vote.ACT,
            close_vote.ACT,
            count_vote.ACT,
            contest_vote.ACT,
            decide_contest.ACT,
            make_variants.ACT,
            adopt.ACT,
            hand_down_orders.ACT,
            end_cycle.ACT,
            draft_statutes.ACT,
            enact_statutes.ACT,
        )
    }
)
"""Every act by its name."""
