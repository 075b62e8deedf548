"""Answering: the answers are counted in each group, and the receipt says only that it was done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.surveys.groups import keys_of
from portal.surveys.models import Survey, SurveyQuestion, SurveyReceipt, SurveyTally, SurveyText
from portal.surveys.operations.course import lock

Answers = Mapping[int, int | str | None]
"""By the question's id: the number, the place of the choice, or own words."""


def answer_survey(survey: Survey, answers: Answers, *, by: Account) -> None:
    """Count somebody's answers. Nothing is recorded that ties them to the person.

    Each number is added to those of every group the person belongs to, apart for each question, so
    that not even the answers of one person stand together.

    Raises:
        Refused: if the survey is not open, the person is not asked or has answered, a question is
            left out, or an answer was not on offer.
    """
    numbers, texts = _checked(survey, answers)
    lock(survey)
    if not survey.is_open or survey.closes_on < clock.today(by.time_zone):
        raise Refused(_("This survey is over."))
    receipt = _tear_off(survey, by.person_id)
    keys = set(keys_of(receipt.path, receipt.site_id, str(receipt.tenure))) & set(survey.counted)
    for question_id, value in numbers.items():
        db.session.execute(
            sa.update(SurveyTally)
            .where(SurveyTally.question_id == question_id, SurveyTally.value == value)
            .where(SurveyTally.grouping.in_(keys))
            .values(times=SurveyTally.times + 1)
            .execution_options(synchronize_session=False)
        )
    rows = [
        {"id": secrets.token_hex(16), "question_id": question_id, "text": text}
        for question_id, text in texts.items()
    ]
    if rows:
        db.session.execute(sa.insert(SurveyText), rows)


def _tear_off(survey: Survey, person_id: int) -> sa.Row[tuple[str, int, str]]:
    """Mark the receipt as used; of two clicks at once only the first finds it."""
    torn = db.session.execute(
        sa.update(SurveyReceipt)
        .where(SurveyReceipt.survey_id == survey.id, SurveyReceipt.person_id == person_id)
        .where(~SurveyReceipt.answered)
        .values(answered=True)
        .returning(SurveyReceipt.path, SurveyReceipt.site_id, SurveyReceipt.tenure)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if torn is None:
        raise Refused(_("You have answered this survey, or it does not ask you."))
    return torn  # type: ignore[return-value]


def _checked(survey: Survey, answers: Answers) -> tuple[dict[int, int], dict[int, str]]:
    numbers: dict[int, int] = {}
    texts: dict[int, str] = {}
    for question in survey.questions:
        given = answers.get(question.id)
        if question.is_counted:
            numbers[question.id] = _number(question, given)
        elif isinstance(given, str) and given.strip():
            texts[question.id] = given.strip()
    return numbers, texts


def _number(question: SurveyQuestion, given: int | str | None) -> int:
    if not isinstance(given, int) or given not in question.answers:
        raise Refused(_("Choose an answer."), f"q{question.id}")
    return given
