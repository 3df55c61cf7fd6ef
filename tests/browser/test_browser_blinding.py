"""The voter's device in a real browser: the known answers Python gives, and each side finishes what the other began."""

import base64
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from newcourse.record.canonical import canonical_json, digest
from newcourse.record.merkle import consistency_proof, growing, inclusion_proof, leaf_hash, root
from newcourse.record.store import open_record
from newcourse.tokens.encoding import encode_pss
from newcourse.tokens.holder import Blinded, blind, finalize, prepare
from newcourse.tokens.keys import new_key, public_key
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.verifying import verify
from newcourse.vote.forms import ballot_from_data
from tests.browser.chromium import complaints
from tests.browser.conftest import serving
from tests.browser.polling import AT, RANKED, Polling
from tests.tokens import rfc9474
from tests.tokens.rfc9474 import Vector, vectors

pytestmark = pytest.mark.browser

RUN = """
const done = arguments[arguments.length - 1];
const args = [...arguments].slice(0, -1);
(async () => {
  const b = await import("/static/blind.js");
  const p = await import("/static/proofs.js");
  const ballot = await import("/static/ballot.js");
  const hex = b.fromHex;
  %s
})().then((value) => done({ value }), (error) => done({ error: String(error) }));
"""


@pytest.fixture(scope="module")
def polling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Polling, str]]:
    with open_record(tmp_path_factory.mktemp("polling") / "record.sqlite") as record:
        made = Polling(record)
        with serving(made.app()) as address:
            yield made, address


@pytest.fixture
def place(polling: tuple[Polling, str], browser: webdriver.Chrome) -> Polling:
    """The polling place as it begins, open in a browser that remembers nothing of it."""
    made, address = polling
    made.lose, made.spoil, made.refuse, made.swap = 0, False, False, False
    made.private, made.fields, made.data = new_key(), RANKED, {"data-form": "ranked"}
    made.drawn.clear()
    made.casts.clear()
    made.seen.clear()
    opened = {"vote": "V1", "question": "What first?", "token_key": made.key}
    made.record.append("open_vote", "ada", opened, AT)
    made.data["data-opened"] = f"/receipt/{made.record.head().count}"
    made.data["data-log-key"] = base64.b64encode(made.record.checkpoint(AT).public_key).decode()
    browser.get(address)
    browser.execute_script("localStorage.clear()")
    browser.get(address)
    complaints(browser)
    return made


def run(browser: webdriver.Chrome, body: str, *args: object) -> Any:
    said = browser.execute_async_script(RUN % body, *args)  # type: ignore[no-untyped-call]
    if "error" in said:
        raise RuntimeError(said["error"])
    return said["value"]


def key_text(public: bytes) -> str:
    return base64.b64encode(public).decode()


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.variant.name)
def test_the_vectors_of_the_rfc(browser: webdriver.Chrome, place: Polling, vector: Vector) -> None:
    prepared = vector.prefix + vector.message
    body = """
      const [text, prepared, salt, undo, signed] = args;
      const key = await b.readKey(text);
      const factor = b.inverse(b.toNumber(hex(undo)), key.n);
      const made = await b.blindWith(key, hex(prepared), hex(salt), factor);
      const signature = await b.finalize(key, hex(prepared), hex(signed), made.inverse, salt.length / 2);
      const encoded = await b.encodePss(hex(prepared), hex(salt), key.bits - 1);
      return [encoded, made.blinded, made.inverse, signature].map(b.toHex);
    """
    given = [part.hex() for part in (prepared, vector.salt, vector.inverse, vector.blind_signature)]
    found = run(browser, body, key_text(rfc9474.public_key()), *given)
    encoded = encode_pss(prepared, vector.salt, 4095)
    assert found == [part.hex() for part in (encoded, vector.blinded, vector.inverse, vector.signature)]


