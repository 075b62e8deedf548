"""The day a page is about: today where the reader is, or the one that was asked for."""

from __future__ import annotations

from datetime import date

from flask import flash, request
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


def today() -> date:
    """The day it is where the reader is."""
    return clock.today(viewer().time_zone)


def day_asked() -> date:
    """The day of ``?on=``; one that cannot be read is said so, and today is shown."""
    sent = request.args.get("on", "").strip()
    if not sent:
        return today()
    try:
        day = date.fromisoformat(sent)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        text = _("“%(text)s” is not a day such as 2026-03-31. Today is shown.", text=sent[:40])
        flash(text, "warn")
        return today()
    return day
