"""Pages of the laboratory: what it rests on without results, and what came of runs where the server was given some."""

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from newcourse.errors import BadInput
from newcourse.formations.banner import BANNER
from newcourse.formations.hypotheses.registry import HYPOTHESES
from newcourse.formations.observables.words import WORDS
from newcourse.formations.quantum_like import quantum_like
from newcourse.record.store import open_record
from newcourse.sources.formations.codings.registry import NAMES
from newcourse.sources.formations.scenario_files import read_scenario, scenario_names
from newcourse.web import lab_words
from newcourse.web.app import create_app
from newcourse.web.lab_results import RUN_FORMAT, read_results
from tests.web.client import Client, links, parsed

QUANTUM_LIKE = f"{BANNER[0].upper()}{BANNER[1:]}"


def run_data(name: str = "russia-1917") -> dict[str, Any]:
    """A small run of a scenario, of one model and its rival."""
    one = read_scenario(name)
    rows: dict[str, list[dict[str, Any]]] = {"ensembles": [], "answers": [], "bands": [], "waves": []}
    for branch in (branch.name for branch in one.branches):
        for role, title in (("model", "The hypotheses: m"), ("rival", "Best classical rival: r")):
            rows["ensembles"].append({"branch": branch, "by": role, "title": role, "method": "mean field", "draws": 3})
            asked = {"question": "Alone?", "low": 0.1, "median": 0.25, "high": 0.5}
            rows["answers"].append({"branch": branch, "role": role, **asked})
            for country in ("", *one.codes):
                rows["bands"] += [
                    {"branch": branch, "country": country, "model": title, "formation": formation, "year": year,
                     "low": 0.2, "middle": 0.3, "high": 0.4}
                    for formation in ("capitalist", "workers' state") for year in (1918.0, 1938.0)
                ]  # fmt: skip
        rows["waves"] += [
            {"branch": branch, "year": 1918.0, "country": code, "title": title, "formation": "capitalist", "share": 0.9}
            for code, title in one.countries.items()
        ]
    said = {"format": RUN_FORMAT, "scenario": name, "title": one.conditions, "banner": BANNER, "seed": 7}
    return {**said, **rows, "differences": rows["answers"]}


def verdict_data() -> dict[str, Any]:
    """A small verdict."""
    scored = {"kind": "classical", "split": "held-out countries", "score": -0.02, "error": 0.01}
    sentence = "This data set cannot answer whether b predicts better than a."
    return {
        "coding": "degenerated-1924",
        "banner": "",
        "table": [{"model": "a", "difference": 0.0, **scored}, {"model": "b", "difference": 0.03, **scored}],
        "fits": [{"model": "a", "title": "plain", "search": "1 of 1 starts"}],
        "answers": [
            {
                "better": "b",
                "rival": "a",
                "sentence": sentence,
                "state": "cannot answer",
                "power": 0.1,
                "false_positives": 0.0,
            }
        ],
        "remarks": ["b: only 1 of 4 starts."],
    }


def write(folder: Path, **files: Any) -> Path:
    for name, data in files.items():
        (folder / f"{name}.json").write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("results")
    write(folder, russia=run_data(), lands=run_data("three-lands"), ladder=verdict_data())
    with open_record(folder / "record.sqlite") as record:
        yield Client(create_app(record, lab=read_results(folder)))


