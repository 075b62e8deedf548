"""Pages of HR who writes a survey, and of those it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.home.needs import needs_of
from portal.surveys import operations
from portal.surveys.models import Survey
from portal.surveys.states import SurveyState
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import surveys as make
from tests.page import PageClient

TODAY = MOMENT.date()


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """HR, six people, and a survey nobody has seen."""
    with app.app_context():
        staff = make.staff(people.team("Cards"), 6)
        found = {
            "hr": people.account(roles=["hr"]).id, "one": staff[0].id,
            "survey": make.survey().id,
        }  # fmt: skip
        db.session.commit()
        return found


def test_a_survey_of_the_starter_pack_is_written_and_opened(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.submit(hr.get("/surveys/new?start=pulse"))
    assert page.h1 == "How are we doing?"
    assert "Questions 6" in page.text
    opened = hr.submit(page, "/open")
    assert "people are told" in opened.text
    assert "Open for answers" in opened.text


def test_nothing_typed_is_lost_when_something_is_wrong(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.submit(hr.get("/surveys/new"), **{"title-en": "Mine", "audience": "team"})
    assert page.status == 422
    assert "Mine" in page.html
    page = hr.submit(page, **{"title-en": "Mine", "intro-en": "Words", "audience": "team"})
    assert "Choose the team." in page.text


def test_two_who_change_a_survey_at_once_do_not_overwrite_each_other(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"/surveys/{ids['survey']}/edit")
    hr.submit(page, **{"title-en": "First"})
    late = hr.submit(page, **{"title-en": "Second"})
    assert late.status == 422
    assert "Someone changed this" in late.text
    assert "Second" in late.html


def test_a_question_is_added_with_answers_one_on_each_line(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr, url = client.as_(ids["hr"]), f"/surveys/{ids['survey']}/questions/add"
    words = {"kind": "choice", "text-en": "Where?", "choices-en": "Here\nThere"}
    wrong = hr.submit(hr.get(url), **words, **{"choices-tr": "Burada"})
    assert wrong.status == 422
    assert "as many answers as in English" in wrong.text
    page = hr.submit(wrong, **words, **{"choices-tr": "Burada\nOrada"})
    assert "Where?One of several answers · Here · There" in page.text


def test_a_question_is_changed_and_removed(
    client: PageClient, ids: dict[str, int], app: Flask
) -> None:
    with app.app_context():
        question = db.session.get_one(Survey, ids["survey"]).questions[0].id
    hr = client.as_(ids["hr"])
    page = hr.get(f"/surveys/questions/{question}")
    form = next(f for f in page.tree.iter("form") if "text-en" in f.fields)
    data = {key: value or "" for key, value in form.form_values()} | {"text-en": "I love it."}
    assert "I love it." in hr.post(f"/surveys/questions/{question}", data, follow=True).text
    gone = hr.post(f"/surveys/questions/{question}/remove", follow=True)
    assert "I love it." not in gone.text


def test_languages_of_those_asked_that_lack_words_are_named(
    client: PageClient, ids: dict[str, int], app: Flask
) -> None:
    with app.app_context():
        people.employment(people.person(language="tr"))
        survey = db.session.get_one(Survey, ids["survey"])
        survey.intro = {"en": "Only English"}
        db.session.commit()
    page = client.as_(ids["hr"]).get(f"/surveys/{ids['survey']}")
    assert "Some of those asked read Türkçe" in page.text


def test_the_sheet_is_for_those_asked_and_says_that_nobody_can_see_it(
    client: PageClient, ids: dict[str, int], app: Flask
) -> None:
    url = f"/surveys/{ids['survey']}/answer"
    assert client.as_(ids["one"]).get(url).status == 403
    with app.app_context():
        operations.start_survey(db.session.get_one(Survey, ids["survey"]), by=None)
        db.session.commit()
    page = client.as_(ids["one"]).get(url)
    assert "Nobody can see what you answer." in page.text
    assert "groups of 5 or more" in page.text
    assert client.as_(ids["hr"]).get(url).status == 403


def test_home_asks_until_it_is_answered(ids: dict[str, int], app: Flask, clock: Any) -> None:
    from portal.accounts.models import Account

    with app.app_context(), app.test_request_context():
        one = db.session.get_one(Account, ids["one"])
        assert [need.title for need in needs_of(one)] == []
        survey = db.session.get_one(Survey, ids["survey"])
        operations.start_survey(survey, by=None)
        db.session.flush()
        assert [need.title for need in needs_of(one)] == ["Survey: Pulse"]
        make.answer(survey, [one])
        assert needs_of(one) == []


def test_the_course_of_a_survey_in_pages(
    client: PageClient, ids: dict[str, int], app: Flask
) -> None:
    hr, url = client.as_(ids["hr"]), f"/surveys/{ids['survey']}"
    hr.post(f"{url}/open")
    later = (TODAY + timedelta(days=20)).isoformat()
    assert hr.submit(hr.get(f"{url}/extend"), closes_on=TODAY.isoformat()).status == 422
    assert "Dec 14, 2026" in hr.submit(hr.get(f"{url}/extend"), closes_on=later).text
    assert "are reminded" in hr.post(f"{url}/remind", follow=True).text
    assert hr.post(f"{url}/remind").status == 409
    assert "Here are the results" in hr.post(f"{url}/close", follow=True).text
    assert hr.post(f"{url}/close").status == 409
    with app.app_context():
        assert db.session.get_one(Survey, ids["survey"]).state is SurveyState.CLOSED


def test_the_list_costs_the_same_with_one_survey_and_with_three(
    client: PageClient, ids: dict[str, int], app: Flask, count_queries: Callable[[], int]
) -> None:
    hr, costs = client.as_(ids["hr"]), []
    hr.get("/surveys")
    for _round in range(2):
        count_queries()
        assert "Being written" in hr.get("/surveys?state=draft").text
        costs.append(count_queries())
        with app.app_context():
            make.survey()
            make.survey()
            db.session.commit()
    assert costs == [5, 5]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("reader", "path", "cost"),
    [("hr", "/surveys/{survey}", 6), ("one", "/surveys/{open}/answer", 5)],
)
def test_a_survey_costs_the_same_with_one_question_and_with_three(
    client: PageClient, ids: dict[str, int], app: Flask, count_queries: Callable[[], int],
    reader: str, path: str, cost: int, number: int,
) -> None:  # fmt: skip
    with app.app_context():
        written, asked = db.session.get_one(Survey, ids["survey"]), make.survey(series="other")
        for survey in (written, asked):
            for question in list(survey.questions)[number:]:
                operations.remove_question(question, by=make.people.account(roles=["hr"]))
        operations.start_survey(asked, by=None)
        db.session.commit()
        url = path.format(survey=written.id, open=asked.id)
    browser = client.as_(ids[reader])
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert count_queries() == cost
