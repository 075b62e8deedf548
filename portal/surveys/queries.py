"""Surveys as selects: lists, who is asked, what was counted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Person, Team
from portal.people.queries import within
from portal.people.queries.employments import covering
from portal.surveys import policy
from portal.surveys.models import (
    Survey,
    SurveyReceipt,
    SurveyTally,
    SurveyText,
)
from portal.surveys.states import SurveyAudience, SurveyState


def surveys() -> sa.Select[*tuple[Any, ...]]:
    """All surveys as list rows, with how many are asked and how many have answered."""
    receipt = SurveyReceipt
    asked = sa.select(sa.func.count()).where(receipt.survey_id == Survey.id)
    return sa.select(
        Survey.id,
        Survey.title,
        Survey.state,
        Survey.opens_on,
        Survey.closes_on,
        asked.scalar_subquery().label("asked"),
        asked.where(receipt.answered).scalar_subquery().label("answered"),
    )


def asking(viewer: Account) -> sa.Select[Survey]:
    """Open surveys that wait for an answer of the viewer, the first to close first."""
    return (
        sa.select(Survey)
        .join(SurveyReceipt, SurveyReceipt.survey_id == Survey.id)
        .where(Survey.state == SurveyState.OPEN, Survey.closes_on >= clock.today(viewer.time_zone))
        .where(SurveyReceipt.person_id == viewer.person_id, ~SurveyReceipt.answered)
        .order_by(Survey.closes_on, Survey.id)
    )


def answered_by(viewer: Account) -> sa.Select[Survey]:
    """Open surveys that the viewer has answered."""
    return (
        sa.select(Survey)
        .join(SurveyReceipt, SurveyReceipt.survey_id == Survey.id)
        .where(Survey.state == SurveyState.OPEN)
        .where(SurveyReceipt.person_id == viewer.person_id, SurveyReceipt.answered)
        .order_by(Survey.closes_on, Survey.id)
    )


def with_results(viewer: Account) -> sa.Select[Survey]:
    """Surveys that are over and asked somebody whose results the viewer sees, newest first."""
    found = sa.select(Survey).where(Survey.state == SurveyState.CLOSED)
    if not policy.sees_all_results(viewer):
        led = [within(Team.path, path) for path in viewer.led_paths]
        asked = sa.exists().where(
            SurveyReceipt.survey_id == Survey.id,
            Team.id == SurveyReceipt.team_id,
            sa.or_(sa.false(), *led),
        )
        found = found.where(asked)
    return found.order_by(Survey.closed_at.desc(), Survey.id.desc())


def receipt_of(survey: Survey, person_id: int) -> sa.Select[SurveyReceipt]:
    """Whether somebody is asked, and has answered."""
    return sa.select(SurveyReceipt).where(
        SurveyReceipt.survey_id == survey.id, SurveyReceipt.person_id == person_id
    )


def audience_of(survey: Survey) -> sa.Select[*tuple[Any, ...]]:
    """Who works here now and would be asked: person, team, site, and the first day here."""
    first = (
        sa.select(sa.func.min(Employment.starts_on).label("first"), Employment.person_id)
        .group_by(Employment.person_id)
        .subquery()
    )
    found = (
        sa.select(
            Person.id,
            Person.language,
            Employment.team_id,
            Team.path,
            Employment.site_id,
            first.c.first,
        )
        .join(Employment, Employment.person_id == Person.id)
        .join(Team, Team.id == Employment.team_id)
        .join(first, first.c.person_id == Person.id)
        .where(covering(clock.today()))
        .order_by(Person.id)
    )
    if survey.audience is SurveyAudience.ROLE:
        return found.where(Employment.role_id == survey.role_id)
    if survey.audience is SurveyAudience.TEAM and survey.team is not None:
        return found.where(within(Team.path, survey.team.path))
    return found


def places_of(survey_id: int) -> sa.Select[*tuple[Any, ...]]:
    """How many are asked and have answered for each team, site and time here that occurs."""
    receipt = SurveyReceipt
    return (
        sa.select(
            receipt.path,
            receipt.site_id,
            receipt.tenure,
            sa.func.count().label("asked"),
            sa.func.sum(sa.case((receipt.answered, 1), else_=0)).label("answered"),
        )
        .where(receipt.survey_id == survey_id)
        .group_by(receipt.path, receipt.site_id, receipt.tenure)
    )


def tallies_of(question_ids: Collection[int], groupings: Collection[str]) -> sa.Select[Any]:
    """What was counted of some questions in some groups."""
    return sa.select(SurveyTally).where(
        SurveyTally.question_id.in_(question_ids), SurveyTally.grouping.in_(groupings)
    )


def texts_of(question_id: int) -> sa.Select[str]:
    """The answers in own words, by their random keys."""
    rows = sa.select(SurveyText.text).where(SurveyText.question_id == question_id)
    return rows.order_by(SurveyText.id)


def unanswered(survey_id: int) -> sa.Select[int]:
    """The people who have not answered."""
    return sa.select(SurveyReceipt.person_id).where(
        SurveyReceipt.survey_id == survey_id, ~SurveyReceipt.answered
    )


def previous(survey: Survey) -> sa.Select[Survey]:
    """The survey of the same series that was over before this one opened."""
    return (
        sa.select(Survey)
        .where(Survey.series == survey.series, Survey.id != survey.id)
        .where(Survey.state == SurveyState.CLOSED, Survey.closed_at <= survey.opened_at)
        .order_by(Survey.closed_at.desc())
        .limit(1)
        .options(selectinload(Survey.questions))
    )


def to_copy() -> sa.Select[Survey]:
    """Surveys whose questions another one can begin with, newest first."""
    return sa.select(Survey).order_by(Survey.id.desc()).limit(50)


def due(state: SurveyState) -> sa.Select[Survey]:
    """Surveys in a state, by their last day."""
    return sa.select(Survey).where(Survey.state == state).order_by(Survey.closes_on, Survey.id)
