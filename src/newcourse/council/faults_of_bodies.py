"""What is wrong with councils and the rules of their elections (design §4, §8.2)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from newcourse.council.articles import Article, Council, ElectionRules
from newcourse.council.counting_faults import counting_faults
from newcourse.council.faulty import (
    as_share,
    day_faults,
    named_fault,
    share_fault,
    twice,
    word_fault,
)
from newcourse.council.quotas import fewest, most_seats
from newcourse.council.words import BALLOTS, ELECTED_BY, ELECTORATES, SEATED_BY
from newcourse.errors import Fault
from newcourse.vote.rule import RULES

LONGEST_TERM: Final = 3660

RESERVED: Final = ("ties", "seats", "groups")
"""Options of rules that elections themselves say: tie rule, seats, quotas."""

QUOTA_WORDS: Final = {
    "least": "at least this share of the seats",
    "more": "more than this share of the seats, in place of `least`",
    "most": "at most this share of the seats",
}
"""What a quota says."""


def body_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield everything that is wrong with councils and elections."""
    rules = {row.election: row for article in articles for row in article.elections}
    councils = [council for article in articles for council in article.councils]
    for article in articles:
        for council in article.councils:
            yield from _council_faults(f"statutes, article {article.number}, council {council.council}", council, rules)
        for row in article.elections:
            where = f"statutes, article {article.number}, election {row.election}"
            yield from _election_faults(where, row, [c for c in councils if c.election == row.election])
    yield from twice("council-twice", "council", [council.council for council in councils])
    yield from twice("election-twice", "election", [row.election for a in articles for row in a.elections])
    yield from _circle_faults(councils)


def _council_faults(where: str, council: Council, rules: Mapping[str, ElectionRules]) -> Iterator[Fault]:
    yield from word_fault(where, "seated_by", council.seated_by, SEATED_BY)
    yield from word_fault(where, "elected_by", council.elected_by, ELECTED_BY)
    yield from named_fault(where, council.council, council.name)
    if ":" in council.council:
        expected = "a code without a colon, which stands between council and place in the code of a body"
        yield Fault("code-wrong", where, repr(council.council), expected, "choose another code")
    if council.seats < 1:
        yield Fault("seats-missing", where, f"{council.seats} seats", "at least one for each place", "give the number")
    if council.place and council.level:
        found = f"the place {council.place} and the level {council.level}"
        yield Fault("place-and-level", where, found, "one body at a place, or one at each of a level", "leave one out")
    if council.election not in rules:
        found = f"the rules {council.election!r}, which no article has" if council.election else "no rules of election"
        expected = " or ".join(rules) or "the code of rules that some article has"
        yield Fault("election-missing", where, found, expected, "say by which rules it is elected")


def _circle_faults(councils: Sequence[Council]) -> Iterator[Fault]:
    """Yield where delegates elect delegates and no member could ever begin."""
    upper = [council for council in councils if council.elected_by == "delegates"]
    if upper and len(upper) == len(councils):
        names = ", ".join(council.council for council in upper)
        expected = "at least one council that members elect, for the first delegates must come from somewhere"
        found = f"{names}, each elected by delegates"
        yield Fault("elected-in-a-circle", "statutes, councils", found, expected, "have members elect the lowest")
    seats: dict[tuple[str, str], list[Council]] = {}
    for council in upper:
        if council.seated_by == "itself":
            seats.setdefault((council.place, council.level), []).append(council)
    for same in seats.values():
        for one, other in pairwise(same):
            found = f"{one.council} and {other.council}, each elected by the delegates of the other's place"
            expected = "delegates who elect only upward"
            yield Fault("elected-in-a-circle", "statutes, councils", found, expected, "have members elect one of them")


def _election_faults(where: str, rules: ElectionRules, used_by: Sequence[Council]) -> Iterator[Fault]:
    yield from named_fault(where, rules.election, rules.name)
    yield from counting_faults(where, rules.rule, rules.options, rules.ties, "committee", RESERVED)
    yield from word_fault(where, "ballot", rules.ballot, BALLOTS)
    yield from word_fault(where, "electorate", rules.electorate, [e for e in ELECTORATES if e != "delegates"])
    yield from share_fault(where, "quorum", rules.quorum)
    yield from _time_faults(where, rules)
    yield from _quota_faults(where, rules, used_by)
    if not used_by:
        expected = "rules that some council names"
        yield Fault("election-unused", where, "rules that no council names", expected, "name them or remove them")
    if rules.rule in RULES and all(option.name != "seats" for option in RULES[rules.rule].options):
        for council in used_by:
            if council.seats > 1:
                found = f"{rules.rule}, which fills one seat, for the {council.seats} of {council.council}"
                yield Fault("seats-unfit", where, found, "a rule that fills several seats", "name another rule")


