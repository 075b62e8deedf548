"""What is said about a proposed peer, or by one who would rather not write."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, LongText


class WhyForm(Form):
    """A reason in a few words."""

    reason = LongText(_l("Reason"), rows=3, most=1000)
