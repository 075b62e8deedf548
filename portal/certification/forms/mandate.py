"""Forms of mandates and of client queues."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.certification import queries
from portal.certification.forms.definition import KEY
from portal.certification.operations.mandate import LONGEST_DAYS
from portal.certification.operations.queue import MOST_PEOPLE
from portal.core import clock, i18n
from portal.core.db import db
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    MultiChoice,
    TextField,
    Tick,
    WholeNumber,
    WordsField,
)
from portal.people.forms import choices


def active_queues() -> choices.Offer:
    """The queues that are served, by name."""
    rows = db.session.scalars(queries.queues(active=True))
    return [(queue.id, i18n.words(queue.name)) for queue in rows]


class MandateForm(Form):
    """Whom a certification is mandatory for: all conditions that are chosen must be met."""

    role = Choice(_l("Role"), choices.roles, optional=True, empty=_l("Any role"))
    team = Choice(
        _l("Team"),
        choices.teams,
        optional=True,
        empty=_l("Any team"),
        hint=_l("With the teams below it."),
    )
    site = Choice(_l("Site"), choices.sites, optional=True, empty=_l("Any site"))
    queue = Choice(_l("Client queue"), active_queues, optional=True, empty=_l("Any customers"))
    within_days = WholeNumber(
        _l("Days new people have"),
        most=LONGEST_DAYS,
        default=0,
        hint=_l("Calendar days from the first day in the role or team."),
    )
    starts_on = DateBox(_l("Mandatory from"), default=clock.today)  # fmt: skip


class EndMandateForm(Form):
    """The last day on which a certification is mandatory."""

    ends_on = DateBox(_l("Last day"), default=clock.today)


class QueueForm(Form):
    """Which customers are served together, by whom, and how many must be able to."""

    name = WordsField(_l("Name"), most=120)
    teams = MultiChoice(
        _l("Served by"),
        choices.teams,
        hint=_l("With the teams below them."),
        missing=_l("Choose at least one team."),
    )
    minimum = WholeNumber(
        _l("Least number of people"), most=MOST_PEOPLE, default=1,
        hint=_l("So many must hold all that is mandatory, or a warning shows ahead of time."),
    )  # fmt: skip


class NewQueueForm(QueueForm):
    """A new queue."""

    key = TextField(
        _l("Key"), most=60, checks=(KEY,), hint=_l("Names the queue for ever, such as trading.")
    )


class ChangeQueueForm(QueueForm):
    """A queue that is there."""

    is_active = Tick(_l("This queue is served"))
