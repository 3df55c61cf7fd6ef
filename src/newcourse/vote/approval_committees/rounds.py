"""Seats filled one after the other by what each candidate would cost its supporters.

Costs only rise while seats are filled (voters have less to spend, or carry more), so a cost once found stays a lower
bound, and most candidates need not be looked at in most rounds. Equal shares and Phragmén's rule both run on this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from newcourse.vote.approval_committees.groups import Groups
from newcourse.vote.approval_committees.levels import Levels
from newcourse.vote.approval_committees.words import amount, amounts, drawn, exact
from newcourse.vote.outcome import Step
from newcourse.vote.ties import Tie, TieRule

Cost = Callable[[int], Fraction | None]
Supporters = Sequence[tuple[int, int]]
"""Amounts of a candidate's supporters times their scale, ascending, and how many have each."""


@dataclass(slots=True)
class Filling:
    """Seats as they are being filled: who is elected so far, how, and after which ties."""

    groups: Groups
    seats: int
    ties: TieRule
    elected: list[int] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    settled: list[Tie] = field(default_factory=list)

    @property
    def free(self) -> int:
        """How many seats are still to be filled."""
        return self.seats - len(self.elected)

    @property
    def names(self) -> tuple[str, ...]:
        """The elected by name, in the order of election."""
        return tuple(self.groups.candidates[c] for c in self.elected)

    def left(self) -> list[int]:
        """Return the candidates not elected that somebody approves of."""
        taken = set(self.elected)
        return [c for c, number in enumerate(self.groups.approvals) if number and c not in taken]

    def choose(self, tied: Sequence[int]) -> tuple[int, Tie | None]:
        """Elect one of these candidates, and return it with the tie that had to be settled, if any."""
        tie, chosen = None, tied[0]
        if len(tied) > 1:
            names = {self.groups.candidates[c]: c for c in sorted(tied)}
            tie = self.ties.settle(f"seat {len(self.elected) + 1}", tuple(names))
            self.settled.append(tie)
            chosen = names[tie.first]
        self.elected.append(chosen)
        return chosen, tie


def cheapest(bounds: dict[int, Fraction], cost: Cost) -> tuple[Fraction | None, list[int]]:
    """Return the least cost and the candidates that have it.

    Parameters
    ----------
    bounds
        Candidates still to be considered, with a cost that theirs is at least. Costs found are written back, and
        candidates without a cost are taken out for good.
    cost
        The cost of a candidate, or nothing if its supporters can never elect it.
    """
    least: Fraction | None = None
    tied: list[int] = []
    for c in sorted(bounds, key=lambda c: (bounds[c], c)):
        if least is not None and bounds[c] > least:
            break
        now = cost(c)
        if now is None:
            del bounds[c]
            continue
        bounds[c] = now
        if least is None or now < least:
            least, tied = now, [c]
        elif now == least:
            tied.append(c)
    return least, tied


def costs(groups: Groups, levels: Levels, of: Callable[[int, Supporters], Fraction | None]) -> Cost:
    """Return the cost of each candidate at these levels, from their scale and the amounts of its supporters."""
    return lambda c: of(levels.scale, levels.counts(groups.supporters[c]))


def load(scale: int, supporters: Supporters) -> Fraction:
    """Return what each supporter carries if a candidate's load of one is added so that all carry alike.

    Examples
    --------
    >>> load(8, [(0, 1), (1, 3)])  # one supporter without a load, three with 1/8
    Fraction(11, 32)
    """
    carried = sum(value * voters for value, voters in supporters)
    return Fraction(scale + carried, scale * sum(voters for _, voters in supporters))


def fill_by_loads(filling: Filling, levels: Levels) -> None:
    """Fill the free seats by Phragmén's sequential rule from these loads on."""
    groups = filling.groups
    bounds = dict.fromkeys(filling.left(), Fraction(levels.values[0] - 1, levels.scale))
    while filling.free and bounds:
        least, tied = cheapest(bounds, costs(groups, levels, load))
        if least is None:
            break
        chosen, tie = filling.choose(tied)
        del bounds[chosen]
        levels = levels.raised(groups.supporters[chosen], least)
        filling.steps.append(_load_step(filling, chosen, least, tie, levels))
    fill_unapproved(filling)


def fill_unapproved(filling: Filling) -> None:
    """Fill seats still free with candidates nobody approves of, who are all tied."""
    if not filling.free:
        return
    free, groups, order = filling.free, filling.groups, ""
    names = tuple(name for name, number in zip(groups.candidates, groups.approvals, strict=True) if not number)
    chosen = names
    if len(names) > 1:
        tie = filling.ties.settle(f"last {free} seats" if free > 1 else "last seat", names)
        filling.settled.append(tie)
        chosen, order = tie.settled[:free], f", by {tie.by}"
    filling.elected += [groups.candidates.index(name) for name in chosen]
    sentence = f"No ballot approves of any candidate left ({', '.join(names)}); elected{order}: {', '.join(chosen)}."
    filling.steps.append(Step("unapproved", sentence, {"among": names, "elected": chosen}))


def _load_step(filling: Filling, chosen: int, least: Fraction, tie: Tie | None, levels: Levels) -> Step:
    name, seat, number = filling.groups.candidates[chosen], len(filling.elected), filling.groups.approvals[chosen]
    carry = f"its {number} supporters carry" if number > 1 else "its one supporter carries"
    sentence = f"Seat {seat}: {name}; {carry} a load of {amount(least)} each, the least possible.{drawn(tie)}"
    facts = {"seat": seat, "elected": name, "supporters": number, "load": exact(least)}
    return Step("load", sentence, {**facts, **amounts("loads", levels.table())})
