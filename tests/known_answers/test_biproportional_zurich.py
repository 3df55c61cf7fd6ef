"""The election of 2019 to the Kantonsrat of Zürich: 180 seats, 18 districts, 13 parties.

Votes and seats as published by the canton, retyped. A voter has as many votes as the district has seats, so parties are
compared by votes over the seats of the district; a party takes part with 3 per cent of all votes or 5 per cent in one
district.
"""

from fractions import Fraction

from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.biproportional import ROUNDINGS, Biproportional, biproportional
from newcourse.vote.lists.proof import flaws
from newcourse.vote.lists.thresholds import Threshold

PARTIES = ["AL", "BDP", "CVP", "Gute", "EDU", "EVP", "FDP", "GLP", "Grüne", "Helvida", "PdA", "SP", "SVP"]
# Each district: its seats, then the votes of the parties in the order above.
VOTES = """
5 2416 0 1733 0 234 595 7360 5902 7844 0 204 10910 5662
12 19009 844 9960 3120 579 5633 23592 28663 40514 0 1639 70295 33512
5 6716 0 605 0 132 332 3544 6298 7648 0 560 13484 2806
9 13611 1304 4593 0 527 3210 23745 23529 28051 107 883 47596 19416
6 3497 0 3841 0 254 1761 19624 11897 12358 0 326 18531 10255
12 8129 1726 7495 0 2007 7270 19779 22934 25102 0 1057 48742 34595
11 2059 2282 11792 0 1912 4696 25055 17993 8943 0 0 26964 42481
6 645 632 2046 0 1666 6198 10929 10265 7841 0 0 12885 19265
15 5358 6190 27867 0 5201 17095 80180 44371 38102 0 0 62623 90998
12 3387 3277 13575 0 5799 7707 78979 41532 28743 0 0 44284 84129
11 3348 4494 12702 0 13508 12406 29178 21841 26285 0 0 27743 65778
16 6346 13232 19030 0 9538 13213 58214 58620 41076 0 0 66288 104683
7 1142 1960 2560 0 4628 9014 13278 10930 9147 0 0 13278 29795
13 12915 5219 12248 0 5837 17964 34703 47208 49152 0 0 78239 60891
7 638 1377 2963 0 2685 7823 13911 13606 9274 0 0 11390 34466
4 348 1573 546 0 915 1500 5329 2891 3289 0 0 4796 12437
18 5680 9707 15590 0 16807 22574 70138 53964 35950 0 0 69786 140138
11 1387 2767 5866 0 8512 4442 21372 19054 14529 0 0 21420 64859
"""
# Seats of AL, CVP, EDU, EVP, FDP, GLP, Grüne, SP, SVP by district.
SEATS = """
000011111 210011232 100001120 100011231 000021111 110012232 010021124 000111111 010132134
010032123 011121113 011122234 000111112 100122232 000111112 000010012 011132136 001021115
"""


def test_the_kantonsrat_of_2019() -> None:
    rows = [[int(number) for number in line.split()] for line in VOTES.split("\n") if line]
    district_seats, votes = [row[0] for row in rows], [row[1:] for row in rows]
    assert (sum(district_seats), sum(map(sum, votes))) == (180, 3_419_973)
    totals = [sum(row[j] for row in votes) for j in range(13)]
    let_in = [
        party
        for j, party in enumerate(PARTIES)
        if totals[j] * 100 >= 3 * sum(totals) or any(row[j] * 20 >= sum(row) for row in votes)
    ]
    assert let_in == ["AL", "CVP", "EDU", "EVP", "FDP", "GLP", "Grüne", "SP", "SVP"]
    voters = {
        party: sum(Fraction(row[j], seats) for row, seats in zip(votes, district_seats, strict=True))
        for j, party in enumerate(PARTIES)
    }
    law = Threshold(Fraction(1, 2), exempt=tuple(let_in))
    upper = dict(apportion(voters, 180, ROUNDINGS["sainte-lague"], threshold=law).result.seats)
    assert [upper[party] for party in let_in] == [6, 8, 4, 8, 29, 23, 22, 35, 45]
    table = [[row[PARTIES.index(party)] for party in let_in] for row in votes]
    party_seats = [upper[party] for party in let_in]
    found = biproportional(table, district_seats, party_seats)
    assert isinstance(found, Biproportional)
    assert found.seats == tuple(tuple(map(int, row)) for row in SEATS.split())
    assert found.open == ()
    assert flaws(found, table, district_seats, party_seats, ROUNDINGS["sainte-lague"]) == []
