"""Forms of people and their employments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, DateBox, EmailBox, Form, PhoneBox, TextField
from portal.people.forms import choices
from portal.people.states import EmploymentReason


class PersonForm(Form):
    """Who somebody is and how to reach them."""

    given_name = TextField(_l("Given name"), most=120)
    family_name = TextField(_l("Family name"), most=120)
    reading = TextField(
        _l("Reading"),
        optional=True,
        hint=_l("How a Japanese name is read, in kana, family name first."),
    )
    email = EmailBox(_l("E-mail"))
    phone = PhoneBox(_l("Telephone"), optional=True, hint=_l("With the country code."))
    language = Choice(_l("Language"), choices.languages, hint=_l("In which we write to them."))


class EmploymentForm(Form):
    """What somebody does from a day on."""

    role = Choice(_l("Role"), choices.roles)
    team = Choice(_l("Team"), choices.teams)
    site = Choice(_l("Site"), choices.sites)
    manager = Choice(_l("Manager"), choices.people, optional=True, empty=_l("Nobody"))
    starts_on = DateBox(_l("First day"))
    reason = Choice(_l("Reason"), EmploymentReason)
    shift = TextField(_l("Shift"), optional=True, hint=_l("Such as: early, 07:00 to 15:00."))


class EndForm(Form):
    """When an employment ends."""

    ends_on = DateBox(_l("Last day"))
