"""Bundles of records that the acts have written: secret votes, elections, a recall and a countback, recounted."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.bundle import export_bundle
from newcourse.record.store import Record, open_record
from newcourse.verifier.program import run
from newcourse.vote.ballot import AllocationBallot
from tests.acts.assembly import NORTH, assembly, elected, recalled
from tests.acts.commune import decided
from tests.acts.secret_votes import END, SIX, Device, secret_weights


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record("sqlite://") as opened:
        yield opened


def report(path: Path, federation: Federation, at: datetime) -> tuple[int, dict[tuple[str, str], set[str]]]:
    count = federation.record.head().count
    export_bundle(federation.record, path / "a.zip", at, receipts=[1, count // 2, count])
    text, code = run(path / "a.zip", as_json=True)
    found: dict[tuple[str, str], set[str]] = {}
    for finding in json.loads(text)["findings"]:
        found.setdefault((finding["about"], finding["check"]), set()).add(finding["verdict"])
    return code, found


def test_a_secret_vote_is_recounted(record: Record, tmp_path: Path) -> None:
    federation = secret_weights(record)
    for number, member in enumerate(SIX):
        device = Device(federation, "V1", member)
        device.draw()
        ballot: Any = AllocationBallot({"food": 60 + number, "travel": 40 - number}).to_data()
        device.cast(ballot)
    decided(federation, "V1", END)
    code, found = report(tmp_path, federation, END)
    assert code == 0
    for check in ("seal", "roll", "tokens", "ballots", "count"):
        assert found[("vote V1", check)] == {"sound"}
    assert all(verdicts == {"sound"} for (_, check), verdicts in found.items() if check == "receipt")


@pytest.mark.slow
def test_a_whole_turn_with_a_lot_is_recounted(turned_record: Path, tmp_path: Path) -> None:
    with open_record(shutil.copy(turned_record, tmp_path / "turned.sqlite")) as record:
        federation = Federation(record)
        code, found = report(tmp_path, federation, federation.state.latest)
    assert code == 0
    assert found[("vote V1", "count")] == found[("vote V2", "count")] == {"sound"}


def test_an_election_a_recall_and_a_countback_are_recounted(record: Record, tmp_path: Path) -> None:
    federation = assembly(record)
    orders = [("n1", "n2", "n3")] * 5 + [("n5", "n6")] * 2 + [("n7",), ("n8", "n7")]
    candidates = ["n1", "n2", "n3", "n5", "n6", "n7", "n8"]
    over = elected(federation, dict(zip(NORTH, orders, strict=True)), candidates)
    over = recalled(federation, "M1", NORTH, over)
    federation.perform("fill_vacancy", actor="n3", at=over, mandate="M1")
    code, found = report(tmp_path, federation, over)
    assert code == 0
    assert found[("vote V1", "count")] == found[("vote V2", "count")] == {"sound"}
    assert found[("mandate M1", "countback")] == {"sound", "not checked"}
