"""Seats that were really given out, and the paradoxes of the literature.

Austria: official results of nine elections to the Nationalrat. United States: apportionment populations and seats of
the census of 2020 (U.S. Census Bureau); census of 1880 with the Alabama paradox (M. L. Balinski and H. P. Young, *Fair
Representation*, chapter 5). Examples of the methods side by side: usual textbook numbers.
"""

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.divisor import DIVISOR_METHODS, DivisorMethod
from newcourse.vote.lists.quota import HIGHEST_AVERAGE, QUOTA_METHODS, QuotaMethod
from newcourse.vote.lists.thresholds import Threshold

STATES_2020 = """
CA 39576757 52  TX 29183290 38  FL 21570527 28  NY 20215751 26  PA 13011844 17  IL 12822739 17  OH 11808848 15
GA 10725274 14  NC 10453948 14  MI 10084442 13  NJ 9294493 12  VA 8654542 11  WA 7715946 10  AZ 7158923 9  MA 7033469 9
TN 6916897 9  IN 6790280 9  MD 6185278 8  MO 6160281 8  WI 5897473 8  CO 5782171 8  MN 5709752 8  SC 5124712 7
AL 5030053 7  LA 4661468 6  KY 4509342 6  OR 4241500 6  OK 3963516 5  CT 3608298 5  UT 3275252 4  IA 3192406 4
NV 3108462 4  AR 3013756 4  MS 2963914 4  KS 2940865 4  NM 2120220 3  NE 1963333 3  ID 1841377 2  WV 1795045 2
HI 1460137 2  NH 1379089 2  ME 1363582 2  RI 1098163 2  MT 1085407 2  DE 990837 1  SD 887770 1  ND 779702 1  AK 736081 1
VT 643503 1  WY 577719 1
"""
STATES_1880 = """
AL 1262505 AR 802525 CA 864694 CO 194327 CT 622700 DE 146608 FL 269493 GA 1542180 IL 3077871 IN 1978301 IA 1624615
KS 996096 KY 1648690 LA 939946 ME 648936 MD 934943 MA 1783085 MI 1636937 MN 780773 MS 1131597 MO 2168380 NE 452402
NV 62266 NH 346991 NJ 1131116 NY 5082871 NC 1399750 OH 3198062 OR 174768 PA 4282891 RI 276531 SC 995577 TN 1542359
TX 1591749 VT 332286 VA 1512565 WV 618457 WI 1315497
"""
DHONDT, HUNTINGTON_HILL = DIVISOR_METHODS["dhondt"], DIVISOR_METHODS["huntington-hill"]


def table(text: str, columns: int) -> list[list[str]]:
    words = text.split()
    return [words[i : i + columns] for i in range(0, len(words), columns)]


def seats(tally) -> dict[str, int]:
    return dict(tally.result.seats)


@pytest.mark.shared_data
def test_nine_elections_to_the_austrian_nationalrat(shared_data: Path) -> None:
    lines = (shared_data / "votes/apportionment/austria_nationalrat_1994_2019.txt").read_text().splitlines()
    elections = [ast.literal_eval(line.partition("#")[0].strip().rstrip(",")) for line in lines if line.strip()]
    assert [year for year, *_ in elections] == [2019, 2017, 2013, 2008, 2006, 2002, 1999, 1995, 1994]
    for _year, names, votes, official in elections:
        # in 2008 two lists were written in the same short form
        lists = {f"{position} {name}": given for position, (name, given) in enumerate(zip(names, votes, strict=True))}
        tally = apportion(lists, 183, DHONDT, threshold=Threshold(Fraction(4, 100)))
        assert list(seats(tally).values()) == official
        assert not tally.ties


