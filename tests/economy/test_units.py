"""Units: a quantity without one cannot be made, and unlike things are never added (§5.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.economy.units import conversion_factor, parse_unit
from newcourse.errors import BadInput


@pytest.mark.parametrize(
    ("found", "wanted", "factor"),
    [
        ("kt", "t", 1e3),
        ("kilotonne", "kt", 1.0),
        ("Mt", "kt", 1e3),
        ("GWh", "TJ", 3.6),
        ("toe", "GJ", 41.868),
        ("MSEK", "kSEK", 1e3),
        ("Mhour", "hour", 1e6),
        ("year", "hour", 1800.0),
        ("ha", "metre**2", 1e4),
        ("t / hour", "kg / day", 8e3),
    ],
)
def test_conversions(found: str, wanted: str, factor: float) -> None:
    assert conversion_factor(found, wanted) == pytest.approx(factor)
    assert conversion_factor(wanted, found) == pytest.approx(1 / factor)


@pytest.mark.parametrize("pair", [("MSEK", "MEUR"), ("t", "GWh"), ("hour", "person"), ("ha", "t")])
def test_unlike_things_are_not_converted(pair: tuple[str, str]) -> None:
    with pytest.raises(BadInput, match="unit-mismatch"):
        conversion_factor(*pair)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unit-missing"),
        ("  ", "unit-missing"),
        ("bushelz", "unit-unknown"),
        ("1", "unit-unknown"),
        ("t +", "unit-unknown"),
    ],
)
def test_what_is_no_unit(text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_unit(text)
    assert caught.value.faults[0].code == code


@given(st.text(max_size=20) | st.text("tkgMW*/^() 129.-", max_size=12))
def test_any_text_is_a_unit_or_is_refused(text: str) -> None:
    try:
        refused = parse_unit(text).dimensionless
    except BadInput as error:
        refused = {fault.code for fault in error.faults} - {"unit-missing", "unit-unknown"}
    assert not refused
