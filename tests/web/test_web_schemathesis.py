"""The interface is held to its description: whatever may be sent is answered as OpenAPI says, and never by a fault.

Schemathesis makes requests from the description, right ones and wrong ones, for every operation in it. What they do is
done on a record of its own, what calculates long is put into a queue that nobody works at; the same requests come every
time. Two of its checks are left out: that whatever fits the description is accepted, because no schema can say what a
federation says, such as that a ballot fits the rule of its vote; and that a wrong token is refused, because here every
request carries a right one (the tests of acting see to it).
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from newcourse.acts.federation import Federation
from newcourse.acts.registry import ACTS
from newcourse.people.people import open_people
from newcourse.record.store import open_record
from newcourse.web.app import create_app
from newcourse.web.jobs.queue import Jobs
from newcourse.web.registry import PAGES
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.rates import Rates
from tests.acts.commune import copied
from tests.web.signed_in import program_of

pytestmark = pytest.mark.slow

OPERATIONS = [
    *(("POST", f"/api/acts/{act}") for act in sorted(ACTS, key=lambda act: (act == "leave", act))),
    *(("GET", "/api" if page.path == "/" else f"/api{page.path}") for page in PAGES),
    ("GET", "/api/may"),
    ("GET", "/api/jobs/{job}"),
    ("GET", "/api/record/receipt/{sequence}"),
    ("GET", "/api/record/consistency/{first}/{second}"),
    ("GET", "/api/bundle"),
]
"""All that the interface can do; who leaves is last, because afterwards they can do nothing."""

REQUESTS = settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(once_called: Federation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of the pages of a federation with an open cycle, asked by a program of a delegate."""
    folder = tmp_path_factory.mktemp("described")
    with open_record(folder / "record.sqlite") as record, open_people(folder / "people.sqlite") as people:
        copied(once_called, record)
        jobs = Jobs(record, str(folder / "record.sqlite"))
        entrance = Entrance(people, rates=Rates(acts="1000000/minute", casts="1000000/minute"))
        app = create_app(record, entrance=entrance, jobs=jobs)
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, config=SchemathesisConfig())
        schema.config.headers = program_of(app, people, "ada").headers
        yield schema
        jobs.close()


def hold_to_its_words(described: Any, path: str, method: str) -> None:
    """Ask an address what its description allows, and what it does not, and hold each answer to what is said of it."""
    operation = described[path][method]
    for mode in GenerationMode:
        try:
            strategy = operation.as_strategy(generation_mode=mode)
        except Unsatisfiable:  # nothing wrong can be sent where nothing is asked for
            continue

        @REQUESTS
        @given(case=strategy)
        def check(case: Any) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance, ignored_auth])

        try:
            check()
        except Unsatisfiable:
            continue


def test_nothing_that_is_described_is_left_out(described: Any) -> None:
    paths = described.raw_schema["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_is_answered_as_described(described: Any, method: str, path: str) -> None:
    hold_to_its_words(described, path, method)
