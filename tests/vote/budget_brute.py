"""The rules of shared budgets once more, as slowly and plainly as they can be written, all in fractions."""

from fractions import Fraction


def payment(cost, money):
    """The smallest q with sum(min(q, m)) = cost, or nothing."""
    if sum(money) < cost:
        return None
    for m in sorted(money):
        poor = [other for other in money if other < m]
        q = (cost - sum(poor)) / (len(money) - len(poor))
        if q <= m:
            return q
    raise AssertionError("somebody must be able to pay")


def shares(voters, costs, projects, each, utility):
    """What is bought when each voter (a set of projects) has so much, ties by cost, votes, order."""
    money = [each] * len(voters)
    bought = []
    while True:
        asks = []
        for position, c in enumerate(projects):
            supporters = [i for i, voter in enumerate(voters) if c in voter]
            if c not in bought and supporters:
                q = payment(costs[c], [money[i] for i in supporters])
                if q is not None:
                    worth = costs[c] if utility == "cost" else 1
                    asks.append((q / worth, costs[c], -len(supporters), position, c, q))
        if not asks:
            return bought
        *_, c, q = min(asks)
        bought.append(c)
        for i, voter in enumerate(voters):
            if c in voter:
                money[i] -= min(money[i], q)


def greedy(voters, costs, projects, left, beyond="skip"):
    """Most votes first, ties by order."""
    votes = {c: sum(c in voter for voter in voters) for c in projects}
    bought = []
    for c in sorted(projects, key=lambda c: -votes[c]):
        if costs[c] <= left:
            bought.append(c)
            left -= costs[c]
        elif beyond == "stop":
            break
    return bought


def add1(voters, costs, projects, budget, utility, increment, until):
    """Raise everybody's money step by step, one run after the other; the run that counts and how many raises."""
    fitting = [c for c in projects if costs[c] <= budget]
    wanted = {c for c in fitting if any(c in voter for voter in voters)}
    each, raises = budget / len(voters), 0
    now = shares(voters, costs, fitting, each, utility)
    while True:
        left = budget - sum(costs[c] for c in now)
        if wanted <= set(now):
            return now, raises
        if until == "full" and all(costs[c] > left for c in fitting if c not in now):
            return now, raises
        trial = shares(voters, costs, fitting, each + increment, utility)
        if sum(costs[c] for c in trial) > budget:
            return now, raises
        now, each, raises = trial, each + increment, raises + 1


def phragmen(voters, costs, projects, budget, beyond):
    """Time runs; a project is bought when its supporters have its cost; ties by cost, votes, order."""
    fitting = [c for c in projects if costs[c] <= budget]
    since = [Fraction(0)] * len(voters)
    bought, passed, left = [], set(), budget
    while True:
        times = []
        for position, c in enumerate(fitting):
            supporters = [i for i, voter in enumerate(voters) if c in voter]
            if c not in bought and c not in passed and supporters:
                time = (costs[c] + sum(since[i] for i in supporters)) / Fraction(len(supporters))
                times.append((time, costs[c], -len(supporters), position, c))
        if not times:
            return bought
        time, *_, c = min(times)
        if costs[c] > left:
            if beyond == "stop":
                return bought
            passed.add(c)
            continue
        bought.append(c)
        left -= costs[c]
        since = [time if c in voter else s for voter, s in zip(voters, since, strict=True)]
