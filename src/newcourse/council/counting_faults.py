"""What is wrong with a rule of counting as statutes name it: its kind, its options, how ties are settled."""

from collections.abc import Iterator, Mapping
from typing import Any

from newcourse.council.faulty import kind_fault, word_fault
from newcourse.errors import BadInput, Fault
from newcourse.vote.rule import RULES, frozen_rule
from newcourse.vote.ties import CANDIDATE_ORDER, LOT


def counting_faults(
    where: str, rule: str, options: Mapping[str, Any], ties: str, wanted: str, reserved: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield the faults of a rule with its options.

    Parameters
    ----------
    where
        Place of the faults.
    rule, options, ties
        As the statutes have them.
    wanted
        Kind of result that the rule must give; empty where that is unknown.
    reserved
        Options that other words of the statutes decide.
    """
    yield from word_fault(where, "ties", ties, (CANDIDATE_ORDER, LOT))
    yield from kind_fault(where, rule, wanted or (RULES[rule].kind if rule in RULES else ""))
    if rule not in RULES:
        return
    if ties == LOT and all(option.name != "ties" for option in RULES[rule].options):
        found = f"{rule}, which never has a tie to settle"
        yield Fault("lot-unused", f"{where}, ties", found, CANDIDATE_ORDER, "leave the lot out")
    for name in reserved:
        if name in options:
            expected = f"what other words here say of {name}"
            found = f"option {name} of the rule"
            yield Fault("option-reserved", where, found, expected, f"remove {name} from the options")
    try:
        frozen_rule(rule, {name: value for name, value in options.items() if name not in reserved})
    except BadInput as error:
        yield from (Fault(f.code, f"{where}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults)
