"""Publishing, changing and retiring certifications."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification import operations
from portal.certification.models import Certification, CertificationVersion
from portal.certification.operations import CriterionTerms, Terms
from portal.certification.states import CertificationState, CriterionKind, ExpiryMode
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.training.models import CreditCategory
from tests.factories import certification as make
from tests.factories import people
from tests.factories.people import added, in_words

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def stopped(clock: Any, db_session: Any) -> None:
    """Nothing here depends on the day the tests run."""


@pytest.fixture
def hr(db_session: Any) -> Any:
    return people.account(roles=["hr"])


def terms(**values: Any) -> Terms:
    defaults: dict[str, Any] = {
        "name": in_words("Planner"),
        "short": "CFP",
        "issuer": "Board",
        "description": in_words("Plans."),
        "mode": ExpiryMode.COMPLETION,
        "period_months": 24,
        "effective_from": date(2026, 1, 1),
    }
    return Terms(**(defaults | values))


def criterion(**values: Any) -> CriterionTerms:
    return CriterionTerms(**({"kind": CriterionKind.EXAM, "text": in_words("Exam")} | values))


def publish(key: Any = "cfp", **values: Any) -> CertificationVersion:
    extra = {name: values.pop(name) for name in ("criteria", "prerequisites") if name in values}
    by = values.pop("by", None)
    return operations.publish_certification(key, terms(**values), **extra, by=by)


def refused(field: str | None = None, **values: Any) -> str:
    with pytest.raises(Refused) as caught:
        publish(**values)
    assert caught.value.field == field
    return caught.value.message


def trail(certification: Certification, db_session: Any) -> list[AuditEvent]:
    return list(db_session.scalars(
        sa.select(AuditEvent)
        .where(AuditEvent.subject_type == "certification")
        .where(AuditEvent.subject_id == certification.id)
        .order_by(AuditEvent.id)
    ))  # fmt: skip


def test_a_key_publishes_the_first_version(hr: Any, db_session: Any) -> None:
    version = publish(criteria=[criterion()], by=hr)
    certification = version.certification
    assert (certification.key, version.number, certification.current) == ("cfp", 1, version)
    assert [row.text["en"] for row in version.criteria] == ["Exam"]
    assert [event.action for event in trail(certification, db_session)] == [
        "certification.published"
    ]
    assert refused("key")


def test_the_same_content_is_no_new_version(hr: Any) -> None:
    first = publish(criteria=[criterion()], by=hr)
    blanks = {"name": {"en": " Planner ", **{k: v for k, v in in_words("Planner").items()
                                             if k != "en"}, "de": " "}}  # fmt: skip
    again = publish(first.certification, criteria=[criterion()], by=hr, **blanks)
    assert again is first
    other = publish(first.certification, criteria=[criterion(at_renewal=True)], by=hr)
    assert (other.number, first.certification.current) == (2, other)


@pytest.mark.parametrize(
    "change",
    [
        {"short": "X"},
        {"grace_days": 3},
        {"effective_from": date(2026, 2, 1)},
        {"needs_check": False},
        {"renewal_minutes": 60},
        {"name": in_words("Other")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_makes_a_version(change: Any) -> None:
    first = publish()
    assert publish(first.certification, **change).number == 2


def test_prerequisites_and_courses_are_content_too() -> None:
    needed, first = make.certification("A"), publish()
    assert publish(first.certification, prerequisites=[needed]).number == 2


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": {"en": "  "}}),
        ("description", {"description": {}}),
        ("short", {"short": " "}),
        ("issuer", {"issuer": ""}),
        ("period_months", {"period_months": None}),
        ("period_months", {"period_months": 0}),
        ("period_months", {"period_months": 601}),
        ("period_months", {"mode": ExpiryMode.NONE}),
        ("period_months", {"mode": ExpiryMode.SEPARATION, "lapse_months": 24}),
        ("period_months", {"mode": ExpiryMode.YEAR_END, "period_months": 18}),
        ("fixed_on", {"mode": ExpiryMode.FIXED}),
        ("fixed_on", {"fixed_on": TODAY}),
        ("least_months", {"least_months": 3}),
        ("least_months", {"mode": ExpiryMode.FIXED, "fixed_on": TODAY, "least_months": -1}),
        ("lapse_months", {"mode": ExpiryMode.SEPARATION, "period_months": None}),
        ("lapse_months", {"lapse_months": -1}),
        ("window_days", {"window_days": -1}),
        ("window_days", {"period_months": 1, "window_days": 31}),
        ("expiring_days", {"expiring_days": 800}),
        ("grace_days", {"grace_days": 731}),
        ("renewal_minutes", {"renewal_minutes": -60}),
        ("renewal_minutes", {"renewal_minutes": 60_060}),
        ("renewal_minutes", {"mode": ExpiryMode.NONE, "period_months": None,
                             "renewal_minutes": 60}),
        ("renewal_minutes", {"renewal_minutes": 60, "renewal_minima": {"dancing": 60}}),
        ("effective_from", {"voids_older": True, "effective_from": date(2026, 11, 23)}),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(
    field: str, values: dict[str, Any]
) -> None:
    assert refused(field, **values)


def test_minima_are_of_known_categories_and_fit_into_the_total() -> None:
    for key in ("ethics", "general"):
        added(CreditCategory(key=key, name=in_words(key)))
    assert refused(
        "renewal_minutes", renewal_minutes=120, renewal_minima={"ethics": 60, "general": 61}
    )
    assert refused("minimum_ethics", renewal_minutes=120, renewal_minima={"ethics": -1})
    version = publish(renewal_minutes=1800, renewal_minima={"ethics": 120, "general": 0})
    assert version.renewal_minima == {"ethics": 120}


def test_criteria_say_what_and_when() -> None:
    assert refused("criteria", criteria=[criterion(), criterion(text={"en": " "})])
    assert refused("criteria", criteria=[criterion(at_first=False)])


def test_a_version_applies_no_earlier_than_the_one_before() -> None:
    first = publish(effective_from=date(2026, 3, 1))
    text = refused("effective_from", key=first.certification, effective_from=date(2026, 2, 28))
    assert "Mar 1, 2026" in text


def test_a_circle_of_prerequisites_is_named() -> None:
    basic = publish("basic", name=in_words("Basic")).certification
    middle = publish("middle", name=in_words("Middle"), prerequisites=[basic]).certification
    top = publish("top", name=in_words("Top"), prerequisites=[middle]).certification
    text = refused("prerequisites", key=basic, name=in_words("Basic"), prerequisites=[top])
    assert "Basic → Top → Middle → Basic" in text
    itself = refused("prerequisites", key=basic, name=in_words("Basic"), prerequisites=[basic])
    assert "Basic → Basic" in itself


def test_only_what_versions_now_ask_for_counts_as_a_circle() -> None:
    basic = publish("basic").certification
    top = publish("top", prerequisites=[basic]).certification
    publish(top, short="T", prerequisites=[])
    assert publish(basic, prerequisites=[top]).number == 2


def test_a_retired_prerequisite_is_refused(hr: Any) -> None:
    old = publish("old").certification
    operations.retire_certification(old, by=hr)
    assert "retired" in refused("prerequisites", prerequisites=[old])


def test_a_version_that_voids_older_ones_says_how_many_awards_it_hits(
    hr: Any, db_session: Any
) -> None:
    first = publish(by=hr)
    certification = first.certification
    make.award(people.person(), certification, date(2026, 1, 1), date(2028, 1, 1))
    make.award(people.person(), certification, date(2024, 1, 1), date(2026, 1, 1))
    gone = make.award(people.person(), certification, date(2026, 1, 1), date(2028, 1, 1))
    make.revocation(gone, TODAY)
    day = date(2027, 1, 1)
    second = publish(certification, short="C2", voids_older=True, effective_from=day, by=hr)
    assert (first.void_from, second.void_from) == (day, None)
    assert trail(certification, db_session)[-1].after["voided_awards"] == 1
    third = publish(
        certification, short="C3", voids_older=True, effective_from=date(2027, 6, 1), by=hr
    )
    assert (first.void_from, second.void_from, third.void_from) == (day, date(2027, 6, 1), None)


def test_voiding_older_awards_under_an_unchanged_rule_is_a_version_too(hr: Any) -> None:
    first = publish(effective_from=TODAY, by=hr)
    again = publish(first.certification, effective_from=TODAY, voids_older=True, by=hr)
    assert (again.number, first.void_from) == (2, TODAY)
    assert publish(first.certification, effective_from=TODAY, voids_older=True, by=hr) is again
    assert publish(first.certification, effective_from=TODAY, by=hr) is again


def test_retiring_ends_new_awards_until_a_version_is_published(hr: Any) -> None:
    certification = publish().certification
    operations.retire_certification(certification, by=hr)
    assert certification.state is CertificationState.RETIRED
    with pytest.raises(Refused, match="retired already"):
        operations.retire_certification(certification, by=hr)
    publish(certification)
    assert certification.state is CertificationState.IN_USE


def test_what_is_mandatory_or_needed_is_not_retired(hr: Any) -> None:
    certification = publish("basic").certification
    mandate = make.mandate(certification)
    with pytest.raises(Refused, match="mandatory"):
        operations.retire_certification(certification, by=hr)
    mandate.ends_on = date(2026, 11, 23)
    publish("top", name=in_words("Top"), prerequisites=[certification])
    with pytest.raises(Refused, match="Top asks for"):
        operations.retire_certification(certification, by=hr)
