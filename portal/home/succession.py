"""Nominations that wait for a second person, and plans of one's own line that fell apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.home.need import Need, Source, by_moment
from portal.succession import policy, queries
from portal.succession.models import KeyPosition, Nomination
from portal.succession.wording import seat_name

PATIENCE = timedelta(days=3)
"""How long a nomination waits before it counts as late."""


def _nominations(viewer: Account) -> Iterator[Source]:
    if policy.see_succession(viewer):
        yield Source(
            queries.to_approve, Nomination.id, by_moment(viewer, PATIENCE), _to_approve,
            moment=Nomination.proposed_at,
        )  # fmt: skip


def _to_approve(nomination: Nomination, due: date) -> Need:
    return Need(
        "person-check",
        _("%(position)s: a successor to approve",
          position=seat_name(nomination.key_position.position)),
        _("%(who)s is proposed. A second person approves or not.",
          who=nomination.nominee.display_name),
        due,
        _url(nomination.key_position_id),
        _("Read and decide"),
    )  # fmt: skip


def _alarms(viewer: Account) -> Iterator[Source]:
    """What cannot wait: a position nobody holds, a successor who has left."""
    if not (policy.see_succession(viewer) and viewer.led_paths):
        return
    today = clock.today(viewer.time_zone)

    def soon(*_moments: object) -> date:
        return today + timedelta(days=1)

    yield Source(_empty_posts, KeyPosition.id, soon, _empty)
    yield Source(_lost_successors, Nomination.id, soon, _left)


def _empty_posts(asker: Account) -> sa.Select[KeyPosition]:
    return queries.empty_posts(asker, clock.today(asker.time_zone))


def _lost_successors(asker: Account) -> sa.Select[Nomination]:
    return queries.lost_successors(asker, clock.today(asker.time_zone))


def _empty(key_position: KeyPosition, due: date) -> Need:
    return Need(
        "person-x",
        _("%(position)s: nobody holds it", position=seat_name(key_position.position)),
        _("A key position of yours is empty. See who could take it over."),
        due,
        _url(key_position.id),
        _("View"),
    )


def _left(nomination: Nomination, due: date) -> Need:
    return Need(
        "box-arrow-right",
        _("%(position)s: a successor has left",
          position=seat_name(nomination.key_position.position)),
        _("%(who)s no longer works here. End the nomination and name somebody else.",
          who=nomination.nominee.display_name),
        due,
        _url(nomination.key_position_id),
        _("View"),
    )  # fmt: skip


def _url(key_position_id: int) -> str:
    return url_for("succession.position", key_position_id=key_position_id)


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_nominations, _alarms)
