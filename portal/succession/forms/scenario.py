"""The form that keeps a what-if."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, LongText, TextField


class ScenarioForm(Form):
    """A name, and what it is for; who leaves and when stands in the address."""

    name = TextField(_l("Name of the scenario"), most=120)
    note = LongText(_l("Note"), optional=True, most=2000, rows=2)
