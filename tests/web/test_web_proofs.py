"""Receipts and proofs of consistency for anybody, and what the pages hand to the scripts that check them."""

import base64
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from newcourse.record.checkpoint import Checkpoint, Note
from newcourse.record.merkle import consistent, includes, leaf_hash
from newcourse.record.store import Record, open_record
from newcourse.verifier.program import run
from newcourse.web import clock
from newcourse.web.app import create_app
from newcourse.web.bundles import ADDRESS, KEPT
from newcourse.web.proofs import log_key
from tests.acts.commune import START, founded
from tests.web.client import Client, parsed


@pytest.fixture
def record(sqlite_url: str) -> Iterator[Record]:
    with open_record(sqlite_url) as made:
        founded(made)
        yield made


@pytest.fixture
def pages(record: Record) -> Client:
    return Client(create_app(record))


def test_a_receipt_shows_that_an_entry_is_on_the_record(record: Record, pages: Client) -> None:
    assert log_key(record) == ""
    receipt = pages.get("/api/record/receipt/1").json()
    note = Note.from_text(receipt["checkpoint"])
    signed = Checkpoint.from_text(note.text)
    assert note.signatures[0].is_by(base64.b64decode(log_key(record)), note.text)
    proof = [bytes.fromhex(step) for step in receipt["proof"]]
    assert includes(leaf_hash(receipt["entry"].encode()), receipt["index"], signed.size, proof, signed.root)
    assert pages.get("/api/record/receipt/1").json() == receipt


def test_a_longer_record_continues_a_shorter_one(record: Record, pages: Client) -> None:
    first = record.checkpoint(START)
    record.append("noted", "ada", {"words": "more"}, START)
    second = record.checkpoint(START)
    said = pages.get(f"/api/record/consistency/{first.size}/{second.size}").json()
    proof = [bytes.fromhex(step) for step in said["proof"]]
    assert consistent(first.size, second.size, proof, first.checkpoint.root, second.checkpoint.root)
    assert pages.get("/api/record/consistency/0/0").json()["proof"] == []
    assert hashlib.sha256(b"").digest() == record.root(0)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("receipt/0", 404),
        ("receipt/999", 404),
        ("receipt/-1", 404),
        ("receipt/x", 404),
        ("consistency/1/999", 404),
        ("consistency/2/1", 400),
        ("consistency/-1/1", 400),
        ("consistency/x/1", 404),
    ],
)
def test_what_is_not_there_is_said(pages: Client, path: str, status: int) -> None:
    answer = pages.get(f"/api/record/{path}")
    assert answer.status_code == status
    assert answer.json()["faults"]


def test_an_entry_brings_what_its_check_needs(record: Record, pages: Client) -> None:
    record.checkpoint(START)
    page = pages.get("/record/1").text
    assert 'data-receipt="/api/record/receipt/1"' in page
    assert f'data-log-key="{log_key(record)}"'.replace("+", "&#43;") in page.replace("+", "&#43;")
    assert '<script type="module" src="/static/record.js"></script>' in page


def test_the_interface_describes_both(pages: Client) -> None:
    paths = pages.get("/api/openapi.json").json()["paths"]
    assert {"/api/record/receipt/{sequence}", "/api/record/consistency/{first}/{second}"} <= set(paths)


def test_anybody_takes_the_whole_record_home_and_recounts_it(
    turned_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_record(shutil.copy(turned_record, tmp_path / "record.sqlite")) as record:
        pages = Client(create_app(record))
        page = parsed(pages.get("/record").text)
        (link,) = [a for a in page.all("a") if a.attributes["href"] == ADDRESS]
        assert "record.zip" in link.attributes["download"]
        answer = pages.get(ADDRESS)
        assert answer.headers["content-type"] == "application/zip"
        (tmp_path / "record.zip").write_bytes(answer.content)
        report, code = run(tmp_path / "record.zip")
        assert code == 0, report
        assert "vote V1: count: counted again" in report
        record.append("noted", "ada", {"words": "more"}, START)
        assert pages.get(ADDRESS).content == answer.content, "one bundle serves many"
        later = clock.now() + KEPT
        monkeypatch.setattr(clock, "now", lambda: later)
        assert len(pages.get(ADDRESS).content) > len(answer.content)
