"""The page of one's account: passkeys, sessions, tokens, invitations, names, and erasure."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newcourse.people.accounts import About
from tests.people.authenticator import Authenticator, text
from tests.web.signing_in import ORIGIN, Browser, Town, town

ASK, ANSWER = "/sign-in/passkey/options", "/sign-in/passkey"
ADD = ("/account/passkeys/options", "/account/passkeys")


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("accounts")) as made:
        yield made


@pytest.fixture
def ada(commune: Town) -> Browser:
    return commune.member("ada")


def test_the_account_is_only_ones_own(commune: Town) -> None:
    for path in ("/account", "/account/export.json"):
        answer = commune.browser().get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back=/account")


def test_a_passkey_is_added_and_signs_in(commune: Town) -> None:
    cyd, device = commune.member("cyd"), Authenticator(ORIGIN)
    assert "You have none yet" in cyd.get("/account").text
    answer = cyd.passkey(device, *ADD, label="My phone")
    assert answer.json() == {"next": "/account#passkeys", "member": "cyd"}
    assert "My phone" in cyd.get("/account").text
    assert commune.browser().passkey(device, ASK, ANSWER).json()["member"] == "cyd"


def test_the_last_way_to_sign_in_stays(commune: Town) -> None:
    dan, first, second = commune.member("dan"), Authenticator(ORIGIN), Authenticator(ORIGIN)
    dan.passkey(first, *ADD)
    refused = dan.send("/account/passkeys/remove", credential=text(first.credential))
    assert refused.status_code == 400
    assert "another way that remains" in refused.text
    dan.passkey(second, *ADD)
    assert dan.send("/account/passkeys/remove", credential=text(first.credential)).status_code == 303
    assert commune.browser().passkey(first, ASK, ANSWER).status_code == 400
    assert commune.browser().passkey(second, ASK, ANSWER).status_code == 200


def test_nobody_removes_what_is_anothers(commune: Town, ada: Browser) -> None:
    eva, device = commune.member("eva"), Authenticator(ORIGIN)
    eva.passkey(device, *ADD)
    eva.send("/account/tokens", label="eva's")
    (session,) = commune.people.sessions.all("eva", commune.clock())
    ada.passkey(Authenticator(ORIGIN), *ADD)
    ada.passkey(Authenticator(ORIGIN), *ADD)
    ada.send("/account/passkeys/remove", credential=text(device.credential))
    ada.send("/account/tokens/revoke", token=commune.people.tokens.all("eva")[0].token)
    ada.send("/account/sessions/end", session=session.session)
    assert len(commune.people.passkeys.all("eva")) == 1
    assert len(commune.people.tokens.all("eva")) == 1
    assert eva.get("/account").status_code == 200


def test_a_ceremony_of_another_member_adds_no_passkey(commune: Town, ada: Browser) -> None:
    ben, device = commune.member("ben"), Authenticator(ORIGIN)
    asked = ada.post(ADD[0], {"x-csrf-token": ada.csrf()}, json={}).json()
    ben.cookies["__Host-newcourse-ceremony"] = ada.cookies["__Host-newcourse-ceremony"]
    answer = ben.post(ADD[1], {"x-csrf-token": ben.csrf()}, json={"answer": device.create(asked)})
    assert answer.status_code == 400
    assert commune.people.passkeys.all("ben") == ()


def test_a_token_is_shown_once_and_revoked(commune: Town, ada: Browser) -> None:
    page = ada.send("/account/tokens", label="nightly").text
    secret = page.partition('<code id="secret">')[2].partition("<")[0]
    assert secret not in ada.get("/account").text
    assert commune.people.tokens.find(secret, commune.clock()) is not None
    (token,) = [one for one in commune.people.tokens.all("ada") if one.label == "nightly"]
    ada.send("/account/tokens/revoke", token=token.token)
    assert commune.people.tokens.find(secret, commune.clock()) is None
    assert ada.send("/account/tokens", label="").status_code == 400


def test_a_program_does_not_reach_the_account(commune: Town) -> None:
    commune.people.account("fay", commune.clock())
    bearer = {"authorization": f"Bearer {commune.people.tokens.make('fay', 'x', commune.clock())}"}
    program = commune.browser()
    assert program.ask("GET", "/account", bearer).status_code == 303
    assert program.ask("GET", "/account/export.json", bearer).status_code == 303
    for path, sent in (("/account/erase", {"code": "fay"}), ("/account/tokens", {"label": "y"})):
        assert program.ask("POST", path, bearer, data=sent).status_code in (400, 403)
    assert program.ask("POST", ADD[0], bearer, json={}).status_code == 400
    assert len(commune.people.tokens.all("fay")) == 1


def test_an_invitation_is_shown_once(commune: Town, ada: Browser) -> None:
    page = ada.send("/account/invitations", place="N")
    address = page.text.partition('<code id="secret">')[2].partition("<")[0]
    assert address.startswith(f"{ORIGIN}/invitation/")
    assert commune.browser().get(address.removeprefix(ORIGIN)).status_code == 200
    later = ada.get("/account").text
    assert address not in later
    assert "not used yet" in later
    assert ada.send("/account/invitations", place="nowhere").status_code == 400


def test_who_may_not_vouch_makes_no_invitation(commune: Town) -> None:
    stranger = commune.member("somebody")
    assert 'action="/account/invitations"' not in stranger.get("/account").text
    assert stranger.send("/account/invitations", place="N").status_code == 403


def test_a_name_is_changed_and_is_nobody_elses(commune: Town, ada: Browser) -> None:
    assert ada.send("/account/about", name="Ada L.", email="", language="sv").status_code == 303
    found = commune.people.accounts.find("ada")
    assert found is not None
    assert found.about == About("Ada L.", "", "sv")
    ben = commune.member("ben")
    for name in ("ada", "ADA L.", "m-abcdefghij"):
        assert ben.send("/account/about", name=name, language="en").status_code == 400, name
    assert ben.send("/account/about", name="ben", language="en").status_code == 303
    ada.send("/account/about", name="", language="en")


def test_signing_out_everywhere(commune: Town) -> None:
    here, there = commune.member("gus"), commune.member("gus")
    assert here.get("/account").text.count("Sign out<span") == 2
    assert here.send("/account/sessions/end", session="").headers["location"] == "/sign-in"
    assert there.get("/account").status_code == here.get("/account").status_code == 303


def test_everything_personal_is_handed_out(commune: Town, ada: Browser) -> None:
    ada.send("/account/about", name="", email="ada@example.org", language="en")
    answer = ada.get("/account/export.json")
    assert json.loads(answer.text)["account"]["email"] == "ada@example.org"
    assert "attachment" in answer.headers["content-disposition"]


def test_after_erasure_the_record_still_verifies(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        path, device = f"/invitation/{made.people.codes.invite('ben', 'N', made.clock())}", Authenticator(ORIGIN)
        browser = made.browser()
        member = browser.passkey(device, f"{path}/options", path, name="Gia").json()["member"]
        before = [entry.to_data() for entry in made.federation.entries()]
        assert browser.send("/account/erase", code="wrong").status_code == 400
        assert browser.send("/account/erase", code=member).headers["location"] == "/"
        assert browser.get("/account").status_code == 303
        assert made.browser().passkey(device, ASK, ANSWER).status_code == 400
        assert made.people.export(member)["account"] is None
        assert [entry.to_data() for entry in made.federation.entries()] == before
        assert made.federation.verify().ok
        assert made.federation.state.members[member] == "N"
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"Gia" not in files
