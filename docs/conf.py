"""How Sphinx builds these pages: ``sphinx-build -n -W docs docs/_build/html``."""

import shutil
from importlib.metadata import version as installed_version
from pathlib import Path

from sphinx.application import Sphinx

project = "New Course"
author = "The New Course founders"
copyright = f"2026, {author}"  # noqa: A001  Sphinx's own name for it
version = release = installed_version("newcourse")

extensions = ["myst_parser", "sphinx.ext.apidoc", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "New Course"
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4

# One page for each package, made afresh at each build from the docstrings.
apidoc_modules = [
    {
        "path": "../src/newcourse",
        "exclude_patterns": ["**/migrations/**"],
        "destination": "reference/api",
        "separate_modules": False,
        "module_first": True,
        "automodule_options": {"members", "show-inheritance", "undoc-members"},
    }
]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False

# Names of other packages cannot be looked up without a network; type variables (one capital) and types with their
# arguments have no page. Everything else of ours must resolve.
nitpick_ignore_regex = [("py:.*", r"(?!newcourse\.).*"), ("py:.*", r"newcourse\..*\.[A-Z]"), ("py:.*", r".*\[.*")]


def setup(app: Sphinx) -> None:
    """Forget the pages of modules that are no longer there, before the pages are made afresh."""
    pages = Path(__file__).parent / "reference" / "api"
    app.connect("builder-inited", lambda _app: shutil.rmtree(pages, ignore_errors=True), priority=1)
    app.connect("autodoc-skip-member", skip_public_names)


def skip_public_names(app: Sphinx, *_: object) -> bool | None:
    """Document what the package offers by name in the rooms where it is made, not once more on the package's page."""
    return True if app.env.current_document.autodoc_module == "newcourse" else None
