"""Tokens of a secret vote: at most one for each name on the roll, each blind signature right (RFC 9474, section 4)."""

import base64
from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.dossier import Dossier, duplicates
from newcourse.verifier.findings import Finding, Topic

LEAST_BITS: Final = 2048


def token_key(dossier: Dossier) -> RSAPublicKey:
    """Return the key by which a vote's tokens are signed.

    Raises
    ------
    ValueError
        Where it is none.
    """
    key = load_der_public_key(base64.b64decode(dossier.frozen["token_key"], validate=True))
    if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_BITS or key.public_numbers().e != 65537:
        raise ValueError("the key of the tokens is no RSA key of 2048 bits or more with exponent 65537")
    return key


def check_tokens(bundle: Bundle, dossier: Dossier) -> Iterator[Finding]:
    """Yield whether tokens were drawn by members of the roll, once each, and signed right."""
    topic, draws, roll = Topic("tokens", f"vote {dossier.vote}"), dossier.of("draw_token"), dossier.roll(bundle)
    if dossier.kind != "secret":
        if draws:
            yield topic.wrong(f"tokens were drawn by entry {draws[0].sequence} in a vote that is not secret.")
        return
    numbers = token_key(dossier).public_numbers()
    faults = [f"{name} drew more than one token" for name in duplicates([entry.actor for entry in draws])]
    if roll is not None:
        entitled = set(roll)
        faults += [
            f"{entry.actor} drew a token and is not on the roll" for entry in draws if entry.actor not in entitled
        ]
    closing = dossier.closing
    for entry in draws:
        blinded, signed = (int(entry.body[name], 16) for name in ("blinded", "blind_signature"))
        if not 0 < blinded < numbers.n or not 0 < signed < numbers.n or pow(signed, numbers.e, numbers.n) != blinded:
            faults.append(f"the blind signature of entry {entry.sequence} is wrong")
        if entry.clock > dossier.closes(entry.sequence) or (closing and entry.sequence > closing.sequence):
            faults.append(f"entry {entry.sequence} drew a token after the end")
    yield topic.verdict(faults, f"{len(draws)} tokens were drawn, one a member of the roll, and signed with its key.")
