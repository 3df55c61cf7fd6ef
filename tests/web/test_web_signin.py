"""Signing up, signing in, the account: done as browsers do it, and refused for each reason."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from newcourse.council.authority import Refusal
from newcourse.people.codes import LIVES
from tests.people.authenticator import Authenticator
from tests.web.client import links, parsed
from tests.web.signing_in import ORIGIN, Browser, Town, town

ASK, ANSWER = "/sign-in/passkey/options", "/sign-in/passkey"


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("signing in")) as made:
        yield made


def invited(commune: Town, by: str = "ben", place: str = "N") -> str:
    return f"/invitation/{commune.people.codes.invite(by, place, commune.clock())}"


def signed_up(commune: Town, path: str, **fields: str) -> tuple[Browser, Authenticator, str]:
    """A newcomer who has used an invitation."""
    browser, device = commune.browser(), Authenticator(ORIGIN)
    answer = browser.passkey(device, f"{path}/options", path, **fields)
    assert answer.status_code == 200, answer.text
    return browser, device, answer.json()["member"]


def known(commune: Town) -> tuple[int, int]:
    """How many members there are, and how many accounts."""
    return len(commune.federation.state.members), len(commune.people.accounts.all())


def code(answer: object) -> str:
    found: str = answer.json()["faults"][0]["code"]  # type: ignore[attr-defined]
    return found


def test_an_invitation_makes_a_member_in_the_name_of_who_invited(commune: Town) -> None:
    path = invited(commune)
    page = commune.browser().get(path)
    assert "You are invited to" in page.text
    assert "ben vouches for you" in page.text
    browser, _, member = signed_up(commune, path, name="Gia", email="gia@example.org", language="sv")
    assert member.startswith("m-")
    assert len(member) == 12
    assert commune.federation.state.members[member] == "N"
    entry = list(commune.federation.entries())[-1]
    assert (entry.act, entry.actor, entry.body["person"]) == ("join", "ben", member)
    assert "Gia" in browser.get("/account").text
    record = "".join(str(entry.to_data()) for entry in commune.federation.entries())
    assert "Gia" not in record
    assert "gia@example.org" not in record
    assert commune.federation.verify().ok


def test_a_passkey_signs_in_again(commune: Town) -> None:
    _, device, member = signed_up(commune, invited(commune))
    browser = commune.browser()
    answer = browser.passkey(device, ASK, ANSWER, back="/votes")
    assert answer.json() == {"next": "/votes", "member": member}
    assert member in browser.get("/account").text
    assert browser.get("/sign-in").headers["location"] == "/account"


def test_an_invitation_is_good_once(commune: Town) -> None:
    path = invited(commune)
    late, device = commune.browser(), Authenticator(ORIGIN)
    asked = late.post(f"{path}/options", json={}).json()
    signed_up(commune, path)
    before = known(commune)
    assert late.post(path, json={"answer": device.create(asked)}).status_code == 400
    assert commune.browser().get(path).status_code == 404
    assert code(commune.browser().post(f"{path}/options", json={})) == "code-spent"
    assert known(commune) == before


def test_an_invitation_is_good_for_a_time(commune: Town) -> None:
    path = invited(commune)
    commune.clock.move(seconds=LIVES["invitation"].total_seconds())
    assert commune.browser().get(path).status_code == 404


def test_who_may_not_vouch_cannot_invite(commune: Town) -> None:
    path = invited(commune, by="ben", place="S")
    assert isinstance(commune.federation.may("ben", "join", "S"), Refusal) or pytest.skip("ben may")
    before = known(commune)
    assert commune.browser().get(path).status_code == 403
    refused = commune.browser().passkey(Authenticator(ORIGIN), f"{path}/options", path)
    assert refused.status_code == 403
    assert known(commune) == before


def test_who_has_vouched_for_as_many_as_one_member_can_invites_nobody_else_now(tmp_path: Path) -> None:
    with town(tmp_path, vouching=1) as commune:
        path = invited(commune)
        signed_up(commune, invited(commune))
        answer = commune.browser().get(path)
        assert answer.status_code == 403
        assert "for at most 1 person within 30 days" in answer.text
        commune.clock.move(days=30)
        assert commune.browser().get(invited(commune)).status_code == 200


def test_authority_is_asked_again_when_somebody_joins(commune: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between question and answer who invited lost the right: no member, no account, and nothing to sign in with."""
    path, browser, device, before = invited(commune), commune.browser(), Authenticator(ORIGIN), known(commune)
    asked = browser.post(f"{path}/options", json={}).json()
    monkeypatch.setattr("newcourse.web.signin.inviting.require_good", lambda *_: None)
    good = commune.people.codes.find(path.rpartition("/")[2], commune.clock(), "invitation")
    monkeypatch.setattr(commune.people.codes, "known", lambda *_: good)
    kept = browser.cookies["__Host-newcourse-ceremony"]
    stored = commune.people.challenges.end("sign-up", kept, commune.clock())
    stored["account"]["inviter"] = "nobody"
    browser.cookies["__Host-newcourse-ceremony"] = commune.people.challenges.begin("sign-up", stored, commune.clock())
    answer = browser.post(path, json={"answer": device.create(asked)})
    assert answer.status_code == 403
    assert known(commune) == before
    assert browser.session == ""


