"""The ceremonies of passkeys: done, and refused for each reason (Web Authentication Level 3, sections 7.1 and 7.2)."""

from typing import Any

import pytest

from newcourse.errors import BadInput
from newcourse.people.passkeys import Site
from newcourse.people.people import People
from tests.people.authenticator import PRESENT, VERIFIED, Authenticator, text
from tests.people.facts import NOON, account

TOWN = Site("https://town.example", "Commune")
ADA = "m-abcdefghij"


def registered(people: People, **made: Any) -> Authenticator:
    """An authenticator with a passkey for Ada."""
    device = Authenticator(**made)
    challenge = people.passkeys.challenge()
    asked = people.passkeys.making(TOWN, account(), challenge)
    people.passkeys.keep(people.passkeys.made(TOWN, ADA, challenge, device.create(asked), NOON, "Ada's phone"))
    return device


@pytest.fixture
def device(here: People) -> Authenticator:
    here.accounts.make(account())
    return registered(here)


def signed_in(people: People, device: Authenticator, **changed: Any) -> str:
    challenge = people.passkeys.challenge()
    answer = device.get(people.passkeys.asking(TOWN, challenge), **changed)
    return people.passkeys.proved(TOWN, challenge, answer, NOON)


def test_what_browsers_are_asked(here: People) -> None:
    challenge = here.passkeys.challenge()
    made = here.passkeys.making(TOWN, account(), challenge)
    assert made["rp"] == {"name": "Commune", "id": "town.example"}
    assert made["challenge"] == challenge
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["attestation"] == "none", "nobody asks which device somebody has"
    asked = here.passkeys.asking(TOWN, challenge)
    assert asked["userVerification"] == "required"
    assert asked["rpId"] == "town.example"
    assert asked["allowCredentials"] == [], "names nobody"
    assert len(challenge) == 43, "256 bits"


def test_a_passkey_signs_in(here: People, device: Authenticator) -> None:
    assert signed_in(here, device) == ADA
    (kept,) = here.passkeys.all(ADA)
    assert (kept.label, kept.counter, kept.used) == ("Ada's phone", 2, NOON)
    assert signed_in(here, device) == ADA


def test_several_passkeys_sign_in_one_account(here: People, device: Authenticator) -> None:
    other = registered(here, counts=False)
    assert signed_in(here, other) == signed_in(here, device) == ADA
    asked = here.passkeys.making(TOWN, account(), here.passkeys.challenge())
    assert {one["id"] for one in asked["excludeCredentials"]} == {text(other.credential), text(device.credential)}
    assert here.passkeys.remove(ADA, text(other.credential))
    with pytest.raises(BadInput, match="passkey-refused"):
        signed_in(here, other)
    assert signed_in(here, device) == ADA


def test_a_copied_passkey_is_noticed(here: People, device: Authenticator) -> None:
    assert signed_in(here, device) == ADA
    device.counter -= 1
    with pytest.raises(BadInput, match="passkey-refused"):
        signed_in(here, device)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://t0wn.example"},
        {"origin": "http://town.example"},
        {"challenge": text(b"another")},
        {"type": "webauthn.create"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
    ],
)
def test_answers_that_prove_nothing(here: People, device: Authenticator, changed: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="passkey-refused"):
        signed_in(here, device, **changed)


def test_an_answer_of_another_key_proves_nothing(here: People, device: Authenticator) -> None:
    stranger = Authenticator()
    with pytest.raises(BadInput, match="passkey-refused"):
        signed_in(here, stranger)
    stranger.credential, stranger.counter = device.credential, 100
    with pytest.raises(BadInput, match="passkey-refused"):
        signed_in(here, stranger)


def test_an_answer_for_another_site_proves_nothing(here: People, device: Authenticator) -> None:
    challenge = here.passkeys.challenge()
    answer = device.get({"rpId": "elsewhere.example", "challenge": challenge})
    with pytest.raises(BadInput, match="passkey-refused"):
        here.passkeys.proved(TOWN, challenge, answer, NOON)


@pytest.mark.parametrize("changed", [{"origin": "https://t0wn.example"}, {"challenge": "YQ"}, {"flags": PRESENT}])
def test_passkeys_that_are_not_made_as_asked(here: People, changed: dict[str, Any]) -> None:
    challenge = here.passkeys.challenge()
    answer = Authenticator().create(here.passkeys.making(TOWN, account(), challenge), **changed)
    with pytest.raises(BadInput, match="passkey-refused"):
        here.passkeys.made(TOWN, ADA, challenge, answer, NOON)


@pytest.mark.parametrize("answer", [None, "", "{", "[]", 7, {}, {"id": 7}, {"id": "x", "rawId": "x", "response": {}}])
def test_answers_that_are_none(here: People, device: Authenticator, answer: object) -> None:
    challenge = here.passkeys.challenge()
    with pytest.raises(BadInput, match="passkey-refused"):
        here.passkeys.made(TOWN, ADA, challenge, answer, NOON)
    with pytest.raises(BadInput, match="passkey-refused"):
        here.passkeys.proved(TOWN, challenge, answer, NOON)
    broken = device.get(here.passkeys.asking(TOWN, challenge))
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        damaged = {**broken, "response": {**broken["response"], part: answer if isinstance(answer, str) else "AA"}}
        with pytest.raises(BadInput, match="passkey-refused"):
            here.passkeys.proved(TOWN, challenge, damaged, NOON)


def test_a_passkey_is_stored_once(here: People, device: Authenticator) -> None:
    with pytest.raises(BadInput, match="passkey-there"):
        here.passkeys.keep(here.passkeys.all(ADA)[0])
