"""From which day a new version may apply."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.core import i18n
from portal.core.errors import Refused


def check_day(day: date, present: date | None) -> None:
    """Leave alone what was asked of people in the past.

    Args:
        day: the first day of the new version.
        present: the first day of the one in force today, if there is one.

    Raises:
        Refused: if the new one is to begin before it, and so would never be in force.
    """
    if present is not None and day < present:
        raise Refused(
            _("The version in force applies from %(day)s. Choose that day or a later one.",
              day=i18n.date(present)), "effective_from",
        )  # fmt: skip
