"""Who sits in the congress: how they were elected, by tendency, and who was recalled."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from newcourse.cli.demo.account import Account
from newcourse.cli.demo.electing import NON_PARTY
from newcourse.cli.output import Bar, table

BAR = 24


def congress_told(account: Account) -> Iterator[RenderableType]:
    """Yield who was elected, and the recall."""
    state, votes = account.federation.state, account.elections
    cast, entitled = sum(vote.cast for vote in votes), sum(len(vote.frozen.electorate) for vote in votes)
    held = "one secret vote" if len(votes) == 1 else f"{len(votes)} secret votes"
    yield Text(
        f"{len(state.tendencies)} tendencies formed. In {held} {cast} of {entitled} voted with blind-signed tokens, by "
        "transferable vote with quotas (more than half workers, a third of no party). The congress by tendency:"
    )
    yield table(["", "", "seats"], [*_currents(account)], right=(2,))
    if account.recalled is not None:
        before, after = account.recalled
        yield Text(
            f"{before.person} was recalled by those who sent them; the original ballots, counted again, gave the seat "
            f"to {after.person}."
        )


def _currents(account: Account) -> Iterator[list[RenderableType]]:
    state = account.federation.state
    groups = [state.mandates[seat.mandate].groups for seats in state.seats.values() for seat in seats]
    names = {NON_PARTY: "of no party", **{one.tendency: one.name for one in state.tendencies.values()}}
    counted = {name: sum(code in own for own in groups) for code, name in names.items()}
    most = max(1, *counted.values())
    for name, count in counted.items():
        yield [name, Bar(count / most, BAR), f"{count}"]
