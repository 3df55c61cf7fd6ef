"""A seat refilled by countback, counted back again from the published ballots of its election."""

from collections.abc import Iterator, Mapping
from typing import Any

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import hash_of
from newcourse.verifier.checks.recount import question_of
from newcourse.verifier.dossier import Dossier
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Entry
from newcourse.verifier.rules.countback import countback
from newcourse.verifier.rules.question import CannotCount, TooLarge


def check_countback(bundle: Bundle, entry: Entry, votes: Mapping[str, Dossier]) -> Iterator[Finding]:
    """Yield whether the papers that elected who left give the seat to whom the entry names."""
    body = entry.body
    topic = Topic("countback", f"mandate {body.get('mandate')}")
    told = bundle.artefact(body["countback"]) if "countback" in body else None
    if told is None:
        yield topic.unchecked(f"not recounted: the bundle does not have the countback of entry {entry.sequence}.")
        return
    dossier = votes[told["vote"]]
    rows, stand = dossier.rows(bundle), _stand(told)
    if rows is None:
        yield topic.wrong("the ballots of its election are not in the bundle.")
        return
    try:
        answer = countback(question_of(dossier, rows), str(dossier.frozen["rule"]), told["vacated"], stand)
    except TooLarge as reason:
        yield topic.unchecked(f"not recounted: {reason}.")
        return
    except CannotCount as reason:
        yield topic.wrong(f"it cannot be counted back: {reason}.")
        return
    faults = [] if told["mandate"] == body["mandate"] else ["the countback is of another mandate"]
    if not answer.decided or [body["person"]] != answer.result.get("elected"):
        faults.append(f"entry {entry.sequence} gives the seat to {body['person']}; counted again: {answer.sentence}")
    for name, value in (("result", answer.result), ("sentence", answer.sentence)):
        if hash_of(told[name]) != hash_of(value):
            faults.append(f"the kept countback has another {name}")
    if body["sentence"] != answer.sentence:
        faults.append(f"its sentence is {body['sentence']!r}, counted again it is {answer.sentence!r}")
    yield topic.verdict(faults, f"counted back again, the result is the same: {answer.sentence}")
    yield topic.unchecked("that all candidates who could take the seat, and no others, stood in the countback.")


def _stand(told: Mapping[str, Any]) -> list[str]:
    """Return who stood: all who have votes in the first stage; without stages, the only one there was."""
    stages = told["result"]["stages"]
    return list(stages[0]["votes"]) if stages else list(told["result"]["elected"])
