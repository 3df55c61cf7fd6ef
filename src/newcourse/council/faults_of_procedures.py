"""What is wrong with recall, amendment, secrecy and vouching: what could never come to its end (design §4, §8.2)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from newcourse.council.articles import Amending, Article, Decision, ElectionRules, RecallRules, Secrecy
from newcourse.council.faulty import as_share, day_faults, share_fault, word_fault
from newcourse.council.vouching import Vouching
from newcourse.council.words import BALLOTS, BELOW_SECRET
from newcourse.errors import Fault

REFILLS: Final[dict[str, str]] = {
    "countback": "the ballots of the election are counted again without whoever vacated the seat",
    "election": "the constituency elects again",
}
"""How a vacated seat is filled."""

COUNTED_BACK: Final = ("scottish-stv",)
"""Rules whose ballots a countback can count again."""

LEAST_SECRET: Final = 2


def procedure_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield everything that is wrong with recall, amendment, secrecy and vouching."""
    elections = [rules for article in articles for rules in article.elections]
    for name, needed in (("recall", True), ("amending", True), ("secrecy", False), ("vouching", False)):
        yield from _count_faults(articles, name, needed=needed)
    for article in articles:
        where = f"statutes, article {article.number}"
        if article.recall:
            yield from _recall_faults(f"{where}, recall", article.recall, elections)
        if article.amending:
            yield from _amending_faults(f"{where}, amending", article.amending, articles)
        if article.secrecy:
            yield from _secrecy_faults(f"{where}, secrecy", article.secrecy)
        if article.vouching:
            yield from _vouching_faults(f"{where}, vouching", article.vouching)
    yield from _unnamed(articles)


def _count_faults(articles: Sequence[Article], name: str, *, needed: bool) -> Iterator[Fault]:
    having = [article.number for article in articles if getattr(article, name)]
    if len(having) > 1 or (needed and not having):
        found = f"{len(having)} articles: {', '.join(having) or 'none'}"
        expected = f"one article with rules for {name}" + ("" if needed else ", or none for the usual ones")
        yield Fault(f"{name}-rules", f"statutes, {name}", found, expected, "keep one")


def _recall_faults(where: str, rules: RecallRules, elections: Sequence[ElectionRules]) -> Iterator[Fault]:
    yield from share_fault(where, "support", rules.support, positive=True)
    yield from share_fault(where, "quorum", rules.quorum)
    yield from share_fault(where, "threshold", rules.threshold)
    if as_share(rules.threshold) == 1:
        found = "a threshold of all votes, which must be exceeded"
        yield Fault("threshold-wrong", where, found, "a share below 1", "correct the threshold")
    yield from day_faults(where, "sign_days", rules.sign_days, least=1)
    yield from day_faults(where, "days", rules.days)
    yield from day_faults(where, "spared_days", rules.spared_days)
    yield from word_fault(where, "ballot", rules.ballot, BALLOTS)
    yield from word_fault(where, "refill", rules.refill, REFILLS)
    for election in elections:
        if rules.spared_days >= election.term_days > 0:
            found = f"{rules.spared_days} days spared in a term of {election.term_days} days"
            expected = "a term in which there is time for recall"
            yield Fault("deadlines-cross", where, found, expected, "spare fewer days")
        if rules.refill == "countback" and election.rule not in COUNTED_BACK:
            found = f"a countback of {election.election}, which is counted by {election.rule}"
            expected = f"{' or '.join(COUNTED_BACK)}, or the refill election"
            yield Fault("countback-unfit", where, found, expected, "change the one or the other")


def _amending_faults(where: str, rules: Amending, articles: Sequence[Article]) -> Iterator[Fault]:
    decisions = {decision.decision: decision for article in articles for decision in article.decisions}
    yield from _decision_on_statutes(where, "decision", rules.decision, decisions)
    if rules.entrenched_decision:
        yield from _decision_on_statutes(where, "entrenched_decision", rules.entrenched_decision, decisions)
    yield from day_faults(where, "notice_days", rules.notice_days)
    numbers = [article.number for article in articles]
    for number in rules.entrenched:
        if number not in numbers:
            expected = f"one of the articles {', '.join(numbers)}"
            yield Fault("entrenched-unknown", where, repr(number), expected, "correct the number")
    if bool(rules.entrenched) is not bool(rules.entrenched_decision):
        found = "entrenched articles" if rules.entrenched else "an entrenched decision"
        lacking = "a kind of decision that can touch them" if rules.entrenched else "articles that it protects"
        yield Fault("entrenched-half", where, f"{found} without {lacking}", "both or neither", "add or remove one")


def _decision_on_statutes(where: str, word: str, code: str, decisions: dict[str, Decision]) -> Iterator[Fault]:
    decision = decisions.get(code)
    if decision is None or decision.subject != "statutes":
        known = " or ".join(d.decision for d in decisions.values() if d.subject == "statutes")
        found = f"{code!r}, {'which is no kind of decision' if decision is None else f'on {decision.subject}'}"
        expected = known or "a kind of decision on statutes, or nothing could ever be amended"
        yield Fault("amending-impossible", f"{where}, {word}", found, expected, "name such a kind of decision")


def _secrecy_faults(where: str, rules: Secrecy) -> Iterator[Fault]:
    yield from word_fault(where, "below", rules.below, BELOW_SECRET)
    if rules.least_secret < LEAST_SECRET:
        found = f"secret ballots of {rules.least_secret}"
        expected = f"at least {LEAST_SECRET}: the result of one person's vote tells how they voted"
        yield Fault("least_secret-wrong", where, found, expected, "correct the number")


def _vouching_faults(where: str, rules: Vouching) -> Iterator[Fault]:
    if rules.most < 1:
        found = f"{rules.most} people for whom one member can vouch"
        expected = "at least 1, or nobody could be brought in once the first cycle is opened"
        yield Fault("dead-end", where, found, expected, "correct the number")
    yield from day_faults(where, "days", rules.days, least=1)


def _unnamed(articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield kinds of decision on statutes that the procedure does not name: nobody could say which is competent."""
    rules: list[Any] = [article.amending for article in articles if article.amending]
    named = {code for row in rules for code in (row.decision, row.entrenched_decision)}
    for article in articles:
        for decision in article.decisions:
            if decision.subject == "statutes" and decision.decision not in named:
                where = f"statutes, article {article.number}, decision {decision.decision}"
                found, expected = "a decision on statutes that amending does not name", "those that it names"
                yield Fault("competence-twice", where, found, expected, "name it there or remove it")
