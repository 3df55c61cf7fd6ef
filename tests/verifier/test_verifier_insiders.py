"""Whoever holds the log's own key can seal and sign a false record; votes in it that are false are still found."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.judging import verdicts, wrong
from tests.verifier.signing import hashed, rsa_key, subtree
from tests.verifier.small_bundle import MEMBERS, Book, counted, made, ranked


def rewrite(book: Book, act: str, number: int = 0, **change: Any) -> None:
    book.body(act, number).update(change)


def _republish(book: Book, number: int, change: Any) -> None:
    """Publish other ballots of a vote, as whoever holds the server could."""
    body = book.body("close_vote", number)
    data = json.loads(book.kept.pop(body["ballots"].removeprefix("sha256:")))
    change(data["ballots"])
    body["ballots"] = book.keep(data)


def _result(book: Book) -> None:
    rewrite(book, "count_vote", 0, result={"adopted": False, "yes": 2, "no": 1, "abstain": 0})


def _frozen(book: Book) -> None:
    book.body("open_vote")["frozen"]["options"]["threshold"] = "9/10"


def _resealed(book: Book) -> None:
    body = book.body("open_vote")
    body["frozen"]["options"]["threshold"] = "9/10"
    body["sealed"] = hashed(body["frozen"])


def _roll(book: Book, names: list[str]) -> None:
    body = book.body("open_vote")
    body["roll"] = book.keep({"vote": "V1", "roll": names})
    body["frozen"]["electorate"] = {"size": len(names), "root": subtree([name.encode() for name in names]).hex()}
    body["sealed"] = hashed(body["frozen"])


def _frozen_as(book: Book, **change: str) -> None:
    body = book.body("open_vote")
    body["frozen"] |= change
    body["sealed"] = hashed(body["frozen"])
    _result(book)


def _retold(book: Book, **change: Any) -> None:
    body = book.body("fill_vacancy")
    told = json.loads(book.kept.pop(body["countback"].removeprefix("sha256:")))
    body["countback"] = book.keep(told | change)


def _other_successor(book: Book) -> None:
    book.body("fill_vacancy")["person"] = "di"
    _retold(book, result={"elected": ["di"], "vacated": "ann", "stages": []})


def _stuffed(book: Book) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == "cast")
    book.rows.insert(at, (*book.rows[at][:1], "m-nobody", *book.rows[at][2:]))


def _twice(book: Book) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == "draw_token")
    book.rows.insert(at, book.rows[at])


def _spent_twice(book: Book) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == "cast_secret")
    book.rows.insert(at, book.rows[at])


def _named(book: Book) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == "cast_secret")
    after, _, act, body = book.rows[at]
    book.rows[at] = (after, "m-ada", act, body)


def _late(book: Book, act: str) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == act)
    end = next(
        k for k, row in enumerate(book.rows) if row[2] == "close_vote" and row[3]["vote"] == book.rows[at][3]["vote"]
    )
    book.rows.insert(end, book.rows.pop(at))


def _self_confirmed(book: Book) -> None:
    at = next(k for k, row in enumerate(book.rows) if row[2] == "confirm_paper_ballots")
    book.rows[at] = (book.rows[at][0], "m-ben", *book.rows[at][2:])


def _other_key(book: Book) -> None:
    body = book.body("open_vote", 1)
    body["frozen"]["token_key"] = base64.b64encode(b"no key").decode()
    body["sealed"] = hashed(body["frozen"])


def _other_lot(book: Book) -> None:
    rewrite(book, "close_vote", 1, secret="another line of the opener")


def _other_winner(book: Book) -> None:
    rows = [{"ballot": ranked("cy")}] * 5
    rewrite(book, "count_vote", 2, **counted(book, "V3", rows))


INSIDERS = [
    (_result, ("vote V1", "count")),
    (lambda book: rewrite(book, "count_vote", 0, sentence="the bakery is rejected"), ("vote V1", "count")),
    (lambda book: rewrite(book, "count_vote", 0, decided=False), ("vote V1", "count")),
    (lambda book: rewrite(book, "count_vote", 0, ballots=4), ("vote V1", "count")),
    (lambda book: rewrite(book, "close_vote", 3, sentence="food gets all"), ("vote V4", "count")),
    (_other_winner, ("vote V3", "count")),
    (_other_lot, ("vote V2", "count")),
    (_frozen, ("vote V1", "seal")),
    (_resealed, ("vote V1", "seal")),
    (lambda book: _roll(book, sorted([*MEMBERS, "m-ghost"])), ("vote V1", "roll")),
    (lambda book: _roll(book, sorted([*MEMBERS, "m-fay"])), ("vote V1", "roll")),
    (lambda book: _roll(book, sorted(MEMBERS)[1:]), ("vote V1", "roll")),
    (
        lambda book: book.body("open_vote").update(roll=book.keep({"vote": "V1", "roll": ["m-ada"]})),
        ("vote V1", "roll"),
    ),
    (_stuffed, ("vote V1", "ballots")),
    (lambda book: _late(book, "cast"), ("vote V1", "ballots")),
    (lambda book: rewrite(book, "extend_vote", 0, days=0), None),
    (lambda book: rewrite(book, "extend_vote", 0, days=2), ("vote V1", "ballots")),
    (lambda book: _republish(book, 0, lambda rows: rows.pop()), ("vote V1", "ballots")),
    (lambda book: _republish(book, 0, lambda rows: rows[0].update(voter="m-eva")), ("vote V1", "ballots")),
    (_twice, ("vote V2", "tokens")),
    (lambda book: rewrite(book, "draw_token", 1, blind_signature="ab" * 256), ("vote V2", "tokens")),
    (_other_key, ("vote V2", "tokens")),
    (lambda book: _late(book, "draw_token"), ("vote V2", "tokens")),
    (_spent_twice, ("vote V2", "ballots")),
    (_named, ("vote V2", "ballots")),
    (lambda book: rewrite(book, "cast_secret", 0, commitment="0" * 64), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows.pop()), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows.reverse()), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows[0].update(ballot=ranked("dam"))), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows[0].update(signature="00" * 256)), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows[0].update(token="00" * 64)), ("vote V2", "ballots")),
    (lambda book: _republish(book, 1, lambda rows: rows.append(rows[-1])), ("vote V2", "ballots")),
    (lambda book: _republish(book, 2, lambda rows: rows.pop()), ("vote V3", "ballots")),
    (lambda book: book.body("close_vote", 1).update(number=4), ("vote V2", "ballots")),
    (_self_confirmed, ("vote V3", "ballots")),
    (
        lambda book: book.write(90, "m-ada", "count_vote", **book.body("count_vote", 0) | {"vote": "V9"}),
        ("vote V9", "seal"),
    ),
    (lambda book: book.rows.append(book.rows[3]), ("vote V1", "seal")),
    (lambda book: book.kept.update({"0" * 64: b"{}"}), ("bundle", "artefacts")),
]


@pytest.mark.parametrize(("spoil", "where"), INSIDERS)
def test_whoever_holds_the_key_of_the_log_is_found_out_too(tmp_path: Path, spoil: Any, where: Any) -> None:
    book = made()
    spoil(book)
    failed = wrong(tmp_path, book)
    if where is None:
        assert failed == set()  # without the extension it was still closed in time
    else:
        assert where in failed


def test_a_withheld_line_decides_nothing_where_there_was_a_tie(tmp_path: Path) -> None:
    book = made()
    words = "The opener of the vote withheld the line that the lot needs, and there was a tie. Nothing is decided."
    rewrite(book, "close_vote", 1, secret="")
    assert ("vote V2", "count") in wrong(tmp_path, book)
    body = book.body("count_vote", 1)
    body.update(decided=False, result={"undecided": "lot-withheld", "reason": words}, sentence=words)
    kept = json.loads(book.kept.pop(body["outcome"].removeprefix("sha256:")))
    kept["outcome"].update(decided=False, result=body["result"], sentence=words)
    body["outcome"] = book.keep(kept)
    assert wrong(tmp_path, book) == set()


def test_a_rule_it_does_not_know_is_never_called_right(tmp_path: Path) -> None:
    book = made()
    body = book.body("open_vote")
    body["frozen"]["rule"] = "biproportional"
    body["sealed"] = hashed(body["frozen"])
    found, _, data = verdicts(tmp_path, book.files())
    assert found[("vote V1", "count")] == "not checked"
    assert any("not recounted" in f["sentence"] for f in data["findings"])


def test_a_result_that_fell_is_named(tmp_path: Path) -> None:
    book = made()
    book.write(90, "m-ben", "contest_vote", vote="V1", reasons="the box stood open")
    said = {"vote": "V1", "person": "m-ben", "upheld": True}
    book.write(91, "m-cem", "decide_contest", **said, reasons="it did", outcome="")
    assert not [f for f in verdicts(tmp_path, book.files())[2]["findings"] if "it fell" in f["sentence"]]
    book.write(92, "m-eva", "decide_contest", **said, reasons="I saw it", outcome="upheld")
    _, code, data = verdicts(tmp_path, book.files())
    assert code == 0
    assert any("by entry 35 it fell" in f["sentence"] for f in data["findings"] if f["about"] == "vote V1")


def test_a_vote_without_ballots_in_the_bundle_is_not_sound(tmp_path: Path) -> None:
    book = made()
    del book.kept[book.body("close_vote", 1)["ballots"].removeprefix("sha256:")]
    assert ("vote V2", "ballots") in wrong(tmp_path, book)


def test_the_key_of_the_test_is_one_that_votes_have() -> None:
    assert rsa_key().key_size == 2048
