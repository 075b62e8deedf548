"""What the trail keeps of a change, and that no sealed row can be altered unnoticed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.states import AccountFact
from portal.core import audit, audit_jobs
from portal.core.audit import AuditEvent, AuditSeal
from portal.core.jobs.registry import HANDLERS, SCHEDULES
from portal.people.states import PeopleFact
from tests.conftest import MOMENT
from tests.factories import competencies, people
from tests.waiting import payloads

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def changed(team, **values):
    for name, value in values.items():
        setattr(team, name, value)
    return audit.record(PeopleFact.TEAM_CHANGED, team, by=None)


def test_a_new_row_has_no_before(db_session) -> None:
    team = people.team("Cards")
    event = audit.record(PeopleFact.TEAM_ADDED, team, by=None)
    assert event.before == {}
    assert event.after["name"]["en"] == "Cards"
    assert (event.subject_type, event.subject_id, event.at) == ("team", team.id, MOMENT)
    assert event.label == "Team added"


def test_a_change_keeps_before_and_after(db_session) -> None:
    team = people.team("Cards")
    audit.record(PeopleFact.TEAM_ADDED, team, by=None)
    event = changed(team, name=people.in_words("Loans"))
    assert (event.before["name"]["en"], event.after["name"]["en"]) == ("Cards", "Loans")
    assert event.before.keys() == event.after.keys() == {"name"}


def test_keys_set_through_relationships_are_kept(db_session) -> None:
    team, lead = people.team(), people.person()
    audit.record(PeopleFact.TEAM_ADDED, team, by=None)
    assert changed(team, lead=lead).after == {"lead_id": lead.id}
    event = changed(team, lead=None)
    assert (event.before, event.after) == ({"lead_id": lead.id}, {"lead_id": None})


def test_changes_flushed_before_the_record_count(db_session) -> None:
    team = people.team("Cards")
    audit.record(PeopleFact.TEAM_ADDED, team, by=None)
    for name in ("Loans", "Savings"):
        team.name = people.in_words(name)
        db_session.flush()
    event = audit.record(PeopleFact.TEAM_CHANGED, team, by=None)
    assert (event.before["name"]["en"], event.after["name"]["en"]) == ("Cards", "Savings")


def test_what_one_event_has_told_the_next_does_not_repeat(db_session) -> None:
    team = people.team()
    audit.record(PeopleFact.TEAM_ADDED, team, by=None)
    event = audit.record(PeopleFact.TEAM_CHANGED, team, by=None)
    assert (event.before, event.after) == ({}, {})


def test_secrets_are_left_out(db_session) -> None:
    account = people.account(password_hash="$argon2id$secret")
    event = audit.record(AccountFact.INVITED, account, by=account)
    assert "password_hash" not in event.after
    assert "argon2" not in event.content()
    assert (event.account_id, event.about_person_id) == (account.id, account.person_id)


def test_names_are_hidden_since_the_trail_outlives_their_erasing(db_session) -> None:
    person = people.person("Deniz", phone="")
    event = audit.record(PeopleFact.PERSON_ADDED, person, by=None, about=person.id)
    assert event.after["given_name"] == "•••"
    assert "Deniz" not in event.content()
    assert event.about_person_id == person.id


def test_values_become_plain_and_details_are_added(db_session) -> None:
    site = people.site()
    event = audit.record(
        PeopleFact.SITE_CHANGED, site, by=None, at=MOMENT, day=MOMENT.date(), team=people.team(),
    )  # fmt: skip
    assert event.after["at"] == "2026-11-24T09:00:00+00:00"
    assert event.after["day"] == "2026-11-24"
    assert isinstance(event.after["team"], int)


def test_the_trail_of_a_record_is_newest_first(db_session) -> None:
    team = people.team()
    events = [audit.record(PeopleFact.TEAM_ADDED, team, by=None), changed(team, lead=None)]
    audit.record(PeopleFact.TEAM_ADDED, people.team(), by=None)
    db_session.flush()
    assert db_session.scalars(audit.of(team)).all() == events[::-1]


@pytest.fixture
def sealed(db_session) -> list[int]:
    """The ids of five sealed events."""
    team = people.team()
    events = [audit.record(PeopleFact.TEAM_CHANGED, team, by=None, step=n) for n in range(5)]
    db_session.flush()
    while audit.seal():
        pass
    db_session.expire_all()
    return [event.id for event in events]


def test_a_whole_chain_is_whole(db_session, sealed) -> None:
    assert audit.first_broken() is None
    assert audit.seal() == 0


def test_sealing_goes_on_where_it_stopped(db_session, sealed) -> None:
    team = people.team()
    for _ in range(3):
        audit.record(PeopleFact.TEAM_CHANGED, team, by=None)
    assert audit.seal(limit=2) == 2
    assert audit.seal(limit=2) == 1
    assert audit.first_broken() is None


@pytest.mark.parametrize("victim", [0, 2, 4])
@pytest.mark.parametrize(
    "change",
    [
        {"action": "team.added"},
        {"account_id": 99},
        {"at": MOMENT + timedelta(seconds=1)},
        {"after": {"step": 9}},
        {"before": {"step": 9}},
        {"request_id": "x"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(db_session, sealed, victim: int, change: dict) -> None:
    disarm(db_session, "audit_event")
    db_session.execute(sa.update(AuditEvent).where(AuditEvent.id == sealed[victim]).values(change))
    db_session.expire_all()
    assert audit.first_broken() == sealed[victim]


def test_of_several_the_first_is_named(db_session, sealed) -> None:
    disarm(db_session, "audit_event")
    later = AuditEvent.id.in_([sealed[1], sealed[3]])
    db_session.execute(sa.update(AuditEvent).where(later).values(action="forged"))
    db_session.expire_all()
    assert audit.first_broken() == sealed[1]


def test_a_removed_event_is_found(db_session, sealed) -> None:
    disarm(db_session, "audit_event")
    loosen_seals(db_session)
    db_session.execute(sa.delete(AuditEvent).where(AuditEvent.id == sealed[2]))
    db_session.expire_all()
    assert audit.first_broken() == sealed[2]


def test_an_event_removed_together_with_its_seal_breaks_the_next(db_session, sealed) -> None:
    disarm(db_session, "audit_event")
    disarm(db_session, "audit_seal")
    db_session.execute(sa.delete(AuditSeal).where(AuditSeal.id == sealed[2]))
    db_session.execute(sa.delete(AuditEvent).where(AuditEvent.id == sealed[2]))
    db_session.expire_all()
    assert audit.first_broken() == sealed[3]


def test_a_changed_seal_is_found(db_session, sealed) -> None:
    disarm(db_session, "audit_seal")
    db_session.execute(sa.update(AuditSeal).where(AuditSeal.id == sealed[1]).values(hash="0" * 64))
    db_session.expire_all()
    assert audit.first_broken() == sealed[1]


@pytest.mark.parametrize("table", ["audit_event", "audit_seal", "evidence"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_what_is_append_only(
    db_session, sealed, table: str, verb: str
) -> None:
    competencies.evidence(people.person(), competencies.competency())
    statement = f"UPDATE {table} SET id = id" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db_session.begin_nested():
        db_session.execute(sa.text(statement))


def test_the_job_leaves_the_newest_events_until_they_have_settled(db_session, clock) -> None:
    audit.record(PeopleFact.TEAM_CHANGED, people.team(), by=None)
    db_session.flush()
    before = count_seals(db_session)
    audit_jobs.seal()
    assert count_seals(db_session) == before
    clock(MOMENT + audit_jobs.SETTLED)
    audit_jobs.seal()
    assert count_seals(db_session) == before + 1
    assert audit.first_broken() is None


def test_the_job_runs_every_five_minutes(app) -> None:
    assert HANDLERS["audit.seal"] is audit_jobs.seal
    assert SCHEDULES["audit.seal"].every == timedelta(minutes=5)


def count_seals(db_session) -> int:
    return db_session.scalar(sa.select(sa.func.count()).select_from(AuditSeal))


def disarm(db_session, table: str) -> None:
    """Do what somebody with the database's own rights could: take the guard away."""
    if db_session.connection().dialect.name == "postgresql":
        db_session.execute(sa.text(f"DROP TRIGGER {table}_append_only ON {table}"))
        return
    for verb in ("update", "delete"):
        db_session.execute(sa.text(f"DROP TRIGGER {table}_no_{verb}"))


def loosen_seals(db_session) -> None:
    """Let an event go although its seal points to it."""
    if db_session.connection().dialect.name == "postgresql":
        db_session.execute(sa.text("ALTER TABLE audit_seal DROP CONSTRAINT fk_audit_seal_id"))
    else:
        db_session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))


def test_a_long_backlog_is_sealed_batch_by_batch(
    db_session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_jobs.audit, "seal", lambda **_until: audit.SEAL_BATCH)
    audit_jobs.seal()
    assert payloads("audit.seal") == [{}]
    monkeypatch.setattr(audit_jobs.audit, "seal", lambda **_until: 3)
    audit_jobs.seal()
    assert payloads("audit.seal") == [{}]
