"""Whom to enrol, and how somebody did."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core import clock
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MultiChoice,
    Radios,
    WholeNumber,
)
from portal.training.models import Course


class EnrolForm(Form):
    """People to enrol in a course; the view offers whom and in which session."""

    people = MultiChoice(_l("Who"))
    session = Choice(_l("Session"), optional=True, empty=_l("They choose one themselves"))
    due_on = DateBox(_l("Complete by"), first=clock.today, optional=True)
    reason = LongText(
        _l("Reason"),
        rows=3,
        most=500,
        optional=True,
        hint=_l("They read this in their invitation."),
    )


class ResultForm(Form):
    """One try: a score where the course has a test, else whether it is passed."""

    taken_on = DateBox(_l("Day"))
    score = WholeNumber(_l("Score in per cent"), most=100)
    passed = Radios(_l("Result"), [(1, _l("Passed")), (0, _l("Not passed"))])
    note = LongText(_l("Note"), rows=3, most=2000, optional=True)

    @classmethod
    def of(cls, course: Course) -> ResultForm:
        """The form with what the course asks for."""
        form = cls(data={"taken_on": clock.today()})
        if course.pass_mark is None:
            del form.score
        else:
            del form.passed
        return form

    def result(self) -> dict[str, Any]:
        """What the operation takes."""
        passed = self["passed"].data if "passed" in self else None
        return {
            "taken_on": self.taken_on.data,
            "score": self["score"].data if "score" in self else None,
            "passed": None if passed is None else bool(passed),
            "note": self.note.data or "",
        }