def test_united_states_2020() -> None:
    rows = table(STATES_2020, 3)
    populations = {state: int(number) for state, number, _ in rows}
    assert sum(populations.values()) == 331_108_434
    tally = apportion(populations, 435, HUNTINGTON_HILL, minimum=1)
    assert seats(tally) == {state: int(number) for state, _, number in rows}
    assert seats(apportion(populations, 435, HUNTINGTON_HILL)) == seats(tally)  # the first divisor is nought anyway
    seat_steps = [step for step in tally.steps if step.code == "seat"]
    assert seat_steps[-1].facts["list"] == "MN"
    assert (tally.steps[-1].facts["served"], tally.steps[-1].facts["unserved"]) == ("MN", "NY")


def test_new_york_lacked_eighty_nine_people() -> None:
    populations = {state: int(number) for state, number, _ in table(STATES_2020, 3)}
    for more, expected in ((88, 26), (89, 27)):
        counted = apportion({**populations, "NY": populations["NY"] + more}, 435, HUNTINGTON_HILL, minimum=1)
        assert seats(counted)["NY"] == expected


def test_the_alabama_paradox_of_1880() -> None:
    populations = {state: int(number) for state, number in table(STATES_1880, 2)}
    assert sum(populations.values()) == 49_371_340
    before, after = (seats(apportion(populations, house, QUOTA_METHODS["hare"], minimum=1)) for house in (299, 300))
    assert [(before[s], after[s]) for s in ("AL", "IL", "TX")] == [(8, 7), (18, 19), (9, 10)]
    for method in (DHONDT, HUNTINGTON_HILL, DIVISOR_METHODS["sainte-lague"]):
        fewer, more = (seats(apportion(populations, house, method)) for house in (299, 300))
        assert sum(more[s] - fewer[s] for s in populations) == 1
        assert all(more[s] >= fewer[s] for s in populations)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (DIVISOR_METHODS["dhondt"], [5, 2, 2, 1, 0, 0]),
        (DIVISOR_METHODS["sainte-lague"], [4, 2, 2, 1, 1, 0]),
        (QUOTA_METHODS["hare"], [5, 2, 1, 1, 1, 0]),
        (QUOTA_METHODS["droop"], [5, 2, 2, 1, 0, 0]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_one_hundred_thousand_votes_for_six_colours(method: DivisorMethod | QuotaMethod, expected: list[int]) -> None:
    votes = dict(zip("YWRGBP", (47_000, 16_000, 15_800, 12_000, 6_100, 3_100), strict=True))
    assert list(seats(apportion(votes, 10, method)).values()) == expected


@pytest.mark.parametrize(("method", "expected"), [("dhondt", [4, 3, 1, 0]), ("sainte-lague", [3, 3, 1, 1])])
def test_four_parties_and_eight_seats(method: str, expected: list[int]) -> None:
    votes = {"A": 100_000, "B": 80_000, "C": 30_000, "D": 20_000}
    assert list(seats(apportion(votes, 8, DIVISOR_METHODS[method])).values()) == expected


def test_one_seat_more_takes_one_away_by_largest_remainders() -> None:
    votes = {"A": 6, "B": 6, "C": 2}
    counts = [list(seats(apportion(votes, house, QUOTA_METHODS["hare"])).values()) for house in (10, 11)]
    assert counts == [[4, 4, 2], [5, 5, 1]]


def test_first_divisors_of_norway_and_sweden_make_the_first_seat_dearer() -> None:
    votes = {"A": 1000, "B": 180, "C": 10}
    counted = {
        name: list(seats(apportion(votes, 4, DIVISOR_METHODS[name])).values())
        for name in ("sainte-lague", "sainte-lague-1.2", "sainte-lague-1.4")
    }
    # B's first quotient is 180, 150 or 128.6, A's fourth 142.9
    assert counted == {"sainte-lague": [3, 1, 0], "sainte-lague-1.2": [3, 1, 0], "sainte-lague-1.4": [4, 0, 0]}


def test_averages_after_the_hagenbach_bischoff_quota_are_dhondt() -> None:
    populations = {state: int(number) for state, number, _ in table(STATES_2020, 3)}
    by_average = apportion(populations, 435, QUOTA_METHODS["droop"], remaining=HIGHEST_AVERAGE)
    assert seats(by_average) == seats(apportion(populations, 435, DHONDT))