def test_joining_that_was_interrupted_is_finished_at_sign_in(commune: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    path, browser, device = invited(commune), commune.browser(), Authenticator(ORIGIN)
    with monkeypatch.context() as patched:
        patched.setattr("newcourse.web.signin.inviting.join_or_undo", lambda *_: None)
        member = browser.passkey(device, f"{path}/options", path).json()["member"]
    assert member not in commune.federation.state.members
    assert commune.browser().passkey(device, ASK, ANSWER).status_code == 200
    assert commune.federation.state.members[member] == "N"
    assert commune.browser().passkey(device, ASK, ANSWER).status_code == 200


def test_the_first_person_founds(tmp_path: Path) -> None:
    with town(tmp_path, empty=True) as made:
        path = f"/invitation/{made.people.codes.setup(made.clock())}"
        assert "You are the first person here" in made.browser().get(path).text
        browser, _, member = signed_up(made, path)
        assert "There is no federation yet" in browser.get("/account").text
        assert list(made.federation.entries()) == []
        assert made.people.accounts.find(member) is not None
        assert made.browser().get(path).status_code == 404


@pytest.mark.parametrize("field", [{"name": "ada"}, {"name": " \u202e"}, {"email": "x"}, {"language": "?"}])
def test_what_newcomers_cannot_say(commune: Town, field: dict[str, str]) -> None:
    path = invited(commune)
    answer = commune.browser().post(f"{path}/options", json=field)
    assert answer.status_code == 400
    assert commune.browser().get(path).status_code == 200, "the invitation is still good"


def test_an_answer_counts_once_and_only_at_the_browser_that_was_asked(commune: Town) -> None:
    _, device, _ = signed_up(commune, invited(commune))
    browser, thief = commune.browser(), commune.browser()
    answer = {"answer": device.get(browser.post(ASK, json={}).json())}
    assert code(thief.post(ANSWER, json=answer)) == "ceremony-over"
    thief.post(ASK, json={})
    assert code(thief.post(ANSWER, json=answer)) == "passkey-refused"
    kept = dict(browser.cookies)
    assert browser.post(ANSWER, json=answer).status_code == 200
    assert code(Browser(commune.app, cookies=kept).post(ANSWER, json=answer)) == "ceremony-over"


def test_a_ceremony_is_for_what_it_was_begun(commune: Town) -> None:
    _, device, _ = signed_up(commune, invited(commune))
    path, browser = invited(commune), commune.browser()
    browser.post(f"{path}/options", json={})
    asked = {"rpId": "town.example", "challenge": "AA"}
    assert code(browser.post(ANSWER, json={"answer": device.get(asked)})) == "ceremony-over"


def test_a_passkey_of_other_pages_is_refused(commune: Town) -> None:
    path, wrong = invited(commune), Authenticator("https://t0wn.example")
    answer = commune.browser().passkey(wrong, f"{path}/options", path)
    assert (answer.status_code, code(answer)) == (400, "passkey-refused")
    assert "another address" in answer.text


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"null", b'{"answer": 7}', b'{"answer": {"id": []}}'])
def test_answers_that_are_none(commune: Town, sent: bytes) -> None:
    browser = commune.browser()
    for ask, answer in ((ASK, ANSWER), ((path := invited(commune)) + "/options", path)):
        browser.post(ask, json={})
        refused = browser.post(answer, {"content-type": "application/json"}, content=sent)
        assert (refused.status_code, code(refused)) == (400, "passkey-refused")


def test_a_number_given_by_somebody_else_is_never_taken_over(commune: Town) -> None:
    """Session fixation: the number before sign-in, whoever set it, is not the number after it."""
    _, device, _ = signed_up(commune, invited(commune))
    thief = commune.member("ben")
    planted = thief.session
    victim = Browser(commune.app, cookies={"__Host-newcourse-session": "planted by somebody"})
    assert victim.passkey(device, ASK, ANSWER).status_code in (200, 403)
    assert victim.session not in ("planted by somebody", planted)
    other = Browser(commune.app, cookies={"__Host-newcourse-session": planted})
    assert other.post(ANSWER, json={}).status_code == 403, "a session asks for its form token"
    link = f"/sign-in/link/{commune.people.codes.link('ada', commune.clock())}"
    answer = other.send(link)
    assert answer.status_code == 303
    assert other.session != planted
    assert thief.get("/account").status_code == 303, "what the browser had before is over"


