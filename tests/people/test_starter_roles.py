"""The starter ladder is complete, sound and marked as an example."""

from typing import Any

import pytest

from tests.starter_words import assert_complete, competency_keys, load

LADDER = [
    "customer_service_associate",
    "senior_associate",
    "team_lead",
    "customer_service_manager",
    "director_customer_support",
]
CURRENCIES = {"TR": "TRY", "ES": "EUR", "JP": "JPY", "IE": "EUR", "US": "USD"}
ROLES: list[dict[str, Any]] = load("people", "roles.toml")["role"]

each_role = pytest.mark.parametrize("role", ROLES, ids=[role["key"] for role in ROLES])


def test_the_ladder_has_five_levels_in_order() -> None:
    assert [role["key"] for role in ROLES] == LADDER
    assert [role["level"] for role in ROLES] == [1, 2, 3, 4, 5]
    assert {role["family"] for role in ROLES} == {"customer_service"}


@each_role
def test_every_text_of_a_role_speaks_four_languages(role: dict[str, Any]) -> None:
    assert_complete(role)


@each_role
def test_a_role_holds_enough_for_a_posting(role: dict[str, Any]) -> None:
    assert 7 <= len(role["duties"]) <= 10
    assert 4 <= len(role["qualifications"]) <= 6
    assert 4 <= len(role["benefits"]) <= 6
    assert {row["must"] for row in role["qualifications"]} == {True, False}


@each_role
def test_competencies_are_known_and_their_weights_sum_to_one_hundred(
    role: dict[str, Any],
) -> None:
    rows = role["competencies"]
    keys = [row["key"] for row in rows]
    assert 4 <= len(rows) <= 6
    assert len(set(keys)) == len(keys)
    assert set(keys) <= competency_keys()
    assert sum(row["weight"] for row in rows) == 100
    assert all(1 <= row["level"] <= 5 for row in rows)


@each_role
def test_pay_bands_are_dated_examples_in_the_currency_of_the_country(
    role: dict[str, Any],
) -> None:
    bands = role["pay_bands"]
    assert {band["country"]: band["currency"] for band in bands} == CURRENCIES
    assert len(bands) == len(CURRENCIES)
    for band in bands:
        assert 0 < band["minimum"] < band["maximum"]
        assert band["period"] == "year"
        assert band["source"]
        assert band["dated"]
        assert band["example"] is True


@pytest.mark.parametrize("country", CURRENCIES)
def test_pay_rises_with_every_level(country: str) -> None:
    bands = [band for role in ROLES for band in role["pay_bands"] if band["country"] == country]
    for field in ("minimum", "maximum"):
        figures = [band[field] for band in bands]
        assert figures == sorted(set(figures))
