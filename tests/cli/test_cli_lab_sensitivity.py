"""``newcourse lab sensitivity``: verdicts of several codings side by side, and files that are none."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run


def verdict(coding: str, state: str = "cannot answer", model: str = "GKSL") -> dict[str, Any]:
    gap = {"mean": 0.01, "error": 0.02, "countries": 40}
    answer = {"better": model, "rival": "duration (weibull)", "state": state, "power": 0.25, "false_positives": 0.0}
    return {"coding": coding, "answers": [{**answer, "held_out_countries": gap, "forward_in_time": gap}]}


def written(folder: Path, *verdicts: object) -> list[str]:
    files = [folder / f"{number}.json" for number in range(len(verdicts))]
    for file, data in zip(files, verdicts, strict=True):
        file.write_text(json.dumps(data), encoding="utf-8")
    return [str(file) for file in files]


def test_the_same_answer_and_another_under_other_codings(run: Run, tmp_path: Path) -> None:
    files = written(tmp_path, verdict("wide"), verdict("late"), verdict("early"))
    assert "under all 3 codings the answer is the same: cannot answer" in run("lab", "sensitivity", *files).stdout
    files = written(tmp_path, verdict("wide"), verdict("late", "better"), verdict("early"))
    told = json.loads(run("lab", "sensitivity", *files, "--json").stdout)
    assert told["sentences"] == [
        "GKSL: the verdict depends on the coding: cannot answer under wide, early; better under late."
    ]
    assert [row["countries_error"] for row in told["table"]] == [0.02] * 3


def test_what_is_no_set_of_verdicts_is_refused_with_every_fault(run: Run, tmp_path: Path) -> None:
    two = run("lab", "sensitivity", *written(tmp_path, verdict("wide"), verdict("late")), code=1)
    assert "3 at least" in two.stderr
    several = run("lab", "sensitivity", *written(tmp_path, verdict("wide"), verdict("wide"), {"answers": []}), code=1)
    assert "once more" in several.stderr
    assert "no coding" in several.stderr
    broken = verdict("early")
    del broken["answers"][0]["power"]
    part = run("lab", "sensitivity", *written(tmp_path, verdict("wide"), {"coding": "late"}, broken), code=1)
    assert "no answers" in part.stderr
    assert "without power" in part.stderr
    other = run("lab", "sensitivity", *written(tmp_path, verdict("a"), verdict("b"), verdict("c", model="H7")), code=1)
    assert "asks of H7" in other.stderr
