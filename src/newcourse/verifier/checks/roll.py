"""The roll of a vote: its Merkle root is the frozen one, and everybody on it had become a member on the record."""

from collections.abc import Iterator

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import hash_of
from newcourse.verifier.dossier import Dossier, duplicates
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.members import Members
from newcourse.verifier.merkle import root_of


def check_roll(bundle: Bundle, dossier: Dossier, members: Members) -> Iterator[Finding]:
    """Yield whether the roll is the frozen one, and what the record says of those on it."""
    topic, frozen, roll = Topic("roll", f"vote {dossier.vote}"), dossier.frozen, dossier.roll(bundle)
    if roll is None:
        yield topic.unchecked("the bundle has no roll of this vote, so who may vote could not be checked.")
        return
    there, faults = members.until(dossier.opening.sequence), []
    electorate = frozen["electorate"]
    if duplicates(roll):
        faults.append(f"{duplicates(roll)[0]} stands on the roll twice")
    if electorate["size"] != len(roll):
        faults.append(f"the roll has {len(roll)} names, and {electorate['size']} were frozen")
    if "root" in electorate and root_of(name.encode() for name in sorted(roll)).hex() != electorate["root"]:
        faults.append("the root over the roll is not the frozen one")
    if "root" not in electorate and hash_of(sorted(roll)) != electorate["hash"]:
        faults.append("the hash of the roll is not the frozen one")
    faults += [f"{name} was no member when it was opened" for name in roll if name not in there]
    electors = str(frozen.get("electors", ""))
    due = members.entitled(electors, str(frozen.get("place", "")))
    if due is None:
        yield topic.verdict(faults, f"{len(roll)} names have the frozen root, and were members when it was opened.")
        yield topic.unchecked(f"whether the roll has all {electors or 'who are entitled'} was not worked out anew.")
        return
    faults += [f"{name} belongs to the {electors} and is not on the roll" for name in sorted(due.difference(roll))]
    faults += [f"{name} is on the roll and not one of the {electors}" for name in sorted(set(roll) & set(there) - due)]
    yield topic.verdict(faults, f"{len(roll)} names have the frozen root: all {electors} there when it was opened.")
