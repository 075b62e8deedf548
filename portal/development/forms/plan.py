"""Forms of career plans and their actions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.certification import queries as certification
from portal.certification.states import CertificationState
from portal.core import i18n
from portal.core.db import db
from portal.core.forms import Choice, DateBox, Form, LongText, TextField, VersionField
from portal.development.forms.assessment import today
from portal.development.models import PlanAction
from portal.development.states import LINKED, PlanActionKind
from portal.training.models import Course, Programme
from portal.training.states import CourseState

FREE = [kind for kind in PlanActionKind if kind not in LINKED]


class PlanForm(Form):
    """Where the plan leads, and when both look at it again."""

    role_id = Choice(_l("Role it leads to"))
    review_on = DateBox(_l("Next review"))
    version = VersionField()


class ActionForm(Form):
    """Something to do; which field counts depends on the kind."""

    kind = Choice(_l("Kind"), PlanActionKind)
    course = Choice(_l("Which course"), optional=True, empty=_l("None"))
    programme = Choice(_l("Which programme"), optional=True, empty=_l("None"))
    certification = Choice(_l("Which certificate"), optional=True, empty=_l("None"))
    title = TextField(_l("In your own words"), optional=True, most=200)
    due_on = DateBox(_l("Do it by"), first=today)
    need = Choice(_l("Helps with"), optional=True, empty=_l("Nothing in particular"))
    note = LongText(_l("Note for both"), optional=True, most=2000, rows=2)

    def offer(self, needs: list[tuple[str, str]]) -> None:
        """What can be chosen; ``needs`` are lines of the path that are not met."""
        offered = CourseState.OFFERED
        self.course.offer = _named(sa.select(Course).where(Course.state == offered))
        self.programme.offer = _named(sa.select(Programme).where(Programme.state == offered))
        self.certification.offer = _sorted([
            (row.id, i18n.words(row.current.name))
            for row in db.session.scalars(certification.certifications())
            if row.current and row.state is CertificationState.IN_USE
        ])  # fmt: skip
        self.need.offer = needs

    def terms(self) -> dict[str, Any]:
        """What the operation takes."""
        kind = self.kind.data
        return {
            "kind": kind,
            "subject_id": self[str(kind)].data if kind in LINKED else None,
            "title": self.title.data or "",
            "due_on": self.due_on.data,
            "need": self.need.data or "",
            "note": self.note.data or "",
        }


class ChangeActionForm(Form):
    """Another day, other words."""

    title = TextField(_l("In your own words"), most=200)
    due_on = DateBox(_l("Do it by"))
    note = LongText(_l("Note for both"), optional=True, most=2000, rows=2)
    version = VersionField()

    @classmethod
    def of(cls, action: PlanAction) -> ChangeActionForm:
        """The form filled with what the plan says; a linked action has no words of its own."""
        form = cls(obj=action)
        if action.kind.is_linked:
            del form.title
        return form


def _named(select: sa.Select[Any]) -> list[tuple[int, str]]:
    return _sorted([(row.id, i18n.words(row.title)) for row in db.session.scalars(select)])


def _sorted(offer: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(offer, key=lambda pair: i18n.sort_key(pair[1]))