def test_the_browser_blinds_and_python_finalizes(browser: webdriver.Chrome, place: Polling) -> None:
    body = """
      const key = await b.readKey(args[0]);
      const random = (length) => crypto.getRandomValues(new Uint8Array(length));
      const prepared = b.prepare(random(32), random(32));
      const made = await b.blind(key, prepared, random);
      return [prepared, made.blinded, made.inverse].map(b.toHex);
    """
    prepared, message, inverse = map(bytes.fromhex, run(browser, body, place.key))
    signed = blind_sign(place.private, message)
    signature = finalize(place.public, prepared, signed, Blinded(message, inverse))
    assert verify(place.public, prepared, signature)
    assert len(prepared) == 64


def test_python_blinds_and_the_browser_finalizes(browser: webdriver.Chrome, place: Polling) -> None:
    prepared = prepare(secrets.token_bytes(32), secrets.token_bytes(32))
    blinded = blind(place.public, prepared, secrets.token_bytes(320))
    signed = blind_sign(place.private, blinded.message)
    body = """
      const key = await b.readKey(args[0]);
      return b.toHex(await b.finalize(key, hex(args[1]), hex(args[2]), hex(args[3])));
    """
    given = [part.hex() for part in (prepared, signed, blinded.inverse)]
    assert verify(place.public, prepared, bytes.fromhex(run(browser, body, place.key, *given)))
    for wrong in range(3):
        spoilt = [*given]
        spoilt[wrong] = ("00" if given[wrong][:2] != "00" else "01") + given[wrong][2:]
        with pytest.raises(RuntimeError, match="not a signature"):
            run(browser, body, place.key, *spoilt)


def test_other_keys_are_refused(browser: webdriver.Chrome, place: Polling) -> None:
    from tests.tokens.test_tokens_refusals import MODULUS, spki

    for public in (spki(3, MODULUS), spki(65537, MODULUS >> 256 | 1), b"nonsense", spki(65537, MODULUS)[:-1]):
        with pytest.raises(RuntimeError):
            run(browser, "await b.readKey(args[0])", key_text(public))
    assert run(browser, "return (await b.readKey(args[0])).bits", key_text(public_key(new_key()))) == 2048


def test_arithmetic_as_in_python(browser: webdriver.Chrome, place: Polling) -> None:
    cases = [(secrets.randbits(bits), secrets.randbits(bits) | 1) for bits in (1, 8, 64, 512) for _ in range(20)]
    body = """
      return args[0].map(([base, modulus]) => {
        const [x, n] = [BigInt(base), BigInt(modulus)];
        return [String(b.power(x, 65537n, n)), String(b.inverse(x, n))];
      });
    """
    found = run(browser, body, [[str(base), str(modulus)] for base, modulus in cases])
    for (base, modulus), (power, inverse) in zip(cases, found, strict=True):
        assert int(power) == (pow(base, 65537, modulus))
        try:
            assert int(inverse) % modulus == pow(base, -1, modulus)
        except ValueError:
            assert inverse == "null" or modulus == 1


