"""The pages of trade: coefficients, verdicts, means of payment, and what the end of trade would cost."""

from collections.abc import Iterator

import pytest

from newcourse.acts.federation import Federation
from newcourse.economy.economy import Economy
from newcourse.record.store import open_record
from newcourse.web.app import create_app
from tests.acts.commune import FREE, START, founded
from tests.economy.small import economy
from tests.web.client import Client, parsed


def island() -> Economy:
    """Buses are dear to build at home, bread is sold for them; tea has a minimum and comes from abroad only."""
    return economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "place": "F", "base": 50.0},
            "build": {"makes": {"bus": 1.0}, "factors": {"hours": 4.0}, "place": "F", "base": 5.0},
        },
        {
            "bread": {"place": "F", "target": 60.0, "group": "food"},
            "tea": {"place": "F", "target": 10.0, "minimum": 5.0, "group": "food"},
            "bus": {"place": "F", "target": 40.0, "group": "travel"},
        },
        places={"F": "", "N": "F", "S": "F"},
        supply={("F", "hours"): 100.0},
        trade=[
            {"place": "F", "product": "bread", "import_quota": 0.0, "exports": 20.0},
            {"place": "F", "product": "bus", "import_price": 2.0, "export_quota": 0.0, "imports": 5.0},
            {"place": "F", "product": "tea", "export_quota": 0.0, "imports": 10.0},
        ],
        accounts=[{"place": "F", "reserves": 5.0}],
    )


@pytest.fixture(scope="module")
def trading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with open_record(tmp_path_factory.mktemp("island") / "record.sqlite") as record:
        federation = founded(record, economy=island())
        federation.perform("open_cycle", actor="ada", at=START, limits=FREE)
        yield federation


@pytest.fixture(scope="module")
def pages(trading: Federation) -> Client:
    return Client(create_app(trading.record))


def test_coefficients_with_their_parts_and_verdicts(trading: Federation, pages: Client) -> None:
    address = trading.cycle().plan
    facts = pages.get(f"/api/plan/{address}/trade").json()
    assert facts["trades"]
    assert len(facts["buying"]) == 2  # the bus, dearer at home, and the tea that nobody grows
    assert facts["terms"]["rows"][0][1:] == [1.0] * 5
    html = pages.get(f"/plan/{address}/trade").text
    page = parsed(html)
    assert "What to make, what to buy, where to catch up" in page.text
    assert "of what it costs by import" in page.text
    assert f"/plan/{address}/autarky" in html
    assert f"/plan/{address}/trade" in pages.get(f"/plan/{address}").text


def test_the_picture_is_drawn_and_described(trading: Federation, pages: Client) -> None:
    drawn = pages.get(f"/pictures/plan/{trading.cycle().plan}/trade-narrow-night.svg")
    assert drawn.status_code == 200
    assert "Making over buying" in drawn.text


def test_what_the_end_of_trade_would_cost(trading: Federation, pages: Client) -> None:
    address = trading.cycle().plan
    facts = pages.get(f"/api/plan/{address}/autarky").json()
    assert [row[0] for row in facts["path"]["rows"]] == [1.0, 0.5, 0.0]
    assert facts["missed"]["rows"][0][:1] == ["need tea"]
    assert facts["places"] is None
    page = parsed(pages.get(f"/plan/{address}/autarky").text)
    assert "One minimum cannot be met" in page.text


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with open_record(tmp_path_factory.mktemp("alone") / "record.sqlite") as record:
        federation = founded(record)
        federation.perform("open_cycle", actor="ada", at=START, limits=FREE)
        yield federation


def test_an_economy_that_buys_nothing_says_so(alone: Federation) -> None:
    address, site = alone.cycle().plan, Client(create_app(alone.record))
    assert "buys nothing elsewhere" in site.get(f"/plan/{address}/trade").text
    assert "neither trades" in site.get(f"/plan/{address}/autarky").text
    assert site.get(f"/pictures/plan/{address}/trade-wide-day.svg").status_code == 404


def test_a_plan_there_is_not(pages: Client) -> None:
    assert pages.get("/plan/nothing/trade").status_code == 404
    assert pages.get("/plan/nothing/autarky").status_code == 404
