"""The program: ``python verify.pyz BUNDLE`` or ``python -m newcourse.verifier BUNDLE``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from newcourse.verifier.bundle import Bundle, open_bundle
from newcourse.verifier.findings import UNCHECKED, WRONG, Finding, Unreadable
from newcourse.verifier.limits import LIMITS
from newcourse.verifier.note import BadNote, unbase64
from newcourse.verifier.verifying import verify

SOUND_EXIT: Final = 0
UNREADABLE_EXIT: Final = 2
WRONG_EXIT: Final = 6

_MARKS: Final = {WRONG: "WRONG      ", UNCHECKED: "not checked"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify a bundle, print the report, and return the exit code: 0 sound, 6 not sound, 2 unreadable."""
    parser = argparse.ArgumentParser(
        description="Verify a bundle of a public record and count its votes again.",
        epilog="Exit codes: 0 sound, 2 the bundle cannot be read, 6 something is wrong.",
    )
    parser.add_argument("bundle", type=Path, help="zip or folder")
    parser.add_argument("--receipt", type=Path, action="append", default=[], help="a receipt to check; may be repeated")
    parser.add_argument("--public-key", default="", help="the log's key in base64, as you know it from elsewhere")
    parser.add_argument("--json", action="store_true", help="print data for programs")
    asked = parser.parse_args(arguments)
    text, code = run(asked.bundle, asked.receipt, asked.public_key, as_json=asked.json)
    sys.stdout.write(text)
    return code


def run(path: Path, receipts: Sequence[Path] = (), public_key: str = "", *, as_json: bool = False) -> tuple[str, int]:
    """Return the report on a bundle and the exit code."""
    try:
        key = unbase64(public_key) if public_key else None
        given = [(receipt.name, receipt.read_bytes()) for receipt in receipts]
        bundle = open_bundle(path)
        findings = list(verify(bundle, given, key))
    except (Unreadable, BadNote, OSError) as error:
        problem = f"{path.name} cannot be verified: {error}"
        data = {"sound": None, "problem": problem, "exit_code": UNREADABLE_EXIT}
        return (_json(data) if as_json else f"{problem}.\n"), UNREADABLE_EXIT
    code = WRONG_EXIT if any(finding.verdict == WRONG for finding in findings) else SOUND_EXIT
    if as_json:
        return _json(_data(bundle, findings, code)), code
    return words(bundle, findings), code


def words(bundle: Bundle, findings: Sequence[Finding]) -> str:
    """Return the report for people."""
    lines = [f"Record {bundle.origin}, {bundle.entries} entries.", ""]
    lines += [f"{_MARKS.get(f.verdict, 'sound      ')}  {f.about}: {f.check}: {f.sentence}" for f in findings]
    wrong, open_ends = (sum(f.verdict == verdict for f in findings) for verdict in (WRONG, UNCHECKED))
    lines += ["", "What no recount can show:", *(f"  {limit}" for limit in LIMITS), ""]
    verdict = "Nothing wrong was found" if not wrong else f"NOT SOUND: {wrong} of {len(findings)} checks found faults"
    lines.append(f"{verdict}; {len(findings) - wrong - open_ends} are sound, {open_ends} could not be made.")
    return "\n".join(_printable(line) for line in lines) + "\n"


def _data(bundle: Bundle, findings: Sequence[Finding], code: int) -> dict[str, Any]:
    return {
        "sound": code == SOUND_EXIT,
        "origin": bundle.origin,
        "entries": bundle.entries,
        "findings": [finding.to_data() for finding in findings],
        "limits": list(LIMITS),
        "exit_code": code,
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _printable(line: str) -> str:
    """Return a line without characters that could make a terminal show something else."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in line)
