"""The door: who is let through, what is refused, and what every answer says to browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from newcourse.errors import BadInput
from newcourse.people.sessions import Times
from newcourse.web.guard import HEADERS
from newcourse.web.signin.current import can_sign_in, current, names_of
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.rates import Rates
from tests.web.signing_in import EASY, ORIGIN, Browser, Clock, Town, town

TIMES = Times()


def seen(request: Request) -> JSONResponse:
    """Say who asks."""
    who = current(request)
    names = names_of(request, ["ada", "ben"])
    return JSONResponse({"member": who and who.member, "way": who and who.way, "names": names})


async def echo(request: Request) -> JSONResponse:
    """Say what was sent, so that one sees that the body still arrives."""
    sent: dict[str, str] = {}
    if "form" in request.headers.get("content-type", ""):
        async with request.form() as form:
            sent = {name: value if isinstance(value, str) else "file" for name, value in form.items()}
    body = "" if sent else (await request.body()).decode()
    who = current(request)
    return JSONResponse({"who": who and who.member, "form": sent, "body": body})


def with_doors(made: Town) -> Town:
    made.app.router.routes[:0] = [
        Route("/seen", seen),
        Route("/echo", echo, methods=["POST", "PUT", "DELETE", "PATCH"]),
        Route("/api/acts/cast_secret", echo, methods=["POST"]),
    ]
    return made


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("guarded")) as made:
        yield with_doors(made)


@pytest.fixture
def ada(commune: Town) -> Browser:
    return commune.member("ada")


def code(answer: object) -> str:
    found: str = answer.json()["faults"][0]["code"]  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nobody_changes_anything_without_signing_in(commune: Town, method: str) -> None:
    for path in ("/echo", "/acts/found", "/api/acts/cast", "/account/erase", "/sign-out", "/nowhere"):
        answer = commune.browser().ask(method, path, json={})
        assert answer.status_code == 401, path
        assert code(answer) == "sign-in-needed"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_session_reaches_pages_with_its_form_token(ada: Browser) -> None:
    assert ada.get("/seen").json()["member"] == "ada"
    answer = ada.send("/echo", words="ä & ö")
    assert answer.json() == {"who": "ada", "form": {"csrf": ada.csrf(), "words": "ä & ö"}, "body": ""}
    answer = ada.post("/echo", {"x-csrf-token": ada.csrf()}, json={"a": 1})
    assert answer.json() == {"who": "ada", "form": {}, "body": '{"a":1}'}


def test_a_form_with_a_file_holds_the_token_too(ada: Browser) -> None:
    files = {"file": ("roll.csv", b"ada")}
    assert ada.post("/echo", data={"csrf": ada.csrf()}, files=files).json()["form"]["file"] == "file"
    assert ada.post("/echo", data={"csrf": "x"}, files=files).status_code == 403
    assert ada.post("/echo", files={"csrf": ("csrf", ada.csrf().encode())}).status_code == 403
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert ada.post("/echo", broken, content=b"no form").status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_without_the_form_token_nothing_is_done(commune: Town, ada: Browser, method: str) -> None:
    other = commune.member("ben").csrf()
    for sent in ({}, {"data": {"csrf": "wrong"}}, {"data": {"csrf": other}}, {"json": {"csrf": ada.csrf()}}):
        answer = ada.ask(method, "/echo", **sent)  # type: ignore[arg-type]
        assert answer.status_code == 403
        assert code(answer) == "csrf-wrong"
    assert ada.ask(method, "/echo", {"x-csrf-token": other}).status_code == 403
    assert ada.ask(method, f"/echo?csrf={ada.csrf()}").status_code == 403, "never in an address"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://town.example"},
        {"origin": "https://town.example:8443"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_pages_send_nothing_in_somebodys_name(ada: Browser, commune: Town, headers: dict[str, str]) -> None:
    answer = ada.post("/echo", {**headers, "x-csrf-token": ada.csrf()})
    assert answer.status_code == 403
    assert "a request from pages" in answer.text
    stranger = commune.browser()
    for path in ("/api/acts/cast_secret", "/sign-in/passkey/options"):
        answer = stranger.ask("POST", path, headers, json={})
        assert code(answer) == "request-forged"


def test_a_program_acts_by_its_token(commune: Town) -> None:
    secret = commune.people.tokens.make(
        "ben" if commune.people.account("ben", commune.clock()) else "", "x", commune.clock()
    )
    program = commune.browser()
    bearer = {"authorization": f"Bearer {secret}"}
    assert program.ask("GET", "/seen", bearer).json()["way"] == "token"
    assert program.ask("POST", "/echo", bearer, json={"a": 1}).json()["who"] == "ben"
    for path in ("/account/erase", "/account/tokens", "/account/invitations"):
        answer = program.ask("POST", path, bearer, data={"code": "ben"})
        assert answer.status_code != 200, path
    assert commune.people.accounts.find("ben") is not None
    for wrong in ("Bearer nc_wrong", "Bearer ", "bearer x"):
        assert program.ask("GET", "/seen", {"authorization": wrong}).status_code == 401, wrong


def test_a_wrong_token_is_nobody_even_beside_a_session(ada: Browser) -> None:
    answer = ada.post("/echo", {"authorization": "Bearer nc_wrong", "x-csrf-token": ada.csrf()})
    assert answer.status_code == 401


def test_a_ballot_is_cast_without_login(commune: Town) -> None:
    answer = commune.browser().ask("POST", "/api/acts/cast_secret", json={"vote": "V1"})
    assert answer.json() == {"who": None, "form": {}, "body": '{"vote":"V1"}'}


def test_requests_that_are_too_large(commune: Town, ada: Browser) -> None:
    large = b"x" * (64 * 2**10 + 1)
    answer = commune.browser().ask("POST", "/api/acts/cast_secret", content=large)
    assert (answer.status_code, code(answer)) == (413, "request-too-large")
    assert ada.post("/echo", {"x-csrf-token": ada.csrf()}, content=large).status_code == 200


def test_every_answer_is_guarded(commune: Town, ada: Browser) -> None:
    answers = [
        commune.browser().get("/"),
        commune.browser().ask("POST", "/echo"),
        ada.get("/account"),
        ada.get("/nowhere"),
    ]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers.multi_items()).items() or all(
            answer.headers[name] == value for name, value in HEADERS.items()
        )
        assert "max-age" in answer.headers["strict-transport-security"]
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_somebody_sees_is_kept_by_nobody_else(ada: Browser) -> None:
    answer = ada.get("/seen")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in answer.headers["vary"]


def test_the_cookie_is_out_of_reach(commune: Town) -> None:
    browser = commune.browser()
    answer = browser.post(f"/sign-in/link/{commune.people.codes.link('ada', commune.clock())}")
    line = next(one for one in answer.headers.get_list("set-cookie") if "newcourse-session" in one)
    assert line.startswith("__Host-newcourse-session=")
    for word in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert word in line
    assert "Domain" not in line


def test_the_number_of_a_session_changes(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        ada = with_doors(made).member("ada")
        first = ada.session
        assert ada.get("/seen").json()["member"] == "ada"
        assert ada.session == first
        made.clock.move(minutes=16)
        token = ada.csrf()
        assert ada.session != first
        old = Browser(made.app, cookies={"__Host-newcourse-session": first})
        assert old.get("/seen").json()["member"] == "ada", "on its way already"
        made.clock.move(minutes=2)
        assert ada.csrf() == token, "open forms stay good"
        assert Browser(made.app, cookies={"__Host-newcourse-session": first}).get("/seen").json()["member"] is None
        assert ada.get("/seen").json()["member"] is None, "two had the number: the session is over"


def test_sessions_end_by_themselves(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        ada = with_doors(made).member("ada")
        made.clock.move(seconds=TIMES.idle.total_seconds() + 60)
        assert ada.get("/seen").json()["member"] is None
        assert ada.post("/echo", data={"csrf": "x"}).status_code == 401


def test_names_are_those_people_gave(commune: Town, ada: Browser) -> None:
    assert commune.browser().get("/seen").json()["names"] == {"ada": "ada", "ben": "ben"}
    assert ada.send("/account/about", name="Ada Lovelace", language="en").status_code == 303
    assert commune.browser().get("/seen").json()["names"]["ada"] == "Ada Lovelace"


def test_who_asks_too_often_waits(tmp_path: Path) -> None:
    rates = Rates(sign_in="3/minute", codes="2/minute", casts="4/minute", acts="5/minute")
    with town(tmp_path, rates=rates) as made:
        ada = with_doors(made).member("ada")
        token = ada.csrf()
        for path, many, sent in (("/sign-in/passkey/options", 3, {}), ("/api/acts/cast_secret", 4, {})):
            stranger = made.browser("198.51.100.7")
            answers = [stranger.ask("POST", path, json=sent) for _ in range(many + 1)]
            assert [answer.status_code == 429 for answer in answers] == [False] * many + [True], path
            assert code(answers[-1]) == "too-many-requests"
            assert 0 < int(answers[-1].headers["retry-after"]) <= 60
            assert made.browser("203.0.113.9").ask("POST", path, json=sent).status_code == 200, "others need not wait"
        answers = [ada.post("/echo", {"x-csrf-token": token}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert ada.get("/seen").status_code == 200, "reading is free"
        assert "try again in" in answers[-1].text


def test_guessed_codes_are_limited(tmp_path: Path) -> None:
    with town(tmp_path, rates=Rates(codes="5/minute")) as made:
        guesser = made.browser("198.51.100.8")
        answers = [guesser.get(f"/invitation/{number}").status_code for number in range(4)]
        answers += [guesser.get("/sign-in/link/x").status_code, guesser.post("/sign-in/link/y").status_code]
        assert answers == [404] * 5 + [429]


def test_without_accounts_nobody_can_sign_in(empty_site: object) -> None:
    answer = empty_site.get("/sign-in")  # type: ignore[attr-defined]
    assert answer.status_code == 404
    answer = empty_site.ask("POST", "/sign-in/passkey/options")  # type: ignore[attr-defined]
    assert (answer.status_code, code(answer)) == (405, "web-reads-only")


def test_the_address_of_the_pages_is_set_or_this_machine(commune: Town) -> None:
    people = commune.people
    for wrong in (
        "town.example",
        "ftp://town.example",
        "https://town.example/",
        "https://town.example/pages",
        "https://",
    ):
        with pytest.raises(BadInput, match="origin-wrong"):
            Entrance(people, wrong)
    for url, expected in (
        ("http://localhost:8000/x", "http://localhost:8000"),
        ("http://127.0.0.1/", "http://127.0.0.1"),
    ):
        assert Entrance(people).origin_of(asked(url)) == expected
    with pytest.raises(BadInput, match="origin-unset"):
        Entrance(people).origin_of(asked("http://town.example/"))
    for url in ("http://127.0.0.1:8000/x", "http://[::1]:8000/x"):
        with pytest.raises(BadInput, match="open http://localhost:8000"):
            Entrance(people).site(asked(url), "Commune")
    assert Entrance(people).site(asked("http://localhost:8000/x"), "Commune").party == "localhost"
    assert Entrance(people, ORIGIN).origin_of(asked("http://evil.example/")) == ORIGIN
    assert can_sign_in(Request({"type": "http", "app": commune.app, "headers": []}))
    assert isinstance(Entrance(people, rates=EASY, now=Clock()).now(), type(commune.clock()))


def asked(url: str) -> Request:
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    headers = [(b"host", host.encode())]
    return Request({"type": "http", "scheme": scheme, "path": f"/{path}", "headers": headers, "method": "GET"})
