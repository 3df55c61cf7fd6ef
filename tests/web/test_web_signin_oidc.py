"""Signing in through a provider, from the first click to the page one comes back to."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from newcourse.people.oidc import Provider
from newcourse.people.people import People
from tests.people.provider import CLIENT, SECRET, LocalProvider, running
from tests.web.signing_in import Browser, Town, town

BACK = "/sign-in/oidc/callback"


@pytest.fixture(scope="module")
def provider() -> Iterator[LocalProvider]:
    with running() as one:
        yield one


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory, provider: LocalProvider) -> Iterator[Town]:
    folder, union = tmp_path_factory.mktemp("providers"), Provider("Union", provider.issuer, CLIENT, SECRET)
    with town(folder, providers=(union,)) as made:
        made.clock.at = datetime.now(UTC)  # the provider's tokens are of today
        yield made


@pytest.fixture(autouse=True)
def somebody(provider: LocalProvider) -> None:
    """Each test is about somebody else."""
    provider.subject = uuid4().hex


def went(browser: Browser, provider: LocalProvider, address: str, **changed: str) -> str:
    """Go to the provider, agree, and come back; return where one is sent then."""
    assert address.startswith(f"{provider.issuer}/authorize?")
    answer = browser.get(f"{BACK}?{urlencode(provider.consent(address, **changed))}")
    return answer.headers.get("location", str(answer.status_code))


def sent(browser: Browser, query: str = "provider=Union") -> str:
    return browser.get(f"/sign-in/oidc?{query}").headers.get("location", "")


def signed_up(commune: Town, provider: LocalProvider, browser: Browser) -> str:
    path = f"/invitation/{commune.people.codes.invite('ben', 'N', commune.clock())}"
    page = browser.post(f"{path}/oidc", data={"provider": "Union", "name": "", "language": "en"})
    assert page.status_code == 200
    address = page.text.partition('rel="noreferrer" href="')[2].partition('"')[0].replace("&amp;", "&")
    return went(browser, provider, address)


def members(people: People) -> list[str]:
    return [account.member for account in people.accounts.all()]


def test_somebody_signs_up_and_in_through_a_provider(commune: Town, provider: LocalProvider) -> None:
    browser = commune.browser()
    assert signed_up(commune, provider, browser) == "/account"
    member = str(commune.people.identities.find(provider.issuer, provider.subject))
    assert commune.federation.state.members[member] == "N"
    again = commune.browser()
    assert went(again, provider, sent(again, "provider=Union&back=/votes")) == "/votes"
    assert member in again.get("/account").text


def test_the_same_identity_signs_up_once(commune: Town, provider: LocalProvider) -> None:
    signed_up(commune, provider, commune.browser())
    before = members(commune.people)
    assert signed_up(commune, provider, commune.browser()) == "400"
    assert members(commune.people) == before


def test_an_identity_that_belongs_to_nobody_signs_nobody_in(commune: Town, provider: LocalProvider) -> None:
    browser, before = commune.browser(), members(commune.people)
    assert went(browser, provider, sent(browser)) == "400"
    assert browser.session == ""
    assert members(commune.people) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_page_adds_a_provider_to_an_account(commune: Town, site: str) -> None:
    ada = commune.member("ada")
    answer = ada.get("/sign-in/oidc?provider=Union", **{"sec-fetch-site": site})
    assert answer.status_code == 403
    assert "location" not in answer.headers
    assert commune.browser().get("/sign-in/oidc?provider=Union", **{"sec-fetch-site": site}).status_code == 303


def test_a_provider_is_added_to_an_account(commune: Town, provider: LocalProvider) -> None:
    ada = commune.member("ada")
    assert went(ada, provider, sent(ada, "provider=Union&back=/account")) == "/account"
    assert provider.issuer in ada.get("/account").text
    browser = commune.browser()
    assert went(browser, provider, sent(browser)) == "/"
    assert browser.get("/account").status_code == 200
    ben = commune.member("ben")
    assert went(ben, provider, sent(ben)) == "400", "it signs in somebody else"


def test_who_signed_out_meanwhile_adds_nothing(commune: Town, provider: LocalProvider) -> None:
    ada = commune.member("ada")
    address = sent(ada)
    ada.send("/sign-out")
    assert went(ada, provider, address) == "400"
    assert commune.people.identities.find(provider.issuer, provider.subject) is None


def test_an_answer_is_for_the_browser_that_asked(commune: Town, provider: LocalProvider) -> None:
    ada, thief = commune.member("ada"), commune.browser()
    went(ada, provider, sent(ada))
    victim = commune.browser()
    assert went(victim, provider, sent(thief)) == "400", "no ceremony of its own"
    address = sent(victim)
    assert went(victim, provider, sent(thief)) == "400", "the answer to another question"
    assert went(victim, provider, address) == "400", "and its own is over"
    assert victim.session == ""


def test_a_provider_that_is_not_known(commune: Town) -> None:
    answer = commune.browser().get("/sign-in/oidc?provider=Elsewhere")
    assert answer.status_code == 400
    assert "Union" in answer.text


def test_the_page_says_through_whom_one_can_sign_in(commune: Town) -> None:
    assert "Sign in through Union" in commune.browser().get("/sign-in").text
