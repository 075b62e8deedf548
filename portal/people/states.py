"""Enums of the organisation and what is recorded of it."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.core.audit import Fact
from portal.core.states import Labelled

JOB_FAMILIES: Final[dict[str, LazyString]] = {
    "customer_service": _l("Customer service"),
    "support": _l("Support functions"),
}
"""The families the starter pack and the demo know; one of one's own is shown as it was typed."""


class EmploymentReason(Labelled):
    """Why an employment began."""

    HIRE = "hire", _l("Hired")
    PROMOTION = "promotion", _l("Promotion")
    TRANSFER = "transfer", _l("Transfer")
    RETURN = "return", _l("Return")


class Standing(Labelled):
    """Where people stand in the organisation, to narrow a list by."""

    WORKING = "working", _l("Working now")
    COMING = "coming", _l("Starting soon")
    LEFT = "left", _l("Left")


class PayPeriod(Labelled):
    """What a sum of pay is counted by; the values of schema.org's ``unitText`` in lower case."""

    HOUR = "hour", _l("an hour")
    MONTH = "month", _l("a month")
    YEAR = "year", _l("a year")


class PeopleFact(Fact):
    """What the trail records of people and the organisation."""

    ORGANISATION_CHANGED = "organisation.changed", _l("Organisation changed")
    SITE_ADDED = "site.added", _l("Site added")
    SITE_CHANGED = "site.changed", _l("Site changed")
    TEAM_ADDED = "team.added", _l("Team added")
    TEAM_CHANGED = "team.changed", _l("Team changed")
    TEAM_MOVED = "team.moved", _l("Team moved")
    TEAM_LEAD_SET = "team.lead_set", _l("Team lead set")
    ROLE_ADDED = "role.added", _l("Role added")
    ROLE_CHANGED = "role.changed", _l("Role changed")
    PAY_BAND_SET = "pay_band.set", _l("Pay band set")
    PAY_BAND_REMOVED = "pay_band.removed", _l("Pay band removed")
    PERSON_ADDED = "person.added", _l("Person added")
    PERSON_CHANGED = "person.changed", _l("Person changed")
    PERSON_READ = "person.read", _l("Record opened")
    EMPLOYMENT_STARTED = "employment.started", _l("Employment started")
    EMPLOYMENT_ENDED = "employment.ended", _l("Employment ended")
    POSITION_ADDED = "position.added", _l("Position added")
    SEAT_TAKEN = "position.taken", _l("Position given to somebody, or left")
