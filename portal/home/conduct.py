"""Corrective actions that wait for a second person, for being read, or for a talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.conduct import policy, queries
from portal.conduct.models import CorrectiveAction
from portal.core import clock, i18n
from portal.home.need import HORIZON, Need, Source, by_moment, on_the_day

PATIENCE = timedelta(days=2)
"""How long one waits before it counts as late."""


def _to_confirm(viewer: Account) -> Iterator[Source]:
    if viewer.has_role("hr", "executive"):
        yield _waiting(viewer, queries.to_confirm, _confirm)


def _own(_viewer: Account) -> Iterator[Source]:
    yield Source(
        queries.to_acknowledge,
        CorrectiveAction.id,
        on_the_day,
        _read,
        day=CorrectiveAction.confirmed_on,
    )


def _in_charge(viewer: Account) -> Iterator[Source]:
    if not policy.see_actions(viewer):
        return
    key, row = CorrectiveAction.id, CorrectiveAction
    yield Source(_to_follow_up, key, on_the_day, _talk, day=row.follow_up_on)
    yield Source(_to_judge, key, on_the_day, _judge, day=row.due_on)
    yield _waiting(viewer, queries.to_put_right, _put_right)


def _to_follow_up(asker: Account) -> sa.Select[CorrectiveAction]:
    return queries.to_follow_up(asker, clock.today(asker.time_zone) + HORIZON)


def _to_judge(asker: Account) -> sa.Select[CorrectiveAction]:
    return queries.to_judge(asker, clock.today(asker.time_zone) + HORIZON)


def _waiting(
    viewer: Account,
    rows: Callable[[Account], sa.Select[CorrectiveAction]],
    write: Callable[..., Need],
) -> Source:
    due = by_moment(viewer, PATIENCE)
    moment = CorrectiveAction.proposed_at
    return Source(rows, CorrectiveAction.id, due, write, moment=moment)


def _confirm(action: CorrectiveAction, due: date) -> Need:
    who = action.person.display_name
    title = _("%(who)s: corrective action to confirm", who=who)
    return _need(action, due, title, str(action.kind.label), _("Confirm"))


def _read(action: CorrectiveAction, due: date) -> Need:
    why = _("Say that you have read it. You can add a statement.")
    return _need(action, due, str(action.kind.label), why, _("Read it"))


def _talk(action: CorrectiveAction, due: date) -> Need:
    who = action.person.display_name
    title = _("%(who)s: talk about the corrective action", who=who)
    return _need(action, due, title, str(action.kind.label), _("Note it"))


def _judge(action: CorrectiveAction, due: date) -> Need:
    title = _("%(who)s: was it met?", who=action.person.display_name)
    why = _("The time for what was expected ends on %(day)s.", day=i18n.date(action.due_on))
    return _need(action, due, title, why, _("Decide"))


def _put_right(action: CorrectiveAction, due: date) -> Need:
    title = _("%(who)s: corrective action sent back to you", who=action.person.display_name)
    return _need(action, due, title, action.note, _("View"))


def _need(action: CorrectiveAction, due: date, title: str, why: str, label: str) -> Need:
    url = url_for("conduct.corrective_action", corrective_action_id=action.id)
    return Need("shield-exclamation", title, why, due, url, label)


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_to_confirm, _own, _in_charge)
