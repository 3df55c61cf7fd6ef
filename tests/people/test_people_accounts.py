"""Accounts, what people say of themselves, and that all of it can be handed out and erased."""

import json
from pathlib import Path

import pytest

from newcourse.errors import BadInput
from newcourse.people.accounts import About
from newcourse.people.people import People, open_people
from tests.people.facts import NOON, account, settled

ADA = "m-abcdefghij"


def test_an_account_is_what_was_stored(people: People) -> None:
    people.accounts.make(account(joins="N", inviter="ben"))
    assert people.accounts.find(ADA) == account(joins="N", inviter="ben")
    people.accounts.joined(ADA)
    assert people.accounts.find(ADA) == account()
    assert people.accounts.find("m-bbbbbbbbbb") is None
    assert people.accounts.all() == (account(),)
    assert people.accounts.names([ADA, "ben"]) == {ADA: "Ada Lovelace"}


def test_what_one_says_of_oneself_can_change(people: People) -> None:
    people.accounts.make(account())
    people.accounts.change(ADA, About(language="sv"))
    found = people.accounts.find(ADA)
    assert found is not None
    assert found.about == About("", "", "sv")
    assert people.accounts.names([ADA]) == {}


def test_nobody_takes_the_name_of_somebody_else(people: People) -> None:
    people.accounts.make(account())
    with pytest.raises(BadInput, match="account-there"):
        people.accounts.make(account(name="Somebody"))
    for name in ("Ada Lovelace", "ada  lovelace", "ADA LOVELACE", "Ａda Lovelace"):
        with pytest.raises(BadInput, match="name-taken"):
            people.accounts.make(account("m-bbbbbbbbbb", name))
    people.accounts.make(account("m-bbbbbbbbbb", ""))
    people.accounts.make(account("m-cccccccccc", ""))
    with pytest.raises(BadInput, match="name-taken"):
        people.accounts.change("m-bbbbbbbbbb", About("Ada Lovelace"))
    people.accounts.change(ADA, About("Ada lovelace"))  # one's own name may be written anew


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"name": " Ada"}, "name-wrong"),
        ({"name": "A" * 81}, "name-wrong"),
        ({"name": "Ada\nLovelace"}, "name-wrong"),
        ({"name": "Ada\u202eecalevoL"}, "name-wrong"),
        ({"name": "A\u200bda"}, "name-wrong"),
        ({"name": "m-abcdefghij"}, "name-like-code"),
        ({"name": "M-ABCDEFGHIJ"}, "name-like-code"),
        ({"email": "ada"}, "email-wrong"),
        ({"email": "ada@example.org\nBcc: all@example.org"}, "email-wrong"),
        ({"language": ""}, "language-wrong"),
        ({"language": "../en"}, "language-wrong"),
    ],
)
def test_what_cannot_be_said_of_oneself(about: dict[str, str], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        About(**about)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        About(" x", "x", "x")
    assert [fault.code for fault in caught.value.faults] == ["name-wrong", "email-wrong", "language-wrong"]


def test_everything_personal_is_handed_out_without_secrets(people: People) -> None:
    ada = settled(people)
    secret = people.tokens.make(ada.member, "another", NOON)
    code = people.codes.invite(ada.member, "S", NOON)
    found = people.export(ada.member)
    text = json.dumps(found)
    for known in ("Ada Lovelace", "ada@example.org", "Ada's phone", "subject-4711", "Ada's browser", "Ada's script"):
        assert known in text, known
    assert secret not in text
    assert code not in text
    assert people.export("nobody") == {"member": "nobody", "account": None}


def test_everything_personal_is_erased(people: People) -> None:
    ada = settled(people)
    people.accounts.make(account("m-bbbbbbbbbb", "Ben"))
    people.codes.invite("m-bbbbbbbbbb", "S", NOON)
    assert people.erase(ada.member)
    assert people.export(ada.member) == {"member": ada.member, "account": None}
    assert not people.erase(ada.member)
    assert people.identities.find("https://idp.example", "subject-4711") is None
    assert people.codes.open(ada.member, NOON) == ()
    assert len(people.codes.open("m-bbbbbbbbbb", NOON)) == 1, "what is others' remains"


def test_no_trace_is_left_in_the_files(tmp_path: Path) -> None:
    with open_people(tmp_path / "town.people") as people:
        ada = settled(people)
        personal = [b"Lovelace", b"ada@example.org", b"subject-4711", b"Ada's phone", b"Ada's browser"]
        content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert all(text in content for text in personal)
        people.erase(ada.member)
        content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [text for text in personal if text in content] == []


def test_an_account_is_made_once(people: People) -> None:
    made = people.account("ada", NOON)
    assert people.account("ada", NOON) == made
    assert made.about == About()
