"""The course of a survey: written, opened, answered, reminded, extended, over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.surveys import jobs, operations, queries
from portal.surveys.models import SurveyReceipt, SurveyTally, SurveyText
from portal.surveys.operations import Wording
from portal.surveys.operations.course import tenure_of
from portal.surveys.states import SurveyAudience, SurveyQuestionKind, SurveyState, TenureBand
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import surveys as make
from tests.factories.people import in_words
from tests.starter_words import assert_complete, load

TODAY = MOMENT.date()


@pytest.fixture
def hr(db_session: Any) -> Any:
    return people.account(roles=["hr"])


def receipts() -> list[SurveyReceipt]:
    return list(db.session.scalars(sa.select(SurveyReceipt).order_by(SurveyReceipt.person_id)))


def told(kind: str) -> list[int]:
    found = sa.select(Notice.account_id).where(Notice.kind == kind).order_by(Notice.account_id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": {"tr": "Nabız"}}, "title"),
        ({"intro": {"ja": "質問"}}, "intro"),
        ({"opens_on": TODAY + timedelta(days=20)}, "closes_on"),
        ({"opens_on": date(2026, 1, 1), "closes_on": date(2026, 1, 2)}, "closes_on"),
        ({"audience": SurveyAudience.TEAM}, "team"),
        ({"audience": SurveyAudience.ROLE}, "role"),
        ({"minimum": 2}, "minimum"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(hr: Any, values: Any, field: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_survey(make.terms(**values), by=hr)
    assert refused.value.field == field


def test_questions_are_added_changed_moved_and_removed(hr: Any) -> None:
    survey = make.survey()
    first, second = survey.questions[:2]
    operations.change_question(
        first, Wording(first.kind, in_words("I like it.")), position=2, by=hr
    )
    assert (first.position, second.position, first.key) == (2, 1, "like")
    operations.remove_question(second, by=hr)
    assert len(survey.questions) == 3


def test_a_question_of_another_kind_is_compared_with_nothing(hr: Any) -> None:
    question = make.survey().questions[0]
    wording = Wording(SurveyQuestionKind.RECOMMEND, question.text)
    operations.change_question(question, wording, position=1, by=hr)
    assert question.key != "like"


def test_a_choice_needs_two_answers(hr: Any) -> None:
    wording = Wording(SurveyQuestionKind.CHOICE, in_words("Which?"), [in_words("This")])
    with pytest.raises(Refused, match="two answers"):
        operations.add_question(make.survey(), wording, by=hr)


def test_once_open_nothing_is_changed(hr: Any) -> None:
    make.staff(people.team(), 5)
    survey = make.opened()
    for attempt in (
        lambda: operations.change_survey(survey, make.terms(), by=hr),
        lambda: operations.add_question(survey, make.EVERY_KIND[0][1], by=hr),
        lambda: operations.remove_question(survey.questions[0], by=hr),
    ):
        with pytest.raises(Refused, match="stays as it is"):
            attempt()


def test_opening_asks_those_who_work_here_now_and_tells_them(hr: Any) -> None:
    staff = make.staff(people.team(), 6)
    people.employment(people.person(), starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1))
    survey = make.survey()
    operations.open_survey(survey, by=hr)
    assert [one.person_id for one in receipts()] == sorted(one.person_id for one in staff)
    jobs.tell_some(survey.id, [one.person_id for one in staff])
    assert told("surveys.asked") == sorted(one.id for one in staff)


def test_a_role_or_a_team_with_those_below_it_can_be_asked(hr: Any) -> None:
    branch = people.team()
    role, below = people.role(), people.team(parent=branch)
    make.staff(below, 5)
    make.staff(people.team(), 5)
    make.opened(audience=SurveyAudience.TEAM, team=branch)
    assert len(receipts()) == 5
    with pytest.raises(Refused, match="asks 0 people"):
        make.opened(audience=SurveyAudience.ROLE, role=role)


def test_too_few_people_are_no_survey(hr: Any) -> None:
    make.staff(people.team(), 4)
    with pytest.raises(Refused, match="asks 4 people, and a result needs 5"):
        operations.open_survey(make.survey(), by=hr)


def test_a_survey_s_smallest_group_is_never_under_the_organisation_s(hr: Any) -> None:
    people.organisation(smallest_group=7)
    with pytest.raises(Refused, match="Choose 7 or more"):
        operations.add_survey(make.terms(minimum=6), by=hr)
    assert operations.add_survey(make.terms(), by=hr).minimum == 7
    assert operations.add_survey(make.terms(minimum=8), by=hr).minimum == 8


def test_a_survey_written_before_the_organisation_hid_more_opens_with_more(hr: Any) -> None:
    make.staff(people.team(), 6)
    survey = make.survey()
    people.organisation(smallest_group=7)
    with pytest.raises(Refused, match="asks 6 people, and a result needs 7"):
        operations.open_survey(survey, by=hr)
    make.staff(people.team(), 1)
    operations.open_survey(survey, by=hr)
    people.organisation(smallest_group=3)
    make.closed(survey)
    assert survey.minimum == 7  # what people read before they answered holds


def test_a_survey_that_is_open_keeps_no_group_the_organisation_hides_by_its_end(hr: Any) -> None:
    staff = make.staff(people.team(), 6)
    make.answer(survey := make.opened(), staff)
    people.organisation(smallest_group=7)
    make.closed(survey)
    assert (survey.minimum, survey.counted) == (7, [])


def test_a_survey_without_questions_does_not_open(hr: Any) -> None:
    with pytest.raises(Refused, match="Add a question"):
        operations.open_survey(operations.add_survey(make.terms(), by=hr), by=hr)


def test_it_opens_reminds_once_and_closes_by_the_calendar(hr: Any) -> None:
    first, *others = make.staff(people.team(), 6)
    survey = make.survey(opens_on=TODAY + timedelta(days=1))
    operations.open_survey(survey, by=hr)
    assert survey.state is SurveyState.PLANNED
    operations.look_after(TODAY)
    assert survey.state is SurveyState.PLANNED
    operations.look_after(TODAY + timedelta(days=1))
    assert survey.is_open
    make.answer(survey, [first])
    operations.look_after(survey.closes_on - timedelta(days=2))
    assert survey.reminded_at is not None
    jobs.remind_some(survey.id, list(db.session.scalars(queries.unanswered(survey.id))))
    assert told("surveys.reminded_of") == sorted(one.id for one in others)
    with pytest.raises(Refused, match="once"):
        operations.remind(survey, by=hr)
    operations.look_after(survey.closes_on)
    assert survey.is_open
    operations.look_after(survey.closes_on + timedelta(days=1))
    assert survey.is_over


def test_what_cannot_open_by_itself_goes_back_to_hr(hr: Any) -> None:
    survey = make.survey(opens_on=TODAY + timedelta(days=1))
    operations.open_survey(survey, by=hr)
    operations.look_after(TODAY + timedelta(days=1))
    assert survey.state is SurveyState.DRAFT


def test_only_a_later_day_extends_it(hr: Any) -> None:
    make.staff(people.team(), 5)
    survey = make.opened()
    with pytest.raises(Refused, match="after the present last day"):
        operations.extend_survey(survey, survey.closes_on, by=hr)
    operations.extend_survey(survey, survey.closes_on + timedelta(days=3), by=hr)
    make.closed(survey)
    with pytest.raises(Refused, match="open can last longer"):
        operations.extend_survey(survey, survey.closes_on + timedelta(days=3), by=hr)
    with pytest.raises(Refused):
        operations.close_survey(survey, by=hr)


def test_one_answers_once_and_only_if_asked(hr: Any) -> None:
    staff = make.staff(people.team(), 5)
    survey = make.opened()
    make.answer(survey, [staff[0]])
    for nobody in (staff[0], hr):
        with pytest.raises(Refused, match="answered this survey, or"):
            make.answer(survey, [nobody])


@pytest.mark.parametrize("given", [0, 6, None, "4"])
def test_an_answer_is_one_of_those_on_offer(hr: Any, given: Any) -> None:
    staff = make.staff(people.team(), 5)
    survey = make.opened()
    answers = {one.id: 1 for one in survey.questions} | {survey.questions[0].id: given}
    with pytest.raises(Refused, match="Choose an answer") as refused:
        operations.answer_survey(survey, answers, by=staff[0])
    assert refused.value.field == f"q{survey.questions[0].id}"


def test_after_the_last_day_nothing_is_taken(hr: Any, clock: Any) -> None:
    staff = make.staff(people.team(), 5)
    survey = make.opened()
    clock(MOMENT + timedelta(days=11))
    with pytest.raises(Refused, match="over"):
        make.answer(survey, staff)


def test_nothing_kept_ties_answers_to_a_person_or_to_one_another(hr: Any) -> None:
    """No column names a person, a time or a sheet, and the trail is silent."""
    staff = make.staff(people.team(), 6)
    survey = make.opened()
    before = db.session.scalar(sa.select(sa.func.count(AuditEvent.id)))
    make.answer(survey, staff, text="Because.")
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.id))) == before
    assert set(SurveyTally.__table__.columns.keys()) == {
        "question_id", "grouping", "value", "times",
    }  # fmt: skip
    assert set(SurveyText.__table__.columns.keys()) == {"id", "question_id", "text"}
    assert set(SurveyReceipt.__table__.columns.keys()) == {
        "survey_id", "person_id", "team_id", "path", "site_id", "tenure", "answered",
    }  # fmt: skip


def test_groups_in_which_few_are_asked_leave_no_number_in_the_database(hr: Any) -> None:
    unit = people.team("Unit")
    small, large = people.team(parent=unit), people.team(parent=unit)
    staff = [*make.staff(small, 3), *make.staff(large, 6)]
    survey = make.opened()
    make.answer(survey, staff)
    groupings = set(db.session.scalars(sa.select(SurveyTally.grouping)))
    assert f"team:{unit.id}" in groupings
    assert {f"team:{small.id}", f"team:{large.id}"} & groupings == set()


def test_closing_forgets_what_may_not_be_shown(hr: Any) -> None:
    """A = 3, B = 6 answers in a unit of 9: both teams go, although seven were asked in A."""
    unit = people.team("Unit")
    a, b = people.team(parent=unit), people.team(parent=unit)
    survey_staff = (make.staff(a, 7), make.staff(b, 6))
    survey = make.opened()
    assert f"team:{a.id}" in survey.counted
    make.answer(survey, survey_staff[0][:3], text="Written by three.")
    make.answer(survey, survey_staff[1])
    make.closed(survey)
    groupings = set(db.session.scalars(sa.select(SurveyTally.grouping)))
    assert groupings == set(survey.counted)
    assert {f"team:{a.id}", f"team:{b.id}"} & groupings == set()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SurveyText)) == 0


@pytest.mark.parametrize(
    ("first", "band"),
    [
        (date(2026, 6, 1), TenureBand.FIRST_YEAR), (date(2025, 6, 1), TenureBand.SECOND),
        (date(2022, 6, 1), TenureBand.MIDDLE), (date(2010, 6, 1), TenureBand.LONG),
    ],
)  # fmt: skip
def test_time_here_is_told_in_bands(first: date, band: TenureBand) -> None:
    assert tenure_of(first, TODAY) is band


def test_the_starter_surveys_speak_four_languages(db_session: Any) -> None:
    starter = load("surveys", "surveys.toml")
    assert_complete(starter)
    packed = {one.key: one for one in operations.starts()}
    assert list(packed) == ["pulse", "enps", "onboarding_30"]
    assert len(packed["pulse"].questions) == 6
    survey = operations.add_survey(make.terms(), start=packed["onboarding_30"], by=None)
    assert [one.position for one in survey.questions] == [1, 2, 3, 4, 5]
