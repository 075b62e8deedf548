"""Check-ins: writing, agreeing, holding, each way out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask_babel import force_locale

from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding import operations
from portal.onboarding.models import OnboardingCheckIn
from portal.onboarding.states import TaskOwner, TaskState
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
TODAY, LATER = date(2026, 11, 24), date(2026, 12, 4)


@pytest.fixture
def check_in() -> OnboardingCheckIn:
    return make.check_in(make.plan(make.hire(starts_on=date(2026, 10, 20))))


@pytest.fixture
def hire(check_in: OnboardingCheckIn) -> Any:
    return people.account(person=check_in.task.plan.person)


@pytest.fixture
def boss(check_in: OnboardingCheckIn) -> Any:
    return people.account(person=check_in.task.plan.manager)


def test_each_writes_their_own_part(check_in: Any, hire: Any, boss: Any) -> None:
    operations.write_for_check_in(check_in, "The buddy helps a lot.", by=hire)
    operations.write_for_check_in(check_in, "Learns fast.", by=boss)
    assert check_in.hire_words == "The buddy helps a lot."
    assert check_in.manager_words == "Learns fast."
    event = db.session.scalars(audit.of(check_in)).first()
    assert event.after["manager_words"] == "•••", "the trail does not repeat what was said"


def test_holding_it_finishes_the_task_and_closes_both_parts(
    check_in: Any, hire: Any, boss: Any
) -> None:
    operations.write_for_check_in(check_in, "Learns fast.", by=boss)
    operations.hold_check_in(check_in, held_on=date(2026, 11, 20), by=boss)
    assert check_in.task.state_on(TODAY) is TaskState.DONE
    for writer in (hire, boss):
        with pytest.raises(Refused, match="stays as it is"):
            operations.write_for_check_in(check_in, "Something else", by=writer)
    with pytest.raises(Refused, match="held already"):
        operations.hold_check_in(check_in, held_on=TODAY, by=boss)
    operations.reopen_task(check_in.task, by=boss)
    assert check_in.held_on is None
    operations.write_for_check_in(check_in, "Learns very fast.", by=boss)


def test_it_is_not_held_without_a_word_nor_on_an_odd_day(check_in: Any, boss: Any) -> None:
    with pytest.raises(Refused, match="how the person is doing"):
        operations.hold_check_in(check_in, held_on=TODAY, by=boss)
    operations.write_for_check_in(check_in, "Learns fast.", by=boss)
    for day, message in ((date(2026, 11, 25), "still to come"), (date(2026, 10, 1), "before")):
        with pytest.raises(Refused, match=message) as refused:
            operations.hold_check_in(check_in, held_on=day, by=boss)
        assert refused.value.field == "held_on"
    assert check_in.held_on is None


def test_its_task_is_finished_only_by_holding_it(check_in: Any, boss: Any) -> None:
    with pytest.raises(Refused, match="Open the check-in"):
        operations.finish_task(check_in.task, by=boss)


def test_what_is_agreed_becomes_a_task(check_in: Any, boss: Any) -> None:
    plan = check_in.task.plan
    with force_locale("tr"):
        first = operations.agree_on(
            check_in, title="İki görüşme dinle", owner=TaskOwner.HIRE, due_on=LATER, by=boss
        )
    second = operations.agree_on(
        check_in, title="Ask for the second screen", owner=TaskOwner.MANAGER, due_on=TODAY, by=boss
    )
    assert first.title == {"tr": "İki görüşme dinle"}
    assert (first.owner_id, second.owner_id) == (plan.person_id, plan.manager_id)
    assert first.agreed_at_id == second.agreed_at_id == check_in.task_id
    assert first.key != second.key
    with pytest.raises(Refused, match="still to come") as refused:
        operations.agree_on(
            check_in, title="Too late", owner=TaskOwner.HIRE, due_on=date(2026, 11, 23), by=boss
        )
    assert refused.value.field == "due_on"


def test_nobody_agrees_on_everything_at_once(check_in: Any, boss: Any) -> None:
    for n in range(20):
        operations.agree_on(check_in, title=f"{n}", owner=TaskOwner.HIRE, due_on=LATER, by=boss)
    with pytest.raises(Refused, match="fewer"):
        operations.agree_on(check_in, title="More", owner=TaskOwner.HIRE, due_on=LATER, by=boss)