def test_proofs_of_all_small_trees(browser: webdriver.Chrome, place: Polling) -> None:
    most = 17
    leaves = [leaf_hash(bytes([number])) for number in range(most)]
    node = growing(leaves)
    roots = {size: root(size, node).hex() for size in range(most + 1)}
    inside = [
        [index, size, [step.hex() for step in inclusion_proof(index, size, node)]]
        for size in range(1, most + 1)
        for index in range(size)
    ]
    between = [
        [first, second, [step.hex() for step in consistency_proof(first, second, node)]]
        for second in range(most + 1)
        for first in range(second + 1)
    ]
    body = """
      const [inside, between, roots, data] = args;
      const wrong = [];
      const leaves = await Promise.all(data.map((byte) => p.leafHash(Uint8Array.of(byte))));
      const spoil = (proof, at) => proof.map((step, i) => (i === at ? hex("00".repeat(32)) : step));
      const expect = async (right, kind, check, a, c, proof, ...rest) => {
        if ((await check(a, c, proof, ...rest)) !== right) wrong.push([kind, a, c, right]);
      };
      for (const [index, size, steps] of inside) {
        const [proof, root] = [steps.map(hex), hex(roots[size])];
        const check = (i, n, path, leaf = leaves[index]) => p.verifyInclusion(leaf, i, n, path, root);
        await expect(true, "in", check, index, size, proof);
        await expect(false, "long", check, index, size, [...proof, root]);
        await expect(false, "leaf", check, index, size, proof, leaves[(index + 1) % 17]);
        await expect(false, "outside", check, size, size, proof);
        if (proof.length) await expect(false, "short", check, index, size, proof.slice(1));
        for (const at of proof.keys()) await expect(false, "spoilt", check, index, size, spoil(proof, at));
      }
      for (const [first, second, steps] of between) {
        const [proof, one, two] = [steps.map(hex), hex(roots[first]), hex(roots[second])];
        const check = (a, c, path, x = one, y = two) => p.verifyConsistency(a, c, path, x, y);
        await expect(true, "of", check, first, second, proof);
        if (first) await expect(false, "roots", check, first, second, proof, one, hex("11".repeat(32)));
        await expect(false, "first", check, first, second, proof, hex("11".repeat(32)), two);
        for (const at of proof.keys()) await expect(false, "spoilt", check, first, second, spoil(proof, at));
      }
      return wrong;
    """
    assert run(browser, body, inside, between, roots, list(range(most))) == []


def test_canonical_json_as_in_python(browser: webdriver.Chrome, place: Polling) -> None:
    values: list[Any] = [
        {"b": [1, 0.1, None, True], "a": 'é€\n\u0007"\\/', "": {}, "€": 1e21, "\U0001f600": -0.5, "10": [], "9": 1e-7},
        {"ballot": {"form": "ranked", "ranks": [["a", "b"], ["c"]]}, "salt": "00ff"},
        [],
        "text\u2028",
    ]
    found = run(
        browser, "return [args[0].map(p.canonical), await Promise.all(args[0].slice(0, 2).map(p.digest))]", values
    )
    assert found[0] == [canonical_json(value).decode() for value in values]
    assert found[1] == [digest(canonical_json(value)) for value in values[:2]]


def test_checkpoints(browser: webdriver.Chrome, place: Polling) -> None:
    signed = place.record.checkpoint(AT)
    own, other = place.data["data-log-key"], base64.b64encode(bytes(32)).decode()
    body = "return p.verifyCheckpoint(args[0], args[1])"
    assert run(browser, body, signed.note, own) == "signed"
    assert run(browser, body, signed.note, other) == "wrong"
    lines = signed.note.split("\n")
    assert run(browser, body, "\n".join([lines[0], str(int(lines[1]) + 1), *lines[2:]]), own) == "wrong"
    unable = """
      crypto.subtle.importKey = async () => { throw new DOMException("no such curve", "NotSupportedError"); };
      try { return await p.verifyCheckpoint(args[0], args[1]); } finally { delete crypto.subtle.importKey; }
    """
    assert run(browser, unable, signed.note, own) == "unable"
    for broken in ("", "x", signed.note.replace("\n\n", "\n"), signed.note + "more", signed.note.replace("—", "-")):
        with pytest.raises(RuntimeError, match="not a checkpoint"):
            run(browser, body, broken, own)


FORM = """
  return args[0].map(([kind, fields]) => {
    const made = document.createElement("form");
    made.dataset.form = kind;
    for (const [name, value] of fields) made.append(Object.assign(document.createElement("input"), { name, value }));
    try { return ballot.ballotOf(made); } catch (error) { return String(error); }
  });
"""
SMILE, LAST = "\U0001f600", "\uffee"  # the last sorts first in UTF-16, the other in Unicode


