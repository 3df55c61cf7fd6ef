"""Reading plans in kind: what the tables become, and every fault of theirs at once."""

from pathlib import Path

import numpy as np
import pytest

from newcourse.economy.identities import activity_for
from newcourse.errors import BadInput
from newcourse.plan.fulfilment import Schedule, plan_fulfilment
from newcourse.sources.five_year import read_five_year, read_five_year_plan
from newcourse.sources.folder import read_folder
from newcourse.sources.registry import import_table, read_source

FLOWS = "x,grain,tool\ngrain,2,1\ntool,1,0\nlabour,4,2\noutput,10,4\n"
CAPITAL = "x,grain,tool\ngrain,0,0\ntool,5,2\n"
WEAR = "x,grain,tool\ngrain,0,0\ntool,0.2,0.1\n"
TARGETS = "x,grain,tool,labour\nyear1,6,0,6\nyear2,6.3,0,6.6\n"


def folder(path: Path, **changed: str) -> Path:
    path.mkdir(exist_ok=True)
    texts = {"flows": FLOWS, "cap": CAPITAL, "dep": WEAR, "labtarg": TARGETS, **changed}
    for name, text in texts.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        read_five_year(path)
    return [fault.code for fault in raised.value.faults]


def test_columns_become_techniques_with_capacity_and_wear(tmp_path: Path) -> None:
    economy = read_five_year(folder(tmp_path), 1928)
    assert economy.inputs.toarray() == pytest.approx(np.array([[0.2, 0.25], [0.1, 0.0]]))
    stocks = economy["stocks"].set_index("stock")
    assert stocks.loc["grain:tool", ["quantity", "life"]].tolist() == [5.0, 5.0]
    assert stocks.loc["tool:tool", ["quantity", "life"]].tolist() == [2.0, 10.0]
    use = economy["stock_use"].set_index("stock")["quantity"]
    assert use.to_dict() == {"grain:tool": 0.5, "tool:tool": 0.5}
    assert economy["factor_supply"]["quantity"].tolist() == [6.0]
    assert economy.about.year == 1928


def test_prices_are_labour_values(tmp_path: Path) -> None:
    economy = read_five_year(folder(tmp_path))
    v = economy["products"]["price"].to_numpy()
    assert v == pytest.approx([0.4 + 0.2 * v[0] + 0.1 * v[1], 0.5 + 0.25 * v[0]])


def test_the_base_year_is_a_balance(tmp_path: Path) -> None:
    economy = read_source("five-year", folder(tmp_path))
    assert activity_for(economy).to_dict() == pytest.approx({"grain": 10.0, "tool": 4.0})


def test_targets_keep_to_the_file_and_needs_to_an_even_pace(tmp_path: Path) -> None:
    read = read_five_year_plan(folder(tmp_path))
    assert read.schedule.targets.tolist() == [[6.0], [6.3]]
    assert read.schedule.supply.tolist() == [[6.0], [6.6]]
    needs = read.economy["needs"]
    assert needs["need"].tolist() == ["grain"]
    assert needs["growth"].tolist() == pytest.approx([0.05])
    even = Schedule.of(read.economy, 2)
    assert even.targets == pytest.approx(read.schedule.targets)
    assert even.supply == pytest.approx(read.schedule.supply)


def test_what_an_even_pace_leaves_out_is_stated(tmp_path: Path) -> None:
    uneven = "x,grain,tool,labour\nyear1,6,0,6\nyear2,9,0,6\nyear3,6,0,6\n"
    economy = read_five_year(folder(tmp_path, labtarg=uneven))
    texts = economy["assumptions"].set_index("assumption")["text"]
    assert "off by 33.33%" in texts["paces"]


def test_it_is_imported_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    economy = import_table("five-year", folder(tmp_path / "in"), tmp_path / "out")
    assert read_folder(tmp_path / "out").fingerprint == economy.fingerprint


def test_every_fault_of_the_four_files_at_once(tmp_path: Path) -> None:
    found = codes(folder(tmp_path, flows=FLOWS.replace("2,1\n", "x,1\n", 1), dep=WEAR.replace("0.2", "-1")))
    assert found == ["number", "number"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cap", "x,grain,tool\ngrain,0,0\n", "label-missing"),
        ("cap", CAPITAL + "coal,1,1\n", "label-unknown"),
        ("cap", CAPITAL + "tool,1,1\n", "label-twice"),
        ("dep", WEAR.replace("0.2", "1.2"), "depreciation"),
        ("flows", FLOWS.replace("output,10,4", "output,10,0"), "output-nil"),
        ("flows", FLOWS.replace("labour", "work"), "label-missing"),
        ("flows", "x,grain,tool\n", "file-unreadable"),
        ("flows", FLOWS.replace("grain,2,1", "grain,2"), "row-length"),
        ("flows", FLOWS.replace("grain,2,1", "grain,11,1"), "techniques-unproductive"),
        ("labtarg", "x,grain,tool,labour\nyear1,0,0,6\n", "targets-none"),
        ("labtarg", "x,grain,tool,labour\nyear1,6,0,6\nyear2,0,0,6\n", "targets-none"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, name: str, text: str, code: str) -> None:
    assert code in codes(folder(tmp_path, **{name: text}))


def test_missing_and_double_files_are_named(tmp_path: Path) -> None:
    folder(tmp_path, otherflow=FLOWS)
    (tmp_path / "cap.csv").unlink()
    assert sorted(codes(tmp_path)) == ["file-missing", "file-twice"]
    assert codes(tmp_path / "nowhere") == ["folder-missing"]


def test_a_schedule_must_fit_and_every_year_must_ask(tmp_path: Path) -> None:
    read = read_five_year_plan(folder(tmp_path))
    with pytest.raises(BadInput, match="schedule-shape"):
        plan_fulfilment(read.economy, Schedule(np.ones((2, 3)), np.ones((2, 1))))
    with pytest.raises(BadInput, match="year-asks-nothing"):
        plan_fulfilment(read.economy, Schedule(np.zeros((2, 1)), np.ones((2, 1))))
    with pytest.raises(BadInput, match="years"):
        Schedule(np.ones((2, 1)), np.ones((3, 1)))
    with pytest.raises(BadInput, match="figure"):
        Schedule(-np.ones((2, 1)), np.ones((2, 1)))


def test_the_worst_year_comes_first_if_asked_for(tmp_path: Path) -> None:
    read = read_five_year_plan(folder(tmp_path))
    by_sum, by_worst = (plan_fulfilment(read.economy, read.schedule, aim=aim) for aim in ("sum", "worst year"))
    assert by_worst.fulfilment.min() >= by_sum.fulfilment.min() - 1e-6
    assert by_worst.fulfilment.sum() <= by_sum.fulfilment.sum() + 1e-6
    assert [proof.stage for proof in by_worst.proofs] == ["worst year", "sum"]
    assert set(by_sum.to_data()["fulfilment"]) == {"1", "2"}
    assert by_sum["deliveries"]["part"].min() == pytest.approx(by_sum.fulfilment.min())
