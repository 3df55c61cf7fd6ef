"""What the rules that divide seats among lists have in common: votes, thresholds, minima, equal claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from newcourse.verifier.rules.allocations import percent
from newcourse.verifier.rules.ballots import strict_orders
from newcourse.verifier.rules.question import Answer, CannotCount, Question, undecided, whole


@dataclass(frozen=True, slots=True)
class House:
    """Seats to be divided.

    Parameters
    ----------
    question
        What is asked.
    seats
        How many.
    votes
        Of the lists that take part, in candidate order.
    least
        Seats that each of them gets in any case.
    """

    question: Question
    seats: int
    votes: Mapping[str, Fraction]
    least: Mapping[str, int]

    def served(self, claims: Mapping[str, object], left: int) -> list[str]:
        """Return who of the lists with equal claims, in candidate order, is served while seats are left."""
        equal = list(claims)
        if len(equal) <= left:
            return equal
        if self.question.yes("votes_first"):
            order: list[str] = []
            for votes in sorted({self.votes[name] for name in equal}, reverse=True):
                order += self.question.ties.settle([name for name in equal if self.votes[name] == votes])
            return order[:left]
        return self.question.ties.settle(equal)[:left]

    def answer(self, held: Mapping[str, int]) -> Answer:
        """Return the seats as an answer."""
        seats = {name: held.get(name, 0) for name in self.question.candidates}
        rows = ", ".join(f"{name} {number}" for name, number in seats.items())
        return Answer({"seats": seats}, f"{self.seats} {'seats are' if self.seats > 1 else 'seat is'} divided: {rows}.")


def house_of(question: Question) -> House | Answer:
    """Return the seats and who takes part, or the answer where nothing can be divided."""
    seats, names = question.whole("seats", 1, 1), question.candidates
    first = [order[0] for order in strict_orders(question) if order]
    if not question.ballots:
        return undecided("no-ballots", "No ballot was cast, so no seat can be given.")
    if not first:
        reason = f"None of {len(question.ballots)} ballots counts for a list, so no seat can be given."
        return undecided("no-valid-ballots", reason)
    votes = {name: Fraction(first.count(c)) for c, name in enumerate(names)}
    inside = {name: number for name, number in votes.items() if _takes_part(question, name, votes, seats)}
    if not inside:
        return undecided("no-list-admitted", _nobody_in(question, votes, seats))
    reserved = question.options.get("reserved", {})
    if set(reserved).difference(names):
        raise CannotCount("reserved seats of an unknown list")
    minimum = question.whole("minimum", 0)
    least = {name: max(minimum, whole(reserved.get(name, 0), "reserved")) for name in inside}
    if sum(least.values()) > seats:
        reason = f"The minima fixed beforehand need {sum(least.values())} seats, but there are {seats}."
        return undecided("minimum-too-many", reason)
    return House(question, seats, inside, least)


def best(claims: Mapping[str, Fraction] | Mapping[str, tuple[bool, Fraction]]) -> dict[str, object]:
    """Return the largest claims, in their order."""
    most = max(claims.values())
    return {name: claim for name, claim in claims.items() if claim == most}


def _takes_part(question: Question, name: str, votes: Mapping[str, Fraction], seats: int) -> bool:
    given, total = votes[name], sum(votes.values(), Fraction(0))
    if not given:
        return False
    needed = question.number("threshold") * total
    enough = given > needed if question.yes("strictly") else given >= needed
    quota = not question.yes("whole_quota") or given * seats >= total
    return name in _exempt(question) or (enough and quota)


def _exempt(question: Question) -> Sequence[str]:
    exempt = question.options.get("exempt", [])
    if set(exempt).difference(question.candidates):
        raise CannotCount("an unknown list is exempt")
    return list(exempt)


def _nobody_in(question: Question, votes: Mapping[str, Fraction], seats: int) -> str:
    share, needs, total = question.number("threshold"), [], sum(votes.values(), Fraction(0))
    if share:
        needs.append(f"{'more than' if question.yes('strictly') else 'at least'} {percent(share)} of valid votes")
    if question.yes("whole_quota"):
        needs.append("one whole quota")
    exempt = f", except {', '.join(_exempt(question))}" if _exempt(question) else ""
    words = f"; needed are {' and '.join(needs)}{exempt}" if needs else ""
    out = ", ".join(f"{name} with {percent(given / total)}" for name, given in votes.items() if given)
    return f"No list takes part in the division of {seats} seats{words}. Not: {out}."
