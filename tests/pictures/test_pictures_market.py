"""Pictures of the mixed economy draw the numbers of the options and of the adoption, in letters that can be read."""

import pytest

from newcourse.pictures.look import NARROW, SMALLEST, WIDE
from newcourse.pictures.market import adoption, adoption_table, levers, levers_table, scissors, scissors_table
from newcourse.pictures.render import svg
from newcourse.plan.market.outcomes import Compared, compare_options
from newcourse.sources.market_case import read_case, read_village
from tests.pictures.reading import letter_sizes, texts


@pytest.fixture(scope="module")
def dear() -> Compared:
    case = read_case("scissors-1923")
    return compare_options(case, case.readings[1])


def test_tables_hold_the_outcomes(dear: Compared) -> None:
    table = levers_table(dear)
    assert len(table) == 5 * len(dear.results)
    first = table[table["measure"] == "Scissors, base year = 1"].iloc[0]
    assert first["value"] == dear.results[0].first.scissors
    assert list(scissors_table(dear)["scissors"]) == [result.first.scissors for result in dear.results]
    found = read_village("scissors-1923").adopted()
    assert list(adoption_table(found)["share"]) == list(found.share)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_letters_can_be_read(dear: Compared, width: int) -> None:
    for drawn in (levers(dear, width=width), scissors(dear, width=width)):
        assert min(letter_sizes(svg(drawn))) >= SMALLEST
    told = " ".join(texts(svg(levers(dear, width=width))))
    assert "Cheaper industry" in told
    assert "1.74" in told


def test_the_curve_says_what_it_shows() -> None:
    drawn = adoption(read_village("scissors-1923").adopted())
    assert "join" in drawn.to_dict()["description"]
