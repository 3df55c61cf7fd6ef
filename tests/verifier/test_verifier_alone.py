"""The verifier stands alone: as one file, with Python and cryptography, it runs where nothing else is installed."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from newcourse.verifier.packing import ROOM, write_program
from tests.verifier.small_bundle import made, written

ALLOWED = {"cryptography", *sys.stdlib_module_names}

# -I and -S: no site-packages, no environment. Only the parent folders of cryptography and of what it loads are let in,
# and a finder refuses everything else in them.
START = """
import importlib.util, json, runpy, sys
program, bundle, folder, *more = sys.argv[1:]

class Only:
    def find_spec(self, name, path=None, target=None):
        root = name.partition(".")[0]
        if root in {"cryptography", "_cffi_backend", "cffi", "__main__"} or root in sys.stdlib_module_names:
            return None
        if root == "newcourse" and (path is None or all(program in str(place) for place in path)):
            return None
        raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, Only())
sys.path.append(folder)
sys.argv = [program, bundle, *more]
try:
    runpy.run_path(program, run_name="__main__")
except SystemExit as end:
    code = end.code
loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "newcourse")
print(json.dumps({"code": code, "loaded": loaded}), file=sys.stderr)
"""


def isolated(program: Path, bundle: Path, *more: str) -> tuple[str, int, list[str]]:
    import cryptography

    folder = Path(cryptography.__file__).resolve().parents[1]
    command = [sys.executable, "-I", "-S", "-c", START, str(program), str(bundle), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stderr.splitlines()[-1])
    return done.stdout, told["code"], told["loaded"]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / "verify.pyz"
    write_program(path)
    return path


def test_the_program_runs_alone_and_loads_nothing_else_of_new_course(tmp_path: Path, program: Path) -> None:
    bundle = written(tmp_path / "a.zip", made().files())
    text, code, loaded = isolated(program, bundle, "--json")
    data = json.loads(text)
    assert (code, data["sound"]) == (0, True)
    assert loaded
    assert all(name == "newcourse" or name.startswith("newcourse.verifier") for name in loaded)
    book = made()
    book.body("count_vote")["sentence"] = "another"
    text, code, _ = isolated(program, written(tmp_path / "b.zip", book.files()))
    assert code == 6
    assert "NOT SOUND" in text
    assert isolated(program, tmp_path / "none.zip")[1] == 2


def test_only_the_command_line_imports_it() -> None:
    for path in sorted(ROOM.parent.rglob("*.py")):
        if path.is_relative_to(ROOM) or path == ROOM.parent / "cli" / "commands" / "verify.py":
            continue
        assert "newcourse.verifier" not in path.read_text(encoding="utf-8"), path


def test_the_program_is_the_same_each_time_and_overwrites_nothing(tmp_path: Path, program: Path) -> None:
    write_program(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == program.read_bytes()
    assert (tmp_path / "again.pyz").read_bytes().startswith(b"#!/usr/bin/env python3\n")
    with pytest.raises(FileExistsError):
        write_program(tmp_path / "again.pyz")


def test_the_room_is_also_a_program(tmp_path: Path) -> None:
    bundle = written(tmp_path / "a.zip", made().files())
    command = [sys.executable, "-X", "importtime", "-m", "newcourse.verifier", str(bundle)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "Nothing wrong was found" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    ours = {name for name in loaded if name.startswith("newcourse.")}
    assert all(name.startswith("newcourse.verifier") for name in ours)
    assert not {"numpy", "pandas", "sqlalchemy"} & loaded


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.relative_to(ROOM).as_posix())
def test_no_file_imports_anything_else(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            assert name.partition(".")[0] in ALLOWED or name.startswith("newcourse.verifier."), name
