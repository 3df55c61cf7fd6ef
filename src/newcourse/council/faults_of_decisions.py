"""What is wrong with kinds of decision: who decides, by which rule, whether it can ever be decided (design §4)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from newcourse.council.articles import Article, Council, Decision
from newcourse.council.counting_faults import counting_faults
from newcourse.council.faulty import day_faults, named_fault, share_fault, twice, word_fault
from newcourse.council.words import BALLOTS, DECIDED, ELECTORATES, SUBJECTS
from newcourse.errors import Fault
from newcourse.vote.plain import fraction

RESERVED: Final = ("ties", "quorum", "members")
"""Options of rules that decisions themselves say: tie rule, quorum, electorate."""

ONCE: Final = ("weights", "variant")
"""Decided once in each cycle, for the whole federation: without these two votes no cycle can come to its end."""


def decision_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield everything that is wrong with kinds of decision."""
    councils = {council.council: council for article in articles for council in article.councils}
    decisions = [decision for article in articles for decision in article.decisions]
    for article in articles:
        for decision in article.decisions:
            where = f"statutes, article {article.number}, decision {decision.decision}"
            yield from _one(where, decision, councils.get(decision.council), sorted(councils))
    yield from twice("decision-twice", "decision", [decision.decision for decision in decisions])
    yield from _competence_faults(decisions)


def _one(where: str, decision: Decision, council: Council | None, councils: Sequence[str]) -> Iterator[Fault]:
    yield from named_fault(where, decision.decision, decision.name)
    if council is None:
        expected = " or ".join(councils) or "a council that some article sets up"
        found = f"nobody: no council {decision.council!r}"
        yield Fault("electorate-empty", where, found, expected, "name the council")
    yield from word_fault(where, "subject", decision.subject, DECIDED)
    yield from word_fault(where, "electorate", decision.electorate, ELECTORATES)
    yield from word_fault(where, "ballot", decision.ballot, BALLOTS)
    yield from share_fault(where, "quorum", decision.quorum)
    yield from day_faults(where, "days", decision.days)
    wanted = SUBJECTS.get(decision.subject, "")
    yield from counting_faults(where, decision.rule, decision.options, decision.ties, wanted, RESERVED)
    yield from _threshold_faults(where, decision)
    if decision.electorate == "delegates" and decision.ballot != "open":
        found = f"a {decision.ballot} ballot of delegates"
        expected = "an open one: those who sent them must see how they vote"
        yield Fault("delegates-unseen", where, found, expected, "make the ballot open, or have the members vote")
    if decision.subject in (*ONCE, "statutes") and council is not None and (council.level or council.place):
        found = f"{decision.subject}, decided by the council {council.council} of a part of the federation"
        expected = "a council of the whole federation, without place or level"
        yield Fault("part-for-whole", where, found, expected, "name such a council")


def _threshold_faults(where: str, decision: Decision) -> Iterator[Fault]:
    threshold = fraction(decision.options.get("threshold"))
    if threshold is None or decision.rule != "majority":
        return
    exceeded = decision.options.get("comparison", "more-than") == "more-than"
    if threshold > 1 or (exceeded and threshold == Fraction(1)):
        found = f"{'more than' if exceeded else 'at least'} {threshold} of the votes"
        yield Fault("threshold-wrong", where, found, "a share that votes can reach", "correct the threshold")


def _competence_faults(decisions: Sequence[Decision]) -> Iterator[Fault]:
    """Yield subjects that nothing decides, and bodies in which two kinds of decision are competent for one subject."""
    subjects = Counter(decision.subject for decision in decisions)
    for subject in ONCE:
        if subjects[subject] != 1:
            found = f"{subjects[subject]} decisions on {subject}"
            expected = f"exactly one decision on {subject}, or no cycle could come to its end"
            yield Fault("dead-end", "statutes, decisions", found, expected, f"say how {subject} is voted on")
    for subject, use in (("motion", "no cycle could be ended without a plan"), ("instruction", "nobody be instructed")):
        if not subjects[subject]:
            expected = f"at least one decision on it, or {use}"
            yield Fault(
                "dead-end", "statutes, decisions", f"no decision on {subject}", expected, f"say how a {subject} passes"
            )
    bodies = Counter((d.subject, d.council) for d in decisions if d.subject in ("motion", "instruction"))
    for (subject, council), times in bodies.items():
        if times > 1:
            where = f"statutes, decisions on {subject} in {council}"
            expected = "one competent kind of decision, so that nobody can choose the easier"
            yield Fault("competence-twice", where, f"{times} kinds of decision", expected, "keep one of them")
