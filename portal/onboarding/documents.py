"""The letter about the end of a probation, as a paper."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.onboarding import policy
from portal.onboarding.models import ProbationDecision
from portal.onboarding.starter import probation_pack
from portal.onboarding.states import DecisionState, ProbationOutcome

KIND = "probation_letter"


@dataclass(frozen=True)
class ProbationLetter:
    """Everything the letter shows, as text in its language."""

    subject: str
    recipient: str
    place_and_site: str
    greeting: str
    paragraphs: tuple[str, ...]
    message: str
    facts: tuple[tuple[str, str], ...]
    farewell: str
    signature: str


def issue_letter(decision: ProbationDecision, *, by: Viewer) -> Document:
    """Freeze the letter of a confirmed decision and have it printed once."""
    plan = decision.plan
    return documents.issue(
        KIND,
        letter_of(decision),
        subject=decision,
        locale=plan.person.language,
        by=by,
        country=plan.employment.site.country,
        time_zone=plan.employment.site.time_zone,
    )


def letter_of(decision: ProbationDecision) -> ProbationLetter:
    """The letter a decision makes, in the person's language."""
    language = decision.plan.person.language
    pack = probation_pack()
    letter = pack["letter"][str(decision.outcome)]
    values = _values(decision, language)
    return ProbationLetter(
        subject=words(letter["subject"], language),
        recipient=decision.plan.person.display_name,
        place_and_site=words(decision.plan.employment.site.name, language),
        greeting=words(pack["greeting"], language).format(**values),
        paragraphs=tuple(words(letter["body"], language).format(**values).split("\n\n")),
        message=decision.message,
        facts=_facts(decision, values, language),
        farewell=words(pack["farewell"], language),
        signature=values["organisation"],
    )


def _values(decision: ProbationDecision, language: str) -> dict[str, str]:
    plan = decision.plan
    day = decision.until or plan.probation_ends_on
    assert day is not None
    with force_locale(language):
        return {
            "name": plan.person.display_name,
            "role": words(plan.employment.role.title, language),
            "organisation": brand().name,
            "first_day": i18n.date(plan.starts_on, "long"),
            "day": i18n.date(day, "long"),
        }


def _facts(
    decision: ProbationDecision, values: dict[str, str], language: str
) -> tuple[tuple[str, str], ...]:
    last = {
        ProbationOutcome.EXTEND: _l("Probation until"),
        ProbationOutcome.END: _l("Last day of work"),
    }
    with force_locale(language):
        rows = [
            (_("Role"), values["role"]),
            (_("First day"), values["first_day"]),
            (_("Probation"), str(decision.outcome.label)),
        ]
        if decision.outcome in last:
            rows.append((str(last[decision.outcome]), values["day"]))
    return tuple(rows)


def may_read(viewer: Viewer, document: Document) -> bool:
    """The person it is about, and those who answer for the plan."""
    decision = db.session.get(ProbationDecision, document.subject_id)
    if decision is None or decision.state is not DecisionState.CONFIRMED:
        return False
    own = viewer.person_id == decision.plan.person_id
    return own or policy.see_probation(viewer, decision)


documents.register_kind(KIND, _l("Probation letter"), may_read)
