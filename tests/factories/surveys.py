"""Surveys with sensible defaults; flushed, never committed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.people.models import Employment, Team
from portal.surveys import operations
from portal.surveys.models import Survey
from portal.surveys.operations import Start, Terms, Wording
from portal.surveys.states import SurveyQuestionKind
from tests.factories import people
from tests.factories.people import in_words

YES_NO = [in_words("Yes"), in_words("No")]
EVERY_KIND = (
    ("like", Wording(SurveyQuestionKind.SCALE, in_words("I like it here."))),
    ("recommend", Wording(SurveyQuestionKind.RECOMMEND, in_words("Would you recommend us?"))),
    ("stay", Wording(SurveyQuestionKind.CHOICE, in_words("Will you stay?"), YES_NO)),
    ("why", Wording(SurveyQuestionKind.TEXT, in_words("Why?"))),
)


def terms(**values: Any) -> Terms:
    """Everyone, from today for ten days, groups of five."""
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": in_words("Pulse"),
        "intro": in_words("A few questions."),
        "opens_on": today,
        "closes_on": today + timedelta(days=10),
    }
    return Terms(**(defaults | values))


def start(series: str = "pulse", questions: Any = EVERY_KIND) -> Start:
    return Start(series, series, in_words("Pulse"), in_words("A few."), questions)


def survey(*, by: Account | None = None, series: str = "pulse", **values: Any) -> Survey:
    """One with a question of each kind that nobody has seen."""
    row = operations.add_survey(terms(**values), start=start(series), by=by)
    db.session.flush()
    return row


def opened(**values: Any) -> Survey:
    """One that takes answers of everybody who works here now."""
    row = survey(**values)
    operations.start_survey(row, by=None)
    db.session.flush()
    return row


def staff(team: Team, number: int) -> list[Account]:
    """So many people of a team with accounts."""
    found = []
    for _n in range(number):
        person = people.person()
        people.employment(person, team=team)
        found.append(people.account(person=person))
    return found


def opened_for(team: Team, number: int = 6) -> Survey:
    """One that asks so many new people of a team."""
    staff(team, number)
    return opened()


def members(team: Team) -> list[Account]:
    """The accounts of a team's people."""
    of_team = sa.select(Employment.person_id).where(Employment.team_id == team.id)
    return list(db.session.scalars(sa.select(Account).where(Account.person_id.in_(of_team))))


def answer(survey: Survey, people: Iterable[Account], value: int = 4, text: str = "") -> None:
    """Each gives the same answer to every question."""
    for by in people:
        answers: dict[int, int | str | None] = {}
        for question in survey.questions:
            number = min(value, max(question.answers, default=0))
            answers[question.id] = number if question.is_counted else text
        operations.answer_survey(survey, answers, by=by)


def closed(survey: Survey) -> Survey:
    operations.close_survey(survey, by=None)
    db.session.flush()
    return survey
