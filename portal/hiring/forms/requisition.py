"""Forms of requisitions and their approval."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import clock, i18n
from portal.core.db import db
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MoneyBox,
    MultiChoice,
    Radios,
    VersionField,
    WholeNumber,
)
from portal.hiring import operations, queries
from portal.hiring.models import Requisition
from portal.hiring.states import RequisitionReason
from portal.people.forms import choices
from portal.people.models import PayBand, Person, Role, Site, Team

STEPS = 3
APPROVERS = ("executive", "hr", "manager", "admin")


class RequisitionForm(Form):
    """What somebody asks for; pay may be left to the band."""

    version = VersionField()
    role = Choice(_l("Role"))
    site = Choice(_l("Site"))
    team = Choice(_l("Team"))
    hiring_manager = Choice(_l("Hiring manager"), hint=_l("Who the new colleagues will work for."))
    openings = WholeNumber(_l("Openings"), least=1, most=500, default=1)
    pay_minimum = MoneyBox(_l("Lowest pay"), optional=True)
    pay_maximum = MoneyBox(_l("Highest pay"), optional=True)
    reason = Radios(_l("Reason"), RequisitionReason)
    wanted_start = DateBox(_l("Wanted start"), optional=True, first=clock.today)
    note = LongText(
        _l("Note for the approvers"), optional=True, most=2000,
        hint=_l("What they should know to decide."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(*args, **options)
        self._sites = {row.id: row for row in db.session.scalars(sa.select(Site))}
        self.role.offer = _by_words(db.session.execute(sa.select(Role.id, Role.title)))
        self.site.offer = _by_words((site.id, site.name) for site in self._sites.values())
        self.team.offer = choices.teams()
        accounts = db.session.execute(queries.active_accounts())
        self.hiring_manager.offer = [
            (one.person_id, one.display_name) for one in accounts
            if one.led_paths or {"manager", "hr", "executive"} & set(one.roles)
        ]  # fmt: skip
        band = self.band
        site = self._sites.get(self.site.data)
        for box in (self.pay_minimum, self.pay_maximum):
            box.currency = band.currency if band else site.currency if site else "EUR"

    @property
    def band(self) -> PayBand | None:
        """The pay band of what is chosen so far."""
        role = db.session.get(Role, self.role.data) if self.role.data else None
        site = self._sites.get(self.site.data)
        return operations.band_of(role, site) if role and site else None

    def terms(self) -> dict[str, Any]:
        """What the operations take."""
        return {
            "role": db.session.get_one(Role, self.role.data),
            "site": self._sites[self.site.data],
            "team": db.session.get_one(Team, self.team.data),
            "hiring_manager": db.session.get_one(Person, self.hiring_manager.data),
            **{
                name: self[name].data
                for name in ("openings", "reason", "pay_minimum", "pay_maximum", "note",
                             "wanted_start")
            },
        }  # fmt: skip

    @classmethod
    def of(cls, requisition: Requisition) -> RequisitionForm:
        """The form with what a requisition says now."""
        same = (
            "openings", "pay_minimum", "pay_maximum", "reason", "note", "wanted_start", "version",
        )  # fmt: skip
        return cls(
            role=requisition.role_id, site=requisition.site_id, team=requisition.team_id,
            hiring_manager=requisition.hiring_manager_id,
            **{name: getattr(requisition, name) for name in same},
        )  # fmt: skip


def _by_words(rows: Any) -> list[tuple[int, str]]:  # noqa: ANN401 - ids with a text per language
    named = [(key, i18n.words(text)) for key, text in rows]
    return sorted(named, key=lambda one: i18n.sort_key(one[1]))


class ApprovalForm(Form):
    """Up to three steps; the first is needed, the others open one after the other."""

    version = VersionField()
    approvers_1 = MultiChoice(_l("Who may approve"), missing=_l("Name at least one approver."))
    needed_1 = WholeNumber(_l("How many of them must agree"), least=1, most=20, default=1)
    approvers_2 = MultiChoice(_l("Who may approve"), optional=True)
    needed_2 = WholeNumber(_l("How many of them must agree"), least=1, most=20, default=1)
    approvers_3 = MultiChoice(_l("Who may approve"), optional=True)
    needed_3 = WholeNumber(_l("How many of them must agree"), least=1, most=20, default=1)

    def __init__(self, requisition: Requisition) -> None:
        super().__init__(version=requisition.version)
        accounts = db.session.execute(queries.active_accounts()).all()
        able = [one for one in accounts if set(APPROVERS) & set(one.roles)]
        others = [one for one in able if one.id != requisition.created_by_id] or able
        for number in range(1, STEPS + 1):
            self[f"approvers_{number}"].offer = [(one.id, _named(one)) for one in others]
        if not self.is_submitted():
            directors = [one.id for one in others if "executive" in one.roles]
            self.approvers_1.data = directors or [one.id for one in others if "hr" in one.roles]

    def steps(self) -> list[tuple[list[int], int]]:
        """The steps that name somebody, in order."""
        return [
            (self[f"approvers_{number}"].data, self[f"needed_{number}"].data)
            for number in range(1, STEPS + 1)
            if self[f"approvers_{number}"].data
        ]

    def at(self, number: int) -> tuple[Any, Any]:
        """The two fields of a step."""
        return self[f"approvers_{number}"], self[f"needed_{number}"]


def _named(row: Any) -> str:  # noqa: ANN401 - a row of active_accounts
    if not row.subtitle:
        return str(row.display_name)
    return _("%(name)s, %(work)s", name=row.display_name, work=row.subtitle)


class DecisionForm(Form):
    """Agree, or refuse with a reason."""

    agreed = Radios(
        _l("Your decision"),
        [("yes", _l("I agree")), ("no", _l("I refuse"))],
        missing=_l("Agree or refuse."),
    )
    note = LongText(_l("Note"), optional=True, most=2000, hint=_l("Needed when you refuse."))
