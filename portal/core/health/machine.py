"""Checks of what surrounds the database: papers, files, disk and mail server."""

from __future__ import annotations

import logging
import shutil
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from portal.core import files
from portal.core.documents.health import health as missing_for_papers
from portal.core.health.findings import Finding
from portal.core.health.states import HealthState
from portal.core.i18n import formats

log = logging.getLogger(__name__)

GIB = 1024**3
LOW, VERY_LOW = 5 * GIB, 1 * GIB


def papers() -> Finding:
    """Whether fonts and libraries are there, the one that prints fast among them."""
    problems = missing_for_papers()
    if not problems:
        found = _("Everything is there: fonts, Pango and harfbuzz-subset.")
        return Finding(_("Papers"), HealthState.GOOD, found)
    found, advice = problems[0], " ".join(problems[1:])
    return Finding(_("Papers"), HealthState.BAD, found, advice)


def storage() -> Finding:
    """Whether the store of files takes a few bytes and gives them back."""
    place = current_app.config["FILES_URL"].partition("://")
    try:
        files.probe()
    except Exception as error:
        # Each kind of store has errors of its own, and this page must open all the same.
        log.exception("the store of files does not answer")
        found = _("Does not answer: %(error)s", error=type(error).__name__)
        advice = _("See PORTAL_FILES_URL, and the log.")
        return Finding(_("Stored files"), HealthState.BAD, found, advice)
    kept = _("Kept in a folder.") if place[0] == "file" else _("Kept in %(place)s.", place=place[2])
    return Finding(_("Stored files"), HealthState.GOOD, kept)


def disk() -> Finding:
    """How much room the disk has that holds the portal's folder."""
    usage = shutil.disk_usage(current_app.config["VAR"])
    found = _(
        "%(free)s of %(total)s GiB are free.",
        free=formats.number(usage.free / GIB, 1),
        total=formats.number(usage.total / GIB, 1),
    )
    if usage.free >= LOW:
        return Finding(_("Disk"), HealthState.GOOD, found)
    state = HealthState.BAD if usage.free < VERY_LOW else HealthState.WATCH
    return Finding(_("Disk"), state, found, _("Make room, or move the portal to a larger disk."))


def mail_server() -> Finding:
    """Whether mail leaves the house."""
    if url := current_app.config["SMTP_URL"]:
        found = _("Mail leaves through %(server)s.", server=urlsplit(url).hostname or "")
        return Finding(_("Mail server"), HealthState.GOOD, found)
    return Finding(
        _("Mail server"),
        HealthState.WATCH,
        _("Not set up: every mail stays in the outbox."),
        _("Set PORTAL_SMTP_URL."),
    )
