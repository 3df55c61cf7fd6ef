"""A small sound bundle made by hand: open, secret, paper and old votes, a lot, a witness, receipts; how to spoil it."""

import base64
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from newcourse.record.canonical import canonical_json
from newcourse.record.entry import GENESIS, Entry, seal
from newcourse.vote.countback import countback
from newcourse.vote.forms import ballot_from_data
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count, frozen_rule, rule_named
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.stv.stages import Elected
from newcourse.vote.ties import TieRule
from tests.verifier.signing import digest, hashed, line_of, path_to, rsa_key, subtree

ORIGIN = "newcourse/test"
LOG = Ed25519PrivateKey.from_private_bytes(b"log key of a test, 32 bytes long")
WITNESS = Ed25519PrivateKey.from_private_bytes(b"witness key of a test, 32 bytes.")
START = datetime(2026, 5, 1, 12, tzinfo=UTC)
MEMBERS = {"m-ada": "north", "m-ben": "north", "m-cem": "south", "m-dia": "south", "m-eva": "south"}
SECRET = "the line of the opener, 1 of 1"


Row = tuple[timedelta, str, str, dict[str, Any]]


@dataclass
class Book:
    """A record under way; rows can be changed before it is sealed and signed."""

    rows: list[Row] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)

    def write(self, hours: float, actor: str, act: str, **body: Any) -> dict[str, Any]:
        self.rows.append((timedelta(hours=hours), actor, act, body))
        return body

    def keep(self, value: object) -> str:
        content = canonical_json(value)
        self.kept[digest(content)] = content
        return f"sha256:{digest(content)}"

    def entries(self) -> list[Entry]:
        made: list[Entry] = []
        for number, (after, actor, act, body) in enumerate(self.rows, start=1):
            made.append(seal(number, START + after, actor, act, body, made[-1].hash if made else GENESIS))
        return made

    def body(self, act: str, number: int = 0) -> dict[str, Any]:
        return [body for _, _, name, body in self.rows if name == act][number]

    def files(self) -> dict[str, bytes]:
        lines = [canonical_json(entry.to_data()) for entry in self.entries()]
        notes = [note(lines, size, witnessed=size == len(lines)) for size in (3, len(lines))]
        head = {
            "format": "newcourse-bundle/1",
            "origin": ORIGIN,
            "public_key": base64.b64encode(LOG.public_key().public_bytes_raw()).decode(),
            "witnesses": {"tendency-T1": base64.b64encode(WITNESS.public_key().public_bytes_raw()).decode()},
            "entries": len(lines),
        }
        receipts = [receipt(lines, index) for index in (0, 4, len(lines) - 1)]
        return {
            "bundle.json": canonical_json(head),
            "record.jsonl": b"".join(line + b"\n" for line in lines),
            "checkpoints.txt": "----\n".join(notes).encode(),
            "receipts.json": canonical_json(receipts),
            **{f"artefacts/{name}": content for name, content in self.kept.items()},
        }


def note(lines: list[bytes], size: int, witnessed: bool = False) -> str:
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(subtree(lines[:size])).decode()}\n"
    return f"{text}\n{line_of(ORIGIN, LOG, text)}{line_of('tendency-T1', WITNESS, text) if witnessed else ''}"


def receipt(lines: list[bytes], index: int) -> dict[str, Any]:
    proof = [node.hex() for node in path_to(index, lines)]
    return {"entry": lines[index].decode(), "index": index, "checkpoint": note(lines, len(lines)), "proof": proof}


