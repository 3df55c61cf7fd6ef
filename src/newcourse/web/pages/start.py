"""The first page: what this federation is, where its planning cycle stands, what happened last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from newcourse.council.cycle import Cycle
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.plan.sentences import and_list
from newcourse.record.entry import Entry
from newcourse.web.page import Page
from newcourse.web.pages.record import row_of
from newcourse.web.site import Site
from newcourse.web.table import Link

READ, SHOWN = 200, 8
"""How many entries are looked at, and how many happenings are shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the planning cycle: what it is, how far it has come, and where it can be seen."""

    name: str
    words: str
    state: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One or several entries in a row of the same act: who did what when, and the number of the last of them."""

    words: str
    at: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Next:
    """The act that comes next: its name, what is known of its parameters; or the page where votes are opened."""

    act: str
    known: Mapping[str, str]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Facts of the first page."""

    title: str
    founded: bool
    members: int
    places: int
    cycle: int
    waits_for: str
    steps: tuple[Step, ...]
    met: float | None
    plan_is: str
    years: str
    latest: tuple[Happened, ...]
    past: tuple[int, ...]
    following: Next


def start(site: Site) -> Start:
    """Return where the federation stands."""
    state = site.federation.state
    cycle = state.last_cycle
    met, plan_is, years = _plan(site, cycle)
    return Start(
        title=state.title,
        founded=state.statutes is not None,
        members=len(state.members),
        places=len(state.tree.places),
        cycle=cycle.number if cycle else 0,
        waits_for=cycle.stage if cycle else "the opening of a planning cycle",
        steps=_steps(site, cycle) if cycle else (),
        met=met,
        plan_is=plan_is,
        years=years,
        latest=_latest(site.federation.entries(max(0, state.sequence - READ))),
        past=tuple(past.number for past in state.past if not cycle or past.number != cycle.number),
        following=_following(state),
    )


def _following(state: State) -> Next:
    """Return by which act the federation goes on."""
    cycle = state.cycle
    if state.statutes is None:
        return Next("found", {})
    if cycle is None:
        return Next("open_cycle", {})
    if not cycle.weights or (cycle.variants and not cycle.winner):
        return Next("open_vote", {"decision": "variant" if cycle.weights else "weights"}, "/votes")
    if not cycle.variants:
        return Next("make_variants", {})
    if not cycle.adopted:
        return Next("adopt", {"variant": cycle.winner})
    return Next("hand_down_orders", {})


def _latest(entries: Iterable[Entry]) -> tuple[Happened, ...]:
    """Return what happened last, latest first; what many did one after the other is told once."""
    told = []
    for _, group in groupby(entries, key=lambda entry: entry.act):
        rows = [row_of(entry) for entry in group]
        actors = list(dict.fromkeys(row.actor for row in rows))
        who = and_list(actors) if len(actors) <= 2 else f"{actors[0]} and {len(actors) - 1} others"
        often = f" ({len(rows)} times)" if len(rows) > 1 else ""
        told.append(Happened(f"{who} {rows[-1].words}{often}", rows[-1].at, rows[-1].sequence))
    return tuple(reversed(told[-SHOWN:]))


def _plan(site: Site, cycle: Cycle | None) -> tuple[float | None, str, str]:
    if cycle is None:
        return None, "", ""
    address = site.current_plan()
    plan = site.plan(address)
    total = plan.needs[["asked value", "delivered value"]].sum()
    years = "–".join(str(year) for year in dict.fromkeys((plan.periods[0], plan.periods[-1])))
    return float(total["delivered value"] / total["asked value"]), site.named(address)[1], years


def _steps(site: Site, cycle: Cycle) -> tuple[Step, ...]:
    """Return the steps of the cycle in order; the first that is not done is the one it waits for."""
    proposals, votes = site.federation.proposals(), site.federation.votes()
    done = (
        ("Call", "horizon, base economy and calendar", True, Link("The economy", "/economy")),
        ("Needs", f"{len(cycle.needs)} filed", bool(cycle.weights), Link("Needs", "/needs")),
        ("Proposals", f"{len(proposals)} filed and costed", bool(cycle.weights), Link("Proposals", "/proposals")),
        ("Vote on weights", _vote_words(votes, "weights"), bool(cycle.weights), Link("Votes", "/votes")),
        (
            "Variants",
            f"{len(cycle.variants)} plans to choose from",
            bool(cycle.variants),
            Link("Variants", "/variants"),
        ),
        ("Vote on the plan", _vote_words(votes, "variant"), bool(cycle.winner), Link("Votes", "/votes")),
        ("Adoption", "the plan that won, and no other", bool(cycle.adopted), Link("Plan", "/plan")),
        ("Orders", "what each place is to do", bool(cycle.orders), Link("Orders", "/orders")),
    )
    waiting = next((number for number, step in enumerate(done) if not step[2]), len(done))
    return tuple(
        Step(name, words, "done" if is_done else "now" if number == waiting or number < _CALLED else "to come", link)
        for number, (name, words, is_done, link) in enumerate(done)
    )


_CALLED = 3
"""Needs and proposals are filed at the same time, until the vote on weights."""


def _vote_words(votes: tuple[Vote, ...], subject: str) -> str:
    held = [vote for vote in votes if vote.frozen.subject == subject]
    return f"{held[-1].cast} ballots" if held else "not opened yet"


PAGE = Page("start", "/", "What the federation is and where it stands", start)
