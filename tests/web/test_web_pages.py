"""Every page that can be reached: complete, accessible in its structure, and without anything from outside."""

from functools import cache
from itertools import pairwise

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.canonical import digest
from newcourse.web import ballots_shown
from newcourse.web.guard import HEADERS
from newcourse.web.registry import NAVIGATION, PAGES
from tests.web.client import Client, Element, links, parsed

ONLY_FACTS = ("/api/", "/files/", "/pictures/", "/static/")


LISTS = ("/bodies", "/elections", "/tendencies", "/recall", "/votes")
"""Pages that lead to what a federation has only once there were elections and opinions."""


@cache
def crawled(client: Client) -> dict[str, str]:
    """Every page that links lead to from the start page, by its address."""
    waiting, pages = ["/"], {}
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in pages or not path or path.startswith(ONLY_FACTS):
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        pages[path] = answer.text
        waiting += sorted(links(parsed(answer.text)))
    return pages


@pytest.fixture(scope="module", params=["site", "early_site"])
def pages(request: pytest.FixtureRequest) -> dict[str, Element]:
    found = crawled(request.getfixturevalue(request.param))
    return {path: parsed(html) for path, html in found.items()}


def test_links_lead_to_every_kind_of_page(site: Client, full_site: Client) -> None:
    found = crawled(site)
    listed = [link for path in LISTS for link in links(parsed(full_site.get(path).text))]
    for page in PAGES:
        kind = page.path.partition("{")[0]
        assert any(path.startswith(kind) for path in (*found, *listed)), page.path
    assert {href for _, href in NAVIGATION} <= set(found)


