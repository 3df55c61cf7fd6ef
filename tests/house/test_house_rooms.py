"""The rooms and the import rule (design §3)."""

import re
import subprocess
import sys
from pathlib import Path

from tests.house.project import ROOT, SOURCE, modules, pyproject


def test_imports_run_downwards_only() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_in_the_rule() -> None:
    """A room that the layers do not name would be free to import anything."""
    (contract,) = pyproject()["tool"]["importlinter"]["contracts"]
    ruled = set(re.findall(r"newcourse\.(\w+)", " ".join(contract["layers"])))
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - ruled <= {"__init__", "__main__"}
    assert "errors" in ruled


def test_no_module_imports_from_the_package_itself() -> None:
    """``from newcourse import x`` inside the package makes cycles: the module is imported instead."""
    pattern = re.compile(r"^\s*from newcourse import ", re.MULTILINE)
    offenders = [path for path in modules() if pattern.search((ROOT / path).read_text(encoding="utf-8"))]
    assert offenders == []