def test_forms_become_ballots_as_python_writes_them(browser: webdriver.Chrome, place: Polling) -> None:
    cases: list[tuple[str, list[tuple[str, str]], object]] = [
        ("ranked", [("rank:b", "2"), ("rank:é", " 1 "), ("rank:a", "2"), ("rank:d", "")], [["é"], ["a", "b"]]),
        ("ranking", [("rank:x:y", "3")], [["x:y"]]),
        ("ranked", [(f"ballot:ranked:{SMILE}", "1"), ("ballot:form", "x"), (f"rank:{LAST}", "1")], [[LAST, SMILE]]),
        ("choice", [("choice", "yes")], "yes"),
        ("choice", [("ballot:choice:", "abstain")], "abstain"),
        ("approval", [("approve", "b"), ("approve", "a")], ["a", "b"]),
        ("approval", [("ballot:approval:b", "yes"), ("ballot:approval:10", "yes")], ["10", "b"]),
        ("allocation", [("points:a", "60"), ("points:c", "0"), ("points:b", "40")], {"a": "60", "b": "40"}),
        ("points", [("points:food", "7"), ("points:roads", "0")], {"food": 7}),
    ]
    found = run(browser, FORM, [[form, [list(pair) for pair in fields]] for form, fields, _ in cases])
    for data, (_, _, expected) in zip(found, cases, strict=True):
        assert ballot_from_data(data).to_data() == data
        assert expected in list(data.values())


def test_forms_that_are_no_ballots_are_refused(browser: webdriver.Chrome, place: Polling) -> None:
    cases: list[tuple[str, list[tuple[str, str]], str]] = [
        ("ranked", [("rank:b", "first")], "beside b"),
        ("ranked", [("rank:b", "-1")], "beside b"),
        ("allocation", [("points:a", "60"), ("points:b", "30")], "90; they must be 100"),
        ("choice", [], "Choose one"),
        ("colours", [], "no form of ballot"),
    ]
    found = run(browser, FORM, [[form, [list(pair) for pair in fields]] for form, fields, _ in cases])
    assert [words in said for said, (_, _, words) in zip(found, cases, strict=True)] == [True] * len(cases)


def click(browser: webdriver.Chrome, step: str) -> str:
    """Take a step, and return what is said once it is done."""
    browser.execute_script(f"document.querySelector('[data-step=\"{step}\"]').click()")
    return waited(browser, lambda: status(browser) if status(browser) != "Working …" else "")


def status(browser: webdriver.Chrome) -> str:
    return str(browser.execute_script("return document.querySelector('[data-status]').innerText"))


def kept(browser: webdriver.Chrome) -> dict[str, Any]:
    found = browser.execute_script("return JSON.parse(localStorage.getItem('newcourse:ballot:V1:m-aaaaaaaaaa'))")
    return dict(found or {})


def waited(browser: webdriver.Chrome, found: Callable[[], str]) -> str:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if said := found():
            return said
        time.sleep(0.02)
    raise AssertionError(f"nothing was said: {status(browser)}")


def rank(browser: webdriver.Chrome, **ranks: int) -> None:
    for name, number in ranks.items():
        browser.execute_script("document.forms[0].elements[arguments[0]].value = arguments[1]", f"rank:{name}", number)


def reload(browser: webdriver.Chrome) -> None:
    browser.get(browser.current_url)
    waited(browser, lambda: status(browser))


