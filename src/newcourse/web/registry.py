"""Every page there is, in the order of the navigation."""

from typing import Final

from newcourse.web.page import Page
from newcourse.web.pages import (
    about,
    administration,
    bodies,
    compare,
    content,
    economy,
    elections,
    futures,
    lab,
    lab_codings,
    lab_hypotheses,
    lab_scenarios,
    lab_verdict,
    lab_words,
    market,
    me,
    needs,
    orders,
    pace,
    plan,
    prices,
    projects,
    proposals,
    propose,
    recall,
    record,
    scissors,
    start,
    statutes,
    tendencies,
    together,
    trade,
    variants,
    votes,
    what_if,
    why,
    years,
)

PAGES: Final[tuple[Page, ...]] = (
    start.PAGE,
    me.PAGE,
    bodies.LIST,
    bodies.PAGE,
    elections.LIST,
    elections.PAGE,
    tendencies.LIST,
    tendencies.PAGE,
    recall.LIST,
    recall.PAGE,
    administration.PAGE,
    plan.CURRENT,
    plan.PAGE,
    why.PAGE,
    what_if.PAGE,
    content.LIST,
    content.PAGE,
    compare.LIST,
    compare.PAGE,
    prices.PAGE,
    years.PAGE,
    futures.PAGE,
    pace.PAGE,
    together.PAGE,
    projects.PAGE,
    trade.PAGE,
    trade.CLOSED,
    market.PAGE,
    variants.PAGE,
    proposals.LIST,
    proposals.PAGE,
    propose.PAGE,
    needs.PAGE,
    votes.LIST,
    votes.PAGE,
    orders.LIST,
    orders.PAGE,
    economy.PAGE,
    statutes.PAGE,
    record.RECORD,
    record.ENTRY,
    scissors.PAGE,
    lab.PAGE,
    lab_scenarios.PAGE,
    lab_hypotheses.LIST,
    lab_hypotheses.PAGE,
    lab_codings.LIST,
    lab_codings.PAGE,
    lab_words.PAGE,
    lab_verdict.PAGE,
    about.PAGE,
)

WANTED: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    ("", (("Start", "/"),)),
    (
        "Decide",
        (
            ("My councils", "/me"),
            ("Bodies", "/bodies"),
            ("Elections", "/elections"),
            ("Votes", "/votes"),
            ("Proposals", "/proposals"),
            ("Tendencies", "/tendencies"),
            ("Recall", "/recall"),
            ("Statutes", "/statutes"),
        ),
    ),
    (
        "Plan",
        (
            ("Plan", "/plan"),
            ("Variants", "/variants"),
            ("Needs", "/needs"),
            ("Orders", "/orders"),
        ),
    ),
    (
        "Lab",
        (
            ("Laboratory", "/lab"),
            ("Hypotheses", "/lab/hypotheses"),
            ("Codings", "/lab/codings"),
            ("Words of the essay", "/lab/words"),
            ("Verdict", "/lab/verdict"),
        ),
    ),
    (
        "Account",
        (
            ("Record", "/record"),
            ("Administration", "/administration"),
            ("About", "/about"),
        ),
    ),
)
"""Groups of the navigation; an entry is shown once there is a page at its address."""

_ADDRESSES: Final = {page.path for page in PAGES}

GROUPS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = tuple(
    (group, tuple(entry for entry in entries if entry[1] in _ADDRESSES)) for group, entries in WANTED
)
"""Name of each group of the navigation with its entries: label and address. The first group has no name."""

NAVIGATION: Final[tuple[tuple[str, str], ...]] = tuple(entry for _, entries in GROUPS for entry in entries)
"""Label and address of all entries of the navigation."""
