"""Thanks as selects: the wall, one's own, what somebody received, and who claps."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.accounts.models import Account
from portal.core import clock, search
from portal.people.models import Employment, Person, Team
from portal.people.operations import SEARCH_KIND
from portal.people.queries import answered_for_by, within
from portal.people.queries.employments import covering
from portal.recognition.models import (
    OrganisationValue,
    Thanks,
    ThanksClap,
    ThanksReceiver,
    named_value,
)
from portal.recognition.states import ThanksVisibility

SHOWN = sa.and_(Thanks.withdrawn_at.is_(None), Thanks.hidden_at.is_(None))
PUBLIC = Thanks.visibility == ThanksVisibility.PUBLIC


def values() -> sa.Select[OrganisationValue]:
    """Every value in its order, retired ones last."""
    value = OrganisationValue
    return sa.select(value).order_by(value.retired_at.is_not(None), value.position, value.id)


def values_in_use() -> sa.Select[OrganisationValue]:
    """What a new thanks may name."""
    return values().where(OrganisationValue.retired_at.is_(None))


def _whole() -> sa.Select[Thanks]:
    """Thanks with all that a card shows: writer, those thanked, values."""
    return sa.select(Thanks).options(
        joinedload(Thanks.writer, innerjoin=True),
        selectinload(Thanks.receivers).joinedload(ThanksReceiver.person, innerjoin=True),
        selectinload(Thanks.values),
    )


def wall() -> sa.Select[Thanks]:
    """What everyone may read."""
    return _whole().where(SHOWN, PUBLIC)


def received_by(person_id: int, viewer: Account) -> sa.Select[Thanks]:
    """What somebody got, as far as the viewer may read it, newest first."""
    return (
        _whole()
        .where(SHOWN, to_any({person_id}), visible_to(viewer))
        .order_by(Thanks.written_at.desc(), Thanks.id.desc())
    )


def own_received(viewer: Account) -> sa.Select[Thanks]:
    """What the viewer got."""
    return _whole().where(SHOWN, to_any({viewer.person_id}))


def own_given(viewer: Account) -> sa.Select[Thanks]:
    """What the viewer wrote; HR's hiding does not hide it from them."""
    return _whole().where(Thanks.withdrawn_at.is_(None), Thanks.writer_id == viewer.person_id)


def received(
    person_ids: Collection[int], first: date, last: date, *, viewer: Account | None = None
) -> sa.Select[Thanks]:
    """Thanks to any of these people from a day to a day (UTC), oldest first.

    The public ones; with a ``viewer`` also the private ones that they may read.
    """
    return (
        _whole()
        .where(SHOWN, to_any(person_ids), visible_to(viewer) if viewer else PUBLIC)
        .where(Thanks.written_at >= _start(first), Thanks.written_at <= _end(last))
        .order_by(Thanks.written_at, Thanks.id)
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo("UTC"))


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo("UTC"))


def between(first: date, last: date) -> sa.ColumnElement[bool]:
    """Written from a day to a day (UTC)."""
    return Thanks.written_at.between(_start(first), _end(last))


def to_any(person_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Thanks that go to one of these people, found by the people: few of all thanks are theirs."""
    theirs = sa.select(ThanksReceiver.thanks_id).where(ThanksReceiver.person_id.in_(person_ids))
    return Thanks.id.in_(theirs)


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Shown thanks that ``policy.see_thanks`` lets the viewer read."""
    answered_for = sa.exists().where(
        ThanksReceiver.thanks_id == Thanks.id,
        answered_for_by(viewer, ThanksReceiver.person_id),
    )
    return sa.or_(
        PUBLIC, Thanks.writer_id == viewer.person_id, to_any({viewer.person_id}), answered_for
    )


def in_team(path: str) -> sa.ColumnElement[bool]:
    """Thanks to somebody who works now in a team or anywhere below it."""
    return sa.exists().where(
        ThanksReceiver.thanks_id == Thanks.id,
        Employment.person_id == ThanksReceiver.person_id,
        covering(clock.today()),
        Team.id == Employment.team_id,
        within(Team.path, path),
    )


def naming(value_id: int) -> sa.ColumnElement[bool]:
    """Thanks that name a value."""
    return sa.exists().where(
        named_value.c.thanks_id == Thanks.id, named_value.c.value_id == value_id
    )


def about_people(people: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Thanks by or to some of the people a select finds by id."""
    to_them = sa.exists().where(
        ThanksReceiver.thanks_id == Thanks.id, ThanksReceiver.person_id.in_(people)
    )
    return sa.or_(Thanks.writer_id.in_(people), to_them)


def named(text: str) -> sa.Select[tuple[int]]:
    """The ids of people with such a name.

    The index also knows telephone numbers, which colleagues shall not find out digit by digit.
    """
    return search.matches(SEARCH_KIND, re.sub(r"\d", " ", text))


def claps(thanks_ids: Collection[int], person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """For each thanks somebody claps for: how many do, and whether this person is among them."""
    mine = sa.func.max(sa.case((ThanksClap.person_id == person_id, 1), else_=0))
    return (
        sa.select(ThanksClap.thanks_id, sa.func.count(), mine)
        .where(ThanksClap.thanks_id.in_(thanks_ids))
        .group_by(ThanksClap.thanks_id)
    )


def clap_of(thanks_id: int, person_id: int) -> sa.Select[ThanksClap]:
    """Somebody's applause for a thanks, if there is any."""
    return sa.select(ThanksClap).where(
        ThanksClap.thanks_id == thanks_id, ThanksClap.person_id == person_id
    )


def written_since(person_id: int, moment: datetime) -> sa.Select[int]:
    """How many thanks somebody has written since, withdrawn ones too."""
    return sa.select(sa.func.count(Thanks.id)).where(
        Thanks.writer_id == person_id, Thanks.written_at >= moment
    )


def colleagues(viewer: Account) -> sa.Select[Person]:
    """Everybody who works here now but the viewer, in alphabetical order."""
    employed = sa.exists().where(Employment.person_id == Person.id, covering(clock.today()))
    return (
        sa.select(Person)
        .where(employed, Person.id != viewer.person_id)
        .order_by(Person.by_name(), Person.id)
    )


def team_mates(viewer: Account) -> sa.Select[Person]:
    """Colleagues in the viewer's own team."""
    own, theirs = aliased(Employment), aliased(Employment)
    today = clock.today()
    together = sa.exists().where(
        own.person_id == viewer.person_id,
        covering(today, own),
        theirs.team_id == own.team_id,
        covering(today, theirs),
        theirs.person_id == Person.id,
    )
    return colleagues(viewer).where(together)
