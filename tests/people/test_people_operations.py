"""Each way out of adding and employing people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import audit, jobs, search
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.people import operations
from portal.people.models import Employment, Person
from portal.people.signals import employment_started
from portal.people.states import EmploymentReason
from tests.factories import people as make

TODAY = date(2026, 11, 24)


def add(email: Any = "ayse@example.com", **values: Any) -> Any:
    defaults = {"given_name": "Ayşe", "family_name": "Işık", "language": "tr", "by": None}
    return operations.add_person(email=email, **(defaults | values))


def found(query: Any) -> Any:
    return set(
        db.session.scalars(
            sa.select(Person.id).where(Person.id.in_(search.matches("person", query)))
        )
    )


def actions() -> Any:
    return list(db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)))


def employ(person: Any, **values: Any) -> Any:
    team = values.pop("team", None) or make.team()
    defaults = {
        "role": values.pop("role", None) or make.role(),
        "team": team,
        "site": team.site,
        "manager": None,
        "starts_on": TODAY,
        "reason": EmploymentReason.HIRE,
        "by": None,
    }
    return operations.start_employment(person, **(defaults | values))


def test_an_added_person_is_recorded_and_found(db_session: Any, clock: Any) -> None:
    person = add(phone="+905321234567")
    assert actions() == ["person.added"]
    event = db_session.scalar(audit.of(person))
    assert (event.about_person_id, event.after["given_name"]) == (person.id, "•••")
    assert found("ışık") == found("isik") == found("AYSE") == found("+90532") == {person.id}
    assert found("mehmet") == set()


def test_the_same_address_in_other_letters_is_the_same_person(db_session: Any, clock: Any) -> None:
    first = add("Ayse@Example.com")
    again = add(" AYSE@example.COM ", given_name="Someone", phone="+905321234567")
    assert again is first
    assert (first.given_name, first.phone) == ("Ayşe", "")
    assert actions() == ["person.added"]


def test_a_japanese_person_is_found_by_letters_and_by_reading(db_session: Any, clock: Any) -> None:
    person = add(
        "hanako@example.jp",
        given_name="花子",
        family_name="髙橋",
        reading="タカハシ ハナコ",
        language="ja",
    )
    assert person.display_name == "髙橋 花子"
    assert found("髙橋") == found("花子") == found("たかはし") == {person.id}


def test_a_changed_person_is_found_by_the_new_name_only_and_shown_by_it(
    db_session: Any, clock: Any
) -> None:
    person = add()
    account = make.account(person=person)
    operations.change_person(
        person,
        given_name="Ayşe",
        family_name="Çelik",
        reading="",
        email="ayse@example.com",
        phone="",
        language="tr",
        by=make.account(roles=["hr"]),
    )
    assert found("çelik") == {person.id}
    assert found("ışık") == set()
    assert account.display_name == "Ayşe Çelik"
    assert person.sort_tr.startswith("D")


def test_an_address_somebody_else_has_is_refused(db_session: Any, clock: Any) -> None:
    person, other = add(), add("ali@example.com", given_name="Ali")
    with pytest.raises(Refused) as refused:
        operations.change_person(
            other,
            given_name="Ali",
            family_name="Işık",
            reading="",
            email="AYSE@example.com",
            phone="",
            language="tr",
            by=make.account(),
        )
    assert refused.value.field == "email"
    assert person.display_name in refused.value.message


def test_a_first_employment_is_recorded_told_and_shown(db_session: Any, clock: Any) -> None:
    person = make.person()
    account = make.account(person=person, language="tr")
    hr, told = make.account(roles=["hr"]), []

    def hear(_sender: Any, **facts: Any) -> Any:
        told.append(facts)

    with employment_started.connected_to(hear):
        row = employ(person, source=hr, role=make.role("Associate"), by=hr)
    assert told == [{"employment": row, "by": hr}]
    assert account.subtitle == "Associate (tr)"
    assert (row.source_type, row.source_id, row.ends_on) == ("account", hr.id, None)
    assert actions()[-1] == "employment.started"
    event = db_session.scalar(audit.of(row))
    assert (event.after["role_id"], event.about_person_id) == (row.role_id, person.id)


def test_a_new_employment_ends_the_present_one_the_day_before(db_session: Any, clock: Any) -> None:
    person = make.person()
    first = make.employment(person)
    second = employ(person, starts_on=TODAY, reason=EmploymentReason.PROMOTION)
    assert first.ends_on == TODAY - timedelta(days=1)
    assert person.employments == [second, first]
    assert person.employment_on(TODAY) is second
    assert actions() == ["employment.ended", "employment.started"]


@pytest.mark.parametrize("days", [0, -1])
def test_an_employment_on_or_before_the_start_of_the_present_one_is_refused(
    db_session: Any, clock: Any, days: Any
) -> None:
    person = make.person()
    make.employment(person, starts_on=TODAY)
    with pytest.raises(Refused) as refused:
        employ(person, starts_on=TODAY + timedelta(days=days))
    assert refused.value.field == "starts_on"
    assert db_session.scalar(sa.select(sa.func.count()).select_from(Employment)) == 1


def test_an_employment_within_one_whose_end_is_fixed_is_refused(
    db_session: Any, clock: Any
) -> None:
    person = make.person()
    make.employment(person, ends_on=TODAY)
    with pytest.raises(Refused, match="until"):
        employ(person, starts_on=TODAY)
    assert employ(person, starts_on=TODAY + timedelta(days=1), reason=EmploymentReason.RETURN)


def test_nobody_is_their_own_manager(db_session: Any, clock: Any) -> None:
    person = make.person()
    with pytest.raises(Refused) as refused:
        employ(person, manager=person)
    assert refused.value.field == "manager"


def test_a_future_role_is_shown_on_its_first_day(app: Any, db_session: Any, clock: Any) -> None:
    person = make.person()
    account = make.account(person=person, subtitle="Associate")
    make.employment(person)
    employ(person, starts_on=TODAY + timedelta(days=7), role=make.role("Team lead"))
    assert account.subtitle == "Associate"
    db_session.commit()
    clock(datetime(2026, 12, 1, 0, 1, tzinfo=UTC))
    jobs.run_pending(app)
    db_session.refresh(account)
    assert account.subtitle == "Team lead"


def test_an_employment_ends_on_its_last_day(db_session: Any, clock: Any) -> None:
    row = make.employment()
    operations.end_employment(row, ends_on=TODAY, by=None)
    assert row.ends_on == TODAY
    assert actions() == ["employment.ended"]


def test_an_employment_cannot_end_before_it_began(db_session: Any, clock: Any) -> None:
    row = make.employment(starts_on=TODAY)
    with pytest.raises(Refused) as refused:
        operations.end_employment(row, ends_on=TODAY - timedelta(days=1), by=None)
    assert refused.value.field == "ends_on"


def test_an_employment_that_another_follows_cannot_be_ended_again(
    db_session: Any, clock: Any
) -> None:
    person = make.person()
    first = make.employment(person)
    employ(person)
    with pytest.raises(Refused, match="later one"):
        operations.end_employment(first, ends_on=TODAY, by=None)
