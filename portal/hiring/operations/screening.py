"""Screening an application against the fixed criteria, the score first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.hiring.models import Application, ScreeningCriteria, ScreeningResult
from portal.hiring.operations.application import move_application
from portal.hiring.states import HiringFact, OverrideReason, RejectionReason, Stage

HIGHEST = 4
"""The best value of a weighted criterion; the lowest is 0."""


@dataclass(frozen=True)
class MechanicalScore:
    """What the criteria alone say of an application; ``score`` runs from 0 to 100."""

    score: int
    must_haves_met: bool
    passes: bool


def score_answers(criteria: ScreeningCriteria, answers: Mapping[str, object]) -> MechanicalScore:
    """Σ weight · value / 4, rounded half up; passes with every must-have and at least the cut.

    Raises:
        Refused: at the criterion that has no answer, or one that is out of range.
    """
    met = [_yes_or_no(answers, item) for item in criteria.must_haves]
    total = sum(item["weight"] * _value(answers, item) for item in criteria.weighted)
    score = (total + 2) // HIGHEST
    return MechanicalScore(score, all(met), all(met) and score >= criteria.cut)


def screen_application(
    application: Application,
    *,
    answers: Mapping[str, object],
    advance: bool,
    override_reason: OverrideReason | None = None,
    note: str = "",
    by: Account,
) -> ScreeningResult:
    """Store how an application meets the criteria, and advance or reject it.

    Raises:
        Refused: if no criteria are fixed, an answer is missing, the stage is past screening, or a
            decision against the score has no reason or no note.
    """
    criteria = _require_screenable(application)
    scored = score_answers(criteria, answers)
    against = advance is not scored.passes
    if against:
        _require_grounds(override_reason, note)
    result = _result_of(application, criteria)
    asked = [item["key"] for item in (*criteria.must_haves, *criteria.weighted)]
    result.answers = {key: answers[key] for key in asked}
    result.score, result.must_haves_met = scored.score, scored.must_haves_met
    result.passes, result.advanced = scored.passes, advance
    result.override_reason = override_reason if against else None
    result.note = note.strip()
    result.screened_at, result.screened_by_id = clock.now(), by.id
    db.session.add(result)
    application.screening_score = scored.score
    application.must_haves_met = scored.must_haves_met
    audit.record(
        HiringFact.SCREENED,
        application,
        by=by,
        criteria=criteria.number,
        passes=scored.passes,
        advanced=advance,
        override_reason=result.override_reason,
    )
    _decide(application, scored, advance=advance, by=by)
    return result


def _require_screenable(application: Application) -> ScreeningCriteria:
    if application.stage not in {Stage.APPLIED, Stage.SCREENED}:
        raise Refused(
            _(
                "This application is past screening: it is at “%(stage)s” now.",
                stage=application.stage.label,
            )
        )
    criteria = application.posting.latest_criteria
    if criteria is None:
        raise Refused(_("Fix the screening criteria of this posting first."))
    return criteria


def _require_grounds(reason: OverrideReason | None, note: str) -> None:
    if reason is None:
        raise Refused(_("This goes against the score. Choose why."), "override_reason")
    if not note.strip():
        raise Refused(_("Say in a sentence what the score doesn't show."), "note")


def _result_of(application: Application, criteria: ScreeningCriteria) -> ScreeningResult:
    """The row of this version: screening again under it replaces what an undo has taken back."""
    rows = sa.select(ScreeningResult).where(
        ScreeningResult.application_id == application.id,
        ScreeningResult.criteria_id == criteria.id,
    )
    return db.session.scalar(rows) or ScreeningResult(
        application_id=application.id, criteria_id=criteria.id
    )


def _decide(
    application: Application, scored: MechanicalScore, *, advance: bool, by: Account
) -> None:
    if not advance:
        move_application(application, Stage.REJECTED, by=by, reason=_reason(scored))
    elif application.stage is Stage.APPLIED:
        move_application(application, Stage.SCREENED, by=by)


def _reason(scored: MechanicalScore) -> RejectionReason:
    if not scored.must_haves_met:
        return RejectionReason.MUST_HAVE
    return RejectionReason.STRONGER if scored.passes else RejectionReason.BELOW_CUT


def _yes_or_no(answers: Mapping[str, object], item: Json) -> bool:
    value = answers.get(item["key"])
    if not isinstance(value, bool):
        raise Refused(_("Say yes or no for each must-have."), item["key"])
    return value


def _value(answers: Mapping[str, object], item: Json) -> int:
    value = answers.get(item["key"])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST:
        raise Refused(_("Choose a value from 0 to 4 for each criterion."), item["key"])
    return value
