"""The letters about the end of a probation, as papers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import Json, db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.offers import letters
from portal.offers.letters import Letter, Values
from portal.offers.operations import letter_in_force
from portal.onboarding import policy
from portal.onboarding.models import ProbationDecision
from portal.onboarding.states import DecisionState, ProbationOutcome

KIND = "probation_letter"
LABELS = {
    ProbationOutcome.PASS: _l("Probation letter: passed"),
    ProbationOutcome.EXTEND: _l("Probation letter: extended"),
    ProbationOutcome.END: _l("Probation letter: not continued"),
}
DAYS = {
    ProbationOutcome.PASS: "probation_ends_on",
    ProbationOutcome.EXTEND: "probation_ends_on",
    ProbationOutcome.END: "last_day",
}
"""What the letters call the day that the decision is about."""


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
    content = letter_in_force(LETTERS[decision.outcome]).content[language]
    values = _values(decision, language)
    return paper(decision.outcome, content, values, language, decision.message)


def paper(
    outcome: ProbationOutcome, content: Json, values: Values, language: str, message: str = ""
) -> ProbationLetter:
    """The paper of one language's text; ``message`` is the manager's own word."""
    return ProbationLetter(
        subject=letters.fill(content["subject"], values),
        recipient=values["person_name"],
        place_and_site=values["site_name"],
        greeting=letters.fill(content["greeting"], values),
        paragraphs=letters.paragraphs(content, values),
        message=message,
        facts=_facts(outcome, values, language),
        farewell=letters.fill(content["farewell"], values),
        signature=values["organisation_name"],
    )


def _values(decision: ProbationDecision, language: str) -> dict[str, str]:
    plan = decision.plan
    day = decision.until or plan.probation_ends_on
    assert day is not None
    with force_locale(language):
        return {
            "person_name": plan.person.display_name,
            "role_title": words(plan.employment.role.title, language),
            "site_name": words(plan.employment.site.name, language),
            "organisation_name": brand().name,
            "start_date": i18n.date(plan.starts_on, "long"),
            DAYS[decision.outcome]: i18n.date(day, "long"),
        }


def _facts(outcome: ProbationOutcome, values: Values, language: str) -> tuple[tuple[str, str], ...]:
    last = {
        ProbationOutcome.EXTEND: _l("Probation until"),
        ProbationOutcome.END: _l("Last day of work"),
    }
    with force_locale(language):
        rows = [
            (_("Role"), values["role_title"]),
            (_("First day"), values["start_date"]),
            (_("Probation"), str(outcome.label)),
        ]
        if outcome in last:
            rows.append((str(last[outcome]), values[DAYS[outcome]]))
    return tuple(rows)


def may_read(viewer: Viewer, document: Document) -> bool:
    """The person it is about, and those who answer for the plan."""
    decision = db.session.get(ProbationDecision, document.subject_id)
    if decision is None or decision.state is not DecisionState.CONFIRMED:
        return False
    own = viewer.person_id == decision.plan.person_id
    return own or policy.see_probation(viewer, decision)


def _letter(outcome: ProbationOutcome, label: LazyString) -> Letter:
    common = {"person_name", "role_title", "site_name", "organisation_name", "start_date"}
    return Letter(
        key=f"probation-{outcome}",
        label=label,
        hint=_l(
            "These are filled in for each person. What the manager adds is printed below the body."
        ),
        parts=("subject", "greeting", "body", "farewell"),
        placeholders=frozenset(common | {DAYS[outcome]}),
        starter=Path(__file__).parent / "starter" / "letters.toml",
        template=KIND,
        paper=partial(paper, outcome),
    )


LETTERS = {outcome: _letter(outcome, label) for outcome, label in LABELS.items()}

for letter in LETTERS.values():
    letters.register_letter(letter)
documents.register_kind(KIND, _l("Probation letter"), may_read)
