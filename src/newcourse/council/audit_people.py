"""What an audit finds in the entries of members, elections, recalls and countbacks (design §8.2, §8.3)."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Final

from newcourse.council.bodies import belongs, body_named, constituency_electorate
from newcourse.council.counting_back import refill
from newcourse.council.mandates import Mandate
from newcourse.council.refilling import not_vacant
from newcourse.council.seen import Seen
from newcourse.council.vouched import too_many
from newcourse.errors import Fault
from newcourse.vote.outcome import Committee, Tally

Check = Callable[[Seen], list[Fault]]


def _unlawful_petition(seen: Seen) -> list[Fault]:
    """Find petitioners of other constituencies, and a number of signatures that the statutes do not say."""
    mandate = seen.state.mandates[seen.body["mandate"]]
    faults = _stranger(seen, mandate)
    body = body_named(seen.state, mandate.body)
    electorate = constituency_electorate(seen.state, body, mandate.constituency)
    needed = max(1, ceil(Fraction(seen.state.law.recall.support) * len(electorate)))
    if seen.body["needed"] != needed:
        faults.append(seen.fault("signatures-other", f"{seen.body['needed']} signatures needed", f"{needed}"))
    return faults


def _unlawful_signature(seen: Seen) -> list[Fault]:
    """Find signatures from other constituencies, and late ones."""
    petition = seen.state.petitions[seen.body["petition"]]
    faults = _stranger(seen, seen.state.mandates[petition.mandate])
    if seen.now > petition.ends:
        faults.append(seen.fault("signature-late", f"a signature at {seen.now}", f"signatures until {petition.ends}"))
    return faults


def _stranger(seen: Seen, mandate: Mandate) -> list[Fault]:
    body = body_named(seen.state, mandate.body)
    if belongs(seen.state, body, mandate.constituency, seen.entry.actor):
        return []
    expected = f"members of the constituency that sent {mandate.person}"
    return [seen.fault("constituency-other", f"{seen.entry.actor}, who does not elect there", expected)]


def _unlawful_refill(seen: Seen) -> list[Fault]:
    """Find seats that were not vacant, and others than those whom the ballots name; the ballots are counted again."""
    state, mandate = seen.state, seen.state.mandates[seen.body["mandate"]]
    where = f"entry {seen.entry.sequence}"
    if faults := not_vacant(state, mandate, seen.now, where):
        return [seen.fault(fault.code, fault.found, fault.expected) for fault in faults]
    if seen.read is None:
        return []
    tally = refill(state, seen.read, mandate, seen.now, where)
    named = tally.result.elected[0] if isinstance(tally, Tally) and isinstance(tally.result, Committee) else "nobody"
    if named == seen.body["person"]:
        return []
    found, expected = f"the seat given to {seen.body['person']}", f"{named} (the ballots counted back again)"
    return [seen.fault("countback-differs", found, expected)]


def _unlawful_move(seen: Seen) -> list[Fault]:
    """Find members whom somebody else moved to other electors."""
    person, actor = seen.body["person"], seen.entry.actor
    if person == actor:
        return []
    return [seen.fault("moved-by-another", f"{actor}, who moves {person}", "members who move by themselves")]


def _unlawful_vouching(seen: Seen) -> list[Fault]:
    """Find members who vouch for more people than the statutes let one member vouch for."""
    many = too_many(seen.state, seen.entry.actor, seen.body["person"], seen.now)
    return [seen.fault("vouched-many", many.found, many.expected)] if many else []


PEOPLE_CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "petition_recall": _unlawful_petition,
        "sign_petition": _unlawful_signature,
        "fill_vacancy": _unlawful_refill,
        "transfer": _unlawful_move,
        "join": _unlawful_vouching,
        "verify_member": _unlawful_vouching,
    }
)
"""What is checked beyond authority, by act."""
