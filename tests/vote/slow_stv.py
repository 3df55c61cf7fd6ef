"""The Scottish count written a second time, slowly and plainly, in fractions: what the fast one must agree with."""

from fractions import Fraction
from math import floor

UNIT = Fraction(1, 100_000)


class Paper:
    """One ballot, cast several times: what is left of it, and its value."""

    def __init__(self, names, times):
        self.names, self.times, self.value = list(names), times, Fraction(1)

    def next(self, continuing):
        """Strike out names until a continuing one stands first, and return it, or nothing."""
        while self.names and self.names[0] not in continuing:
            self.names.pop(0)
        return self.names[0] if self.names else None


class SlowCount:
    """A count of pairs of names in strict order and times; ``order`` puts those first whom the tie rule favours."""

    def __init__(self, candidates, ballots, seats, order):
        self.piles = {name: [] for name in candidates}
        for names, times in ballots:
            if names:
                self.piles[names[0]].append(Paper(names, times))
        self.votes = {name: sum((Fraction(p.times) for p in pile), Fraction(0)) for name, pile in self.piles.items()}
        self.quota = sum(self.votes.values()) // (seats + 1) + 1
        self.seats, self.order = seats, order
        self.continuing, self.elected, self.owing, self.stages = list(candidates), [], [], []
        self.wasted = Fraction(0)

    def run(self):
        self.finish(())
        while len(self.elected) < self.seats:
            before, excluded = sum(self.votes.values()), ()
            if self.owing:
                self.transfer_surplus()
            else:
                excluded = self.exclude()
            self.wasted += before - sum(self.votes.values())
            self.finish(excluded)
        return set(self.elected), self.quota, self.stages

    def settle(self, among, best):
        for past in [self.votes, *(stage[0] for stage in reversed(self.stages))]:
            wanted = (max if best else min)(past[name] for name in among)
            among = [name for name in among if past[name] == wanted]
        return sorted(among, key=self.order.index)[0 if best else -1]

    def finish(self, excluded):
        new = [name for name in self.continuing if self.votes[name] >= self.quota]
        if len(self.continuing) == self.seats - len(self.elected):
            new = list(self.continuing)
        for name in new:
            self.continuing.remove(name)
            self.elected.append(name)
            if self.votes[name] > self.quota:
                self.owing.append(name)
        self.stages.append((dict(self.votes), self.wasted, set(new), excluded))

    def hand_over(self, giver):
        for paper in self.piles.pop(giver):
            to = paper.next(self.continuing)
            if to is not None:
                self.piles[to].append(paper)
                self.votes[to] += paper.value * paper.times

    def transfer_surplus(self):
        giver = self.settle(self.owing, best=True)
        self.owing.remove(giver)
        surplus, held = self.votes[giver] - self.quota, self.votes[giver]
        for paper in self.piles[giver]:
            paper.value = floor(surplus * paper.value / held / UNIT) * UNIT
        self.hand_over(giver)
        self.votes[giver] = self.quota

    def exclude(self):
        loser = self.settle(self.continuing, best=False)
        self.continuing.remove(loser)
        self.votes[loser] = Fraction(0)
        self.hand_over(loser)
        return (loser,)


def slow_stv(candidates, ballots, seats, order):
    """Return elected (as a set), quota, and stages of (votes, non-transferable, elected, excluded)."""
    return SlowCount(candidates, ballots, seats, order).run()


def slow_runoff(candidates, ballots, order):
    """Return the winner of an instant runoff, ties by the latest stage that differs, then by the order."""
    left, history = list(candidates), []
    while True:
        votes = dict.fromkeys(candidates, 0)
        for names, times in ballots:
            top = next((name for name in names if name in left), None)
            if top is not None:
                votes[top] += times
        history.append(votes)
        best = max(left, key=votes.__getitem__)
        valid = sum(times for names, times in ballots if names)
        if 2 * votes[best] > valid or len(left) == 1:
            return best
        left.remove(max(left, key=lambda name: ([-past[name] for past in reversed(history)], order.index(name))))
