"""Forms of proposals, decisions, answers, announcements and openness to moves."""

from __future__ import annotations

from typing import Any

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
    TextField,
    Tick,
    VersionField,
)
from portal.people.forms import choices
from portal.people.models import Person, Position, Role, Site, Team
from portal.people.states import PayPeriod
from portal.promotions import queries
from portal.promotions.models import MoveWish, Promotion
from portal.promotions.states import GapReason
from portal.promotions.terms import Terms

CURRENCY = "EUR"


class PromotionForm(Form):
    """The terms of a promotion and the reasons for it."""

    version = VersionField()
    role = Choice(_l("New role"))
    team = Choice(_l("Team in the new role"))
    site = Choice(_l("Site"))
    manager = Choice(_l("New manager"))
    position = Choice(
        _l("Position"), optional=True, empty=_l("No particular one"),
        hint=_l("Only free ones of the role and team."),
    )  # fmt: skip
    leads_team = Tick(
        _l("Leads this team from then on"),
        hint=_l("Whoever leads the team until then no longer does."),
    )
    starts_on = DateBox(_l("In effect from"), first=clock.today)
    pay = MoneyBox(
        _l("New gross pay"), least=1, optional=True,
        hint=_l("Leave it empty if the pay stays as it is."),
    )  # fmt: skip
    pay_period = Radios(_l("Paid by"), PayPeriod, default=PayPeriod.YEAR)
    reason = LongText(
        _l("Why this person, why now"), most=4000, rows=5,
        hint=_l("For those who decide. The person does not read it."),
    )  # fmt: skip
    gap_reason = Choice(
        _l("Why although something is missing"), GapReason, optional=True,
        empty=_l("Nothing is missing"),
        hint=_l("Needed if a requirement of the role is not met."),
    )  # fmt: skip
    gap_note = LongText(_l("Explain what is missing"), optional=True, most=2000, rows=3)

    def __init__(self, person: Person, **values: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(**values)
        self.role.offer = choices.roles()
        self.team.offer = choices.teams()
        self.site.offer = choices.sites()
        self.manager.offer = [
            (one.id, one.display_name)
            for one in db.session.scalars(queries.managers())
            if one.id != person.id
        ]
        self.position.offer = [
            (row.id, _("%(code)s: %(role)s, %(team)s", code=row.code,
                       role=i18n.words(row.role.title), team=i18n.words(row.team.name)))
            for row in db.session.scalars(queries.free_positions(clock.today()))
        ]  # fmt: skip
        site = db.session.get(Site, self.site.data) if self.site.data else None
        self.pay.currency = site.currency if site else CURRENCY

    @classmethod
    def fresh(cls, person: Person, role: Role | None) -> PromotionForm:
        """A form that begins from where the person works now."""
        job = person.employment_on(clock.today())
        if job is None:
            return cls(person, role=role.id if role else None)
        return cls(
            person,
            role=role.id if role else None,
            team=job.team_id,
            site=job.site_id,
            manager=job.manager_id,
            leads_team=role is not None
            and queries.would_lead(person, role, job.team, clock.today()),
        )

    @classmethod
    def of(cls, promotion: Promotion) -> PromotionForm:
        """A form with the present terms."""
        same = (
            "starts_on", "leads_team", "pay", "pay_period", "reason", "gap_reason", "gap_note",
            "version",
        )  # fmt: skip
        rows = ("role", "team", "site", "manager", "position")
        return cls(
            promotion.person,
            **{name: getattr(promotion, f"{name}_id") for name in rows},
            **{name: getattr(promotion, name) for name in same},
        )

    def terms(self) -> Terms:
        """What the operations take."""
        get = db.session.get_one
        return Terms(
            role=get(Role, self.role.data),
            team=get(Team, self.team.data),
            site=get(Site, self.site.data),
            manager=get(Person, self.manager.data),
            starts_on=self.starts_on.data or clock.today(),
            reason=self.reason.data,
            position=get(Position, self.position.data) if self.position.data else None,
            leads_team=bool(self.leads_team.data),
            pay=int(self.pay.data) if self.pay.data is not None else None,
            pay_currency=self.pay.currency if self.pay.data is not None else "",
            pay_period=self.pay_period.data,
            gap_reason=self.gap_reason.data,
            gap_note=self.gap_note.data or "",
        )


class StepForm(Form):
    """Yes or no to the terms on the page, whose hash comes with it."""

    terms = TextField(_l("Terms"), most=64)
    agreed = Radios(
        _l("Your decision"),
        [("yes", _l("I approve this promotion")), ("no", _l("Send it back"))],
        missing=_l("Approve it or send it back."),
    )
    note = LongText(_l("Note"), optional=True, most=2000, hint=_l("Needed when you send it back."))


class WithdrawForm(Form):
    """Why it is taken back."""

    note = LongText(_l("Why is it withdrawn?"), most=1000, rows=3)


class ConsentForm(Form):
    """The tick that counts as a signature."""

    consent = Tick(
        _l("I have read the letter and accept the promotion"),
        must=True,
        missing=_l("Tick the box to accept."),
    )


class NoForm(Form):
    """A word on why not."""

    note = LongText(
        _l("What made you decide?"), optional=True, most=2000,
        hint=_l("Only if you like. HR and your manager read it."),
    )  # fmt: skip


class AnnouncementForm(Form):
    """What the team reads after the day."""

    version = VersionField()
    text = LongText(
        _l("Announcement"), optional=True, most=2000, rows=6,
        hint=_l("Both teams read it as soon as the promotion is in effect. Empty means nothing is "
                "announced."),
    )  # fmt: skip
    by_mail = Tick(_l("Send it by mail as well"))


class WishForm(Form):
    """Openness to moves."""

    version = VersionField()
    is_open = Tick(_l("I am open to another post here"))
    roles = MultiChoice(_l("Roles I would like"), optional=True, hint=_l("Without a tick: any."))
    sites = MultiChoice(
        _l("Sites I would like"), optional=True, hint=_l("No site ticked means any.")
    )

    @classmethod
    def of(cls, wish: MoveWish | None) -> WishForm:
        """The form with what was said before."""
        form = cls(is_open=bool(wish and wish.is_open), version=wish.version if wish else 0)
        form.roles.offer, form.sites.offer = choices.roles(), choices.sites()
        if not form.is_submitted():
            # Only now is it known which boxes there are to tick.
            form.roles.process_data(wish.role_ids if wish else ())
            form.sites.process_data(wish.site_ids if wish else ())
        return form


def default_announcement(promotion: Promotion) -> str:
    """A text to begin from, in the writer's language."""
    return str(
        _(
            "From %(day)s, %(who)s is %(role)s in the team %(team)s. Please join us in wishing "
            "%(who)s every success.",
            day=i18n.date(promotion.starts_on, "long"),
            who=promotion.person.display_name,
            role=i18n.words(promotion.role.title),
            team=i18n.words(promotion.team.name),
        )
    )