def test_every_page_has_its_landmarks(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        (html,) = page.all("html")
        assert html.attributes["lang"] == "en", path
        assert len([*page.all("main")]) == len([*page.all("h1")]) == 1, path
        assert [*page.all("header")], path
        assert [*page.all("footer")], path
        assert all(nav.attributes.get("aria-label") for nav in page.all("nav")), path
        (title,) = page.all("title")
        assert title.text.count("·") == 1, path
        first = next(element for element in page.all("a"))
        assert first.attributes == {"class": "skip", "href": "#content"}, path


def test_titles_tell_pages_apart(site: Client) -> None:
    titles: dict[str, list[str]] = {}
    for path, html in crawled(site).items():
        titles.setdefault(next(parsed(html).all("title")).text, []).append(path)
    same = {title: paths for title, paths in titles.items() if len({path.partition("?")[0] for path in paths}) > 1}
    assert [paths for paths in same.values() if not any(path == "/plan" for path in paths)] == []


def test_headings_are_in_order(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        levels = [int(heading.name[1]) for heading in page.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, path
        steps = pairwise(levels)
        assert all(below <= above + 1 for above, below in steps), (path, levels)


def test_every_name_and_reference_finds_its_element(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
        assert len(ids) == len(set(ids)), path
        labelled = {element.attributes.get("aria-labelledby") for element in page.all()} - {None}
        anchors = {link[1:] for link in links(page) if link.startswith("#")}
        assert (labelled | anchors) <= set(ids), path


def test_anchors_on_other_pages_exist(pages: dict[str, Element]) -> None:
    for page in pages.values():
        for link in links(page):
            path, _, anchor = link.partition("#")
            if path in pages and anchor:
                assert any(element.attributes.get("id") == anchor for element in pages[path].all()), link


def test_every_picture_has_words_and_a_table(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for figure in page.all("figure"):
            (image,) = figure.all("img")
            assert len(image.attributes["alt"]) > 20, path
            assert [*figure.all("table")], path
        assert len([*page.all("img")]) == len([*page.all("figure")]), path


def test_every_table_says_what_it_shows(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for table in page.all("table"):
            (caption,) = table.all("caption")
            assert caption.text, path
            (head,) = table.all("thead")
            assert all(cell.attributes["scope"] == "col" and cell.text for cell in head.all("th")), path
            assert all(cell.attributes["scope"] == "row" for body in table.all("tbody") for cell in body.all("th"))
            columns = len([*head.all("th")])
            for body in table.all("tbody"):
                for row in body.all("tr"):
                    cells = [*row.all("th", "td")]
                    assert sum(int(cell.attributes.get("colspan", 1)) for cell in cells) == columns, path


def test_what_can_be_scrolled_can_be_reached_by_keyboard(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for box in page.all("div", "pre"):
            if "scroll" in box.attributes.get("class", "").split():
                assert box.attributes["tabindex"] == "0", path
                assert box.attributes["role"] == "region", path
                assert box.attributes["aria-label"], path


def test_nothing_comes_from_outside_and_nothing_runs(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert [link for link in links(page) if not link.startswith(("/", "#")) or link.startswith("//")] == [], path
        assert [*page.all("iframe", "object", "embed", "style", "base")] == [], path
        sent = [form.attributes for form in page.all("form") if "data-receipt-check" not in form.attributes]
        assert all(form["action"].startswith("/") for form in sent), path
        assert all(script.attributes["src"].startswith("/static/") for script in page.all("script")), path
        for element in page.all():
            assert "style" not in element.attributes, path
            assert not any(name.startswith("on") for name in element.attributes), path


@pytest.mark.slow
def test_everything_a_page_loads_is_there(site: Client) -> None:
    loaded = {link for html in crawled(site).values() for link in links(parsed(html)) if link.startswith(ONLY_FACTS)}
    assert any(link.endswith("-narrow-night.svg") for link in loaded)
    for link in sorted(loaded):
        answer = site.get(link)
        assert answer.status_code == 200, link
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, link
        if link.endswith(".svg") and link.startswith("/pictures/"):
            assert answer.headers["content-type"].startswith("image/svg+xml"), link


def test_every_answer_tells_browsers_to_load_nothing_from_outside(site: Client) -> None:
    for path in ("/", "/plan", "/nowhere", "/api", "/static/style.css", "/api/openapi.json"):
        answer = site.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_the_plan_page_shows_the_plan(site: Client, turned: Federation) -> None:
    plan = turned.adopted_plan()
    assert plan is not None
    page = parsed(site.get("/plan").text)
    text = page.text
    for row in plan.fulfilment("group").itertuples():
        assert f"{100 * row.fulfilment:.1f} %" in text
    for proof in plan.proofs:
        assert proof.sentence in text
    for words in plan["limits_met"]["words"]:
        assert words in text.replace(words[:1].upper() + words[1:], words)
    assert "it is certified" in text


def test_why_names_every_shortfall(site: Client, turned: Federation) -> None:
    address = turned.cycle().adopted
    plan = turned.plan(address)
    missed = plan.needs[plan.needs["delivered"] < plan.needs["target"] * (1 - 1e-6)]
    text = parsed(site.get(f"/plan/{address}/why").text).text
    for name in missed["name"]:
        assert name in text
    assert "One more" in text


def test_the_vote_page_counts_again(site: Client, turned: Federation) -> None:
    for code in ("V1", "V2"):
        text = parsed(site.get(f"/votes/{code}").text).text
        vote = turned.vote(code)
        assert "Counted again from the ballots for this page: the same outcome" in text
        assert vote.sealed in text
        assert vote.frozen.root in text
        for step in turned.trace(code)["outcome"]["steps"]:
            assert " ".join(step["sentence"].split()) in text
        for voter in vote.ballots:
            assert voter in text


def test_ballots_are_shown_a_page_at_a_time(site: Client, turned: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballots_shown, "A_PAGE", 2)
    voters = sorted(turned.vote("V1").ballots)
    last = -(-len(voters) // 2)
    assert last > 1
    seen: list[str] = []
    address: str | None = "/votes/V1"
    while address:
        page = parsed(site.get(address).text)
        shown = site.get(f"/api{address.partition('#')[0]}").json()["ballots"]
        seen += [row[0] for row in shown["table"]["rows"]]
        assert all(row[0] in page.text for row in shown["table"]["rows"])
        address = next((a.attributes["href"] for a in page.all("a") if a.attributes.get("rel") == "next"), None)
    assert (seen, shown["page"], shown["pages"], shown["number"]) == (voters, last, last, len(voters))
    assert site.get(f"/votes/V1?page={last + 1}").status_code == 404
    assert site.get("/votes/V1?page=0").status_code == 404


def test_all_ballots_can_be_taken_away_as_published(site: Client, turned: Federation) -> None:
    published = turned.vote("V1").published
    assert "/files/votes/V1/ballots.json" in site.get("/votes/V1").text
    assert f"sha256:{digest(site.get('/files/votes/V1/ballots.json').content)}" == published
    assert site.get("/files/votes/V99/ballots.json").status_code == 404


def test_orders_add_up_on_the_page(site: Client, turned: Federation) -> None:
    assert "the orders give every quantity of the plan exactly" in parsed(site.get("/orders").text).text
    order = turned.orders(place="N")[0]
    text = parsed(site.get("/orders/N").text).text
    assert all(line.what in text for line in order.lines)


def test_the_record_page_shows_every_entry_and_that_it_is_sound(site: Client, turned: Federation) -> None:
    text = parsed(site.get("/record").text).text
    assert "Sound." in text
    assert turned.head.hash in text
    seen = set()
    path = "/record"
    while path:
        page = parsed(site.get(path).text)
        seen |= {int(cell.text) for body in page.all("tbody") for cell in body.all("th")}
        path = next((a.attributes["href"] for a in page.all("a") if a.attributes.get("rel") == "next"), "")
    assert seen == set(range(1, turned.head.count + 1))


def test_a_page_follows_the_record(under_way: Federation, early_site: Client) -> None:
    before = early_site.get("/proposals/P1").text
    assert "eva" not in before.partition("Who stands behind it")[2]
    under_way.perform("support_proposal", actor="eva", at=under_way.state.latest, proposal="P1")
    assert "eva" in early_site.get("/proposals/P1").text.partition("Who stands behind it")[2]


def test_pages_before_their_time_say_what_is_waited_for(early_site: Client) -> None:
    assert "no variants yet" in early_site.get("/variants").text
    assert "no orders yet" in early_site.get("/orders").text
    assert "None was opened yet" in early_site.get("/votes").text
    assert "A possible plan" in early_site.get("/plan").text


def test_a_record_with_nothing_in_it_is_shown_as_that(empty_site: Client) -> None:
    assert "holds no federation yet" in empty_site.get("/").text
    assert empty_site.get("/record").status_code == 200
    for path in ("/plan", "/variants", "/statutes"):
        answer = empty_site.get(path)
        assert answer.status_code == 404
        assert "Expected" in answer.text


def test_no_page_breaks_on_a_record_with_nothing_in_it(empty_site: Client) -> None:
    for page in PAGES:
        answer = empty_site.get(page.path.replace("{", "").replace("}", ""))
        assert answer.status_code in {200, 303, 404}, (page.path, answer.text)
