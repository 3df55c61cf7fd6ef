"""A process of voters, each of whom votes in both polls over HTTP: ``python -m tests.councils.voter ADDRESS FILE KEY``.

``FILE`` gives the token of each member, ``KEY`` the public key of the secret poll in base64. Whoever gets no answer, or
is told that the server is not there, sends the same again under the same key. Each answer is printed as one line of
JSON once it is there.
"""

import hashlib
import http.client
import json
import sys
import time
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from newcourse.tokens.holder import blind, finalize, prepare, randomness_size

TOGETHER = 4
PATIENCE = 60.0


def sent(port: int, act: str, what: dict[str, Any], key: str, token: str = "") -> dict[str, Any]:
    """Send a request until it is answered; the answer."""
    headers = {"content-type": "application/json", "idempotency-key": key}
    if token:
        headers["authorization"] = f"Bearer {token}"
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("POST", f"/api/acts/{act}", json.dumps({"what": what}), headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        if response.status == 200:
            answer: dict[str, Any] = json.loads(content)
            return answer
        if response.status != 503:
            raise SystemExit(f"{act}: {response.status} {content.decode()}")
        time.sleep(0.05)
    raise SystemExit(f"{act}: no answer within {PATIENCE} s")


def vote(port: int, member: str, token: str, public: bytes) -> list[dict[str, Any]]:
    """Vote by name, draw a token, and vote secretly with it; every cast is sent twice."""
    choice = {"form": "choice", "choice": "yes" if int(member[1:]) % 3 else "no"}
    cast = [sent(port, "cast", {"vote": "V1", "ballot": choice}, f"cast {member}", token) for _ in range(2)]
    prepared = prepare(drawn(member, "message", 32), drawn(member, "prefix", 32))
    blinded = blind(public, prepared, drawn(member, "blinding", randomness_size(public)))
    asked = {"vote": "V2", "blinded": blinded.message.hex()}
    draw = sent(port, "draw_token", asked, f"draw {member}", token)
    signature = finalize(public, prepared, bytes.fromhex(draw["entry"]["body"]["blind_signature"]), blinded)
    secret = {
        "vote": "V2",
        "token": prepared.hex(),
        "signature": signature.hex(),
        "ballot": choice,
        "salt": drawn(member, "salt", 16).hex(),
    }
    spent = [sent(port, "cast_secret", secret, f"spend {hashlib.sha256(prepared).hexdigest()}") for _ in range(2)]
    return [{"member": member, "what": what, **answer} for what, answer in _named(cast, draw, spent)]


def _named(cast: list[Any], draw: Any, spent: list[Any]) -> list[tuple[str, Any]]:
    return [*(("cast", each) for each in cast), ("draw_token", draw), *(("cast_secret", each) for each in spent)]


def drawn(member: str, purpose: str, size: int) -> bytes:
    """Bytes that are the same in every run, where a device draws its own."""
    return hashlib.shake_256(f"{member} {purpose}".encode()).digest(size)


def main(port: int, file: Path, key: str) -> None:
    public = b64decode(key)
    tokens: dict[str, str] = json.loads(file.read_text())
    with ThreadPoolExecutor(TOGETHER) as pool:
        for answers in pool.map(lambda member: vote(port, member, tokens[member], public), tokens):
            for answer in answers:
                print(json.dumps(answer), flush=True)  # noqa: T201 (the parent reads it)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
