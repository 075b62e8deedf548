"""The course of a survey: it opens, reminds once, may last longer, and is over for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, jobs
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people.discretion import smallest_group
from portal.surveys import queries
from portal.surveys.groups import ALL, answered, asked, groups_of, large_enough
from portal.surveys.models import Survey, SurveyReceipt, SurveyTally, SurveyText
from portal.surveys.states import SURVEY_MOVES, SurveyFact, SurveyState, TenureBand

SOME = 100
"""People told in one transaction: on SQLite it keeps every other writer waiting."""

REMIND_BEFORE = timedelta(days=2)
YEAR = timedelta(days=365)
BATCH = 500


def open_survey(survey: Survey, *, by: Account) -> None:
    """Open a survey now, or on its first day if that is still to come.

    Raises:
        Refused: if it asks nothing, and as for ``start_survey``.
    """
    if not survey.questions:
        raise Refused(_("Add a question first."))
    if survey.opens_on > clock.today(by.time_zone):
        require_move(SURVEY_MOVES, survey.state, SurveyState.PLANNED)
        survey.state = SurveyState.PLANNED
        audit.record(SurveyFact.PLANNED, survey, by=by)
        return
    start_survey(survey, by=by)


def start_survey(survey: Survey, *, by: Account | None) -> None:
    """Fix who is asked and which groups are counted, and tell them.

    Raises:
        Refused: if its last day is over, too few are asked, or it was open before.
    """
    if survey.closes_on < clock.today():
        raise Refused(_("Its last day is over. Choose a later one first."))
    require_move(SURVEY_MOVES, survey.state, SurveyState.OPEN)
    _keep_discretion(survey)
    people = db.session.execute(queries.audience_of(survey)).all()
    if len(people) < survey.minimum:
        raise Refused(
            _("This asks %(asked)s people, and a result needs %(least)s answers. Ask more people.",
              asked=len(people), least=survey.minimum)
        )  # fmt: skip
    survey.state, survey.opened_at = SurveyState.OPEN, clock.now()
    db.session.flush()
    db.session.execute(sa.insert(SurveyReceipt), [_receipt(survey, one) for one in people])
    groups = groups_of(survey)
    survey.counted = sorted(large_enough(groups, asked, survey.minimum))
    _make_tallies(survey)
    audit.record(SurveyFact.OPENED, survey, by=by)
    _tell("surveys.tell_some", survey, [one.id for one in people])


def _receipt(survey: Survey, one: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of audience_of
    return {
        "survey_id": survey.id,
        "person_id": one.id,
        "team_id": one.team_id,
        "path": one.path,
        "site_id": one.site_id,
        "tenure": tenure_of(one.first, clock.today()),
        "answered": False,
    }


def tenure_of(first: date, day: date) -> TenureBand:
    """How long somebody who came on a day has been here on another."""
    years = (day - first) / YEAR
    marks = ((1, TenureBand.FIRST_YEAR), (3, TenureBand.SECOND), (6, TenureBand.MIDDLE))
    return next((band for mark, band in marks if years < mark), TenureBand.LONG)


def _make_tallies(survey: Survey) -> None:
    """All rows there can be, at once: later nothing tells which answer came first."""
    rows = [
        {"question_id": question.id, "grouping": key, "value": value, "times": 0}
        for question in survey.questions if question.is_counted
        for key in survey.counted
        for value in question.answers
    ]  # fmt: skip
    for start in range(0, len(rows), BATCH):
        db.session.execute(sa.insert(SurveyTally), rows[start : start + BATCH])


def _tell(job: str, survey: Survey, person_ids: Sequence[int]) -> None:
    for start in range(0, len(person_ids), SOME):
        some = list(person_ids[start : start + SOME])
        jobs.enqueue(job, survey_id=survey.id, person_ids=some)


def extend_survey(survey: Survey, closes_on: date, *, by: Account) -> None:
    """Let it last longer.

    Raises:
        Refused: if it is not open, or the day is not later than the present one.
    """
    if not survey.is_open:
        raise Refused(_("Only a survey that is open can last longer."))
    if closes_on <= survey.closes_on or closes_on < clock.today():
        raise Refused(_("Choose a day after the present last day."), "closes_on")
    survey.closes_on = closes_on
    audit.record(SurveyFact.EXTENDED, survey, by=by)


def remind(survey: Survey, *, by: Account | None) -> None:
    """Remind those who have not answered; a survey reminds once.

    Raises:
        Refused: if it is not open, or has reminded before.
    """
    if not survey.is_open:
        raise Refused(_("Only a survey that is open can remind people."))
    if survey.reminded_at is not None:
        raise Refused(_("Everybody was reminded once. That is enough."))
    survey.reminded_at = clock.now()
    audit.record(SurveyFact.REMINDED, survey, by=by)
    _tell("surveys.remind_some", survey, db.session.scalars(queries.unanswered(survey.id)).all())


def close_survey(survey: Survey, *, by: Account | None) -> None:
    """End a survey for good and forget what was counted of groups that may not be shown.

    Raises:
        Refused: if it is not open.
    """
    lock(survey)
    require_move(SURVEY_MOVES, survey.state, SurveyState.CLOSED)
    _keep_discretion(survey)
    shown = large_enough(groups_of(survey), answered, survey.minimum)
    survey.counted = sorted(shown & set(survey.counted))
    ids = [one.id for one in survey.questions]
    db.session.execute(
        sa.delete(SurveyTally).where(
            SurveyTally.question_id.in_(ids), SurveyTally.grouping.not_in(survey.counted)
        )
    )
    _forget_few_texts(survey, ids)
    survey.state, survey.closed_at = SurveyState.CLOSED, clock.now()
    audit.record(SurveyFact.CLOSED, survey, by=by)


def _keep_discretion(survey: Survey) -> None:
    """The organisation may have come to hide more since the survey was written."""
    survey.minimum = max(survey.minimum, smallest_group())


def _forget_few_texts(survey: Survey, question_ids: Sequence[int]) -> None:
    """Own words that too few wrote to show are not kept either."""
    few = (
        sa.select(SurveyText.question_id)
        .where(SurveyText.question_id.in_(question_ids))
        .group_by(SurveyText.question_id)
        .having(sa.func.count() < survey.minimum)
    )
    wanted = question_ids if ALL not in survey.counted else few
    db.session.execute(sa.delete(SurveyText).where(SurveyText.question_id.in_(wanted)))


def lock(survey: Survey) -> None:
    """Let answers and the closing wait for one another, and read the state anew."""
    db.session.refresh(survey, ["state", "counted", "version"], with_for_update=True)


def _start_planned(survey: Survey) -> None:
    """Open it, or hand it back to HR where that cannot be."""
    try:
        start_survey(survey, by=None)
    except Refused:
        survey.state = SurveyState.DRAFT
        audit.record(SurveyFact.CHANGED, survey, by=None)


def look_after(day: date) -> None:
    """Every day: open what is due, remind once two days before the end, close what is over."""
    for survey in db.session.scalars(queries.due(SurveyState.PLANNED)):
        if survey.opens_on <= day:
            _start_planned(survey)
    for survey in db.session.scalars(queries.due(SurveyState.OPEN)):
        if survey.closes_on < day:
            close_survey(survey, by=None)
        elif survey.closes_on - REMIND_BEFORE <= day and survey.reminded_at is None:
            remind(survey, by=None)
