"""Acting through forms: done and led back, refused beside the field, never forged, never done twice."""

import re

from newcourse.acts.registry import ACTS
from tests.acts.commune import START
from tests.web.client import Element, parsed
from tests.web.signed_in import Town


def fields_of(page: Element, act: str) -> dict[str, str]:
    """The hidden fields of the form of an act."""
    (form,) = [form for form in page.all("form") if form.attributes["action"] == f"/acts/{act}"]
    hidden = [field for field in form.all("input") if field.attributes.get("type") == "hidden"]
    return {field.attributes["name"]: field.attributes["value"] for field in hidden}


def test_a_form_does_what_it_says_and_leads_back(town: Town) -> None:
    page = parsed(town.ada.get("/acts/support_proposal?proposal=P2&back=/proposals/P2").text)
    hidden = fields_of(page, "support_proposal")
    assert hidden["proposal"] == "P2"
    before = town.count()
    answer = town.ada.form("support_proposal", hidden)
    assert answer.status_code == 303
    assert town.count() == before + 1
    assert answer.headers["location"] == f"/proposals/P2?done={before + 1}"
    led = parsed(town.ada.get(answer.headers["location"]).text)
    (told,) = [part for part in led.all("p") if part.attributes.get("role") == "status"]
    assert "supported a proposal" in told.text
    assert f"/record/{before + 1}" in [link.attributes["href"] for link in told.all("a")]
    other = town.fay.get(answer.headers["location"]).text
    assert "supported a proposal" not in other


def test_a_form_sent_twice_is_done_once(town: Town) -> None:
    hidden = fields_of(parsed(town.ada.get("/acts/support_proposal?proposal=P2").text), "support_proposal")
    first, second = town.ada.form("support_proposal", hidden), town.ada.form("support_proposal", hidden)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]


def test_what_a_link_filled_in_is_seen_before_it_is_sent(town: Town) -> None:
    page = parsed(town.ada.get("/acts/cast?vote=V1&ballot=%7B%22form%22%3A%22choice%22%7D&back=/votes/V1").text)
    (told,) = [part for part in page.all("dl") if "choice" in part.text]
    assert "V1" in told.text
    assert '{"form":"choice"}' in told.text


def test_each_form_has_a_key_of_its_own(town: Town) -> None:
    keys = {fields_of(parsed(town.ada.get("/acts/file_need").text), "file_need")["key"] for _ in range(3)}
    assert len(keys) == 3


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(town: Town) -> None:
    hidden = fields_of(parsed(town.ada.get("/acts/file_need").text), "file_need")
    before = town.count()
    answer = town.ada.form("file_need", {**hidden, "place": "N", "need": "<b>bread", "minimum": "lots"})
    assert answer.status_code == 400
    assert town.count() == before
    page = parsed(answer.text)
    inputs = {
        field.attributes["name"]: field
        for field in page.all("input", "textarea", "select")
        if "name" in field.attributes
    }
    assert inputs["need"].attributes["value"] == "<b>bread"
    assert inputs["minimum"].attributes["value"] == "lots"
    assert inputs["minimum"].attributes["aria-invalid"] == "true"
    assert "aria-invalid" not in inputs["need"].attributes
    (chosen,) = [option for option in inputs["place"].all("option") if "selected" in option.attributes]
    assert chosen.attributes["value"] == "N"
    named = {element.attributes["id"]: element for element in page.all() if "id" in element.attributes}
    assert len([element for element in page.all() if "id" in element.attributes]) == len(named)
    fault = next(name for name in inputs["minimum"].attributes["aria-describedby"].split() if name.endswith("-fault"))
    assert "a number" in named[fault].text
    (summary,) = [part for part in page.all("div") if part.attributes.get("role") == "alert"]
    assert "autofocus" in summary.attributes
    links = {link.attributes["href"].removeprefix("#") for link in summary.all("a")}
    assert links == {inputs["minimum"].attributes["id"], inputs["target"].attributes["id"]}
    assert fields_of(page, "file_need")["key"] != hidden["key"]


def test_every_field_has_a_label(town: Town) -> None:
    for act in ACTS:
        page = parsed(town.ada.get(f"/acts/{act}").text)
        labelled = {label.attributes.get("for") for label in page.all("label")}
        for field in page.all("textarea", "select"):
            assert field.attributes["id"] in labelled, act


def test_a_form_that_was_not_made_for_who_is_signed_in_does_nothing(town: Town) -> None:
    before = town.count()
    for csrf in ("", town.fay.csrf, "x"):
        answer = town.ada.form("support_proposal", {"proposal": "P2", "csrf": csrf})
        assert answer.status_code == 403
    assert town.nobody.form("support_proposal", {"proposal": "P2"}).status_code in (401, 403)
    assert town.count() == before


def test_a_form_leads_nowhere_else(town: Town) -> None:
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        hidden = {"proposal": "P2", "key": "k", "back": elsewhere}
        answer = town.ada.form("support_proposal", hidden)
        assert re.fullmatch(r"/record/\d+\?done=\d+", answer.headers["location"])


def test_who_may_not_reads_why(town: Town) -> None:
    page = parsed(town.stranger.get("/acts/support_proposal?proposal=P2").text)
    assert [form for form in page.all("form") if form.attributes["action"].startswith("/acts/")] == []
    assert "not a member" in page.text
    assert "You may not do this now" in page.text
    answer = town.stranger.form("support_proposal", {"proposal": "P2"})
    assert answer.status_code == 403
    assert "not a member" in answer.text


def test_who_is_not_signed_in_is_led_to_sign_in(town: Town) -> None:
    page = parsed(town.nobody.get("/acts/support_proposal?proposal=P2").text)
    assert any(link.attributes["href"].startswith("/sign-in?back=/acts/") for link in page.all("a"))


def test_nobody_can_act_for_another(town: Town) -> None:
    answer = town.ada.form("support_proposal", {"proposal": "P2", "key": "mine", "actor": "fay", "member": "fay"})
    assert answer.status_code == 400
    town.ada.form("support_proposal", {"proposal": "P2", "key": "mine"})
    assert next(iter(town.federation.entries(town.count() - 1))).actor == "ada"


def test_a_page_of_one_person_is_kept_nowhere(town: Town) -> None:
    assert town.ada.get("/").headers["cache-control"] == "no-store"
    assert "Signed in as ada" in parsed(town.ada.get("/").text).text
    assert "Signed in" not in parsed(town.nobody.get("/").text).text


def test_no_such_act(town: Town) -> None:
    assert town.ada.get("/acts/conquer").status_code == 404
    assert town.ada.form("conquer", {}).status_code == 404


def test_what_members_write_may_hold_a_per_cent_sign(town: Town) -> None:
    change = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 95.0}]
    title = "5 % fewer hours, %(not)s more"
    town.federation.perform("file_proposal", actor="ada", at=START, title=title, reasons="Rest.", changes=change)
    answer = town.ada.get("/acts/support_proposal")
    assert answer.status_code == 200
    assert title in answer.text


def test_who_is_new_is_typed_and_who_is_there_is_chosen(town: Town) -> None:
    new = parsed(town.ada.get("/acts/found_body").text)
    assert [field.attributes["name"] for field in new.all("select")] == ["parent"]
    known = parsed(town.ada.get("/acts/transfer").text)
    assert [field.attributes["name"] for field in known.all("select")] == ["place", "person"]
