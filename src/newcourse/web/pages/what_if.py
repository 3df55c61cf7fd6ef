"""What would have to be true for an aim to be reached: questions to follow, and the answer to one of them.

Questions are addresses, so that they can be passed on; whole percents, so that there are only so many of them.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from newcourse.errors import BadInput, Fault
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.ranges import Valued, valued
from newcourse.plan.sentences import and_list
from newcourse.plan.whatif import WhatIf, what_if
from newcourse.plan.whatif_aims import Aim, AtMost, Delivered, NeedsMet
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Link

STEP = 3
"""Percent less of emissions and factors that is offered as a question; any other can be asked for."""

MISSED = 6
"""Shortfalls that are offered as questions, largest first."""


@dataclass(frozen=True, slots=True)
class WhatIfFacts:
    """Facts of the page of questions and their answer."""

    address: str
    title: str
    asked: bool
    possible: bool
    aim: str
    sentences: tuple[str, ...]
    needs: tuple[Link, ...]
    less: tuple[Link, ...]
    met: tuple[Link, ...]


def what_would(
    site: Site, address: str, need: str = "", emission: str = "", factor: str = "", less: int = 0, met: int = 0
) -> WhatIfFacts:
    """Return what would have to be true for an aim, and other questions.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    need
        A need that is to be met in full.
    emission, factor
        Of which ``less`` percent less than in the plan is to be given off or used in its first year.
    less
        Whole percents, 1 to 99.
    met
        Part of all needs that is to be met, in whole percents up to 100.
    """
    plan = site.plan(address)
    aims = _aims(plan, need, emission, factor, less, met)
    found = _answer(site, address, aims) if aims else None
    href = f"/plan/{address}/what-if"
    return WhatIfFacts(
        address=address,
        title=site.named(address)[1],
        asked=found is not None,
        possible=found is not None and found.possible,
        aim=and_list(found.aims) if found else "",
        sentences=found.sentences() if found else (),
        needs=_need_questions(plan, href),
        less=_less_questions(plan, href),
        met=tuple(Link(f"{part} percent", f"{href}?met={part}") for part in _parts(plan)),
    )


def _aims(plan: Plan, need: str, emission: str, factor: str, less: int, met: int) -> list[Aim]:
    faults = []
    if not 0 <= less < 100 or ((emission or factor) and not less):
        faults.append(Fault("percent-wrong", "less", f"{less}", "a whole percent from 1 to 99", "correct it"))
    if not 0 <= met <= 100:
        faults.append(Fault("percent-wrong", "met", f"{met}", "a whole percent up to 100", "correct it"))
    if faults:
        raise BadInput(faults)
    aims: list[Aim] = [Delivered(need)] if need else []
    for kind, code in (("emissions", emission), ("factors", factor)):
        if code:
            aims.append(AtMost(kind, code, _used(plan, kind, code) * (1 - less / 100), year=plan.periods[0]))
    return [*aims, *([NeedsMet(met / 100)] if met else [])]


def _used(plan: Plan, kind: str, code: str) -> float:
    """Return what the plan uses or gives off in its first year, 0 of what there is not."""
    economy = plan.economy
    codes = economy[kind]["factor" if kind == "factors" else "emission"].tolist()
    use = economy.factor_use if kind == "factors" else economy.emission_use
    return float((use @ plan.activity_begun_in(plan.periods[0]))[codes.index(code)]) if code in codes else 0.0


def _answer(site: Site, address: str, aims: list[Aim]) -> WhatIf:
    known: Valued = site.pages.get(("valued", address), lambda: valued(site.plan(address)))
    return what_if(known, aims)


def _need_questions(plan: Plan, href: str) -> tuple[Link, ...]:
    needs = plan.needs
    lack = (needs["asked value"] - needs["delivered value"]).groupby(needs["need"]).sum()
    lack = lack[lack > 1e-6 * lack.max()].sort_values(ascending=False, kind="stable")
    names = Names(plan.economy)
    places = plan.economy["needs"].set_index("need")["place"]
    several = places.nunique() > 1
    return tuple(
        Link(
            f"{names.need(str(code))}, {names.place(str(places[code]))}" if several else names.need(str(code)),
            f"{href}?{urlencode({'need': code})}",
        )
        for code in lack.index[:MISSED]
    )


def _less_questions(plan: Plan, href: str) -> tuple[Link, ...]:
    found = []
    for table, key in (("emissions", "emission"), ("factors", "factor")):
        for code, name in plan.economy[table][[key, "name"]].itertuples(index=False, name=None):
            asked = urlencode({key: code, "less": STEP})
            found.append(Link(f"{STEP} percent less of {name}", f"{href}?{asked}"))
    return tuple(found)


def _parts(plan: Plan) -> tuple[int, ...]:
    """Return whole percents of needs met just above what the plan reaches."""
    total = plan.needs[["asked value", "delivered value"]].sum()
    now = int(100 * total["delivered value"] / total["asked value"]) if total["asked value"] > 0 else 100
    return tuple(part for part in dict.fromkeys((now + 1, 100)) if part <= 100)


PAGE = Page("what_if", "/plan/{address}/what-if", "What would have to be true", what_would, "Plan")
