"""Whether a vote was opened as the statutes say: rule, ballot, length, electorate, and the key of its tokens."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from newcourse.council.counting import deciding_place, electorate_of, entitled
from newcourse.council.freeze import is_commitment
from newcourse.council.seen import Seen
from newcourse.errors import BadInput, Fault
from newcourse.record.entry import time_text
from newcourse.tokens.keys import read_public
from newcourse.vote.rule import frozen_rule
from newcourse.vote.ties import LOT


def unlawful_opening(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with the opening of a vote, of whatever kind."""
    frozen = seen.body["frozen"]
    electorate = electorate_of(seen.state, frozen["electors"], frozen["place"])
    yield from _mismatches(seen, frozen, _as_law_says(seen, frozen, electorate), "vote-unlawful")
    yield from _mismatches(seen, frozen, _as_act_writes(seen), "vote-unlawful")
    if frozen["ties"] == LOT and not is_commitment(frozen["commitment"]):
        yield seen.fault("commitment-missing", repr(frozen["commitment"]), "the hash of the opener's line")
    least = seen.state.law.secrecy.least_secret
    if frozen["ballot"] == "secret" and len(electorate) < least:
        yield seen.fault("electorate-small", f"a secret vote of {len(electorate)}", f"at least {least} entitled")
    yield from _key_faults(seen, frozen)
    roll = seen.data(seen.body["roll"])
    if roll is not None and roll.get("roll") != list(electorate):
        found, expected = "a roll of other people", f"the {len(electorate)} who were entitled then"
        yield seen.fault("roll-differs", found, expected)


def _as_act_writes(seen: Seen) -> dict[str, Any]:
    return {"vote": f"V{len(seen.state.votes) + 1}", "opener": seen.entry.actor}


def _as_law_says(seen: Seen, frozen: Mapping[str, Any], electorate: tuple[str, ...]) -> dict[str, Any]:
    """Return what the statutes fix of this vote, as far as they do."""
    law = seen.state.law
    if frozen["subject"] == "election":
        rules: Any = law.elections.get(frozen["decision"])
    elif frozen["subject"] == "recall":
        rules = law.recall
    else:
        rules = law.decisions.get(frozen["decision"])
    if rules is None:
        return {"decision": "one that the statutes name"}
    asked = "open" if frozen["electors"].startswith("delegates") else rules.ballot
    says = {
        "quorum": rules.quorum,
        "ballot": law.ballot_held(asked, len(electorate)),
        "closes": time_text(seen.now + timedelta(days=rules.days)),
    }
    says |= {name: getattr(rules, name) for name in ("rule", "ties", "subject") if hasattr(rules, name)}
    return says | _of_decision(seen, frozen, rules)


def _of_decision(seen: Seen, frozen: Mapping[str, Any], rules: Any) -> dict[str, Any]:
    """Return what the statutes fix of decisions that are no elections, recalls or instructions."""
    if not hasattr(rules, "council") or frozen["subject"] == "instruction":
        return {}
    state, place = seen.state, frozen["place"]
    council = state.law.councils[rules.council]
    where = deciding_place(state, council, place)
    options: Any = frozen_rule(rules.rule, rules.options)["options"]
    found = electorate_of(state, frozen["electors"], place)
    same = found == entitled(state, rules, place)
    return {
        "options": {name: value for name, value in options.items() if name != "ties"},
        "place": "" if where == state.tree.root else where,
        "electors": frozen["electors"] if same else "the electorate that the article names",
    }


def _mismatches(seen: Seen, frozen: Mapping[str, Any], right: Mapping[str, Any], code: str) -> Iterator[Fault]:
    for name, expected in right.items():
        if frozen[name] != expected:
            yield seen.fault(code, f"{name} {frozen[name]!r}", f"{expected!r}, as the statutes and the record say")


def _key_faults(seen: Seen, frozen: Mapping[str, Any]) -> Iterator[Fault]:
    if frozen["ballot"] != "secret":
        if frozen["token_key"]:
            yield seen.fault("token-key", "a key for tokens", "none in a vote that is not secret")
        return
    try:
        read_public(b64decode(frozen["token_key"], validate=True))
    except (BadInput, ValueError):
        yield seen.fault("token-key", "no public key for tokens", "an RSA key of 2048 bits")