def open_vote(book: Book, hours: float, vote: str, rule: str, candidates: list[str], **more: Any) -> dict[str, Any]:
    roll = sorted(MEMBERS)
    options = frozen_rule(rule, more.pop("options", {}))["options"]
    frozen = {
        "vote": vote,
        "decision": "motion",
        "subject": "motion",
        "question": "What shall be done?",
        "candidates": candidates,
        "rule": rule,
        "options": {name: value for name, value in options.items() if name != "ties"},
        "electorate": {"size": len(roll), "root": subtree([name.encode() for name in roll]).hex()},
        "quorum": "1/5",
        "ties": "candidate-order",
        "commitment": "",
        "opener": "m-ada",
        "closes": (START + timedelta(hours=hours + 10)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "ballot": "open",
        "token_key": "",
        "place": "",
        "about": "",
        "electors": "members",
        **more,
    }
    address = book.keep({"vote": vote, "roll": roll})
    return book.write(hours, "m-ada", "open_vote", frozen=frozen, sealed=hashed(frozen), cycle=0, roll=address)


def counted(book: Book, vote: str, rows: list[dict[str, Any]], seed: str = "") -> dict[str, Any]:
    frozen = next(body["frozen"] for *_, body in book.rows if body.get("frozen", {}).get("vote") == vote)
    options = frozen["options"] | ({"ties": TieRule("lot", seed).to_data()} if seed else {})
    ballots = [ballot_from_data(row["ballot"]) for row in rows]
    profile = Profile.of(rule_named(frozen["rule"]).form, frozen["candidates"], ballots)
    outcome = count(frozen["rule"], options, profile)
    kept = {
        "vote": vote, "question": frozen["question"], "frozen": frozen, "profile": profile.to_data(),
        "outcome": outcome.to_data(),
    }  # fmt: skip
    return {
        "vote": vote, "decided": outcome.decided, "result": outcome.result.to_data(), "sentence": outcome.sentence,
        "ballots": outcome.ballots, "outcome": book.keep(kept),
    }  # fmt: skip


def ranked(*names: str) -> dict[str, Any]:
    return {"form": "ranked", "ranks": [[name] for name in names]}


def _open(book: Book) -> None:
    open_vote(book, 1, "V1", "majority", ["the bakery is built"])
    rows = []
    for name, choice in zip(sorted(MEMBERS), ("yes", "yes", "no"), strict=False):
        rows.append({"voter": name, "ballot": {"form": "choice", "choice": choice}})
        book.write(2, name, "cast", vote="V1", ballot=rows[-1]["ballot"])
    book.write(3, "m-ada", "extend_vote", vote="V1", days=1, reason="the server was down")
    book.write(40, "m-ada", "close_vote", vote="V1", ballots=book.keep({"vote": "V1", "ballots": rows}), secret="")
    book.write(40, "m-ada", "count_vote", **counted(book, "V1", rows))


def _secret(book: Book) -> None:
    key, numbers = rsa_key(), rsa_key().private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    open_vote(
        book, 41, "V2", "schulze", ["bus", "canal", "dam"], ballot="secret",
        ties="lot", commitment=digest(SECRET.encode()), token_key=base64.b64encode(public).decode(),
    )  # fmt: skip
    orders = (["bus", "canal", "dam"], ["canal", "dam", "bus"], ["dam", "bus", "canal"])
    rows = []
    for k, (name, order) in enumerate(zip(sorted(MEMBERS), orders, strict=False)):
        prepared = bytes([k]) * 64
        signature = key.sign(prepared, padding.PSS(padding.MGF1(SHA384()), 48), SHA384())
        blind = 2**200 + k  # what a device would draw at random
        signed = int.from_bytes(signature) * blind % n
        book.write(
            42, name, "draw_token", vote="V2", blinded=f"{pow(signed, e, n):0512x}", blind_signature=f"{signed:0512x}"
        )
        rows.append(
            {
                "token": prepared.hex(),
                "signature": signature.hex(),
                "ballot": ranked(*order),
                "salt": bytes([k]).hex() * 16,
            }
        )
    rows.sort(key=lambda row: digest(bytes.fromhex(row["token"])))
    for row in rows:
        sent = {"ballot": row["ballot"], "salt": row["salt"]}
        token = digest(bytes.fromhex(row["token"]))
        book.write(43, "token holder", "cast_secret", vote="V2", token=token, commitment=hashed(sent))
    published = book.keep({"vote": "V2", "ballots": rows})
    book.write(60, "m-ada", "close_vote", vote="V2", ballots=published, secret=SECRET)
    texts = sorted(canonical_json(row["ballot"]).decode() for row in rows)
    book.write(60, "m-ada", "count_vote", **counted(book, "V2", rows, hashed({"secret": SECRET, "ballots": texts})))


def _paper(book: Book) -> None:
    open_vote(book, 61, "V3", "scottish-stv", ["ann", "bo", "cy", "di"], ballot="paper", options={"seats": 2})
    orders = [("ann", "cy"), ("ann", "cy"), ("ann", "di"), ("bo",), ("bo",)]
    rows = sorted(({"ballot": ranked(*order)} for order in orders), key=canonical_json)
    book.write(72, "m-ben", "enter_paper_ballots", vote="V3", ballots=[row["ballot"] for row in rows])
    book.write(73, "m-cem", "confirm_paper_ballots", vote="V3", entered=len(book.rows))
    book.write(74, "m-ada", "close_vote", vote="V3", ballots=book.keep({"vote": "V3", "ballots": rows}), secret="")
    book.write(74, "m-ada", "count_vote", **counted(book, "V3", rows))
    votes = RankedVotes.of(
        Profile.of("ranked", ["ann", "bo", "cy", "di"], [ballot_from_data(row["ballot"]) for row in rows])
    )
    result = scottish_stv(votes, 2).result
    assert isinstance(result, Elected)
    tally = countback(votes, result, "ann", ["cy", "di"])
    told = {
        "mandate": "M1",
        "vote": "V3",
        "vacated": "ann",
        "result": tally.result.to_data(),
        "sentence": tally.sentence,
    }
    facts = {"mandate": "M1", "person": "cy", "given": "M3", "sentence": tally.sentence, "countback": book.keep(told)}
    book.write(75, "m-ada", "fill_vacancy", **facts)


def _old(book: Book) -> None:
    body = open_vote(book, 80, "V4", "mean-allocation", ["food", "housing"])
    roll = sorted(MEMBERS)
    frozen = {
        name: value
        for name, value in body["frozen"].items()
        if name not in ("ballot", "token_key", "place", "about", "electors")
    }
    frozen["electorate"] = {"size": len(roll), "hash": hashed(roll)}
    body |= {"frozen": frozen, "sealed": hashed(frozen)}
    del book.kept[body.pop("roll").removeprefix("sha256:")]
    rows = []
    for k, name in enumerate(roll):
        rows.append(
            {
                "ballot": {
                    "form": "allocation",
                    "whole": 10,
                    "points": {"food": str(Fraction(k + 3)), "housing": str(7 - k)},
                }
            }
        )
        book.write(81, name, "cast", vote="V4", ballot=rows[-1]["ballot"])
    book.write(82, "m-ada", "close_vote", **counted(book, "V4", rows), secret="")


def made() -> Book:
    """Return the whole record, not sealed yet."""
    book = Book()
    first = {name: place for name, place in MEMBERS.items() if name != "m-eva"} | {"m-fay": "south"}
    places = [
        {"place": "all", "name": "All", "level": "federation", "parent": ""},
        {"place": "north", "name": "North", "level": "district", "parent": "all"},
        {"place": "south", "name": "South", "level": "district", "parent": "all"},
    ]
    book.write(
        0,
        "m-ada",
        "found",
        title="Test",
        places=places,
        members=first,
        founders=["m-ada"],
        economy="sha256:" + "0" * 64,
    )
    book.write(0.5, "m-eva", "join", person="m-eva", place="south")
    book.write(0.6, "m-fay", "leave", reason="moves away")
    _open(book)
    _secret(book)
    _paper(book)
    _old(book)
    return book


def written(path: Path, files: dict[str, bytes]) -> Path:
    """Write files as a bundle."""
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return path
