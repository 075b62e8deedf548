"""A template, and one task of it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.db import Json
from portal.core.forms import (
    Choice,
    Form,
    Radios,
    Tick,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.states import TaskOwner, TaskTime
from portal.people.forms import choices

LONGEST = 365
"""Days a task may lie away from the first one."""


class TemplateForm(Form):
    """What a template says beside its tasks."""

    name = WordsField(_l("Name"), most=120)
    finish_within_days = WholeNumber(
        _l("Finish within"),
        least=1,
        most=730,
        optional=True,
        hint=_l("Calendar days after the first day. Hire, manager and HR are told once if not."),
    )
    probation_months = WholeNumber(
        _l("Probation"),
        most=24,
        hint=_l(
            "Months, 0 for none. Ask what your law and contracts say; an accepted offer that names "
            "another length goes before this."
        ),
    )
    version = VersionField()

    def values(self) -> dict[str, Any]:
        """What was filled in, as the operations take it."""
        return {
            "name": self.name.data,
            "finish_within_days": self.finish_within_days.data,
            "probation_months": self.probation_months.data or 0,
        }


class NewTemplateForm(TemplateForm):
    """A template for a role, everywhere or at one site."""

    role = Choice(_l("Role"), choices.roles)
    site = Choice(
        _l("Site"),
        choices.sites,
        optional=True,
        empty=_l("Every site"),
        hint=_l("A template for a site goes before the one for every site."),
    )


class EntryForm(Form):
    """One task of a template."""

    title = WordsField(_l("Task"), most=200)
    help = WordsField(_l("What to do and why"), long=True, most=1000, optional=True)
    time = Radios(_l("When?"), TaskTime)
    days = WholeNumber(_l("How many days?"), most=LONGEST, optional=True)
    owner = Choice(
        _l("Who does it?"), TaskOwner, optional=True, hint=_l("A check-in is held by the manager.")
    )
    needs_evidence = Tick(_l("Whoever does it says or attaches what shows that it is done"))
    blocking = Tick(
        _l("Blocking: nobody starts work, or goes on to the next step, before this is done")
    )
    version = VersionField()

    @classmethod
    def of(cls, template: OnboardingTemplate, entry: Json | None = None) -> EntryForm:
        """The form of a task, or of a new one."""
        found = _values(entry) if entry else {"time": TaskTime.AFTER, "owner": TaskOwner.HIRE}
        return cls(data={**found, "version": template.version})

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - see WTForms
        """Days are needed where they count, and an owner unless it is a check-in."""
        fine = bool(super().validate(extra_validators))
        if self.time.data is not TaskTime.FIRST_DAY and not self.days.errors and not self.days.data:
            self.days.errors = [_("Write a number from 1 to %(most)s.", most=LONGEST)]
            fine = False
        if self.time.data is not TaskTime.CHECK_IN and self.owner.data is None:
            self.owner.errors = [_("Choose who does it.")]
            fine = False
        return fine

    def values(self) -> dict[str, Any]:
        """What was filled in, as the operations take it."""
        return {
            "title": self.title.data,
            "help": self.help.data or {},
            "time": self.time.data,
            "days": self.days.data or 0,
            "owner": self.owner.data or TaskOwner.MANAGER,
            "needs_evidence": bool(self.needs_evidence.data),
            "blocking": bool(self.blocking.data),
        }


def _values(entry: Json) -> Json:
    time, days = time_of(entry)
    kept = ("title", "help", "needs_evidence", "blocking")
    return {name: entry[name] for name in kept} | {
        "time": time,
        "days": days or None,
        "owner": TaskOwner(entry["owner"]),
    }


def time_of(entry: Json) -> tuple[TaskTime, int]:
    """When a task is due, and the number of days that belongs to it."""
    if (milestone := entry.get("milestone")) is not None:
        return TaskTime.CHECK_IN, milestone
    days = int(entry["offset_days"])
    if days == 0:
        return TaskTime.FIRST_DAY, 0
    return (TaskTime.BEFORE, -days) if days < 0 else (TaskTime.AFTER, days)
