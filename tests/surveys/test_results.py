"""What a survey shows, to whom, and that no small group leaks from pages and downloads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.people.models import Team
from portal.surveys import operations, queries, results, wording
from portal.surveys.groups import ALL, Head, answered, grouped, large_enough
from portal.surveys.models import Survey
from portal.surveys.results import Figure
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import surveys as make
from tests.page import PageClient

SMALL, LARGE = "Tiny team", "Large team"


def scene() -> dict[str, Any]:
    """A unit of 15: three unhappy answers in one team, seven and five happy ones in others."""
    unit = people.team("Unit")
    tiny, large = people.team(SMALL, parent=unit), people.team(LARGE, parent=unit)
    third = people.team("Third team", parent=unit)
    other = people.team("Elsewhere")
    staff = {team.id: make.staff(team, number)
             for team, number in ((tiny, 3), (large, 7), (third, 5), (other, 6))}  # fmt: skip
    survey = make.opened()
    make.answer(survey, staff[tiny.id], 1, text="From the tiny team")
    make.answer(survey, staff[large.id], 5, text="From the large team")
    make.answer(survey, staff[third.id], 4)
    make.answer(survey, staff[other.id], 3)
    make.closed(survey)
    return {
        "survey": survey.id,
        "like": survey.questions[0].id,
        "teams": {"tiny": tiny.id, "large": large.id, "third": third.id, "other": other.id},
        "hr": people.account(roles=["hr"]).id,
        "executive": people.account(roles=["executive"]).id,
        "admin": people.account(roles=["admin"]).id,
        "lead": people.account(leads=unit).id,
        "tiny lead": people.account(leads=tiny).id,
        "large lead": people.account(leads=large).id,
        "asked": staff[tiny.id][0].id,
    }


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, Any]:
    with app.app_context():
        found = scene()
        db.session.commit()
        return found


def download(client: PageClient, survey: int) -> str:
    with client.http.get(f"/surveys/{survey}/results/export/csv") as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def test_hr_sees_everyone_and_the_groups_large_enough(
    client: PageClient, ids: dict[str, Any]
) -> None:
    text = client.as_(ids["hr"]).get(f"/surveys/{ids['survey']}/results").text
    assert "Everyone asked" in text
    assert "Unit" in text
    assert LARGE in text
    assert SMALL not in text
    assert "Third team" not in text.split("Participation")[0]  # else the tiny one is the rest


@pytest.mark.parametrize("who", ["hr", "executive", "lead", "tiny lead", "large lead"])
def test_the_small_group_is_in_no_page_and_no_download(
    client: PageClient, ids: dict[str, Any], who: str
) -> None:
    browser = client.as_(ids[who])
    for text in (
        browser.get(f"/surveys/{ids['survey']}/results").text, browser.get("/surveys").text,
        download(browser, ids["survey"]),
    ):  # fmt: skip
        assert SMALL not in text


def test_a_manager_sees_their_own_teams_alone_and_no_words(
    client: PageClient, ids: dict[str, Any]
) -> None:
    text = client.as_(ids["lead"]).get(f"/surveys/{ids['survey']}/results").text
    assert "Unit" in text
    assert LARGE in text
    for hidden in ("Everyone asked", "Elsewhere", "From the", "Site:", "year here", "years here"):
        assert hidden not in text
    sheet = download(client.as_(ids["lead"]), ids["survey"])
    assert "Everyone" not in sheet
    assert "From the" not in sheet


def test_where_nothing_may_be_shown_the_page_says_so(
    client: PageClient, ids: dict[str, Any]
) -> None:
    page = client.as_(ids["tiny lead"]).get(f"/surveys/{ids['survey']}/results")
    assert "Nothing can be shown to you" in page.text
    assert len(download(client.as_(ids["tiny lead"]), ids["survey"]).splitlines()) == 1


def test_others_see_no_results(client: PageClient, ids: dict[str, Any]) -> None:
    for who in ("asked", "admin"):
        assert client.as_(ids[who]).get(f"/surveys/{ids['survey']}/results").status == 403
        assert client.as_(ids[who]).get(f"/surveys/{ids['survey']}").status == 403


def test_words_are_shown_to_hr_once_five_wrote_without_saying_who(
    client: PageClient, ids: dict[str, Any]
) -> None:
    text = client.as_(ids["hr"]).get(f"/surveys/{ids['survey']}/results").text
    assert text.count("From the tiny team") == 3
    assert "From the" not in download(client.as_(ids["hr"]), ids["survey"])


def test_the_download_holds_figures_of_groups(client: PageClient, ids: dict[str, Any]) -> None:
    rows = download(client.as_(ids["hr"]), ids["survey"]).splitlines()
    everyone = next(row for row in rows if "I like it here.,Everyone asked" in row)
    # (3 × 1 + 7 × 5 + 5 × 4 + 6 × 3) / 21
    assert everyone.startswith("I like it here.,Everyone asked,21,3.62,")


def test_the_results_cost_the_same_however_many_groups_there_are(
    client: PageClient, ids: dict[str, Any], count_queries: Callable[[], int]
) -> None:
    hr = client.as_(ids["hr"])
    url = f"/surveys/{ids['survey']}/results"
    hr.get(url)
    count_queries()
    hr.get(url)
    assert count_queries() == RESULT_QUERIES


RESULT_QUERIES = 14


def test_before_it_is_over_there_are_no_results(client: PageClient, app: Flask, clock: Any) -> None:
    with app.app_context():
        staff = make.staff(people.team("Cards"), 6)
        survey = make.opened()
        make.answer(survey, staff[:5], text="Early words")
        hr, key = people.account(roles=["hr"]).id, survey.id
        db.session.commit()
    browser = client.as_(hr)
    assert browser.get(f"/surveys/{key}/results").status == 403
    page = browser.get(f"/surveys/{key}")
    assert "Results come once the survey is over" in page.text
    assert "Early words" not in page.text
    assert "Cards" not in page.text


# --- Figures --------------------------------------------------------------------------------------


@pytest.fixture
def survey(db_session: Any, clock: Any) -> Survey:
    make.staff(people.team(), 6)
    return make.opened()


def test_the_enps_is_promoters_less_detractors(survey: Survey) -> None:
    recommend = survey.questions[1]
    figure = Figure(recommend, {10: 2, 9: 2, 8: 3, 6: 1, 0: 2})
    assert (figure.answers, round(figure.score)) == (10, 10)
    assert wording.score(figure) == "+10"


def test_a_scale_has_an_average_and_a_favourable_share(survey: Survey) -> None:
    figure = Figure(survey.questions[0], {1: 1, 3: 1, 4: 1, 5: 1})
    assert (figure.mean, figure.favourable) == (3.25, 0.5)
    assert wording.score(figure) == "3.2"


def test_a_choice_has_shares(survey: Survey) -> None:
    figure = Figure(survey.questions[2], {0: 3, 1: 1})
    assert wording.score(figure) == "Yes: 75% · No: 25%"
    assert wording.change(figure, figure) == "–"


@pytest.mark.parametrize(("value", "text"), [(0.04, "0.0"), (-0.3, "−0.3"), (1.26, "+1.3")])
def test_a_change_has_its_sign(app: Flask, value: float, text: str) -> None:
    with app.test_request_context():
        assert wording.signed(value, 1) == text


def test_groups_are_compared_with_the_survey_before_of_the_same_series(
    db_session: Any, clock: Any
) -> None:
    staff = make.staff(people.team(), 6)
    hr = people.account(roles=["hr"])
    for days, value, series in ((0, 2, "pulse"), (30, 5, "other"), (60, 4, "pulse")):
        clock(MOMENT + timedelta(days=days))
        survey = make.opened(series=series)
        clock(MOMENT + timedelta(days=days + 1))
        make.answer(survey, staff, value)
        make.closed(survey)
    earlier = db.session.scalar(queries.previous(survey))
    line = results.found_by(survey, hr, earlier)[0].overall
    assert line is not None
    assert line.before is not None
    assert (line.now.mean, line.before.mean) == (4, 2)
    assert wording.change(line.now, line.before) == "+2.0"


def test_a_team_that_was_hidden_before_has_nothing_to_be_compared_with(
    db_session: Any, clock: Any
) -> None:
    team, other = people.team(), people.team()
    staff, more = make.staff(team, 6), make.staff(other, 12)
    first = make.opened()
    make.answer(first, [*staff[:4], *more])
    make.closed(first)
    clock(MOMENT + timedelta(days=30))
    second = make.opened()
    make.answer(second, [*staff, *more])
    make.closed(second)
    hr = people.account(roles=["hr"])
    found = results.found_by(second, hr, db.session.scalar(queries.previous(second)))
    before = {line.key: line.before for line in found[0].lines}
    assert before[f"team:{team.id}"] is None
    assert before[ALL] is not None


# --- Groups ---------------------------------------------------------------------------------------


def test_a_site_that_differs_from_a_team_by_one_person_is_not_shown() -> None:
    """The head office has one person in Madrid: site less team would be that person."""
    heads = {
        ("/1/", 1, "over_5"): Head(6, 6),
        ("/1/", 2, "over_5"): Head(1, 1),
        ("/1/2/", 2, "over_5"): Head(9, 9),
        ("/1/3/", 1, "over_5"): Head(8, 8),
    }
    shown = large_enough(grouped(heads), answered, 5)
    assert {"all", "team:2", "team:3"} <= shown
    assert {"site:1", "site:2"} & shown == set()


def test_sites_and_time_here_are_shown_where_they_single_out_nobody() -> None:
    heads = {
        (f"/1/{team}/", site, band): Head(6, 6)
        for team, site in ((2, 1), (3, 1), (4, 2))
        for band in ("under_1", "over_5")
    }
    shown = large_enough(grouped(heads), answered, 5)
    assert shown == {
        "all", "team:1", "team:2", "team:3", "team:4", "site:1", "site:2", "tenure:under_1",
        "tenure:over_5",
    }  # fmt: skip


def test_a_lead_of_everything_that_was_asked_sees_it_all(db_session: Any, clock: Any) -> None:
    team = people.team()
    make.answer(survey := make.opened_for(team), make.members(team))
    make.closed(survey)
    lead = people.account(leads=db.session.scalars(sa.select(Team)).one())
    assert [line.key for line in results.found_by(survey, lead, None)[0].lines] == [
        f"team:{team.id}"
    ]


def test_what_the_organisation_comes_to_hide_later_is_hidden_in_old_results_too(
    app: Flask, client: PageClient, ids: dict[str, Any]
) -> None:
    with app.app_context():
        people.organisation(smallest_group=8)
        db.session.commit()
    page = client.as_(ids["hr"]).get(f"/surveys/{ids['survey']}/results")
    assert "shown from 8 answers on" in page.text
    assert "Everyone asked" in page.text
    assert LARGE not in page.text
    assert LARGE not in download(client.as_(ids["hr"]), ids["survey"])
    with app.app_context():
        people.organisation(smallest_group=30)
        db.session.commit()
    assert "Nothing can be shown" in client.as_(ids["hr"]).get(page.response.request.path).text


def test_nobody_answers_twice_however_the_sheet_is_sent(
    client: PageClient, app: Flask, clock: Any
) -> None:
    with app.app_context():
        one, *_others = make.staff(people.team(), 5)
        survey = make.opened()
        key, account = survey.id, one.id
        fields = {f"q{question.id}": "1" for question in survey.questions}
        db.session.commit()
    browser, url = client.as_(account), f"/surveys/{key}/answer"
    missing = browser.post(url, dict(list(fields.items())[1:]))
    assert missing.status == 422
    assert "Choose an answer." in missing.text
    assert missing.tree.xpath("//input[@type='radio'][@checked]")
    done = browser.post(url, fields, follow=True)
    assert "Your answers are counted" in done.text
    assert "cannot be shown or changed" in browser.post(url, fields).text
    with app.app_context():
        row = db.session.get_one(Survey, key)
        operations.close_survey(row, by=None)
        assert row.counted == []  # one answer is shown to nobody
