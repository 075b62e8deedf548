"""That too few people will be able to serve soon: one row for all warnings one may hear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.certification import policy
from portal.certification.models import CoverageWarning, QueueTeam
from portal.core import clock, i18n
from portal.home.need import Need, Source, on_the_day
from portal.people.models import Team
from portal.people.queries import within

AHEAD = timedelta(days=60)
"""How long before it happens there is still time to renew."""


def _warnings(viewer: Account) -> Iterator[Source]:
    if policy.see_matrix(viewer):
        day = CoverageWarning.starts_on
        yield Source(_first_warning, CoverageWarning.id, on_the_day, _warned, day=day)


def _first_warning(asker: Account) -> sa.Select[int]:
    """The first of all warnings stands for them, with their number."""
    soon = (
        CoverageWarning.ended_at.is_(None),
        CoverageWarning.starts_on <= clock.today(asker.time_zone) + AHEAD,
        _concerns(asker),
    )
    first = sa.select(CoverageWarning.id).where(*soon)
    first = first.order_by(CoverageWarning.starts_on, CoverageWarning.id).limit(1)
    number = sa.select(sa.func.count()).select_from(CoverageWarning).where(*soon)
    return sa.select(number.correlate(None).scalar_subquery().label("number")).where(
        CoverageWarning.id == first.correlate(None).scalar_subquery()
    )


def _concerns(viewer: Account) -> sa.ColumnElement[bool]:
    """A team the viewer leads, or a queue that only such teams serve; everything for HR."""
    if viewer.has_role("hr", "executive"):
        return sa.true()
    led = sa.or_(sa.false(), *(within(Team.path, path) for path in viewer.led_paths))
    key = CoverageWarning.key
    team = sa.literal("team:") + sa.cast(Team.id, sa.String) + ":%"
    serving = (
        sa.select(QueueTeam.id)
        .join(Team, Team.id == QueueTeam.team_id)
        .where(key == sa.literal("queue:") + sa.cast(QueueTeam.queue_id, sa.String))
        .correlate(CoverageWarning)
    )
    return sa.or_(
        sa.exists().where(led, key.like(team)),
        sa.and_(serving.where(led).exists(), ~serving.where(~led).exists()),
    )


def _warned(number: int, due: date) -> Need:
    return Need(
        "exclamation-triangle",
        _("Certificates run out: too few people from %(day)s", day=i18n.date(due)),
        ngettext(
            "One warning, if nobody renews anything.",
            "%(num)s warnings, if nobody renews anything.",
            number,
        ),
        due,
        url_for("certification.coverage"),
        _("View"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_warnings,)
