"""Corrective actions: every way through, and every way out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.conduct import operations, queries
from portal.conduct.models import CorrectiveAction
from portal.conduct.states import ActionState, Outcome
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.people.models import Person
from tests.factories import conduct as make
from tests.factories import people

DAY = date(2026, 11, 24)


@pytest.fixture
def lead(db_session: Any, clock: Any) -> Account:
    person = people.person("Lale")
    return people.account(person=person, leads=people.team(lead=person))


@pytest.fixture
def person(lead: Account) -> Person:
    from portal.people.models import Team

    row = people.person("Deniz")
    team = db.session.query(Team).filter_by(lead_id=lead.person_id).one()
    people.employment(row, team=team)
    people.account(person=row)
    return row


@pytest.fixture
def hr(lead: Account) -> Account:
    return people.account(roles=["hr"])


def proposed(person: Person, by: Account) -> CorrectiveAction:
    return operations.propose_action(person, make.terms(), by=by)


def told(account: Account) -> list[str]:
    rows = sa.select(Notice.kind).where(Notice.account_id == account.id)
    return list(db.session.scalars(rows.order_by(Notice.id)))


def own(person: Person) -> Account:
    return db.session.query(Account).filter_by(person_id=person.id).one()


def test_the_person_learns_of_it_once_a_second_person_agreed(
    person: Person, lead: Account, hr: Account
) -> None:
    action = proposed(person, lead)
    assert told(hr) == ["conduct.to_confirm"]
    assert told(own(person)) == []
    operations.confirm_action(action, by=hr)
    assert (action.confirmed_on, action.expires_on) == (DAY, date(2027, 11, 24))
    assert told(own(person)) == ["conduct.yours"]
    assert told(lead) == ["conduct.agreed"]
    mail = db.session.query(OutgoingMail).one()
    assert "corrective action" in mail.subject
    assert "Late on" not in mail.text


def test_nobody_confirms_their_own_proposal(person: Person, hr: Account) -> None:
    action = proposed(person, hr)
    with pytest.raises(Refused, match="two people"):
        operations.confirm_action(action, by=hr)


def test_what_hr_opened_an_executive_may_confirm_and_what_a_lead_opened_not(
    person: Person, lead: Account, hr: Account
) -> None:
    executive = people.account(roles=["executive"])
    operations.confirm_action(proposed(person, hr), by=executive)
    with pytest.raises(Refused, match="two people"):
        operations.confirm_action(proposed(person, lead), by=executive)


def test_nobody_confirms_what_is_about_themselves(person: Person, lead: Account) -> None:
    self_ = own(person)
    self_.roles = ["hr"]
    with pytest.raises(Refused, match="two people"):
        operations.confirm_action(proposed(person, lead), by=self_)


def test_a_stranger_and_oneself_open_none(person: Person) -> None:
    for account in (people.account(roles=["manager"]), own(person)):
        with pytest.raises(Refused, match="answer for"):
            proposed(person, account)


def test_sent_back_with_a_note_it_is_changed_and_proposed_again(
    person: Person, lead: Account, hr: Account
) -> None:
    action = proposed(person, lead)
    with pytest.raises(Refused, match="put right"):
        operations.return_action(action, note=" ", by=hr)
    operations.return_action(action, note="No days", by=hr)
    assert told(lead) == ["conduct.sent_back"]
    operations.change_action(action, make.terms(facts="Late on 2 November."), by=lead)
    assert (action.state, action.facts, action.note) == (
        ActionState.PROPOSED, "Late on 2 November.", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": DAY}, "due_on"),
        ({"months": 0}, "months"),
        ({"follow_up_on": DAY - timedelta(days=1)}, "follow_up_on"),
        ({"follow_up_on": date(2027, 3, 1)}, "follow_up_on"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    person: Person, lead: Account, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        operations.propose_action(person, make.terms(**values), by=lead)
    assert refused.value.field == field


def test_who_does_not_work_here_gets_none(db_session: Any, clock: Any) -> None:
    hr = people.account(roles=["hr"])
    gone = people.employment(ends_on=date(2026, 10, 31)).person
    with pytest.raises(Refused, match="does not work here"):
        proposed(gone, hr)


def test_a_talk_names_the_next_one(person: Person, lead: Account) -> None:
    action = make.action(person, by=lead)
    later = DAY + timedelta(days=30)
    operations.note_talk(action, held_on=DAY, note="On time since.", next_on=later, by=lead)
    assert action.follow_up_on == later
    assert [talk.note for talk in db.session.scalars(queries.talks_of(action.id))] == [
        "On time since."
    ]


@pytest.mark.parametrize(
    ("held", "following", "field"),
    [(DAY + timedelta(days=1), None, "held_on"), (DAY, DAY, "next_on")],
)
def test_a_talk_ahead_or_a_next_one_behind_is_refused(
    person: Person, lead: Account, held: date, following: date | None, field: str
) -> None:
    action = make.action(person, by=lead)
    with pytest.raises(Refused) as refused:
        operations.note_talk(action, held_on=held, note="x", next_on=following, by=lead)
    assert refused.value.field == field


def test_having_seen_it_is_kept_and_a_statement_can_follow(person: Person, lead: Account) -> None:
    action, me = make.action(person, by=lead), own(person)
    operations.acknowledge_action(action, statement="", by=me)
    seen = action.acknowledged_at
    assert told(lead) == []
    operations.acknowledge_action(action, statement="The bus was late.", by=me)
    assert (action.acknowledged_at, action.statement) == (seen, "The bus was late.")
    assert told(lead) == ["conduct.statement"]


def test_it_ends_once_and_hr_alone_withdraws(person: Person, lead: Account, hr: Account) -> None:
    action = make.action(person, by=lead)
    with pytest.raises(Refused, match="HR alone"):
        operations.close_action(action, Outcome.WITHDRAWN, note="A mistake", by=lead)
    with pytest.raises(Refused, match="Say why"):
        operations.close_action(action, Outcome.NOT_MET, note="", by=lead)
    operations.close_action(action, Outcome.MET, note="", by=lead)
    assert (action.state, action.closed_on) == (ActionState.CLOSED, DAY)
    with pytest.raises(Refused):
        operations.close_action(action, Outcome.MET, note="", by=hr)


def test_a_proposal_can_only_be_withdrawn(person: Person, lead: Account, hr: Account) -> None:
    action = proposed(person, lead)
    with pytest.raises(Refused, match="only be withdrawn"):
        operations.close_action(action, Outcome.NOT_MET, note="x", by=hr)
    operations.close_action(action, Outcome.WITHDRAWN, note="A mistake", by=hr)
    assert told(own(person)) == []


def test_steps_of_an_open_one_are_refused_afterwards(person: Person, lead: Account) -> None:
    action = proposed(person, lead)
    for step in (
        lambda: operations.note_talk(action, held_on=DAY, note="x", next_on=None, by=lead),
        lambda: operations.acknowledge_action(action, statement="", by=own(person)),
    ):
        with pytest.raises(Refused, match="not open"):
            step()


def open_days(action: CorrectiveAction, days: list[date]) -> list[bool]:
    """What the row and the select say, which is the same."""
    db.session.flush()
    found = [
        action.id in {row.id for row in db.session.scalars(queries.open_on([action.person_id], d))}
        for d in days
    ]
    assert found == [action.counts_on(day) for day in days]
    return found


def test_it_counts_from_its_confirmation_until_it_expires(person: Person) -> None:
    action = make.action(person, since=date(2025, 11, 10))
    days = [date(2025, 11, 9), date(2025, 11, 10), date(2026, 11, 10), date(2026, 11, 11)]
    assert open_days(action, days) == [False, True, True, False]


def test_on_past_days_it_still_counts_after_it_ended(
    person: Person, lead: Account, clock: Any
) -> None:
    action = make.action(person, since=date(2026, 11, 1), by=lead)
    operations.close_action(action, Outcome.MET, note="", by=lead)
    clock(datetime(2027, 1, 5, tzinfo=UTC))
    days = [date(2026, 11, 1), date(2026, 11, 23), DAY, date(2026, 12, 1)]
    assert open_days(action, days) == [True, True, False, False]


def test_a_withdrawn_one_never_counted(person: Person, hr: Account) -> None:
    action = make.action(person, since=date(2026, 11, 1))
    operations.close_action(action, Outcome.WITHDRAWN, note="It was somebody else.", by=hr)
    assert open_days(action, [date(2026, 11, 10), DAY]) == [False, False]


def test_a_proposal_counts_on_no_day(person: Person, lead: Account) -> None:
    assert open_days(proposed(person, lead), [DAY, date(2027, 1, 1)]) == [False, False]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert operations.months_later(day, months) == later