def test_a_link_signs_in_once_and_not_by_looking(commune: Town) -> None:
    path = f"/sign-in/link/{commune.people.codes.link('ada', commune.clock())}"
    for _ in range(2):
        page = commune.browser().get(path)
        assert page.status_code == 200
        assert "Sign in as ada" in page.text
    assert commune.browser().post(path).status_code == 303
    assert commune.browser().post(path).status_code == 404
    assert commune.browser().get(path).status_code == 404


def test_signing_out_ends_the_session(commune: Town) -> None:
    ada = commune.member("ada")
    kept = dict(ada.cookies)
    assert ada.send("/sign-out").status_code == 303
    assert ada.session == ""
    assert Browser(commune.app, cookies=kept).get("/account").headers["location"] == "/sign-in?back=/account"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_other_pages(commune: Town, back: str) -> None:
    _, device, _ = signed_up(commune, invited(commune))
    assert commune.browser().passkey(device, ASK, ANSWER, back=back).json()["next"] == "/"
    page = commune.browser().get(f"/sign-in?back={back}")
    assert 'name="back" value="/"' in page.text


def test_secrets_are_in_no_log_and_on_no_page(commune: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    invitation, link = invited(commune), f"/sign-in/link/{commune.people.codes.link('ada', commune.clock())}"
    browser, device, _ = signed_up(commune, invitation, email="gia@example.org")
    ada = commune.browser()
    ada.post(link)
    shown = ada.send("/account/tokens", label="script").text
    token = shown.partition('<code id="secret">')[2].partition("<")[0]
    assert token.startswith("nc_")
    again = commune.browser()
    again.passkey(device, ASK, ANSWER)
    secrets = [invitation[12:], link[14:], token, browser.session, ada.session, again.session, ada.csrf()]
    assert all(len(secret) > 20 for secret in secrets)
    said = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("http"))  # not our browser
    assert "has signed in" in said
    assert [secret for secret in [*secrets, "gia@example.org"] if secret in said] == []
    pages = "".join(ada.get(path).text for path in ("/", "/account", "/account/export.json", "/record"))
    assert [secret for secret in secrets[:-1] if secret in pages] == []
    assert "gia@example.org" not in pages
    assert invitation[12:] not in commune.browser().get(invitation).text.replace(f'value="{invitation}"', "")


def test_pages_of_sign_in_load_nothing_from_elsewhere(commune: Town) -> None:
    ada = commune.member("ada")
    for browser, path in ((commune.browser(), "/sign-in"), (commune.browser(), invited(commune)), (ada, "/account")):
        page = parsed(browser.get(path).text)
        assert all(address.startswith(("/", "#")) for address in links(page)), path
        for script in page.all("script"):
            assert script.attributes["src"] == "/static/passkey.js"
            assert script.text == ""
        assert not [element for element in page.all() if "style" in element.attributes]
        assert [element.name for element in page.all("h1")] == ["h1"]
        named = {label.attributes.get("for") for label in page.all("label")}
        fields = [one for one in page.all("input", "select") if one.attributes.get("type") != "hidden"]
        assert {one.attributes["id"] for one in fields} <= named, path
    assert commune.browser().get("/static/passkey.js").headers["content-type"].startswith("text/javascript")


def test_who_is_signed_in_already_can_follow_an_invitation_or_a_link(commune: Town) -> None:
    """The pages hold the form token of the session there is; the new session replaces it."""
    ada = commune.member("ada")
    before = ada.session
    for path in (invited(commune), f"/sign-in/link/{commune.people.codes.link('ben', commune.clock())}"):
        assert f'name="csrf" value="{ada.csrf()}"' in ada.get(path).text
    path = invited(commune)
    answer = ada.passkey(Authenticator(ORIGIN), f"{path}/options", path)
    assert answer.status_code == 200
    assert answer.json()["member"] in ada.get("/account").text
    assert Browser(commune.app, cookies={"__Host-newcourse-session": before}).get("/account").status_code == 303


def test_nesting_without_end_is_refused_like_any_other_nonsense(commune: Town) -> None:
    answer = commune.browser().post(ANSWER, {"content-type": "application/json"}, content=b"[" * 30_000)
    assert answer.status_code == 400
