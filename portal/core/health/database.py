"""Checks of what lies in the database: schema, queue, outbox and trail.

Each asks an index for its first rows, never for a whole table: the trail may hold millions.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import administration, clock
from portal.core.audit import AuditEvent, AuditSeal
from portal.core.db import db
from portal.core.health.findings import Finding
from portal.core.health.states import HealthState
from portal.core.i18n import formats
from portal.core.jobs import figures
from portal.core.mail import queries as mails
from portal.core.mail.states import MailState

SILENT = timedelta(minutes=15)
"""A worker looks at its clock all the time, and some job falls due every five minutes."""

LATE = timedelta(minutes=15)
"""A job that is due, or an event to be sealed, waits no longer while a worker runs."""

COUNTED = 1001
"""Counting stops here: more than a thousand is too many however many they are."""

NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def database() -> Finding:
    """Which database it is."""
    dialect = db.session.connection().dialect
    version = ".".join(map(str, dialect.server_version_info or ()))
    name = NAMES.get(dialect.name, dialect.name)
    return Finding(_("Database"), HealthState.GOOD, f"{name} {version}")


def schema() -> Finding:
    """Whether every migration of this release was run, and no other."""
    if administration.fits_schema(db.session.connection()):
        return Finding(_("Schema"), HealthState.GOOD, _("Fits this release."))
    return Finding(
        _("Schema"),
        HealthState.BAD,
        _("Does not fit this release."),
        _("Run: %(command)s", command="portal migrate"),
    )


def worker() -> Finding:
    """When a worker last put a job of the clock into the queue."""
    seen = figures.worker_seen()
    if seen is None:
        found = _("No worker has run yet.")
    else:
        found = _("Last seen %(ago)s.", ago=formats.ago_text(seen))
    if seen is not None and clock.now() - seen < SILENT:
        return Finding(_("Worker"), HealthState.GOOD, found)
    advice = _("Start one with: %(command)s", command="portal worker")
    return Finding(_("Worker"), HealthState.BAD, found, advice)


def waiting_jobs() -> Finding:
    """How many jobs are due, and since when the oldest."""
    part, due = _("Jobs that are due"), figures.due(COUNTED)
    if due.oldest is None:
        return Finding(part, HealthState.GOOD, _("Nothing is waiting."))
    found = ngettext(
        "%(count)s is waiting, the oldest since %(moment)s.",
        "%(count)s are waiting, the oldest since %(moment)s.",
        due.number,
        count=_at_least(due.number),
        moment=formats.datetime(due.oldest),
    )
    if clock.now() - due.oldest < LATE:
        return Finding(part, HealthState.GOOD, found)
    return Finding(part, HealthState.WATCH, found, _("See whether enough workers run."))


def failed_jobs() -> Finding:
    """How many jobs were given up lately."""
    part, number = _("Jobs that failed"), figures.failed_lately(COUNTED)
    if not number:
        return Finding(part, HealthState.GOOD, _("No failure in the last seven days."))
    found = ngettext(
        "%(count)s in the last seven days.",
        "%(count)s in the last seven days.",
        number,
        count=_at_least(number),
    )
    advice = _("The worker's log says what went wrong.")
    return Finding(part, HealthState.WATCH, found, advice)


def waiting_mail() -> Finding:
    """How many mails are still to be sent."""
    number = mails.how_many(MailState.QUEUED, COUNTED)
    found = ngettext(
        "%(count)s is waiting.", "%(count)s are waiting.", number, count=_at_least(number)
    )
    return Finding(
        _("Mail to be sent"),
        HealthState.GOOD,
        found if number else _("Nothing is waiting."),
        url=url_for("mail.outbox", state=MailState.QUEUED),
    )


def failed_mail() -> Finding:
    """How many mails did not reach the server."""
    return _lost_mail(_("Mail not sent"), MailState.FAILED)


def unconfirmed_mail() -> Finding:
    """How many mails were cut off while they were sent, so that nobody knows."""
    return _lost_mail(_("Mail perhaps sent"), MailState.UNCONFIRMED)


def _lost_mail(part: str, state: MailState) -> Finding:
    number = mails.how_many(state, COUNTED)
    url = url_for("mail.outbox", state=state)
    if not number:
        return Finding(part, HealthState.GOOD, _("No mail is in this state."), url=url)
    advice = _("The outbox says why, and sends again.")
    return Finding(part, HealthState.WATCH, _at_least(number), advice, url)


def trail() -> Finding:
    """Up to which event the audit trail is sealed, and whether the sealing keeps up."""
    part = _("Audit trail")
    sealed = db.session.scalar(sa.select(AuditSeal.id).order_by(AuditSeal.id.desc()).limit(1))
    fresh = sa.select(AuditEvent.at).where(AuditEvent.id > (sealed or 0))
    oldest = db.session.scalar(fresh.order_by(AuditEvent.id).limit(1))
    if sealed is None:
        found = _("Nothing is sealed yet.")
    else:
        found = _("Sealed up to event %(number)s.", number=formats.number(sealed))
    if oldest is None or clock.now() - oldest < LATE:
        return Finding(part, HealthState.GOOD, found)
    advice = _(
        "An event of %(moment)s is not sealed. The worker does so, or: %(command)s",
        moment=formats.datetime(oldest),
        command="portal seal-audit",
    )
    return Finding(part, HealthState.WATCH, found, advice)


def _at_least(number: int) -> str:
    """The number; the counting stops at a thousand."""
    return f"{formats.number(COUNTED - 1)}+" if number == COUNTED else formats.number(number)
