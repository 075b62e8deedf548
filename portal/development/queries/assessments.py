"""Assessments of a person, and whose turn it is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Account
from portal.development.models import (
    Assessment,
    AssessmentFile,
    AssessmentLine,
    AssessmentSheet,
)
from portal.development.queries.answering import managed_by
from portal.development.states import AssessmentState, Side
from portal.people.models import Person

LIVE = (AssessmentState.OPEN, AssessmentState.COMPLETE)


def assessments_of(person_id: int) -> sa.Select[Assessment]:
    """All assessments of a person, newest first, without what anybody wrote."""
    return (
        sa.select(Assessment)
        .where(Assessment.person_id == person_id)
        .options(joinedload(Assessment.role, innerjoin=True), selectinload(Assessment.sheets))
        .order_by(Assessment.id.desc())
    )


def live_assessment(person_id: int) -> sa.Select[Assessment]:
    """The one under way: one row or none."""
    return assessments_of(person_id).where(Assessment.state.in_(LIVE))


def assessment_in_full(assessment_id: int) -> sa.Select[Assessment]:
    """One assessment with its lines, and both sides with answers and files."""
    sheets = selectinload(Assessment.sheets)
    return (
        sa.select(Assessment)
        .where(Assessment.id == assessment_id)
        .options(
            joinedload(Assessment.role, innerjoin=True),
            joinedload(Assessment.agreed_by),
            selectinload(Assessment.lines).joinedload(
                AssessmentLine.competency_version, innerjoin=True
            ),
            sheets.joinedload(AssessmentSheet.author),
            sheets.selectinload(AssessmentSheet.answers),
            sheets.selectinload(AssessmentSheet.files).joinedload(AssessmentFile.file),
        )
    )


def sheet_in_full(sheet_id: int) -> sa.Select[AssessmentSheet]:
    """One side with its questions, its own answers and files, and nothing of the other side."""
    assessment = joinedload(AssessmentSheet.assessment, innerjoin=True)
    return (
        sa.select(AssessmentSheet)
        .where(AssessmentSheet.id == sheet_id)
        .options(
            assessment.joinedload(Assessment.person, innerjoin=True),
            assessment.joinedload(Assessment.role, innerjoin=True),
            assessment.selectinload(Assessment.lines).joinedload(
                AssessmentLine.competency_version, innerjoin=True
            ),
            selectinload(AssessmentSheet.answers),
            selectinload(AssessmentSheet.files).joinedload(AssessmentFile.file),
        )
    )


def sheets_to_fill(viewer: Account) -> sa.Select[AssessmentSheet]:
    """Sides that wait for this account, the most urgent first."""
    own = sa.and_(AssessmentSheet.side == Side.SELF, Person.id == viewer.person_id)
    others = sa.and_(AssessmentSheet.side == Side.MANAGER, managed_by(viewer))
    return (
        sa.select(AssessmentSheet)
        .join(AssessmentSheet.assessment)
        .join(Assessment.person)
        .where(
            Assessment.state == AssessmentState.OPEN,
            AssessmentSheet.submitted_at.is_(None),
            sa.or_(own, others),
        )
        .options(
            contains_eager(AssessmentSheet.assessment).options(
                contains_eager(Assessment.person),
                joinedload(Assessment.role, innerjoin=True),
            )
        )
        .order_by(Assessment.due_on, AssessmentSheet.id)
    )


def talks_to_hold(viewer: Account) -> sa.Select[Assessment]:
    """Assessments both sides of which are in, of people whose manager the viewer is."""
    return (
        sa.select(Assessment)
        .join(Assessment.person)
        .where(Assessment.state == AssessmentState.COMPLETE, managed_by(viewer))
        .options(contains_eager(Assessment.person), joinedload(Assessment.role, innerjoin=True))
        .order_by(sa.func.coalesce(Assessment.talk_on, Assessment.due_on), Assessment.id)
    )