def test_a_secret_ballot_from_draw_to_receipt(browser: webdriver.Chrome, place: Polling) -> None:
    assert "Your token is on this device" in click(browser, "draw")
    drawn = place.seen[-1]
    assert drawn["headers"]["x-csrf-token"] == "the-csrf"
    assert drawn["cookies"] == {"session": "secret-of-ada"}
    assert drawn["what"].keys() == {"vote", "blinded"}
    assert kept(browser).keys() == {"print", "token", "signature"}, "what links the token to the draw is gone"
    reload(browser)
    rank(browser, bread=1, buses=2)
    assert "Your ballot is cast" in click(browser, "cast")
    cast = place.seen[-1]
    assert "cookie" not in cast["headers"]
    assert "referer" not in cast["headers"]
    assert "x-csrf-token" not in cast["headers"]
    assert cast["what"]["ballot"] == {"form": "ranked", "ranks": [["bread"], ["buses"]]}
    assert len(bytes.fromhex(cast["what"]["token"])) == 64
    assert len(bytes.fromhex(cast["what"]["salt"])) == 32
    assert drawn["what"]["blinded"] not in str(cast["what"])
    left = kept(browser)
    assert left == {"receipt": place.record.receipt(place.casts[-1]["entry"].sequence), "notes": []}
    reload(browser)
    assert "Your ballot is cast" in status(browser)
    assert len([seen for seen in place.seen if seen["path"] == "draw"]) == 1
    link = "const a = document.querySelector('[download]'); return [a.download, a.href.split(':')[0]]"
    assert browser.execute_script(link) == ["receipt-V1.json", "blob"]
    browser.execute_script("document.querySelector('[data-status] button').click()")
    reload(browser)
    assert "no longer here" in status(browser)
    assert kept(browser) == {"forgotten": True}
    assert browser.execute_script("return document.querySelector('[data-step=draw]').disabled")
    assert complaints(browser) == []


def test_lost_answers_lose_nothing(browser: webdriver.Chrome, place: Polling) -> None:
    place.lose = 1
    assert "502" in click(browser, "draw")
    reload(browser)
    assert "Your token is on this device" in click(browser, "draw")
    assert len(place.drawn) == 1, "the same blinded message was sent again"
    rank(browser, bread=1)
    place.lose = 1
    assert "502" in click(browser, "cast")
    reload(browser)
    assert "the answer did not come" in status(browser)
    assert browser.execute_script("return document.forms[0].elements['rank:bread'].disabled")
    assert "Your ballot is cast" in click(browser, "cast")
    first, second = place.casts
    assert first == second, "the same cast was sent again"


def test_a_refused_ballot_can_be_corrected(browser: webdriver.Chrome, place: Polling) -> None:
    click(browser, "draw")
    rank(browser, bread=1)
    place.refuse = True
    assert "too late; expected: a ballot in time. wait." in click(browser, "cast")
    assert "cast" not in kept(browser)
    place.refuse = False
    browser.execute_script("document.forms[0].elements['rank:bread'].value = 'x'")
    assert "whole number beside bread" in click(browser, "cast")
    rank(browser, bread=2, baths=1)
    assert "Your ballot is cast" in click(browser, "cast")
    assert place.casts[-1]["what"]["ballot"]["ranks"] == [["baths"], ["bread"]]


def test_a_false_signer_is_found(browser: webdriver.Chrome, place: Polling) -> None:
    place.spoil = True
    assert "not a signature" in click(browser, "draw")
    assert "signature" not in kept(browser)


def test_another_key_than_on_the_record_is_found_before_drawing(browser: webdriver.Chrome, place: Polling) -> None:
    place.private = new_key()
    reload(browser)
    assert "not the one on the record" in click(browser, "draw")
    assert place.seen == []


def test_another_key_after_drawing_is_found_before_casting(browser: webdriver.Chrome, place: Polling) -> None:
    click(browser, "draw")
    place.private = new_key()
    reload(browser)
    rank(browser, bread=1)
    assert "not the one you drew your token with" in click(browser, "cast")
    assert place.casts == []


def test_a_receipt_for_something_else_is_found(browser: webdriver.Chrome, place: Polling) -> None:
    click(browser, "draw")
    rank(browser, bread=1)
    place.swap = True
    assert "The receipt is not for the ballot that was sent" in click(browser, "cast")


