"""What the rules that divide a whole have in common."""

from collections.abc import Mapping
from fractions import Fraction

from newcourse.verifier.rules.question import Answer, undecided


def nobody_voted() -> Answer:
    """Return the answer to an empty box."""
    return undecided("no-ballots", "No ballot was cast, so the whole cannot be divided.")


def division(amounts: Mapping[str, Fraction]) -> Answer:
    """Return amounts by part, divided by their sum, as an answer."""
    total = sum(amounts.values(), Fraction(0))
    shares = {part: amount / total for part, amount in amounts.items()}
    rows = sorted(shares.items(), key=lambda row: -row[1])
    words = ", ".join(f"{part} {percent(share)}" for part, share in rows)
    result = {"shares": {part: str(share) for part, share in shares.items()}}
    return Answer(result, f"The whole is divided: {words}.")


def percent(share: Fraction) -> str:
    """Return a share in per cent, rounded half up to one decimal."""
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10} %"
