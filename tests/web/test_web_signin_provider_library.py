"""Signing in through a provider that others wrote: oidc-provider-mock, which answers with Authlib's server."""

import html
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from newcourse.errors import BadInput
from newcourse.people.oidc import Flow, Provider
from tests.people.facts import repeatable
from tests.web.signing_in import ORIGIN, Browser, Town, town

pytestmark = pytest.mark.slow

BACK = "/sign-in/oidc/callback"
PATIENCE = 60.0


@contextmanager
def served() -> Iterator[str]:
    """Run the provider in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = ["--port", str(port), "--require-registration", "true", "--require-nonce", "true"]
    command = [sys.executable, "-m", "oidc_provider_mock", *asked]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield answering(f"http://localhost:{port}", process)
    finally:
        process.terminate()
        process.wait()


def answering(issuer: str, process: "subprocess.Popen[bytes]") -> str:
    """Wait until the provider describes itself."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the provider ended"
        try:
            return str(requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).json()["issuer"])
        except requests.RequestException:
            time.sleep(0.05)
    raise AssertionError("the provider does not answer")


@pytest.fixture(scope="module")
def union() -> Iterator[Provider]:
    """The provider, which knows these pages."""
    with served() as issuer:
        asked = {"redirect_uris": [ORIGIN + BACK], "token_endpoint_auth_method": "client_secret_basic"}
        client = requests.post(f"{issuer}/oauth2/clients", json=asked, timeout=10).json()
        yield Provider("Union", issuer, client["client_id"], client["client_secret"])


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory, union: Provider) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("library"), providers=(union,)) as made:
        made.clock.at = datetime.now(UTC)  # the provider's tokens are of today
        yield made


def consent(address: str, person: str) -> dict[str, str]:
    """Say at the provider who one is, and agree; the query with which one is sent back."""
    answer = requests.post(address, data={"sub": person}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == ORIGIN + BACK
    return dict(parse_qsl(back.query))


def came_back(browser: Browser, address: str, person: str) -> str:
    """Go to the provider, agree, and come back; where one is sent then."""
    answer = browser.get(f"{BACK}?{urlencode(consent(address, person))}")
    return answer.headers.get("location", str(answer.status_code))


def test_somebody_signs_up_and_in_again(commune: Town, union: Provider) -> None:
    browser, path = commune.browser(), f"/invitation/{commune.people.codes.invite('ben', 'N', commune.clock())}"
    page = browser.post(f"{path}/oidc", data={"provider": "Union", "name": "", "language": "en"})
    address = html.unescape(page.text.partition('rel="noreferrer" href="')[2].partition('"')[0])
    assert came_back(browser, address, "alice") == "/account"
    member = str(commune.people.identities.find(union.issuer, "alice"))
    assert commune.federation.state.members[member] == "N"
    again = commune.browser()
    asked = again.get("/sign-in/oidc?provider=Union&back=/votes").headers["location"]
    assert came_back(again, asked, "alice") == "/votes"
    assert member in again.get("/account").text
    stranger = commune.browser()
    asked = stranger.get("/sign-in/oidc?provider=Union").headers["location"]
    assert came_back(stranger, asked, "bob") == "400"
    assert stranger.session == ""


def test_a_code_counts_once_and_only_for_these_pages(union: Provider) -> None:
    there = Flow(union, ORIGIN + BACK)
    address, kept = there.begin(repeatable())
    answer = consent(address, "carol")
    assert there.end(kept, answer, datetime.now(UTC)).subject == "carol"
    with pytest.raises(BadInput, match="does not take"):
        there.end(kept, answer, datetime.now(UTC))
    thief = Flow(Provider("Union", union.issuer, union.client, "another secret"), ORIGIN + BACK)
    address, kept = thief.begin(repeatable())
    with pytest.raises(BadInput, match="does not take"):
        thief.end(kept, consent(address, "carol"), datetime.now(UTC))
