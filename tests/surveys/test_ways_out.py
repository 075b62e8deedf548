"""Surveys: who may do what in each state, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.surveys import jobs, operations, policy
from portal.surveys.models import Survey
from portal.surveys.operations import Wording
from portal.surveys.operations.question import MOST_QUESTIONS
from portal.surveys.states import SurveyQuestionKind, SurveyState
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import surveys as make
from tests.factories.people import in_words

ASKS = Wording(SurveyQuestionKind.SCALE, in_words("I feel safe here."))


@pytest.fixture
def hr(db_session: Any, clock: Any) -> Any:
    return people.account(roles=["hr"])


@pytest.fixture
def running(hr: Any) -> Survey:
    return make.opened_for(people.team())


POLICY = {
    # rule: (who while it is being written, who while it is open, who once it is over)
    "keep_survey": ("hr", "hr", "hr"),
    "change_survey": ("hr", "", ""),
    "answer_survey": ("", "hr executive lead agent", "hr executive lead agent"),
    "see_results": ("", "", "hr executive lead"),
}


@pytest.mark.parametrize("rule", POLICY)
def test_who_may_do_what(hr: Any, rule: str) -> None:
    survey = make.opened_for(people.team())
    accounts = {
        "hr": hr, "executive": people.account(roles=["executive"]),
        "lead": people.account(leads=people.team()), "agent": people.account(),
    }  # fmt: skip
    states = (SurveyState.DRAFT, SurveyState.OPEN, SurveyState.CLOSED)
    for state, names in zip(states, POLICY[rule], strict=True):
        with db.session.no_autoflush:
            survey.state = state
            found = [name for name, one in accounts.items() if getattr(policy, rule)(one, survey)]
        assert " ".join(found) == names, state
    db.session.expire(survey)


def test_a_survey_whose_last_day_is_over_does_not_begin(hr: Any, clock: Any) -> None:
    survey = make.survey()
    clock(MOMENT + timedelta(days=11))
    with pytest.raises(Refused, match="Its last day is over"):
        operations.start_survey(survey, by=hr)
    assert survey.state is SurveyState.DRAFT


def test_a_survey_that_is_not_open_reminds_nobody(hr: Any, running: Survey) -> None:
    operations.close_survey(running, by=hr)
    for survey in (running, make.survey(series="other")):
        with pytest.raises(Refused, match="Only a survey that is open can remind"):
            operations.remind(survey, by=hr)
        with pytest.raises(Refused, match="Only a survey that is open can last"):
            operations.extend_survey(survey, MOMENT.date() + timedelta(days=30), by=hr)


def test_a_survey_begins_and_ends_once(hr: Any, running: Survey) -> None:
    with pytest.raises(Refused):
        operations.start_survey(running, by=hr)
    operations.close_survey(running, by=hr)
    with pytest.raises(Refused):
        operations.close_survey(running, by=hr)


def test_what_people_have_seen_stays_as_it_is(hr: Any, running: Survey) -> None:
    question = running.questions[0]
    for change in (
        lambda: operations.add_question(running, ASKS, by=hr),
        lambda: operations.change_question(question, ASKS, position=1, by=hr),
        lambda: operations.remove_question(question, by=hr),
        lambda: operations.change_survey(running, make.terms(), by=hr),
    ):
        with pytest.raises(Refused, match="People have seen this survey"):
            change()


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (replace(ASKS, text={"tr": "Güvende miyim?"}), "text"),
        (replace(ASKS, kind=SurveyQuestionKind.CHOICE), "choices"),
        (replace(ASKS, kind=SurveyQuestionKind.CHOICE, choices=make.YES_NO[:1]), "choices"),
    ],
)
def test_a_question_nobody_could_answer_is_refused(hr: Any, wording: Wording, field: str) -> None:
    survey = make.survey()
    for ask in (
        lambda: operations.add_question(survey, wording, by=hr),
        lambda: operations.change_question(survey.questions[0], wording, position=1, by=hr),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.field == field


def test_a_survey_asks_no_more_than_people_answer(hr: Any) -> None:
    survey = make.survey()
    for _one in range(MOST_QUESTIONS - len(survey.questions)):
        operations.add_question(survey, ASKS, by=hr)
    with pytest.raises(Refused, match=f"at most {MOST_QUESTIONS}"):
        operations.add_question(survey, ASKS, by=hr)


@pytest.mark.parametrize("tell", [jobs.tell_some, jobs.remind_some])
def test_nobody_is_asked_for_answers_to_a_survey_that_ended_meanwhile(
    hr: Any, running: Survey, tell: Any
) -> None:
    from portal.accounts.models import Account

    asked = [one for one in db.session.scalars(db.select(Account.person_id)) if one]
    db.session.flush()
    db.session.query(Notice).delete()
    operations.close_survey(running, by=hr)
    db.session.flush()
    before = db.session.query(Notice).count()
    tell(running.id, asked)
    db.session.flush()
    assert db.session.query(Notice).count() == before


def test_the_calendar_begins_what_was_planned_and_ends_what_is_over(hr: Any, clock: Any) -> None:
    make.staff(people.team(), 6)
    survey = make.survey(
        opens_on=MOMENT.date() + timedelta(days=2), closes_on=MOMENT.date() + timedelta(days=9)
    )
    operations.open_survey(survey, by=hr)
    seen = []
    for days in (1, 2, 9, 10):
        clock(MOMENT + timedelta(days=days))
        jobs.look_after()
        seen.append(survey.state)
    assert seen == [
        SurveyState.PLANNED, SurveyState.OPEN, SurveyState.OPEN, SurveyState.CLOSED,
    ]  # fmt: skip
