"""Languages: every message translated, the language of the account before the cookie before the browser's own."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from babel.messages.pofile import read_po

from newcourse.acts.federation import Federation
from newcourse.web.app import create_app
from newcourse.web.languages.speaking import CATALOGUE, SOURCE, catalogue, gettext, languages, ngettext, speaking
from tests.web.client import Client, parsed
from tests.web.signed_in import Town

OTHERS = [language for language in languages() if language != SOURCE]
ROOT = Path(__file__).parents[2]
_PLACE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def pages(once_called: Federation) -> Client:
    return Client(create_app(once_called.record))


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_untranslated_or_doubtful(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy, message.id
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        for one, other in zip(asked, said, strict=True):
            assert set(_PLACE.findall(one)) == set(_PLACE.findall(other)), message.id


@pytest.mark.slow
def test_every_message_of_the_pages_is_extracted_and_translated() -> None:
    """Where this fails, run scripts/extract_messages.py and translate what is new."""
    ran = subprocess.run(
        [sys.executable, "scripts/extract_messages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_files_of_translators_are_as_gettext_reads_them() -> None:
    for language in OTHERS:
        with (ROOT / "src/newcourse/web/languages" / language / CATALOGUE).open("rb") as file:
            assert str(read_po(file, abort_invalid=True).locale or language) == language


def test_words_and_numbers_of_words() -> None:
    with speaking("sv"):
        assert gettext("Votes") == "Omröstningar"
        assert [ngettext("%(num)s ballot", "%(num)s ballots", n) for n in (1, 2)] == [
            "%(num)s valsedel",
            "%(num)s valsedlar",
        ]
        with speaking("en"):
            assert gettext("Votes") == "Votes"
        assert gettext("nobody has translated this") == "nobody has translated this"
    assert gettext("Votes") == "Votes"


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"accept_language": "sv-SE,sv;q=0.9,en;q=0.5"}, "sv"),
        ({"accept_language": "de,en;q=0.4,sv;q=0.8"}, "sv"),
        ({"accept_language": "sv;q=0, en"}, "en"),
        ({"accept_language": "sv;q=x"}, "en"),
        ({"accept_language": ";;,=,\x7f" * 90}, "en"),
        ({"accept_language": "sv", "cookie": "language=en"}, "en"),
        ({"cookie": "language=sv"}, "sv"),
        ({"cookie": "language=../../etc", "accept_language": "sv"}, "sv"),
    ],
)
def test_a_page_speaks_the_language_that_is_asked_for(pages: Client, headers: dict[str, str], language: str) -> None:
    answer = pages.get("/votes", **headers)
    (html,) = parsed(answer.text).all("html")
    assert html.attributes["lang"] == language
    assert ("Hoppa till innehållet" in answer.text) == (language == "sv")
    assert "Accept-Language" in answer.headers["vary"]


def test_the_switch_is_remembered_and_leads_back(pages: Client) -> None:
    (form,) = [
        form for form in parsed(pages.get("/votes").text).all("form") if form.attributes["action"] == "/language"
    ]
    assert {button.attributes["value"] for button in form.all("button")} == set(languages())
    assert {button.attributes["lang"] for button in form.all("button")} == set(languages())
    answer = pages.get("/language?to=sv&back=/votes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/votes")
    assert answer.headers["set-cookie"].startswith("language=sv;")
    assert pages.get("/language?to=sv&back=https://elsewhere.example/").headers["location"] == "/"
    assert pages.get("/language?to=xx").status_code == 404


def test_the_account_remembers_the_switch_and_forms_speak_it_too(town: Town) -> None:
    ada = town.ada
    sent = urlencode({"csrf": ada.csrf, "to": "sv", "back": "/acts/file_need"})
    answer = ada.ask("POST", "/language", sent, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.headers["location"]) == (303, "/acts/file_need")
    page = parsed(ada.get("/acts/file_need").text).text
    assert "Anmäl vad en plats behöver" in page
    assert "Vad som måste finnas i varje fall" in page
    wrong = ada.form("file_need", {"place": "N", "need": "bread-n", "minimum": "x", "target": "1"})
    assert "En sak är fel" in parsed(wrong.text).text
    forged = urlencode({"csrf": "x", "to": "en"})
    assert ada.ask("POST", "/language", forged, content_type="application/x-www-form-urlencoded").status_code == 403
