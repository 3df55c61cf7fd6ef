"""Write the reference pages that are made from the program itself: the commands, the open format, the exit codes.

``python scripts/generate_reference.py`` writes them; with ``--check`` it writes nothing and ends with 1 when a page in
the checkout is not what the program says today. The tests make the same comparison.
"""

import inspect
import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Made by scripts/generate_reference.py; change the program, not this page. -->\n"
FORMAT_INTRODUCTION = """\
# The open format

An economy is a folder: `datapackage.json` and the tables below as CSV or Parquet files, each named after its table
(design §5.2). The fields marked *key* together name a row and may not repeat. A field without a default must be given.
A table without rows may be left out, except the required ones.
"""
ERRORS_INTRODUCTION = """\
# Errors and exit codes

Every error carries one or more faults, all that were found at once; each says its code, where, what was found, what
was expected and what to do. With `--json` the same is printed as data. A program ends with 0 when all is well, with 2
also when the command line itself is not understood, and else with:
"""


EXAMPLE_ROWS = 4
"""Rows of an example that are shown."""

CONSTRAINTS_INTRODUCTION = """\
# The constraints of a plan

Every limit of a plan is a row of the linear problem that is solved. What stands here is the documentation of the
modules that add the rows, in their order, and beneath each some of its rows in the smallest economy that shows them, as
a test compares them with rows worked out by hand. The columns they are written in are told in
[the mathematics of a plan](../mathematics.md).
"""

PYTHON_INTRODUCTION = """\
# Python

`import newcourse as nc` offers these names and no others; each is loaded from its room when it is first used.
Everything else may change without notice, and is documented [module by module](api/modules.rst) for those who work on
it.
"""


STATUTES_INTRODUCTION = """\
# The words of statutes

Statutes are a JSON file: a `title`, and `articles` in order. Each article says its law in words and, where the program
must obey it, in the parts below. What has no default must be given. Shares are exact fractions written as text, such as
`"1/2"`; lengths of time are whole days. [How to write them](../how-to/write-statutes.md) begins with an example; and
`newcourse statutes check` says what is wrong with them.
"""


def cell(text: object) -> str:
    """Return the text as one cell of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """Return a Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cell(value) for value in line) + " |\n" for line in lines)


def schema_page() -> str:
    """Return the page of the open format, from ``newcourse.economy.schema`` (design §5.2)."""
    from newcourse.economy.schema import SCHEMA

    parts = [
        NOTE,
        FORMAT_INTRODUCTION,
    ]
    for entry in SCHEMA:
        required = " *Required.*" if entry.required else ""
        parts.append(f"## `{entry.name}`\n\n{entry.meaning}{required}\n")
        rows = [tuple(field_cells(field, field.name in entry.key)) for field in entry.fields]
        parts.append(table(("field", "kind", "meaning", "default", "refers to", "at least"), rows))
    return "\n".join(parts)


def field_cells(field: Any, is_key: bool) -> Iterator[object]:
    """Yield what the page of the open format says of one field."""
    yield f"`{field.name}`" + (" *key*" if is_key else "")
    yield field.kind
    yield field.meaning
    yield default_words(field.default)
    yield f"`{field.refers_to}`" if field.refers_to else ""
    yield "" if field.minimum is None else f"{field.minimum:g}"


def default_words(default: object) -> str:
    """Return a default as a person reads it; nothing where a value must be given."""
    if default is None:
        return ""
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, int | float):
        return "no limit" if math.isinf(default) else f"{default:g}"
    return str(default) or "empty"


def errors_page() -> str:
    """Return the page of exit codes, from the classes of ``newcourse.errors``."""
    from newcourse import errors

    every = (errors.NewCourseError, *errors.NewCourseError.__subclasses__())
    kinds = [kind for kind in every if kind.__module__ == errors.__name__]  # faces have further ones of their own
    rows = [(kind.exit_code, f"`{kind.__name__}`", first_paragraph(kind)) for kind in kinds]
    return "\n".join(
        [NOTE, ERRORS_INTRODUCTION, table(("exit code", "error", "meaning"), [(0, "", "All is well."), *sorted(rows)])]
    )


