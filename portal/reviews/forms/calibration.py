"""Another result, and why."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from portal.core import i18n
from portal.core.forms import Choice, Form, LongText, VersionField
from portal.reviews.calibration import HALVES


def _halves() -> Iterator[tuple[float, str]]:
    return ((value, i18n.number(value)) for value in reversed(HALVES))


class RatingForm(Form):
    """The result that should hold, and the reason that stays beside it."""

    rating = Choice(_l("Result"), _halves)
    reason = LongText(_l("Why?"), rows=2, most=2000)
    version = VersionField()
