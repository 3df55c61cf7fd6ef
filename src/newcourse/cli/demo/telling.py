"""The closing account for people: what was asked, voted, planned, what is short and why, what is proved."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from textwrap import fill
from typing import Any, Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from newcourse.cli.demo.account import Account
from newcourse.cli.demo.congress import congress_told
from newcourse.cli.demo.proofs import proofs_told
from newcourse.cli.output import Bar, bullets, table
from newcourse.cli.parts import signed
from newcourse.cli.plan_tables import fulfilment_table, totals_table
from newcourse.cli.variant_tables import total_table
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number

SHORTFALLS: Final = 2
BOTTLENECKS: Final = 3
MEASURES: Final = 3
BAR: Final = 24
NOTICED: Final = 5e-4
"""A change below this part is shown as none."""

NARROW: Final = 10
"""Letters to which headers of narrow columns are broken."""


def told(account: Account, file: str) -> Iterator[RenderableType]:
    """Yield the account, part by part.

    Parameters
    ----------
    account
        What came of it.
    file
        Where the record lies.
    """
    yield from _opening(account)
    yield from _asked(account)
    yield from _weighed(account)
    yield from _chosen(account)
    yield from _planned(account)
    yield from _short(account)
    yield _heading("What is proved, and where it lies")
    yield bullets(proofs_told(account, file))


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _opening(account: Account) -> Iterator[RenderableType]:
    state, about = account.federation.state, account.plan.economy.about
    delegates = sum(map(len, state.seats.values()))
    yield Text(f"One turn of the planning cycle: {state.title}", style="bold")
    yield Text(
        f"The figures are real: {about.title}, from {about.source}. The people are not: {len(state.members)} members "
        f"and {delegates} delegates, their proposals and ballots are made up; chance has the seed {account.seed}."
    )
    yield _heading("Who decides")
    yield from congress_told(account)


def _asked(account: Account) -> Iterator[RenderableType]:
    yield _heading("What was asked for")
    yield Text(
        f"Places filed {len(account.cycle.needs)} needs, members {len(account.proposals)} proposals. Each proposal was "
        "costed at once, by making the plan again with it:"
    )
    yield _proposal_table(account)


def _proposal_table(account: Account) -> Table:
    costings = {p.proposal: account.federation.costing(p.proposal) for p in account.proposals}
    measures = [total["what"] for total in next(iter(costings.values()))["totals"]][:MEASURES]
    rows: list[list[RenderableType]] = []
    for p in account.proposals:
        costing = costings[p.proposal]
        totals = {t["what"]: t for t in costing["totals"]}
        changes: list[RenderableType] = [_change(totals[measure]) for measure in measures]
        rows.append([p.proposal, Text(f"{p.title}\n") + _ends(costing["groups"]), f"{len(p.supporters)}", *changes])
    columns = ["", "proposal, and who gains and gives most by it", "behind it", *measures]
    narrow = range(2, 3 + MEASURES)
    headers = [fill(name, NARROW, break_long_words=False) if i in narrow else name for i, name in enumerate(columns)]
    return table(headers, rows, right=narrow)


def _change(total: Mapping[str, Any]) -> Text:
    part = total["difference"] / total["before"] if total["before"] else 0.0
    return signed(part, 1) if abs(part) >= NOTICED else Text("·", style="dim")


def _ends(groups: list[Mapping[str, Any]]) -> Text:
    """Return the groups of needs whose value rises most and falls most, with their changes."""
    told = Text()
    for group in (max(groups, key=lambda g: g["difference"]), min(groups, key=lambda g: g["difference"])):
        part = group["difference"] / group["before"] if group["before"] else 0.0
        if abs(part) >= NOTICED:
            told += Text(", " if told else "  ") + Text(f"{group['what']} ") + signed(part, 1)
    return told or Text("  nobody noticeably", style="dim")


def _weighed(account: Account) -> Iterator[RenderableType]:
    vote, result = account.vote_on("weights")
    yield _heading("What was voted")
    yield Text(
        f"Weights of the groups of needs, by the rule of {vote.frozen.rule.replace('-', ' ')}; {vote.cast} of "
        f"{len(vote.frozen.electorate)} voted. Beside them, each group's part of all the money asked for:"
    )
    shares = {group: float(Fraction(share)) for group, share in result.data["shares"].items()}
    most = max(shares.values())
    rows: list[list[RenderableType]] = [
        [group, Bar(share / most, BAR), f"{share:.1%}", f"{account.neutral[group]:.1%}"]
        for group, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    yield table(["group", "", "voted", "in money"], rows, right=(2, 3))


def _chosen(account: Account) -> Iterator[RenderableType]:
    vote, result = account.vote_on("variant")
    titles = {v.variant: v.title for v in account.cycle.variants}
    ranking = [titles[code] for code in result.data["ranking"]]
    duels = [f"{titles[a]} – {titles[b]} {votes}:{against}" for a, b, votes, against in account.duels()]
    yield Text(
        f"\nThree really different plans were made of these weights and of the proposals that enough members stand "
        f"behind. {vote.cast} members ranked them; one to one, {and_list(duels)}. By the Schulze rule the "
        f"order is {and_list(ranking)}. Against the base year they bring and take:"
    )
    yield total_table(account.variants, title="")


def _planned(account: Account) -> Iterator[RenderableType]:
    adopted = next(v for v in account.cycle.variants if v.variant == account.cycle.winner)
    titles = {p.proposal: p.title for p in account.proposals}
    carries = and_list([f"{code} ({titles[code]})" for code in adopted.proposals])
    yield _heading(f"The plan that was adopted: {adopted.title}")
    yield Text(f"It carries {carries or 'no proposal'}." + _taken_up(account))
    yield fulfilment_table(account.plan, title="")
    yield Text()
    yield totals_table(account.plan, title="")


def _taken_up(account: Account) -> str:
    """Return a sentence on the techniques that nobody ran in the base year, largest first."""
    plan = account.plan
    economy, names = plan.economy, Names(plan.economy)
    idle = set(economy["processes"].loc[economy["processes"]["base"] == 0, "process"])
    activity = plan["activity"][lambda rows: rows["process"].isin(idle)].groupby("process")["quantity"].sum()
    largest = activity[activity > 1e-6 * max(1.0, float(activity.max() or 0.0))].nlargest(3)
    told = [f"{names.process(str(p))} ({number(float(q))} {names.unit('process', str(p))})" for p, q in largest.items()]
    return f" It takes up techniques that nobody ran in {economy.about.year}: {and_list(told)}." if told else ""


def _short(account: Account) -> Iterator[RenderableType]:
    found = account.explanation
    yield _heading("What is short, and why")
    if not found.shortfalls:
        yield Text("Every need is met in full.")
    yield bullets(shortfall.words() for shortfall in found.shortfalls[:SHORTFALLS])
    if len(found.shortfalls) > SHORTFALLS:
        yield Text(f"… and {len(found.shortfalls) - SHORTFALLS} more.", style="dim")
    yield _heading("What holds the plan back, dearest first")
    yield bullets(bottleneck.words() for bottleneck in found.bottlenecks[:BOTTLENECKS])