def test_a_page_without_buttons_gets_them(browser: webdriver.Chrome, place: Polling) -> None:
    bare = """
      const form = document.forms[0];
      form.querySelectorAll("button, [data-status]").forEach((part) => part.remove());
      form.dataset.vote = "V2";
      ballot.main();
      const [draw, cast] = form.querySelectorAll("button");
      return [draw.innerText, draw.disabled, cast.innerText, cast.disabled, form.lastChild.innerText];
    """
    *buttons, said = run(browser, bare)
    assert buttons == ["Draw my token", False, "Cast my ballot", True]
    assert "Nothing is drawn yet" in said


def test_two_members_on_one_device(browser: webdriver.Chrome, place: Polling) -> None:
    click(browser, "draw")
    place.data["data-holder"] = "m-bbbbbbbbbb"
    reload(browser)
    assert "Nothing is drawn yet" in status(browser)


def result(browser: webdriver.Chrome, selector: str, button: str) -> tuple[str, str]:
    browser.execute_script("delete document.querySelector(arguments[0]).dataset.result", selector)
    browser.execute_script("document.querySelector(arguments[0]).click()", button)
    found = f"return document.querySelector('{selector}').dataset.result ?? ''"
    said = waited(browser, lambda: str(browser.execute_script(found)))
    return said, str(browser.execute_script(f"return document.querySelector('{selector} ol').innerText"))


def test_anybody_checks_an_entry(browser: webdriver.Chrome, place: Polling) -> None:
    said, words = result(browser, "[data-record-check]", "[data-step=check]")
    receipt = place.record.receipt(1)
    assert said == "good", words
    assert "The entry is on the record." in words
    assert "signed by the record's key" in words
    assert leaf_hash(receipt["entry"].encode()).hex() in words
    assert all(step in words for step in receipt["proof"])


def test_a_browser_remembers_the_record_it_saw(browser: webdriver.Chrome, place: Polling) -> None:
    result(browser, "[data-record-check]", "[data-step=check]")
    said, words = result(browser, "[data-record-check]", "[data-step=check]")
    assert said == "good"
    assert "continues that record" in words
    spoil = """
      const place = Object.keys(localStorage).find((name) => name.startsWith("newcourse:record:"));
      localStorage.setItem(place, JSON.stringify({ size: 1, root: btoa("x".repeat(32)) }));
    """
    browser.execute_script(spoil)
    said, words = result(browser, "[data-record-check]", "[data-step=check]")
    assert said == "bad"
    assert "not the beginning of this one" in words


def paste(browser: webdriver.Chrome, text: str) -> tuple[str, str]:
    browser.execute_script("document.querySelector('textarea[name=receipt]').value = arguments[0]", text)
    return result(browser, "[data-receipt-check]", "#paste")


def test_a_pasted_receipt(browser: webdriver.Chrome, place: Polling) -> None:
    import json

    number = place.record.append("cast_secret", "token holder", {"vote": "V1"}, AT + timedelta(seconds=1)).sequence
    receipt = place.record.receipt(number, AT)
    assert paste(browser, json.dumps(receipt))[0] == "good"
    entry = receipt["entry"].replace('"V1"', '"V2"')
    for changed in (
        {"entry": entry},
        {"index": number},
        {"proof": receipt["proof"][:-1]},
        {"proof": ["00" * 32, *receipt["proof"][1:]]},
        {"checkpoint": receipt["checkpoint"].replace(f"\n{receipt['checkpoint'].split()[1]}\n", "\n999\n")},
        {"entry": receipt["entry"] + " "},
    ):
        said, words = paste(browser, json.dumps({**receipt, **changed}))
        assert said == "bad", words
        assert "could not be confirmed" in words
    for nonsense in ("", "{}", "[]", "null", '{"entry": 1}'):
        said, words = paste(browser, nonsense)
        assert said == "bad"
        assert "not a receipt" in words


def test_the_scripts_ask_for_nothing_from_elsewhere() -> None:
    folder = Path(__file__).parents[2] / "src" / "newcourse" / "web" / "static"
    for name in ("ballot.js", "ballot_fields.js", "blind.js", "proofs.js", "record.js"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "http://" not in text
        assert "https://" not in text
        assert "innerHTML" not in text
