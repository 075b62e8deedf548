"""Giving thanks, correcting, withdrawing, hiding, clapping: each way out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.recognition import operations, queries
from portal.recognition.models import MAY_CHANGE, ThanksClap
from portal.recognition.states import ThanksVisibility
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import recognition as make
from tests.starter_words import assert_complete, load


@pytest.fixture
def two(db_session: Any) -> Any:
    """Two colleagues of one team."""
    team = people.team()
    return make.colleague("Ada", team=team), make.colleague("Bob", team=team)


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def trail() -> list[AuditEvent]:
    found = sa.select(AuditEvent).where(AuditEvent.subject_type == "thanks")
    return list(db.session.scalars(found.order_by(AuditEvent.id)))


def test_those_thanked_are_told_once_each(two: Any) -> None:
    ada, bob = two
    carla = make.colleague("Carla")
    row = make.thanks(ada, bob, carla, bob)
    assert [one.person_id for one in row.receivers] == [bob.person_id, carla.person_id]
    assert (told(bob), told(carla), told(ada)) == (["recognition.thanked"],) * 2 + ([],)


def test_the_trail_says_to_whom_only_in_public_and_never_what(two: Any) -> None:
    ada, bob = two
    make.thanks(ada, bob)
    make.thanks(ada, bob, visibility=ThanksVisibility.PRIVATE)
    public, private = (event.after for event in trail())
    assert (public["to"], private["to"]) == ([bob.person_id], 1)
    assert public["message"] == private["message"] == "•••"


def test_nobody_thanks_themself(two: Any) -> None:
    ada, _bob = two
    with pytest.raises(Refused, match="somebody else") as refused:
        make.thanks(ada, ada)
    assert refused.value.field == "receivers"


def test_nobody_is_thanked_who_has_left(two: Any) -> None:
    gone = people.account()
    with pytest.raises(Refused, match="does not work here now"):
        make.thanks(two[0], gone)


def test_only_who_works_here_thanks(two: Any) -> None:
    with pytest.raises(Refused, match="work here now can thank"):
        make.thanks(people.account(), two[0])


def test_somebody_must_be_chosen(two: Any) -> None:
    with pytest.raises(Refused, match="Choose whom"):
        make.thanks(two[0])


@pytest.mark.parametrize("message", ["Thank you", "x" * 1001, "   too    "])
def test_a_message_has_ten_to_a_thousand_characters(two: Any, message: str) -> None:
    with pytest.raises(Refused, match="from 10 to 1,000") as refused:
        make.thanks(*two, message=message)
    assert refused.value.field == "message"


def test_a_value_is_named_and_is_in_use(two: Any) -> None:
    old = make.value()
    operations.retire_value(old, by=two[0])
    with pytest.raises(Refused, match="no longer in use"):
        make.thanks(*two, values=[old])
    with pytest.raises(Refused, match="at least one value"):
        operations.give_thanks([make.person_of(two[1])], make.WORDS, values=[], by=two[0])


def test_the_eleventh_of_a_day_waits_until_tomorrow(two: Any, clock: Any) -> None:
    value = make.value()
    for _number in range(operations.MOST_A_DAY):
        make.thanks(*two, values=[value])
    with pytest.raises(Refused, match="How kind"):
        make.thanks(*two, values=[value])
    clock(MOMENT + timedelta(days=1))
    make.thanks(*two, values=[value])


def test_a_thanks_can_be_corrected_for_half_an_hour(two: Any, clock: Any) -> None:
    row = make.thanks(*two)
    change: dict[str, Any] = {
        "message": "Another ten characters.", "values": [make.value()],
        "visibility": ThanksVisibility.PRIVATE, "by": two[0],
    }  # fmt: skip
    clock(MOMENT + MAY_CHANGE - timedelta(seconds=1))
    operations.change_thanks(row, **change)
    assert (row.message, row.is_public, row.changed_at is not None) == (
        "Another ten characters.", False, True,
    )  # fmt: skip
    clock(MOMENT + MAY_CHANGE)
    with pytest.raises(Refused, match="30 minutes"):
        operations.change_thanks(row, **change)


def test_a_retired_value_may_stay_in_a_correction(two: Any) -> None:
    row = make.thanks(*two)
    operations.retire_value(row.values[0], by=two[0])
    operations.change_thanks(
        row, message=make.WORDS, values=row.values, visibility=row.visibility, by=two[0]
    )


def test_what_is_withdrawn_is_on_no_list(two: Any) -> None:
    ada, bob = two
    row = make.thanks(ada, bob)
    operations.withdraw_thanks(row, by=ada)
    for select in (
        queries.wall(), queries.own_given(ada), queries.own_received(bob),
        queries.received_by(bob.person_id, bob),
    ):  # fmt: skip
        assert list(db.session.scalars(select)) == []


def test_hiding_needs_a_reason_which_the_writer_is_told_and_the_trail_keeps(two: Any) -> None:
    ada, bob = two
    row, hr = make.thanks(ada, bob), people.account(roles=["hr"])
    with pytest.raises(Refused, match="Say why"):
        operations.hide_thanks(row, "  ", by=hr)
    operations.hide_thanks(row, " Names a customer. ", by=hr)
    assert told(ada) == ["recognition.thanks_hidden"]
    assert trail()[-1].after["hidden_reason"] == "Names a customer."
    assert list(db.session.scalars(queries.wall())) == []
    assert list(db.session.scalars(queries.own_given(ada))) == [row]


def test_one_claps_once_and_may_stop(two: Any) -> None:
    row, fan = make.thanks(*two), make.colleague("Fan")
    count = sa.select(sa.func.count(ThanksClap.id))
    assert operations.clap_thanks(row, by=fan)
    assert db.session.scalar(count) == 1
    assert not operations.clap_thanks(row, by=fan)
    assert db.session.scalar(count) == 0


def test_reviews_get_what_was_public_and_for_the_manager_what_was_private(two: Any) -> None:
    ada, bob = two
    chief = make.colleague("Chief")
    carla = make.colleague("Carla", manager=make.person_of(chief))
    public = make.thanks(ada, carla)
    private = make.thanks(ada, carla, visibility=ThanksVisibility.PRIVATE)
    day, ids = MOMENT.date(), {carla.person_id}

    def found(first: date, last: date, viewer: Any = None) -> list[Any]:
        return list(db.session.scalars(queries.received(ids, first, last, viewer=viewer)))

    assert found(day, day) == [public]
    assert found(day, day, chief) == [public, private] == found(day, day, carla)
    assert found(day, day, bob) == [public]
    assert found(day + timedelta(days=1), day + timedelta(days=9), chief) == []


def test_the_starter_values_speak_four_languages_and_are_added_once(db_session: Any) -> None:
    starter = load("recognition", "values.toml")
    assert_complete(starter)
    assert len(starter["value"]) == 5
    assert (operations.load_values(None), operations.load_values(None)) == (5, 0)


def test_what_is_done_twice_is_written_down_once(two: Any) -> None:
    ada, bob = two
    row = make.thanks(ada, bob)
    value = row.values[0]
    for act in (operations.retire_value, operations.resume_value):
        for _time in range(2):
            act(value, by=ada)
    for _time in range(2):
        operations.withdraw_thanks(row, by=ada)
    db.session.flush()
    done = db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert [one.removeprefix("recognition.") for one in done if "add" not in one] == [
        "given", "value_retired", "value_resumed", "withdrawn",
    ]  # fmt: skip
