"""Every page there is, in the order of the navigation."""

from typing import Final

from newcourse.web.page import Page
from newcourse.web.pages import (
    about,
    compare,
    content,
    economy,
    needs,
    orders,
    pace,
    plan,
    prices,
    projects,
    proposals,
    record,
    start,
    statutes,
    trade,
    variants,
    votes,
    what_if,
    why,
    years,
)

PAGES: Final[tuple[Page, ...]] = (
    start.PAGE,
    plan.CURRENT,
    plan.PAGE,
    why.PAGE,
    what_if.PAGE,
    content.LIST,
    content.PAGE,
    compare.CURRENT,
    compare.PAGE,
    prices.PAGE,
    years.PAGE,
    pace.PAGE,
    projects.PAGE,
    trade.PAGE,
    trade.CLOSED,
    variants.PAGE,
    proposals.LIST,
    proposals.PAGE,
    needs.PAGE,
    votes.LIST,
    votes.PAGE,
    orders.LIST,
    orders.PAGE,
    economy.PAGE,
    statutes.PAGE,
    record.RECORD,
    record.ENTRY,
    about.PAGE,
)

NAVIGATION: Final[tuple[tuple[str, str], ...]] = (
    ("Start", "/"),
    ("Plan", "/plan"),
    ("Variants", "/variants"),
    ("Proposals", "/proposals"),
    ("Needs", "/needs"),
    ("Votes", "/votes"),
    ("Orders", "/orders"),
    ("Record", "/record"),
    ("Statutes", "/statutes"),
    ("About", "/about"),
)
"""Label and address of the entries of the navigation."""
