"""The acts there are, by name (design §3: one file per act)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from newcourse.acts import (
    adopt,
    cast,
    close_vote,
    end_cycle,
    file_need,
    file_proposal,
    found,
    hand_down_orders,
    join,
    make_variants,
    open_cycle,
    open_vote,
    seat_delegates,
    support_proposal,
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
            open_vote.ACT,
            cast.ACT,
            close_vote.ACT,
            make_variants.ACT,
            adopt.ACT,
            hand_down_orders.ACT,
            end_cycle.ACT,
        )
    }
)
"""Every act by its name."""