@pytest.fixture(scope="module")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Pages of a server that was given no results."""
    with open_record(tmp_path_factory.mktemp("bare") / "record.sqlite") as record:
        yield Client(create_app(record))


def test_the_laboratory_leads_to_all_it_rests_on(bare_site: Client) -> None:
    page = parsed(bare_site.get("/lab").text)
    assert QUANTUM_LIKE in page.text
    assert {f"/lab/scenarios/{name}" for name in scenario_names()} <= links(page)
    assert {"/lab/hypotheses", "/lab/codings", "/lab/words", "/lab/verdict"} <= links(page)
    assert "newcourse lab run" in page.text
    assert {f"/lab/hypotheses/{code}" for code in HYPOTHESES} <= links(parsed(bare_site.get("/lab/hypotheses").text))
    assert {f"/lab/codings/{name}" for name in NAMES} <= links(parsed(bare_site.get("/lab/codings").text))


@pytest.mark.parametrize("code", HYPOTHESES)
def test_a_hypothesis_stands_with_its_null_sources_and_critics(bare_site: Client, code: str) -> None:
    one = HYPOTHESES[code]
    text = parsed(bare_site.get(f"/lab/hypotheses/{code}").text).text
    for said in (one.claim, one.null, *one.sources, *one.counter, *(p.name for p in one.parameters)):
        assert " ".join(said.split()) in text
    assert all(one.why in text for one in one.indistinct)
    assert (QUANTUM_LIKE in text) is (code in ("H1", "H4b", "H7"))
    assert bare_site.get(f"/api/lab/hypotheses/{code}").json()["null"] == one.null


def test_which_hypotheses_are_quantum_like() -> None:
    assert [code for code, kind in HYPOTHESES.items() if quantum_like(kind())] == ["H1", "H4b", "H7"]


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_shows_every_number_with_its_label(bare_site: Client, name: str) -> None:
    one = read_scenario(name)
    page = parsed(bare_site.get(f"/lab/scenarios/{name}").text)
    assert next(page.all("h1")).text == one.conditions
    facts = bare_site.get(f"/api/lab/scenarios/{name}").json()
    for role, recipe in (("model", one.model), ("rival", one.rival)):
        (model,) = [each for each in facts["models"] if each["role"] == role]
        assert [(row[1], row[5]) for row in model["values"]["rows"]] == [
            (v.value, v.label) for v in recipe.values.values()
        ]
    said = [one.summary, *(asked.title for asked in one.asked), *(fact.source for fact in one.facts)]
    said += [i.title for branch in one.branches for i in branch.interventions]
    assert all(" ".join(words.split()) in page.text for words in said)
    assert f"newcourse lab run {name}" in page.text
    assert facts["run"] is None


def test_codings_show_spells_by_name_and_their_critics(bare_site: Client) -> None:
    text = parsed(bare_site.get("/lab/codings/degenerated-1924").text).text
    assert "Russia, Soviet Union" in text
    assert "Read otherwise" in text
    assert "claim under test" in parsed(bare_site.get("/lab/codings/kailitz").text).text


def test_words_stand_with_what_they_are_not_and_a_number(bare_site: Client) -> None:
    text = parsed(bare_site.get("/lab/words").text).text
    for word in WORDS.values():
        assert all(said in text for said in (word.here, word.is_not, word.fails, word.module))
    assert "0.2744" in text
    assert "speeds transitions up while Γ" in text


@pytest.mark.slow
def test_a_run_is_shown_by_branch_and_country(lab_site: Client) -> None:
    first = parsed(lab_site.get("/lab/scenarios/russia-1917").text)
    asked = "/lab/scenarios/russia-1917?branch=joined&country=RUS"
    assert f"{asked.rpartition('&')[0]}#drawn-head" in {unescape(link) for link in links(first)}
    facts = lab_site.get(f"/api{asked}").json()["run"]
    assert (facts["branch"], facts["country"], facts["draws"], facts["seed"]) == ("joined", "RUS", 3, 7)
    assert "25.0 %" in parsed(lab_site.get(asked).text).text
    for shown in (facts["bands"], facts["waves"]):
        drawn = lab_site.get(f"{shown['href']}-narrow-day.svg")
        assert drawn.status_code == 200
        assert "Conditional on hypotheses" in drawn.text
        assert BANNER[1:] in drawn.text


def test_lands_without_a_place_on_the_map_have_bands_only(lab_site: Client) -> None:
    facts = lab_site.get("/api/lab/scenarios/three-lands").json()["run"]
    assert facts["waves"] is None
    assert lab_site.get(f"{facts['bands']['href']}-wide-night.svg").status_code == 200
    assert lab_site.get(f"{facts['bands']['href'].replace('bands', 'waves')}-wide-day.svg").status_code == 404


def test_the_verdict_stands_with_power_and_a_picture(lab_site: Client, bare_site: Client) -> None:
    text = parsed(lab_site.get("/lab/verdict").text).text
    assert "cannot answer whether b predicts better" in text
    assert "only 1 of 4 starts" in text
    assert lab_site.get("/pictures/verdict/ladder/ladder-wide-day.svg").status_code == 200
    assert "newcourse lab compare" in parsed(bare_site.get("/lab/verdict").text).text


@pytest.mark.parametrize(
    "path",
    [
        "/lab/hypotheses/H99", "/lab/codings/none", "/lab/scenarios/none", "/lab/scenarios/russia-1917?branch=none",
        "/lab/scenarios/russia-1917?country=none", "/pictures/lab/russia-1917~9~/bands-wide-day.svg",
        "/pictures/lab/none/bands-wide-day.svg", "/pictures/lab/russia-1917~0~/bands-1917-wide-day.svg",
        "/pictures/verdict/none/ladder-wide-day.svg",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(lab_site: Client, path: str) -> None:
    answer = lab_site.get(path)
    assert answer.status_code == 404
    assert "Expected" in answer.text or path.startswith("/pictures")


def test_pages_of_the_laboratory_are_in_swedish(bare_site: Client) -> None:
    page = bare_site.get("/lab/scenarios/russia-1917", accept_language="sv").text
    assert "Det är ingen prognos" in page
    assert "antaget" in page
    assert "Every number" not in page


def test_every_heading_can_be_translated(lab_site: Client) -> None:
    known = {*lab_words.CAPTIONS, *lab_words.HEADINGS}
    paths = ("", "/hypotheses", "/hypotheses/H1", "/codings", "/codings/degenerated-1924", "/words", "/verdict",
             *(f"/scenarios/{name}" for name in scenario_names()))  # fmt: skip
    for path in paths:
        for table in tables(lab_site.get(f"/api/lab{path}").json()):
            assert {table["caption"], *(column["label"] for column in table["columns"])} <= known, path


def tables(data: Any) -> Iterator[dict[str, Any]]:
    """Every table within facts."""
    if isinstance(data, dict) and {"caption", "columns", "rows"} <= set(data):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from tables(part)


def test_results_that_are_wrong_are_refused_with_all_faults(tmp_path: Path) -> None:
    broken = {**run_data(), "seed": "x", "bands": [{"branch": "isolated"}], "waves": []}
    strange = run_data()
    strange["answers"][0]["branch"] = "none"
    verdict = {**verdict_data(), "remarks": "none", "coding": 1}
    nowhere = {**run_data(), "scenario": "atlantis"}
    endless = run_data("three-lands")
    endless["bands"][0]["low"] = True
    write(tmp_path, a="{", b=[], c=broken, d=strange, e=run_data(), f=run_data(), g=verdict, h=nowhere, i=endless)
    with pytest.raises(BadInput) as refused:
        read_results(tmp_path)
    told = [fault.where for fault in refused.value.faults]
    assert {"a.json", "b.json", "c.json, seed", "c.json, waves", "d.json, answers, branch", "f.json", "g.json, remarks",
            "g.json, coding", "h.json, scenario", "i.json, bands, row 1, low"} <= set(told)  # fmt: skip
    assert sum(where.startswith("c.json, bands, row 1") for where in told) == 7


@pytest.mark.parametrize("name", ["empty", "not there"])
def test_a_folder_without_results_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="results"):
        read_results(tmp_path / name)


def test_what_is_not_known_of_a_verdict_is_left_out_of_the_picture(tmp_path: Path) -> None:
    data = verdict_data()
    data["table"][1]["difference"] = None
    assert read_results(write(tmp_path, v=data)).verdicts["v"].tables["table"]["difference"].isna().sum() == 1
