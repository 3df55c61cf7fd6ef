"""The statutes are changed by a form of numbers and words, without JSON."""

from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.articles import Article
from tests.web.client import parsed
from tests.web.signed_in import Person, Town


def fields_of(page: str) -> dict[str, str]:
    """What the form of a draft holds as it is shown, by name of the field."""
    form = next(one for one in parsed(page).all("form") if one.attributes["action"] == "/acts/draft_statutes")
    found = {part.attributes["name"]: part.attributes.get("value", "") for part in form.all("input")}
    return found | {part.attributes["name"]: part.text for part in form.all("textarea")}


def named(fields: dict[str, str], end: str) -> str:
    (name,) = (name for name in fields if name.startswith("law:") and name.endswith(end))
    return name


def article(law: Any, part: str) -> Article:
    return next(one for one in law.articles if getattr(one, part) is not None)


def send(person: Person, fields: dict[str, str], **changed: str) -> Any:
    return person.form("draft_statutes", {**fields, "reasons": "Fewer days.", **changed})


def drafted(federation: Federation) -> Any:
    (draft,) = federation.state.drafts.values()
    return draft


def test_a_number_and_its_words_change_one_article(town: Town) -> None:
    fields = fields_of(town.ada.get("/statutes").text)
    law = town.federation.state.law
    at = named(fields, ":cycle:0:answer_days")
    assert fields[at] == str(law.cycle.answer_days)
    words = f"law:{at.split(':')[1]}:words"
    sent = send(town.ada, fields, **{at: "21", words: "Everything is answered within three weeks."})
    assert sent.status_code == 303, sent.text
    (change,) = drafted(town.federation).changes
    before = article(law, "cycle")
    assert (change["change"], change["article"]["number"]) == ("amend", before.number)
    assert change["article"]["cycle"]["answer_days"] == 21
    assert change["article"]["cycle"]["call_days"] == law.cycle.call_days
    assert change["article"]["words"] == "Everything is answered within three weeks."


def test_shares_and_what_is_typed_as_json_go_together(town: Town) -> None:
    fields = fields_of(town.ada.get("/acts/draft_statutes").text)
    at = named(fields, ":recall:0:support")
    more = '[{"change": "add", "article": {"number": "99", "title": "Song", "words": "We sing."}}]'
    assert send(town.ada, fields, **{at: "1/5", "changes": more}).status_code == 303
    changes = drafted(town.federation).changes
    assert [change["change"] for change in changes] == ["amend", "add"]
    assert changes[0]["article"]["recall"]["support"] == "1/5"


def test_a_form_sent_as_it_is_changes_nothing(town: Town) -> None:
    before = town.count()
    answer = send(town.ada, fields_of(town.ada.get("/statutes").text))
    assert answer.status_code == 400
    assert "at least one change" in parsed(answer.text).text
    assert town.count() == before


def test_what_is_no_number_is_said_and_what_was_typed_stays(town: Town) -> None:
    fields = fields_of(town.ada.get("/statutes").text)
    at = named(fields, ":cycle:0:call_days")
    answer = send(town.ada, fields, **{at: "a month"})
    assert answer.status_code == 400
    assert "a whole number" in parsed(answer.text).text
    again = fields_of(answer.text)
    assert again[at] == "a month"
    assert again["reasons"] == "Fewer days."


def test_a_form_of_older_statutes_is_refused(town: Town) -> None:
    fields = fields_of(town.ada.get("/statutes").text)
    at = named(fields, ":cycle:0:call_days")
    answer = send(town.ada, fields, **{at: "9", "law:version": "0"})
    assert answer.status_code == 400
    assert "law now" in parsed(answer.text).text


def test_a_share_that_is_none_is_refused_by_the_statutes(town: Town) -> None:
    fields = fields_of(town.ada.get("/statutes").text)
    at = named(fields, ":recall:0:threshold")
    assert send(town.ada, fields, **{at: "7/3"}).status_code == 400
    assert not town.federation.state.drafts
