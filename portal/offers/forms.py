"""Forms of offers, approvals, answers and letter templates."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.core import clock, i18n
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MoneyBox,
    MultiChoice,
    Radios,
    TextField,
    VersionField,
    WholeNumber,
    refusal_to_field,
)
from portal.hiring.models import Application
from portal.offers.letters import PARTS, Letter
from portal.offers.models import LetterTemplate, Offer
from portal.offers.terms import Terms
from portal.people.forms import choices
from portal.people.models import Person, Team
from portal.people.states import PayPeriod


class OfferForm(Form):
    """The terms of an offer; role and site come from the requisition."""

    version = VersionField()
    team = Choice(_l("Team"))
    manager = Choice(_l("Manager"))
    pay = MoneyBox(_l("Gross pay"), least=1)
    pay_period = Radios(_l("Paid by"), PayPeriod, default=PayPeriod.YEAR)
    bonus_percent = WholeNumber(_l("Bonus, up to percent of yearly pay"), most=100, default=0)
    benefits = MultiChoice(_l("Benefits"), optional=True)
    starts_on = DateBox(_l("First day"), first=clock.today)
    expires_on = DateBox(_l("Answer by"), first=clock.today)
    shift = TextField(_l("Shift"), optional=True, most=120)
    probation_months = WholeNumber(_l("Probation, months"), most=24, default=2)
    language = Choice(_l("Language of the letter"))

    def __init__(self, application: Application, **values: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(**values)
        requisition = application.posting.requisition
        self.role, self.site = requisition.role, requisition.site
        self.pay.currency = requisition.pay_currency
        self.team.offer = choices.teams()
        self.manager.offer = _managers(requisition.team)
        self.benefits.offer = [
            (number, i18n.words(text)) for number, text in enumerate(self.role.benefits)
        ]
        if not self.is_submitted():
            # Only now is it known which boxes there are to tick.
            self.benefits.process_data(values.get("benefits"))
        self.language.offer = list(i18n.NATIVE_NAMES.items())

    @classmethod
    def fresh(cls, application: Application) -> OfferForm:
        """A form filled in from the requisition."""
        requisition = application.posting.requisition
        middle = (requisition.pay_minimum + requisition.pay_maximum) // 2
        return cls(
            application,
            team=requisition.team_id,
            manager=requisition.hiring_manager_id,
            pay=middle - middle % 100_000,
            pay_period=requisition.pay_period,
            benefits=list(range(len(requisition.role.benefits))),
            starts_on=requisition.wanted_start,
            language=application.language,
        )

    @classmethod
    def of(cls, offer: Offer) -> OfferForm:
        """A form with the present terms."""
        same = (
            "pay",
            "pay_period",
            "bonus_percent",
            "starts_on",
            "expires_on",
            "shift",
            "probation_months",
            "language",
            "version",
        )
        chosen = [n for n, text in enumerate(offer.role.benefits) if text in offer.benefits]
        return cls(
            offer.application,
            team=offer.team_id,
            manager=offer.manager_id,
            benefits=chosen,
            **{name: getattr(offer, name) for name in same},
        )

    def terms(self) -> Terms:
        """What the operations take."""
        same = (
            "pay",
            "pay_period",
            "bonus_percent",
            "starts_on",
            "expires_on",
            "shift",
            "probation_months",
            "language",
        )
        return Terms(
            role=self.role,
            site=self.site,
            team=db.session.get_one(Team, self.team.data),
            manager=db.session.get_one(Person, self.manager.data),
            pay_currency=self.pay.currency,
            benefits=tuple(self.role.benefits[number] for number in self.benefits.data),
            **{name: self[name].data for name in same},
        )


def _managers(team: Team) -> list[tuple[int, str]]:
    """Whoever leads a team, its own lead first."""
    leads = db.session.scalars(sa.select(Person).where(Person.id.in_(sa.select(Team.lead_id))))
    ordered = sorted(leads, key=lambda p: (p.id != team.lead_id, i18n.sort_key(p.display_name)))
    return [(person.id, person.display_name) for person in ordered]


class ApprovalForm(Form):
    """Yes or no to the terms on the page, whose hash comes with it."""

    terms = TextField(_l("Terms"), most=64)
    agreed = Radios(
        _l("Your decision"),
        [("yes", _l("I approve these terms")), ("no", _l("I refuse them"))],
        missing=_l("Approve or refuse."),
    )
    note = LongText(_l("Note"), optional=True, most=2000, hint=_l("Needed when you refuse."))


class AcceptForm(Form):
    """The candidate's typed name."""

    typed_name = TextField(
        _l("Your full name"),
        most=250,
        hint=_l("Typing your name counts as your signature."),
        missing=_l("Type your name to accept."),
    )


class DeclineForm(Form):
    """The candidate's word on why not."""

    note = LongText(
        _l("What made you decide?"),
        optional=True,
        most=2000,
        hint=_l("Only if you like to tell us."),
    )


class LetterForm(Form):
    """One language of a letter; the body has one paragraph between blank lines."""

    version = VersionField()
    subject = TextField(_l("Subject"), most=200)
    greeting = TextField(_l("Greeting"), most=200)
    body = LongText(_l("Body"), rows=18, hint=_l("A blank line begins a new paragraph."), most=8000)
    closing = LongText(_l("Closing"), rows=6, most=2000)
    farewell = TextField(_l("Closing"), most=200)
    consent = LongText(_l("What the person agrees to when accepting"), rows=5, most=2000)

    def __init__(self, letter: Letter, **values: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(**values)
        self.parts = letter.parts
        for part in set(PARTS).difference(letter.parts):
            del self[part]

    @classmethod
    def of(cls, letter: Letter, template: LetterTemplate, language: str) -> LetterForm:
        """The form with the present text."""
        written = template.content[language]
        return cls(
            letter,
            version=template.version,
            **{part: written[part] for part in letter.parts if part != "body"},
            body="\n\n".join(written["body"]),
        )

    def text(self) -> Json:
        """The text as it is kept."""
        paragraphs = [text.strip() for text in self.body.data.split("\n\n")]
        return {
            **{part: self[part].data for part in self.parts if part != "body"},
            "body": [" ".join(text.split("\n")) for text in paragraphs if text],
        }

    def show_refusal(self, refused: Refused) -> None:
        """Put a refusal of ``en-body`` at the field ``body``."""
        part = (refused.field or "").rpartition("-")[2]
        refusal_to_field(self, Refused(refused.message, part))
