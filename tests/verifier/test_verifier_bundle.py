"""A sound bundle is found sound; whatever is changed in it is found, even by whoever holds the log's own key."""

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.record.canonical import canonical_json
from newcourse.verifier.bundle import open_bundle
from newcourse.verifier.program import run
from newcourse.verifier.verifying import verify
from tests.verifier.small_bundle import (
    LOG,
    MEMBERS,
    Book,
    altered,
    counted,
    hashed,
    leaves_of,
    made,
    note,
    ranked,
    rsa_key,
    subtree,
    written,
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made().files()


def verdicts(
    path: Path, files: dict[str, bytes], **more: Any
) -> tuple[dict[tuple[str, str], str], int, dict[str, Any]]:
    text, code = run(written(path / "a.zip", files), as_json=True, **more)
    data = json.loads(text)
    found: dict[tuple[str, str], str] = {}
    for finding in data.get("findings", []):
        name = (finding["about"], finding["check"])
        found[name] = max(found.get(name, ""), finding["verdict"])  # in this order: not checked, sound, wrong
    return found, code, data


def wrong(path: Path, book: Book) -> set[tuple[str, str]]:
    found, code, _ = verdicts(path, book.files())
    failed = {name for name, verdict in found.items() if verdict == "wrong"}
    assert code == (6 if failed else 0)
    return failed


def test_a_sound_bundle_is_sound(tmp_path: Path, files: dict[str, bytes]) -> None:
    found, code, data = verdicts(tmp_path, files)
    assert (code, data["sound"], data["entries"]) == (0, True, 32)
    assert {name for name, verdict in found.items() if verdict == "wrong"} == set()
    for vote in ("V1", "V2", "V3", "V4"):
        assert found[(f"vote {vote}", "count")] == "sound"
    assert found[("vote V2", "tokens")] == found[("record", "chain")] == found[("record", "witnesses")] == "sound"
    assert sum(check == "receipt" for _, check in found) == 3


def test_the_report_says_each_check_and_what_cannot_be_checked(tmp_path: Path, files: dict[str, bytes]) -> None:
    text, code = run(written(tmp_path / "a.zip", files))
    assert code == 0
    assert "sound        vote V2: count: counted again by schulze from 3 ballots" in text
    assert "no coercion resistance" in text
    assert text.rstrip().endswith("could not be made.")


def test_a_folder_is_read_like_a_zip(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = tmp_path / "bundle"
    (folder / "artefacts").mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert run(folder) == run(written(tmp_path / "bundle.zip", files))
    (folder / "record.jsonl").rename(tmp_path / "elsewhere")
    (folder / "record.jsonl").symlink_to(tmp_path / "elsewhere")
    assert run(folder)[1] == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda files: files.pop("record.jsonl"),
        lambda files: files.update({"bundle.json": b"{}"}),
        lambda files: files.update({"bundle.json": files["bundle.json"].replace(b"bundle/1", b"bundle/2")}),
        lambda files: files.update({"bundle.json": b"not json"}),
    ],
)
def test_what_is_no_bundle_ends_with_2(tmp_path: Path, files: dict[str, bytes], spoil: Any) -> None:
    changed = dict(files)
    spoil(changed)
    assert verdicts(tmp_path, changed)[1] == 2
    (tmp_path / "b.zip").write_bytes(b"PK nothing")
    assert run(tmp_path / "b.zip")[1] == run(tmp_path / "none.zip")[1] == 2


def test_paths_that_lead_elsewhere_are_never_read(tmp_path: Path, files: dict[str, bytes]) -> None:
    path = written(tmp_path / "a.zip", {**files, "../outside": b"x", "/etc/passwd": b"x", "artefacts/../x": b"x"})
    text, code = run(path)
    assert code == 0
    assert "were not read" in text
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as bundle:
        bundle.writestr("record.jsonl", files["record.jsonl"])
    assert run(path)[1] == 2


