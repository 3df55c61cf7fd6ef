"""Signing in through a provider: done over real HTTP with real signatures, and refused for each reason."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from newcourse.errors import BadInput, NewCourseError
from newcourse.people.identities import Identity
from newcourse.people.oidc import Flow, Provider, Subject, read_providers
from newcourse.people.people import People
from tests.people.facts import NOON, account, repeatable
from tests.people.provider import CLIENT, SECRET, LocalProvider, running

BACK = "https://town.example/sign-in/oidc/callback"


@pytest.fixture(scope="module")
def one() -> Iterator[LocalProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(one: LocalProvider) -> LocalProvider:
    """The provider, erring in nothing."""
    fresh = LocalProvider()
    for name in ("subject", "signs_with", "header", "claims", "described", "codes", "silent"):
        setattr(one, name, getattr(fresh, name))
    return one


def flow(provider: LocalProvider) -> Flow:
    return Flow(Provider("Union", provider.issuer, CLIENT, SECRET), BACK)


def came_back(provider: LocalProvider, **changed: str) -> Subject:
    there = flow(provider)
    address, kept = there.begin(repeatable())
    return there.end(kept, provider.consent(address, **changed), datetime.now(UTC))


def test_a_provider_says_who_somebody_is(provider: LocalProvider) -> None:
    assert came_back(provider) == Subject(provider.issuer, "subject-4711")


def test_each_way_there_is_its_own(provider: LocalProvider) -> None:
    chance = repeatable()
    (first, kept), (second, other) = flow(provider).begin(chance), flow(provider).begin(chance)
    assert first != second
    assert not set(kept.values()) & set(other.values()) - {provider.issuer}
    assert kept["verifier"] not in first, "only its hash goes by the browser"
    with pytest.raises(BadInput, match="another question"):
        flow(provider).end(kept, provider.consent(second), datetime.now(UTC))


def test_an_answer_counts_once(provider: LocalProvider) -> None:
    address, kept = flow(provider).begin(repeatable())
    answer = provider.consent(address)
    assert flow(provider).end(kept, answer, datetime.now(UTC)).subject == "subject-4711"
    with pytest.raises(BadInput, match="does not take"):
        flow(provider).end(kept, answer, datetime.now(UTC))


@pytest.mark.parametrize("changed", [{"state": "x"}, {"iss": "https://elsewhere.example"}, {"code": "stolen"}])
def test_answers_that_are_not_to_the_question(provider: LocalProvider, changed: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="provider-refused"):
        came_back(provider, **changed)


def test_somebody_who_does_not_consent(provider: LocalProvider) -> None:
    address, kept = flow(provider).begin(repeatable())
    answer = provider.consent(address)
    del answer["code"]
    with pytest.raises(BadInput, match="no consent"):
        flow(provider).end(kept, {**answer, "error": "access_denied"}, datetime.now(UTC))


def test_without_the_key_that_proves_who_asked_a_code_is_worth_nothing(provider: LocalProvider) -> None:
    address, kept = flow(provider).begin(repeatable())
    with pytest.raises(BadInput, match="does not take"):
        flow(provider).end({**kept, "verifier": "another"}, provider.consent(address), datetime.now(UTC))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
    ],
)
def test_tokens_that_are_not_for_us(provider: LocalProvider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    with pytest.raises(BadInput, match="provider-refused"):
        came_back(provider)


def test_tokens_signed_by_somebody_else(provider: LocalProvider) -> None:
    provider.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    with pytest.raises(BadInput, match="provider-refused"):
        came_back(provider)


def test_tokens_signed_with_what_the_client_knows(provider: LocalProvider) -> None:
    provider.header, provider.signs_with = {"alg": "HS256"}, OctKey.import_key(SECRET + SECRET)
    with pytest.raises(BadInput, match="provider-refused"):
        came_back(provider)


def test_a_provider_that_is_silent_or_another(provider: LocalProvider) -> None:
    provider.described = {"issuer": "https://elsewhere.example"}
    with pytest.raises(NewCourseError, match="provider-silent"):
        flow(provider).begin(repeatable())
    provider.silent = True
    with pytest.raises(NewCourseError, match="provider-silent"):
        flow(provider).begin(repeatable())


def test_providers_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "providers.json"
    row = {"name": "Union", "issuer": "https://id.example", "client": "us", "secret": "hush"}
    file.write_text(json.dumps([row]))
    (provider,) = read_providers(file)
    assert provider.issuer == "https://id.example"
    assert "hush" not in repr(provider)
    for wrong, code in (
        ("{", "providers-unreadable"),
        (json.dumps([{**row, "colour": "red"}]), "providers-unreadable"),
        (json.dumps([{**row, "issuer": "http://id.example"}]), "provider-wrong"),
        (json.dumps([{**row, "secret": ""}]), "provider-wrong"),
    ):
        file.write_text(wrong)
        with pytest.raises(BadInput, match=code):
            read_providers(file)


def test_an_identity_is_one_persons(people: People) -> None:
    people.accounts.make(account())
    people.accounts.make(account("m-bbbbbbbbbb", "Ben"))
    people.identities.add("m-abcdefghij", "https://id.example", "1", NOON)
    with pytest.raises(BadInput, match="identity-taken"):
        people.identities.add("m-bbbbbbbbbb", "https://id.example", "1", NOON)
    people.identities.add("m-bbbbbbbbbb", "https://other.example", "1", NOON)
    assert people.identities.find("https://id.example", "1") == "m-abcdefghij"
    assert people.identities.all("m-abcdefghij") == (Identity("https://id.example", "1", NOON),)
    assert people.identities.remove("m-abcdefghij", "https://id.example")
    assert people.identities.find("https://id.example", "1") is None
