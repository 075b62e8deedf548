"""When and where an interview is, and who holds it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import (
    Choice,
    DateTimeLocal,
    Form,
    MultiChoice,
    TextField,
    VersionField,
    WholeNumber,
)


class ScheduleForm(Form):
    """A new interview; the view offers rounds and panel, and sets the zone of the site."""

    plan_round = Choice(_l("Round"))
    starts_at = DateTimeLocal(_l("Day and time"))
    minutes = WholeNumber(_l("Length in minutes"), least=15, most=240)
    place = TextField(
        _l("Place"),
        hint=_l("An address with the room, or the link of a video call. The candidate sees this."),
    )
    panel = MultiChoice(_l("Panel"), hint=_l("Each of them fills in a scorecard of their own."))


class RescheduleForm(Form):
    """Another time or place for the same panel."""

    version = VersionField()
    starts_at = DateTimeLocal(_l("Day and time"))
    minutes = WholeNumber(_l("Length in minutes"), least=15, most=240)
    place = TextField(_l("Place"))
