"""Signed notes are those of C2SP: a note of Go's documentation verifies, and what is no note is not read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.record.checkpoint import Checkpoint, Note, new_secret, origin_of, public_key_of, sign
from newcourse.record.keys import WitnessKey, public_key_from

# The example of golang.org/x/mod/sumdb/note, from which c2sp.org/signed-note comes.
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"

SECRET = bytes(range(32))
CHECKPOINT = Checkpoint(origin_of(public_key_of(SECRET)), 7, bytes(range(32)))
NOTE = Note(CHECKPOINT.text, (sign(CHECKPOINT.origin, SECRET, CHECKPOINT.text),))


def test_the_note_that_others_document() -> None:
    name, key = public_key_from(PUBLIC)
    note = Note.from_text(f"{TEXT}\n{LINE}")
    assert (name, note.text, str(note)) == ("PeterNeumann", TEXT, f"{TEXT}\n{LINE}")
    assert note.signatures[0].is_by(key, TEXT)
    assert not note.signatures[0].is_by(key, TEXT.replace("your", "our"))
    private = WitnessKey.from_text(PRIVATE)
    assert (private.public, str(private)) == (PUBLIC, PRIVATE)
    assert f"{private.sign(TEXT)}\n" == LINE, "Ed25519 has no chance in it"


def test_a_checkpoint_is_three_lines_and_comes_back() -> None:
    assert CHECKPOINT.text.split("\n") == [
        CHECKPOINT.origin,
        "7",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "",
    ]
    assert Checkpoint.from_text(CHECKPOINT.text) == CHECKPOINT
    assert Note.from_text(str(NOTE)) == NOTE
    assert NOTE.signatures[0].is_by(public_key_of(SECRET), CHECKPOINT.text)
    assert not NOTE.signatures[0].is_by(public_key_of(new_secret()), CHECKPOINT.text)
    assert not NOTE.signatures[0].is_by(b"no key", CHECKPOINT.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "newcourse/1\n7\n",
        "newcourse/1\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "newcourse/1\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "newcourse/1\n٧\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "newcourse/1\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        "newcourse/1\n7\nAAEC\n",
        "newcourse/1\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "two words\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a+b\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_what_is_no_checkpoint_is_not_read(text: str) -> None:
    with pytest.raises(BadInput, match="note-malformed"):
        Checkpoint.from_text(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.removesuffix("\n"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("— ", "- "),
        lambda note: note[:-4] + "\n",
        lambda note: note + "\n",
        lambda note: note + "signed, me\n",
        lambda note: f"\n\n{note.split(chr(10) * 2)[1]}",
    ],
)
def test_what_is_no_note_is_not_read(change: object) -> None:
    with pytest.raises(BadInput, match="note-malformed"):
        Note.from_text(change(str(NOTE)))


@given(st.integers(0, len(str(NOTE)) - 1), st.characters())
def test_any_changed_letter_of_a_note_is_found(at: int, letter: str) -> None:
    text = str(NOTE)
    changed = text[:at] + letter + text[at + 1 :]
    try:
        note = Note.from_text(changed)
        sound = note.signatures[0].is_by(public_key_of(SECRET), note.text)
        sound = sound and Checkpoint.from_text(note.text).origin == note.signatures[0].name
    except BadInput:
        sound = False
    assert sound == (changed == text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "x" * 201])
def test_nobody_signs_under_a_name_that_no_line_can_hold(name: str) -> None:
    with pytest.raises(BadInput):
        sign(name, SECRET, "text\n")
    with pytest.raises(BadInput, match="key-unreadable"):
        WitnessKey(name, SECRET)


def test_a_key_lies_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    key, path = WitnessKey("red-list", SECRET), tmp_path / "red.key"
    key.to_file(path)
    assert WitnessKey.from_file(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert SECRET.hex() not in repr(key)
    assert "secret" not in repr(key)
    with pytest.raises(BadInput, match="file-exists"):
        key.to_file(path)


@pytest.mark.parametrize(
    "text", ["", PUBLIC, PRIVATE[:-4], PRIVATE.replace("c74f20a3", "c74f20a4"), PRIVATE.replace("Peter", "Paul"), "a+b"]
)
def test_what_is_no_private_key_is_not_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="key-unreadable"):
        WitnessKey.from_file(path)


@pytest.mark.parametrize("text", ["", PRIVATE, PUBLIC[:-4], PUBLIC.replace("Peter", "Paul"), "a+zz+AQ=="])
def test_what_is_no_public_key_is_not_read(text: str) -> None:
    with pytest.raises(BadInput, match="key-unreadable"):
        public_key_from(text)


def test_a_key_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="key-unreadable"):
        WitnessKey.from_file(tmp_path / "none")
