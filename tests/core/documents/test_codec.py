"""The data of a paper survives its way through JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from portal.core.documents import codec
from tests.core.documents import demo

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.times(),
    st.decimals(allow_nan=False),
    st.text().map(Markup),
    st.sampled_from(demo.Shift),
    st.builds(demo.Term, label=st.text(), value=st.text()),
)
KEYS = st.text().filter(lambda key: key != codec.TAG)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(KEYS, inner)
    ),
    max_leaves=12,
)


def through_json(value: object) -> object:
    return codec.decode(json.loads(json.dumps(codec.encode(value))))


@given(VALUES)
def test_every_value_comes_back_equal_and_of_the_same_type(value: object) -> None:
    found = through_json(value)

    assert found == value
    assert type(found) is type(value)


def test_a_letter_comes_back_whole() -> None:
    assert through_json(demo.JAPANESE) == demo.JAPANESE


def test_a_moment_keeps_its_offset_and_a_day_stays_a_day() -> None:
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=3)))

    found = through_json((moment, date(2026, 3, 1), time(9, 30), Decimal("1.50")))

    assert found == (moment, date(2026, 3, 1), time(9, 30), Decimal("1.50"))
    assert str(found[3]) == "1.50"  # type: ignore[index]
    assert found[0].utcoffset() == timedelta(hours=3)  # type: ignore[index]


def test_marked_up_text_stays_marked_up() -> None:
    found = through_json({"text": Markup("<b>Offer</b>"), "plain": "<b>Offer</b>"})

    assert isinstance(found["text"], Markup)  # type: ignore[index]
    assert not isinstance(found["plain"], Markup)  # type: ignore[index]


@dataclass(frozen=True)
class Odd:
    """Holds what no paper carries."""

    thing: object


@pytest.mark.parametrize("thing", [object(), {1: "a"}, {codec.TAG: "x"}, {1, 2}, b"bytes", Odd])
def test_what_papers_do_not_carry_is_refused_at_issue(thing: object) -> None:
    with pytest.raises(TypeError):
        codec.encode(Odd(thing))


@pytest.mark.parametrize(
    "name",
    ["os:system", "subprocess:Popen", "portal.core.clock:now", "portal.core.db:Model", "portal:x"],
)
def test_a_payload_cannot_name_code_to_run(name: str) -> None:
    with pytest.raises(TypeError):
        codec.decode({codec.TAG: "data", "of": name, "v": {}})


def test_an_enum_tag_takes_enums_only() -> None:
    with pytest.raises(TypeError):
        codec.decode({codec.TAG: "enum", "of": "tests.core.documents.demo:Term", "v": "x"})