def test_every_altered_value_of_the_record_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    lines = files["record.jsonl"].splitlines()
    acts: set[str] = set()
    for number, line in enumerate(lines):
        if (act := json.loads(line)["act"]) in acts:
            continue
        acts.add(act)
        data = json.loads(line)
        for leaf in leaves_of(data):
            changed = [*lines]
            changed[number] = canonical_json(altered(data, leaf))
            content = b"".join(row + b"\n" for row in changed)
            first = next(verify(open_bundle(written(tmp_path / "a.zip", {**files, "record.jsonl": content}))))
            assert (first.check, first.verdict) == ("chain", "wrong"), leaf


def test_every_altered_value_of_the_other_files_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name in ("bundle.json", "receipts.json"):
        data = json.loads(files[name])
        for leaf in leaves_of(data):
            _, code, _ = verdicts(tmp_path, {**files, name: json.dumps(altered(data, leaf)).encode()})
            assert code in (2, 6), (name, leaf)
    for name in (name for name in files if name.startswith("artefacts/")):
        assert verdicts(tmp_path, {**files, name: files[name] + b" "})[1] == 6


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_altered_byte_is_found(tmp_path: Path, files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    byte = data.draw(st.integers(1, 255))
    content = bytearray(files[name])
    content[place] ^= byte
    _, code, report = verdicts(tmp_path, {**files, name: bytes(content)})
    strangers = [f for f in report.get("findings", ()) if f["check"] == "witnesses" and f["verdict"] == "not checked"]
    assert code or strangers  # a witness's line under another name is a stranger's: said, but not wrong


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_record_cut_off_or_grown_past_its_signature_is_found(tmp_path: Path, cut: int) -> None:
    book = made()
    whole = book.files()
    lines = whole["record.jsonl"].splitlines(keepends=True)
    head = json.loads(whole["bundle.json"]) | {"entries": len(lines) - cut}
    short = {**whole, "record.jsonl": b"".join(lines[:-cut]), "bundle.json": canonical_json(head)}
    assert verdicts(tmp_path, short)[0][("record", "checkpoints")] == "wrong"
    book.write(90, "m-ada", "join", person="m-new", place="north")
    grown = {**book.files(), "checkpoints.txt": whole["checkpoints.txt"]}
    assert verdicts(tmp_path, grown)[0][("record", "checkpoints")] == "wrong"


def test_a_forked_checkpoint_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    lines = files["record.jsonl"].splitlines()
    forked = note([*lines[:4], b"{}", *lines[5:]], 8)
    found, code, _ = verdicts(
        tmp_path, {**files, "checkpoints.txt": forked.encode() + b"----\n" + files["checkpoints.txt"]}
    )
    assert (code, found[("record", "checkpoints")]) == (6, "wrong")
    assert verdicts(tmp_path, {**files, "checkpoints.txt": b""})[1] == 6


def test_the_key_known_from_elsewhere_is_compared(tmp_path: Path, files: dict[str, bytes]) -> None:
    mine = base64.b64encode(LOG.public_key().public_bytes_raw()).decode()
    assert verdicts(tmp_path, files, public_key=mine)[1] == 0
    assert verdicts(tmp_path, files, public_key=base64.b64encode(bytes(32)).decode())[1] == 6
    assert verdicts(tmp_path, files, public_key="?")[1] == 2


def test_a_receipt_of_ones_own_is_checked(tmp_path: Path, files: dict[str, bytes]) -> None:
    mine = json.loads(files["receipts.json"])[1]
    (tmp_path / "mine.json").write_text(json.dumps(mine))
    assert verdicts(tmp_path, files, receipts=[tmp_path / "mine.json"])[0][("mine.json", "receipt")] == "sound"
    for leaf in leaves_of(mine):
        (tmp_path / "mine.json").write_text(json.dumps(altered(mine, leaf)))
        assert verdicts(tmp_path, files, receipts=[tmp_path / "mine.json"])[1] == 6, leaf


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


def test_a_vote_without_ballots_in_the_bundle_is_not_sound(tmp_path: Path) -> None:
    book = made()
    del book.kept[book.body("close_vote", 1)["ballots"].removeprefix("sha256:")]
    assert ("vote V2", "ballots") in wrong(tmp_path, book)


def test_the_key_of_the_test_is_one_that_votes_have() -> None:
    assert rsa_key().key_size == 2048
