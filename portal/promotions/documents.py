"""The promotion letter as a paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import Json, Words, db
from portal.core.documents import Document, codec
from portal.core.i18n import words
from portal.offers import letters
from portal.offers.letters import Letter, Values
from portal.offers.operations import letter_in_force
from portal.promotions import policy
from portal.promotions.models import Promotion

KIND = "promotion_letter"


@dataclass(frozen=True)
class PromotionLetter:
    """Everything the letter shows, as text in its language.

    ``consent`` is asked in the portal, in the reader's language; it is frozen with the letter.
    """

    subject: str
    recipient: str
    place_and_site: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    farewell: str
    signature: str
    consent: Words = field(default_factory=dict)


def issue_letter(promotion: Promotion, *, by: Viewer) -> Document:
    """Freeze the letter of an approved promotion and have it printed once."""
    return documents.issue(
        KIND,
        letter_of(promotion),
        subject=promotion,
        locale=promotion.person.language,
        by=by,
        country=promotion.site.country,
        time_zone=promotion.site.time_zone,
    )


def letter_of(promotion: Promotion) -> PromotionLetter:
    """The letter a promotion makes, in the person's language."""
    language = promotion.person.language
    content = letter_in_force(LETTER).content
    consent = {
        each: letters.fill(text["consent"], _values(promotion, each))
        for each, text in content.items()
    }
    return paper(content[language], _values(promotion, language), language, consent)


def paper(
    content: Json, values: Values, language: str, consent: Words | None = None
) -> PromotionLetter:
    """The paper of one language's text; beside placeholders, values may say what the table adds."""
    return PromotionLetter(
        subject=letters.fill(content["subject"], values),
        recipient=values["person_name"],
        place_and_site=values["site_name"],
        greeting=letters.fill(content["greeting"], values),
        paragraphs=letters.paragraphs(content, values),
        facts=_facts(values, language),
        farewell=letters.fill(content["farewell"], values),
        signature=values["organisation_name"],
        consent=consent or {},
    )


def consent_to(promotion: Promotion) -> str:
    """What the person agrees to when accepting, as it was when the letter was made."""
    document = promotion.document
    kept: Words = codec.decode(document.payload).consent if document else {}
    if not kept:
        # Letters of the time when nobody could change their text.
        starter = letters.starter_content(LETTER)
        kept = {each: text["consent"] for each, text in starter.items()}
    return words(kept)


def last_day_to_answer(promotion: Promotion) -> date:
    """The person may answer until the day itself, included."""
    return promotion.starts_on


def _values(promotion: Promotion, language: str) -> dict[str, str]:
    with force_locale(language):
        pay = ""
        if promotion.pay is not None:
            amount = i18n.money(promotion.pay, promotion.pay_currency)
            period = str(promotion.pay_period.label)
            pay = _("%(amount)s %(period)s", amount=amount, period=period)
        return {
            "person_name": promotion.person.display_name,
            "role_title": words(promotion.role.title, language),
            "former_role_title": words(promotion.employment.role.title, language),
            "team_name": words(promotion.team.name, language),
            "site_name": words(promotion.site.name, language),
            "manager_name": promotion.manager.display_name,
            "organisation_name": brand().name,
            "start_date": i18n.date(promotion.starts_on, "long"),
            "answer_by": i18n.date(last_day_to_answer(promotion), "long"),
            "pay": pay,
            "position": promotion.position.code if promotion.position else "",
            "leads": _("Yes") if promotion.leads_team else "",
        }


def _facts(values: Values, language: str) -> tuple[tuple[str, str], ...]:
    with force_locale(language):
        rows = (
            (_("Role"), values["role_title"]),
            (_("Role until then"), values["former_role_title"]),
            (_("In effect from"), values["start_date"]),
            (_("Team"), values["team_name"]),
            (_("Leads the team"), values.get("leads", "")),
            (_("Place of work"), values["site_name"]),
            (_("Manager"), values["manager_name"]),
            (_("Position"), values.get("position", "")),
            (_("Gross pay"), values["pay"]),
        )
    return tuple((label, value) for label, value in rows if value)


def may_read(viewer: Viewer, document: Document) -> bool:
    """The person once told, and whoever may see the promotion; voided letters only the latter."""
    promotion = db.session.get(Promotion, document.subject_id)
    if promotion is None:
        return False
    own = policy.read_own(viewer, promotion) and promotion.document_id == document.id
    return own or policy.see_promotion(viewer, promotion)


LETTER = Letter(
    key="promotion",
    label=_l("Promotion letter"),
    hint=_l(
        "These are filled in for each person. A paragraph about pay is left out where the pay "
        "stays as it is."
    ),
    parts=("subject", "greeting", "body", "farewell", "consent"),
    placeholders=frozenset(
        {
            "person_name",
            "role_title",
            "former_role_title",
            "team_name",
            "site_name",
            "manager_name",
            "organisation_name",
            "start_date",
            "answer_by",
            "pay",
        }
    ),
    starter=Path(__file__).parent / "starter" / "letters.toml",
    template=KIND,
    paper=paper,
)

letters.register_letter(LETTER)
documents.register_kind(KIND, _l("Promotion letter"), may_read)
