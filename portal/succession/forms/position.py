"""Forms of key positions and of what they are judged to be."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, Form, LongText, MultiChoice, Radios, TextField, VersionField
from portal.people.forms import choices
from portal.succession.models import KeyPosition, PositionAssessment
from portal.succession.states import Impact, LossReason, LossRisk


class PositionForm(Form):
    """A seat to plan for: one that is there, or a new one."""

    team = Choice(_l("Team"), choices.teams)
    role = Choice(_l("Role"), choices.roles)
    code = TextField(_l("Code of the position"), most=40)


class HolderForm(Form):
    """Who holds a position; the view offers who works in the team in this role."""

    employment = Choice(_l("Who holds it?"), optional=True, empty=_l("Nobody"))


class AssessmentForm(Form):
    """Impact, risk of loss and why."""

    version = VersionField()
    impact = Radios(_l("What if the position stands empty?"), Impact)
    risk = Radios(_l("How likely is the holder to leave within a year?"), LossRisk)
    reasons = MultiChoice(_l("Why?"), LossReason, optional=True)
    note = LongText(_l("Note"), optional=True, most=2000, rows=3)

    def terms(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "impact": self.impact.data, "risk": self.risk.data,
            "reasons": self.reasons.data or (), "note": self.note.data or "",
        }  # fmt: skip


def judged(key_position: KeyPosition, known: PositionAssessment | None) -> dict[str, Any]:
    """What the form of an assessment starts with."""
    found: dict[str, Any] = {"version": key_position.version}
    if known is not None:
        reasons = [LossReason(reason) for reason in known.reasons]
        found |= {"impact": known.impact, "risk": known.risk, "reasons": reasons,
                  "note": known.note}  # fmt: skip
    return found
