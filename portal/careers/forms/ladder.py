"""The form of the ladder: one row a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

from portal.careers.forms.rows import Row
from portal.careers.models import LadderVersion
from portal.careers.operations import Step
from portal.careers.states import EdgeKind
from portal.core import clock, i18n
from portal.core.forms import Choice, DateBox, Form, Tick
from portal.people.models import Role

EMPTY_ROWS = 2


class StepRow(Row):
    """One step; a row without roles does not count."""

    start = Choice(_l("From role"), optional=True)
    kind = Choice(_l("Kind"), EdgeKind, default=EdgeKind.UP)
    end = Choice(_l("To role"), optional=True)
    remove = Tick(_l("Take this step away"))

    def missing(self) -> list[str]:
        """The other role of a step."""
        empty = [name for name in ("start", "end") if not self[name].data]
        return empty if len(empty) == 1 else []


class LadderForm(Form):
    """All steps between roles, and the day from which they hold."""

    steps = FieldList(FormField(StepRow), label=_l("Steps"))
    effective_from = DateBox(_l("Applies from"), default=clock.today)

    def offer(self, roles: Sequence[Role]) -> None:
        """Let every row choose among these roles."""
        offer = [(role.id, i18n.words(role.title)) for role in roles]
        for row in self.steps:
            row.form.start.offer = offer
            row.form.end.offer = offer

    def wanted(self, roles: Mapping[int, Role]) -> list[Step]:
        """The steps that count."""
        rows = (field.form for field in self.steps)
        return [
            Step(roles[row.start.data], roles[row.end.data], row.kind.data)
            for row in rows if row.start.data and row.end.data and not row.remove.data
        ]  # fmt: skip


def ladder_form(version: LadderVersion | None, roles: Sequence[Role]) -> LadderForm:
    """The steps there are, and empty rows for more."""
    known: list[dict[str, Any]] = [
        {"start": one.from_role_id, "kind": one.kind, "end": one.to_role_id}
        for one in (version.edges if version else ())
    ]
    form = LadderForm(data={"steps": [*known, *({} for _row in range(EMPTY_ROWS))]})
    form.offer(roles)
    return form
