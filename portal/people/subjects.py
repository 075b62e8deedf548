"""How the trail names records, and which of their values it keeps to itself."""

from __future__ import annotations

import json
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.core import i18n
from portal.core.audit import AuditEvent

LABELS: Final[dict[str, LazyString]] = {
    "account": _l("Account"),
    "application": _l("Application"),
    "approval_step": _l("Approval step"),
    "assessment": _l("Assessment"),
    "assessment_sheet": _l("Side of an assessment"),
    "attempt": _l("Result"),
    "award": _l("Certificate"),
    "award_check": _l("Check of a certificate"),
    "award_lapse": _l("Lapse of a certificate"),
    "award_revocation": _l("Revocation"),
    "badge": _l("Digital badge"),
    "badge_key": _l("Signing key of badges"),
    "bonus_entry": _l("Person in a bonus run"),
    "bonus_plan": _l("Bonus plan"),
    "bonus_run": _l("Bonus run"),
    "bonus_statement": _l("Bonus statement"),
    "calibration_change": _l("Change in calibration"),
    "career_plan": _l("Career plan"),
    "certification": _l("Certification"),
    "certification_mandate": _l("Mandatory certification"),
    "certification_pursuit": _l("Way to a certificate"),
    "certification_waiver": _l("Waiver"),
    "client_queue": _l("Client queue"),
    "competency": _l("Competency"),
    "completion": _l("Completed course"),
    "corrective_action": _l("Corrective action"),
    "course": _l("Course"),
    "course_session": _l("Session"),
    "credit": _l("Hours of continuing education"),
    "credit_category": _l("Kind of hours"),
    "document": _l("Document"),
    "employment": _l("Employment"),
    "enrolment": _l("Enrolment"),
    "enrolment_rule": _l("Enrolment rule"),
    "evidence": _l("Evidence"),
    "feedback_reply": _l("Answer to a request for feedback"),
    "feedback_request": _l("Request for feedback"),
    "goal": _l("Goal"),
    "goal_change": _l("Change of a goal"),
    "goal_check_in": _l("Check-in on a goal"),
    "grid_placement": _l("Place in the talent grid"),
    "grid_session": _l("Calibration session"),
    "interview": _l("Interview"),
    "interview_plan": _l("Interview plan"),
    "key_position": _l("Key position"),
    "letter_template": _l("Letter template"),
    "meeting": _l("1:1"),
    "meeting_series": _l("Series of 1:1s"),
    "mentor_profile": _l("Mentor profile"),
    "mentoring_action": _l("Action of mentoring"),
    "mentoring_entry": _l("Sign-up for mentoring"),
    "mentoring_feedback": _l("Feedback on mentoring"),
    "mentoring_match": _l("Match of mentoring"),
    "mentoring_pair": _l("Mentoring pair"),
    "mentoring_programme": _l("Mentoring programme"),
    "mentoring_session": _l("Mentoring session"),
    "move_wish": _l("Openness to moves"),
    "offer": _l("Offer"),
    "onboarding_check_in": _l("Check-in"),
    "onboarding_plan": _l("Onboarding plan"),
    "onboarding_task": _l("Onboarding task"),
    "onboarding_template": _l("Onboarding template"),
    "organisation": _l("Organisation"),
    "organisation_value": _l("Value of the organisation"),
    "outgoing_mail": _l("Mail"),
    "panel_decision": _l("Panel decision"),
    "pay_band": _l("Pay band"),
    "person": _l("Person"),
    "plan_action": _l("Action of a career plan"),
    "plan_round": _l("Round"),
    "position": _l("Position"),
    "posting": _l("Posting"),
    "probation_decision": _l("Probation decision"),
    "programme": _l("Programme"),
    "programme_enrolment": _l("Place in a programme"),
    "promotion": _l("Promotion"),
    "question": _l("Question"),
    "requisition": _l("Requisition"),
    "review": _l("Review"),
    "review_cycle": _l("Review cycle"),
    "review_part": _l("Part of a review"),
    "review_record": _l("Signed review"),
    "review_signature": _l("Signature of a review"),
    "review_template": _l("Review template"),
    "role": _l("Role"),
    "role_requirement": _l("Role requirement"),
    "saved_view": _l("Saved view"),
    "scorecard": _l("Scorecard"),
    "screening_criteria": _l("Screening criteria"),
    "site": _l("Site"),
    "survey": _l("Survey"),
    "survey_question": _l("Survey question"),
    "team": _l("Team"),
    "thanks": _l("Thanks"),
}

SEALED: Final = frozenset(
    {"scorecard", "scorecard_answer", "scorecard_amendment", "demographic_answer"}
)
"""Records whose values the trail never shows: panels score blind, answers on origin are secret."""

HIDDEN: Final = "•••"
LONGEST: Final = 200


def label(subject_type: str) -> str:
    """A kind of record in words."""
    return str(LABELS.get(subject_type, subject_type.replace("_", " ")))


def kinds() -> list[tuple[str, str]]:
    """Every kind of record, in words and in the reader's alphabetical order."""
    named = [(kind, str(words)) for kind, words in LABELS.items()]
    return sorted(named, key=lambda pair: i18n.sort_key(pair[1]))


def changes(event: AuditEvent) -> list[tuple[str, str, str]]:
    """Each changed column with its value before and after."""
    names = sorted(name for name in {*event.before, *event.after} if not name.startswith("sort_"))
    if event.subject_type in SEALED:
        return [(name, HIDDEN, HIDDEN) for name in names]
    return [(name, _text(event.before.get(name)), _text(event.after.get(name))) for name in names]


def _text(value: object) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
