"""Rules in words, and what changed between two of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.certification import wording
from portal.certification.expiry import Rule
from portal.certification.states import ExpiryMode
from portal.certification.trial import try_rule
from tests.factories import certification as make
from tests.factories import people
from tests.factories.people import in_words

NAMES = {"ethics": in_words("Ethics"), "product": in_words("Product")}


@pytest.fixture(autouse=True)
def in_a_session(db_session: Any) -> None:
    """Rows are made by factories."""


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Never expires.", {"mode": ExpiryMode.NONE}),
        (
            (
                "No date ends it. It lapses 24 months after the last day of employment, unless the "
                "person returns."
            ),
            {"mode": ExpiryMode.SEPARATION, "lapse_months": 24},
        ),
        (
            "No date ends it. It lapses with the last day of employment.",
            {"mode": ExpiryMode.SEPARATION, "lapse_months": 0},
        ),
        ("Valid for 1 month from the day it is completed.", {"period_months": 1}),
        (
            "Valid for 24 months from the previous expiry.",
            {"mode": ExpiryMode.PREVIOUS_EXPIRY, "period_months": 24},
        ),
        (
            "Expires on Mar 31, 2026 and every 12 months after it.",
            {"mode": ExpiryMode.FIXED, "period_months": 12, "fixed_on": date(2026, 3, 31)},
        ),
        (
            "Valid for 12 months, to the end of the month.",
            {"mode": ExpiryMode.MONTH_END, "period_months": 12},
        ),
        (
            "Valid until 31 December of the year it is completed in.",
            {"mode": ExpiryMode.YEAR_END, "period_months": 12},
        ),
        (
            "Valid until 31 December, for 3 calendar years.",
            {"mode": ExpiryMode.YEAR_END, "period_months": 36},
        ),
    ],
)
def test_each_mode_has_its_sentence(sentence: str, values: dict[str, Any]) -> None:
    endless = values.get("mode") in {ExpiryMode.NONE, ExpiryMode.SEPARATION}
    version = make.certification(**({"period_months": None} if endless else {}), **values).current
    assert wording.expiry_in_words(version) == sentence
    assert wording.rule_in_words(version, NAMES)[0] == sentence


def test_hours_are_told_with_their_minima() -> None:
    version = make.certification(
        renewal_minutes=1830, renewal_minima={"ethics": 60, "product": 90, "gone": 120},
        mode=ExpiryMode.FIXED, fixed_on=date(2026, 1, 1), least_months=3, grace_days=1,
    ).current  # fmt: skip
    told = wording.rule_in_words(version, NAMES)
    assert (
        "Renewal asks for 30.5 hours of continuing education, of them at least 1 hour of Ethics, "
        "1.5 hours of Product, and 2 hours of gone."
    ) in told
    assert "It lasts at least 3 months." in told
    assert "It holds good for 1 day of grace after it." in told


def test_only_what_differs_is_a_change() -> None:
    needed = make.certification("Basic")
    certification = make.certification("Planner", criteria=[make.criterion()])
    before = certification.current
    after = make.version(
        certification,
        short=before.short,
        requires=[needed],
        grace_days=5,
        effective_from=date(2027, 1, 1),
    )
    changes = {change.label: change for change in wording.changes(before, after, NAMES)}
    assert set(changes) == {"Rule", "Criteria", "Prerequisites", "Applies from"}
    assert (changes["Prerequisites"].before, changes["Prerequisites"].after) == ("", "Basic")
    assert changes["Criteria"].after == ""
    assert wording.changes(after, after, NAMES) == []


def test_a_mandate_names_its_conditions_side_by_side() -> None:
    team = people.team("Wealth")
    mandate = make.mandate(make.certification(), role=people.role("Adviser"), team=team)
    assert wording.whom(mandate) == "Adviser · Wealth"


def test_a_rule_without_window_warning_or_grace_shows_none() -> None:
    found = try_rule(Rule(ExpiryMode.COMPLETION, 12), completed_on=date(2026, 1, 1))
    assert found.last_day == date(2027, 1, 1)
    assert (found.opens_on, found.expiring_from, found.grace_until, found.lapses_on) == (None,) * 4
