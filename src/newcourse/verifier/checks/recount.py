"""The result of a vote, counted again by the frozen rule from the published ballots."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import canonical, hash_of, sha256
from newcourse.verifier.dossier import Dossier
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Entry
from newcourse.verifier.rules.question import Answer, CannotCount, Question, Ties, TooLarge, exact, undecided
from newcourse.verifier.rules.registry import RULES

LOT: Final = "lot"
WITHHELD: Final = (
    "The opener of the vote withheld the line that the lot needs, and there was a tie. Nothing is decided."
)


def check_count(bundle: Bundle, dossier: Dossier) -> Iterator[Finding]:
    """Yield whether each count of a vote, made again, gives the same."""
    topic, counts = Topic("count", f"vote {dossier.vote}"), dossier.counts
    if not counts:
        yield topic.unchecked("it is not counted yet.")
        return
    rows = dossier.rows(bundle)
    if rows is None:
        yield topic.wrong("it was counted, and its ballots are not closed or not in the bundle.")
        return
    rule = str(dossier.frozen["rule"])
    if rule not in RULES:
        yield topic.unchecked(f"not recounted: this program does not know the rule {rule}.")
        return
    try:
        answer = count(dossier, rows)
    except TooLarge as reason:
        yield topic.unchecked(f"not recounted: {reason}.")
        return
    except CannotCount as reason:
        yield topic.wrong(f"the ballots cannot be counted by {rule}: {reason}.")
        return
    for entry in counts:
        faults = [*_secret_line(dossier), *_differences(bundle, dossier, entry, answer, rows)]
        well = f"counted again by {rule} from {len(rows)} ballots, the result is the same: {answer.sentence}"
        yield topic.verdict(faults, well)
    for entry in dossier.of("decide_contest"):
        if entry.body.get("outcome") == "upheld":
            yield topic.unchecked(f"its result was contested, and by entry {entry.sequence} it fell.")


def count(dossier: Dossier, rows: Sequence[dict[str, Any]]) -> Answer:
    """Return the answer of the frozen rule to the published ballots."""
    frozen, ballots = dossier.frozen, tuple(row["ballot"] for row in rows)
    size = int(frozen["electorate"]["size"])
    needed = ceil(exact(frozen["quorum"], "quorum") * size)
    if len(ballots) < needed:
        words = f"{len(ballots)} of {size} entitled voted, {needed} were needed. Nothing is decided."
        return undecided("quorum-missed", f"The quorum is missed: {words}")
    question = question_of(dossier, rows)
    answer = RULES[frozen["rule"]](question)
    if frozen["ties"] == LOT and not _secret(dossier) and question.ties.used:
        return undecided("lot-withheld", WITHHELD)
    return answer


def question_of(dossier: Dossier, rows: Sequence[dict[str, Any]]) -> Question:
    """Return what a vote asks: candidates, ballots, options and tie rule as they were frozen and published."""
    frozen, secret = dossier.frozen, _secret(dossier)
    ties = Ties(seed(dossier, rows, secret) if frozen["ties"] == LOT and secret else "")
    return Question(tuple(frozen["candidates"]), tuple(row["ballot"] for row in rows), frozen["options"], ties)


def seed(dossier: Dossier, rows: Sequence[dict[str, Any]], secret: str) -> str:
    """Return the seed of the lot: of the opener's line and the ballots, in an open vote those of all others."""
    if dossier.kind == "open":
        opener = dossier.frozen["opener"]
        return hash_of(
            {"secret": secret, "ballots": {row["voter"]: row["ballot"] for row in rows if row["voter"] != opener}}
        )
    return hash_of({"secret": secret, "ballots": sorted(canonical(row["ballot"]).decode() for row in rows)})


def _secret(dossier: Dossier) -> str:
    closing = dossier.closing
    return str(closing.body.get("secret") or "") if closing else ""


def _secret_line(dossier: Dossier) -> Iterator[str]:
    line = _secret(dossier)
    if line and dossier.frozen["ties"] == LOT and sha256(line.encode()) != dossier.frozen["commitment"]:
        yield "the line for the lot is not the one that its opener was committed to"


def _differences(
    bundle: Bundle, dossier: Dossier, entry: Entry, answer: Answer, rows: Sequence[dict[str, Any]]
) -> Iterator[str]:
    said, closing = entry.body, dossier.closing
    mine = {
        "decided": answer.decided,
        "result": answer.result,
        "sentence": answer.sentence,
        "ballots": len(rows),
    }
    for name, value in mine.items():
        if name == "ballots" and isinstance(said.get(name), str):
            continue  # where one entry closes and counts, it may cite the ballots under this name
        if name not in said or hash_of(said[name]) != hash_of(value):
            yield f"{name}: entry {entry.sequence} says {_short(said.get(name))}, counted again it is {_short(value)}"
    if closing is not None and entry.sequence < closing.sequence:
        yield f"entry {entry.sequence} counts it before it was closed"
    outcome = bundle.artefact(said.get("outcome"))
    if outcome is not None:
        yield from _outcome_faults(dossier, outcome, said, rows)


def _outcome_faults(
    dossier: Dossier, outcome: dict[str, Any], said: dict[str, Any], rows: Sequence[dict[str, Any]]
) -> Iterator[str]:
    told = outcome["outcome"]
    agree = {
        "vote": outcome["vote"] == dossier.vote,
        "question": outcome["question"] == dossier.frozen["question"],
        "rule": told["rule"] == dossier.frozen["rule"],
        "candidates": told["candidates"] == dossier.frozen["candidates"],
        "ballots": told["ballots"] == len(rows),
        "decided": told["decided"] == said["decided"],
        "result": hash_of(told["result"]) == hash_of(said["result"]),
        "sentence": told["sentence"] == said["sentence"],
        "box": "published" not in outcome
        or outcome["published"] == (dossier.closing or dossier.opening).body["ballots"],
    }
    yield from (f"the kept outcome has another {name}" for name, same in agree.items() if not same)
    if "profile" in outcome:
        pairs = [(row["ballot"], row["times"]) for row in outcome["profile"]["ballots"]]
        if _tally(pairs) != _tally([(row["ballot"], 1) for row in rows]):
            yield "the kept outcome has other ballots"


def _tally(pairs: Sequence[tuple[Any, int]]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for ballot, times in pairs:
        key = canonical(ballot)
        found[key] = found.get(key, 0) + times
    return found


def _short(value: object) -> str:
    text = canonical(value).decode()
    return text if len(text) <= 120 else f"{text[:117]}..."
