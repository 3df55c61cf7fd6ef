"""Committees by approval counted voter by voter in fractions, straight from the definitions: slow, and independent."""

from fractions import Fraction
from itertools import combinations


def phragmen(voters, names, seats, loads=None, elected=()):
    """Janson, arXiv:1611.08826, 3.1: each voter a list of names; ties by the order of names."""
    loads, elected, costs = list(loads or [Fraction(0)] * len(voters)), list(elected), []
    while len(elected) < seats:
        after = {}
        for name in names:
            fans = [i for i, voter in enumerate(voters) if name in voter]
            if name not in elected and fans:
                after[name] = (1 + sum(loads[i] for i in fans)) / Fraction(len(fans))
        if not after:
            return [*elected, *[n for n in names if n not in elected]][:seats], costs
        best = min(after, key=lambda name: (after[name], names.index(name)))
        loads = [after[best] if best in voter else load for voter, load in zip(voters, loads, strict=True)]
        elected.append(best)
        costs.append(after[best])
    return elected, costs


def equal_shares(voters, names, seats, completion):
    """Peters and Skowron (EC 2020), with the least ρ at which payments reach 1 found among all it can be."""
    money, elected, costs = [Fraction(seats, len(voters))] * len(voters), [], []
    while len(elected) < seats:
        rho = {}
        for name in names:
            had = [money[i] for i, voter in enumerate(voters) if name in voter]
            if name not in elected and sum(had) >= 1:
                rho[name] = min(r for r in _candidates(had) if sum(min(m, r) for m in had) == 1)
        if not rho:
            break
        best = min(rho, key=lambda name: (rho[name], names.index(name)))
        money = [m - min(m, rho[best]) if best in voter else m for voter, m in zip(voters, money, strict=True)]
        elected.append(best)
        costs.append(rho[best])
    if completion == "sequential-phragmen":
        return phragmen(voters, names, seats, [-m for m in money], elected)[0], costs
    if completion == "approval":
        rest = sorted((n for n in names if n not in elected), key=lambda n: -sum(n in voter for voter in voters))
        return [*elected, *rest][:seats], costs
    return elected, costs


def _candidates(had):
    """Every value that ρ can have: when the j poorest pay all, the others share the rest."""
    had = sorted(had)
    return [(1 - sum(had[:j])) / Fraction(len(had) - j) for j in range(len(had))]


def thiele(voters, committee):
    """Thiele's score: 1 + 1/2 + ... for each voter."""
    return sum(Fraction(1, j) for voter in voters for j in range(1, len(set(voter) & set(committee)) + 1))


def best_committees(voters, names, seats):
    """Every committee with the highest score, and the score."""
    scores = {committee: thiele(voters, committee) for committee in combinations(names, seats)}
    best = max(scores.values())
    return [committee for committee, score in scores.items() if score == best], best


def represents(voters, names, seats, committee, extended):
    """EJR, or PJR: a group of l n/k voters with l names in common has a member with l elected, or l together."""
    elected, n = set(committee), len(voters)
    for level in range(1, seats + 1):
        for common in combinations(names, level):
            fans = [set(voter) & elected for voter in voters if set(common) <= set(voter)]
            short = [got for got in fans if len(got) < level] if extended else fans
            if extended and len(short) * seats >= level * n:
                return False
            if not extended and not _no_group_is_short(short, level, seats, n):
                return False
    return True


def _no_group_is_short(fans, level, seats, n):
    """PJR: those whose elected all lie within a set of fewer than level elected are too few to be a group."""
    every = sorted(set().union(*fans)) if fans else []
    for size in range(min(level, len(every) + 1)):
        for few in combinations(every, size):
            if sum(got <= set(few) for got in fans) * seats >= level * n:
                return False
    return True