def _time_faults(where: str, rules: ElectionRules) -> Iterator[Fault]:
    for name in ("nomination_days", "days", "contest_days"):
        yield from day_faults(where, name, getattr(rules, name))
    yield from day_faults(where, "term_days", rules.term_days, least=1, most=LONGEST_TERM)
    yield from day_faults(where, "pause_days", rules.pause_days, most=LONGEST_TERM)
    takes = rules.nomination_days + rules.days + rules.contest_days
    if takes >= rules.term_days > 0:
        found = f"a term of {rules.term_days} days, and {takes} days to elect successors"
        expected = "an election that is over within the term before"
        yield Fault("deadlines-cross", where, found, expected, "lengthen the term or shorten the election")
    if rules.terms < 0:
        yield Fault("terms-wrong", where, f"{rules.terms} terms", "0 for no limit, or more", "correct the number")
    if bool(rules.terms > 0) is not bool(rules.pause_days > 0):
        found = f"{rules.terms} terms in a row and a pause of {rules.pause_days} days"
        expected = "both, or neither: the most terms in a row, and how long to stay out after them"
        yield Fault("rotation-half", where, found, expected, "say both or leave both out")


def _quota_faults(where: str, rules: ElectionRules, used_by: Sequence[Council]) -> Iterator[Fault]:
    if rules.quotas and rules.rule in RULES and all(o.name != "groups" for o in RULES[rules.rule].options):
        fitting = " or ".join(n for n, rule in RULES.items() if any(o.name == "groups" for o in rule.options))
        found = f"quotas with {rules.rule}, which cannot keep them"
        yield Fault("quotas-unfit", where, found, f"a rule that keeps quotas: {fitting}", "name another rule")
    sound = True
    for group, quota in rules.quotas.items():
        faults = [*_one_quota(f"{where}, quota {group}", quota)]
        sound = sound and not faults
        yield from faults
    if sound:
        yield from _together(where, rules.quotas, used_by)


def _one_quota(where: str, quota: Any) -> Iterator[Fault]:
    if not isinstance(quota, Mapping) or not quota or set(quota) - set(QUOTA_WORDS):
        expected = 'an object such as {"more": "1/2"}, {"least": "1/3"}, {"most": "2/3"}, or the last with another'
        yield Fault("quota-wrong", where, repr(quota)[:60], expected, "write it so")
        return
    wrong = [f for word, share in quota.items() for f in share_fault(f"{where}, {word}", "quota", share)]
    yield from wrong or _limits(where, quota)


def _limits(where: str, quota: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield where the limits of one quota contradict each other, say one thing twice, or leave no seats."""
    lower, strict = _lower(quota)
    if {"least", "more"} <= set(quota):
        needless = "more" if as_share(quota["least"]) > as_share(quota["more"]) else "least"
        remedy = f"leave out {needless}, which the other keeps"
        yield Fault("quota-doubled", where, _said(quota), "one of the two: at least a share, or more than it", remedy)
    if strict and lower == 1:
        expected, remedy = "more than a share below 1", 'write {"least": "1"} for all seats, or a smaller share'
        yield Fault("quota-beyond", where, f"{_said(quota)}: more than all seats", expected, remedy)
    elif "most" in quota and _over(lower, strict, as_share(quota["most"])):
        expected = "a least share that is not over the most, or more than a share below it"
        yield Fault("quota-crossed", where, _said(quota), expected, "correct one of them")


def _lower(quota: Mapping[str, Any]) -> tuple[Fraction, bool]:
    """Return the share from which on a quota is met, and whether it must be exceeded."""
    return as_share(quota.get("more", quota.get("least", "0"))), "more" in quota


def _over(lower: Fraction, strict: bool, limit: Fraction) -> bool:
    return lower >= limit if strict else lower > limit


def _said(quota: Mapping[str, Any]) -> str:
    words = {"least": "at least", "more": "more than", "most": "at most"}
    return " and ".join(f"{words[word]} {share}" for word, share in quota.items()) + " of the seats"


def _together(where: str, quotas: Mapping[str, Any], used_by: Sequence[Council]) -> Iterator[Fault]:
    """Yield quotas that exclude each other: of a group and of those who are not in it, and once seats are whole."""
    for group, quota in quotas.items():
        other = quotas.get(f"non-{group}")
        if other is not None:
            yield from _excluding(where, group, quota, other, [council.seats for council in used_by])
        for council in used_by:
            least, most = fewest(quota, council.seats), most_seats(quota, council.seats)
            if least > most:
                found = f"{group}: at least {least} and at most {most} of {council.seats} seats of {council.council}"
                expected = "quotas that whole seats can keep"
                yield Fault("quota-rounding", where, found, expected, "ease the quota or give more seats")


def _excluding(where: str, group: str, one: Any, other: Any, sizes: Sequence[int]) -> Iterator[Fault]:
    (own, more), (others, still_more) = _lower(one), _lower(other)
    most = as_share(one.get("most", "1")) + as_share(other.get("most", "1"))
    if _over(own + others, more or still_more, Fraction(1)) or most < 1:
        found = f"{group} with {_said(one)}, non-{group} with {_said(other)}"
        expected = "shares that leave all seats to the two: everybody is one of them and nobody both"
        yield Fault("quotas-exclude", where, found, expected, "ease one of the two")
        return
    for seats in sizes:
        least = fewest(one, seats) + fewest(other, seats)
        most_together = most_seats(one, seats) + most_seats(other, seats)
        if least > seats or most_together < seats:
            found = f"from {least} to {most_together} seats for {group} and non-{group}, once each share is rounded"
            expected = f"quotas that all {seats} seats can keep"
            yield Fault("quota-rounding", where, found, expected, "ease one of the two or give more seats")
