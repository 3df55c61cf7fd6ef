"""The interface for programs: under ``/api`` the facts of every page as JSON, described by OpenAPI."""

import inspect
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request

from newcourse.web.answers import MEMBER
from newcourse.web.page import Page
from newcourse.web.signin.current import require_signed_in
from newcourse.web.site import Site


def add_facts(app: FastAPI, site: Site, page: Page) -> None:
    """Add the facts of a page at ``/api`` and the page's own address.

    Parameters
    ----------
    app
        The application.
    site
        The federation.
    page
        The page; the dataclass its facts are tells programs what to expect.
    """
    signature = inspect.signature(page.facts)
    path = "/api" + ("" if page.path == "/" else page.path)
    app.add_api_route(
        path,
        _personal(site, page) if page.personal else _without_site(site, page, signature),
        methods=["GET"],
        response_model=signature.return_annotation,
        name=path,
        summary=page.title,
        description=inspect.getdoc(page.facts),
        operation_id=path.strip("/").replace("/", "_").replace("{", "").replace("}", ""),
    )


def _without_site(site: Site, page: Page, signature: inspect.Signature) -> Callable[..., Any]:
    """Return the function as requests see it: its first parameter, the site, is given."""

    def endpoint(**asked: Any) -> Any:
        return site.facts(page, asked)

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in list(signature.parameters.values())[1:]
    ]
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return endpoint


def _personal(site: Site, page: Page) -> Callable[..., Any]:
    """Return the function of facts that are about who is signed in: nobody can ask for another."""

    def endpoint(request: Request) -> Any:
        return site.facts(page, {MEMBER: require_signed_in(request).member})

    return endpoint
