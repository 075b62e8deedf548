"""Ordering papers of several people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, Radios
from portal.reviews.states import BatchKind


class BatchForm(Form):
    """What the papers are put together to."""

    kind = Radios(_l("What do you need?"), BatchKind, default=BatchKind.ZIP)
