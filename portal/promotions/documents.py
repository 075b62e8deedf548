"""The promotion letter as a paper."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import Words, db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.promotions import policy
from portal.promotions.models import Promotion

KIND = "promotion_letter"
STARTER = Path(__file__).parent / "starter" / "letter.toml"


@dataclass(frozen=True)
class PromotionLetter:
    """Everything the letter shows, as text in its language."""

    subject: str
    recipient: str
    place_and_site: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    farewell: str
    signature: str


@cache
def texts() -> dict[str, Words]:
    """The letter's texts by part, each in every language."""
    return tomllib.loads(STARTER.read_text(encoding="utf-8"))


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
    values = _values(promotion, language)

    def part(name: str) -> str:
        return words(texts()[name], language).format(**values)

    middle = [part("pay")] if values["pay"] else []
    return PromotionLetter(
        subject=part("subject"),
        recipient=values["name"],
        place_and_site=values["site"],
        greeting=part("greeting"),
        paragraphs=(part("opening"), *middle, *part("body").split("\n\n")),
        facts=_facts(values, language),
        farewell=part("farewell"),
        signature=values["organisation"],
    )


def consent() -> str:
    """What the person agrees to when accepting, in the reader's language."""
    return words(texts()["consent"])


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
            "name": promotion.person.display_name,
            "role": words(promotion.role.title, language),
            "former_role": words(promotion.employment.role.title, language),
            "team": words(promotion.team.name, language),
            "site": words(promotion.site.name, language),
            "manager": promotion.manager.display_name,
            "organisation": brand().name,
            "day": i18n.date(promotion.starts_on, "long"),
            "answer_by": i18n.date(last_day_to_answer(promotion), "long"),
            "pay": pay,
            "position": promotion.position.code if promotion.position else "",
            "leads": _("Yes") if promotion.leads_team else "",
        }


def _facts(values: dict[str, str], language: str) -> tuple[tuple[str, str], ...]:
    with force_locale(language):
        rows = (
            (_("Role"), values["role"]),
            (_("Role until then"), values["former_role"]),
            (_("In effect from"), values["day"]),
            (_("Team"), values["team"]),
            (_("Leads the team"), values["leads"]),
            (_("Place of work"), values["site"]),
            (_("Manager"), values["manager"]),
            (_("Position"), values["position"]),
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


documents.register_kind(KIND, _l("Promotion letter"), may_read)