def first_paragraph(thing: object) -> str:
    """Return the first paragraph of a thing's docstring."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0]


def cli_page() -> str:
    """Return the page of all commands, from the Typer application (design §13)."""
    import typer

    from newcourse.cli.app import app

    parts = [NOTE, "# Commands\n", *command_parts(typer.main.get_command(app), ("newcourse",))]
    return "\n".join(parts)


def command_parts(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the sections of one command and, after it, of the commands beneath it."""
    name = " ".join(path)
    if len(path) > 1:
        yield f"{'#' * len(path)} `{name}`\n"
    yield f"{inspect.cleandoc(command.help or '').strip()}\n"
    if command.epilog:
        yield f"{inspect.cleandoc(command.epilog)}\n"
    yield f"```console\n{usage(command, name)}\n```\n"
    rows = [parameter_cells(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield table(("parameter", "meaning", "default"), rows)
    children = getattr(command, "commands", {})
    for child in sorted(children):
        if not children[child].hidden:
            yield from command_parts(children[child], (*path, child))


def usage(command: Any, name: str) -> str:
    """Return the line that shows how a command is called."""
    words = [name]
    if any(parameter.param_type_name == "option" for parameter in command.params):
        words.append("[OPTIONS]")
    words += [argument_word(parameter) for parameter in command.params if parameter.param_type_name == "argument"]
    if getattr(command, "commands", {}):
        words.append("COMMAND [ARGS]...")
    return " ".join(words)


def argument_word(parameter: Any) -> str:
    """Return an argument as usage lines show it: optional in brackets, several with dots."""
    word = (parameter.metavar or str(parameter.name).upper()) + ("..." if parameter.nargs == -1 else "")
    return word if parameter.required else f"[{word}]"


def parameter_cells(parameter: Any) -> tuple[str, str, str]:
    """Return what the page of commands says of one option or argument."""
    if parameter.param_type_name == "argument":
        shown = f"`{argument_word(parameter)}`"
    else:
        value = "" if parameter.is_flag else f" {parameter.metavar or value_word(parameter.type_descriptor.annotation)}"
        shown = ", ".join(f"`{name}{value}`" for name in (*parameter.opts, *parameter.secondary_opts))
    default = "" if parameter.required else parameter_default(parameter.default)
    return shown, parameter.help or "", "required" if parameter.required else default


def value_word(annotation: Any) -> str:
    """Return what stands for the value of an option: its choices, or the kind of value in capitals."""
    if get_origin(annotation) is Literal:
        return "|".join(map(str, get_args(annotation)))
    if get_args(annotation):
        return value_word(get_args(annotation)[0])
    if issubclass(annotation, Enum):
        return "|".join(str(choice.value) for choice in annotation)
    return {"str": "TEXT", "int": "NUMBER", "float": "NUMBER"}.get(annotation.__name__, annotation.__name__.upper())


def parameter_default(default: object) -> str:
    """Return the default of an option as its page shows it."""
    if default is None or callable(default) or default == ():
        return ""
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{getattr(default, 'value', default)}`"


def python_page() -> str:
    """Return the page of the names that ``import newcourse`` offers, each with its first sentence."""
    import newcourse

    rows = []
    for name in newcourse.__all__:
        thing = getattr(newcourse, name)
        role = "class" if inspect.isclass(thing) else "func"
        home = f"{thing.__module__}.{thing.__qualname__}"
        rows.append((f"{{py:{role}}}`{name} <{home}>`", first_paragraph(thing), f"`{thing.__module__}`"))
    return "\n".join([NOTE, PYTHON_INTRODUCTION, table(("name", "meaning", "room and module"), rows)])


def constraints_page() -> str:
    """Return the page of all constraints: what each says, and its rows in the smallest economy that shows it."""
    from newcourse.plan.constraints.registry import CONSTRAINTS, WORDED

    parts = [NOTE, CONSTRAINTS_INTRODUCTION]
    for module in CONSTRAINTS:
        name = module.__name__.rpartition(".")[2]
        blocks = ", ".join(f"`{block}`" for block, owner in WORDED.items() if owner is module)
        example = (ROOT / "tests" / "plan" / "golden_rows" / f"{name}.txt").read_text(encoding="utf-8")
        rows = "\n".join(example.splitlines()[:EXAMPLE_ROWS])
        parts.append(f"## {module.TITLE}\n\n{inspect.getdoc(module)}\n\nRows: {blocks}. For example:\n")
        parts.append(f"```text\n{rows}\n```\n")
    return "\n".join(parts)


def statutes_page() -> str:
    """Return the page of all words that statutes are written with, from their data classes and lists of words."""
    from newcourse.council import article_data, articles, faults_of_bodies, faults_of_procedures, redrafting, words

    parts = [NOTE, STATUTES_INTRODUCTION]
    titles: dict[Any, list[str]] = {articles.Article: []}
    for name, kind in {**article_data.PARTS, **article_data.SINGLE}.items():
        titles.setdefault(kind, []).append(f"`{name}`")
    for kind, names in titles.items():
        parts.append(f"## {' and '.join(names) or 'An article'}\n\n{readable(first_paragraph(kind))}\n")
        parts.append(table(("word", "meaning", "default"), [*part_rows(kind)]))
    lists = {
        "Acts": words.ACTS,
        "Roles": words.ROLES,
        "Where": words.SCOPES,
        "When": words.TIMES,
        "Who sends delegates": words.SEATED_BY,
        "Who elects": words.ELECTED_BY,
        "Who decides": words.ELECTORATES,
        "What is decided": {name: f"the rule gives a {words.SUBJECTS[name]}" for name in words.DECIDED},
        "Ballots": words.BALLOTS,
        "Too few for secrecy": words.BELOW_SECRET,
        "Quotas": faults_of_bodies.QUOTA_WORDS,
        "Refilling a seat": faults_of_procedures.REFILLS,
        "Changes of a draft": redrafting.CHANGES,
    }
    for title, meanings in lists.items():
        rows: list[tuple[object, ...]] = [(f"`{word}`", meaning) for word, meaning in meanings.items()]
        parts.append(f"## {title}\n\n{table(('word', 'meaning'), rows)}")
    return "\n".join(parts)


def part_rows(kind: Any) -> Iterator[tuple[object, ...]]:
    """Yield what the page of statutes says of the words of a part, those together that its docstring tells together."""
    specs = {spec.name: spec for spec in fields(kind)}
    for entry in re.split(r"\n(?=\S)", (inspect.getdoc(kind) or "").partition("----------\n")[2].strip()):
        names, _, meaning = entry.partition("\n")
        defaults = [field_default(specs.pop(name)) for name in names.split(", ")]
        words = ", ".join(f"`{name}`" for name in names.split(", "))
        yield words, readable(meaning), ", ".join(dict.fromkeys(filter(None, defaults)))
    if specs:
        raise LookupError(f"{kind.__name__} does not say what {', '.join(specs)} means")


def field_default(spec: Any) -> str:
    """Return the default of a word of statutes; empty where it must be given."""
    if spec.default is MISSING and spec.default_factory is MISSING:
        return ""
    return "nothing" if spec.default in (MISSING, None, "", ()) else f"`{spec.default}`"


def readable(text: str) -> str:
    """Return a docstring's text as Markdown: names of lists and modules as links, code in single marks."""
    links = {
        "words.ACTS": "[acts](#acts)",
        "words.ROLES": "[roles](#roles)",
        "words.SCOPES": "[places](#where)",
        "words.TIMES": "[times](#when)",
        "words.SEATED_BY": "[words](#who-sends-delegates)",
        "words.SUBJECTS": "[subjects](#what-is-decided)",
        "words.ELECTORATES": "[words](#who-decides)",
        "words.BELOW_SECRET": "[words](#too-few-for-secrecy)",
        "vote.rule": "[rules of counting](../rules/index.md)",
    }
    named = re.sub(r":\w+:`newcourse\.(?:council\.)?([\w.]+)`", lambda found: links[found[1]], " ".join(text.split()))
    return named.replace("``", "`")


PAGES: dict[str, Callable[[], str]] = {
    "constraints.md": constraints_page,
    "cli.md": cli_page,
    "errors.md": errors_page,
    "format.md": schema_page,
    "python.md": python_page,
    "statutes.md": statutes_page,
}


def main() -> int:
    """Write the pages, or with ``--check`` compare them; return the exit status."""
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    print("up to date" if not stale else f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
