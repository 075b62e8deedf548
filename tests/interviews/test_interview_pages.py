"""My interviews, one interview, scheduling, and what hiring's pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from portal.core import clock
from portal.core.db import db
from portal.hiring.states import Stage
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def one_interview() -> dict[str, Any]:
    made = make.interview()
    hr = people.account(roles=["hr"], time_zone="Asia/Tokyo")
    return {
        "id": made.id,
        "hr": hr.id,
        "panel": [card.account_id for card in made.scorecards],
        "cards": [card.id for card in made.scorecards],
        "application": made.application_id,
        "name": made.application.display_name,
        "key": made.application.status_key,
        "email": made.application.email,
    }


def test_my_interviews_are_grouped_by_when_they_need_me(client: PageClient, saved: Saved) -> None:
    def scene() -> int:
        me = make.interviewer()
        plan = make.plan()
        posting = hiring.posting(requisition=plan.requisition)

        def with_me(name: str, **values: Any) -> Interview:
            who = hiring.application(posting, given_name=name, stage=Stage.INTERVIEW)
            return make.interview(who, panel=[me], plan_=plan, **values)

        with_me("Due", starts_at=clock.now() - timedelta(hours=2))
        with_me("Later", starts_at=clock.now() + timedelta(hours=2))
        with_me("Next", starts_at=clock.now() + timedelta(days=2))
        make.submit(with_me("Finished", starts_at=clock.now() - timedelta(days=1)).scorecards[0])
        with_me("Off", state=InterviewState.CANCELLED)
        return me.id

    page = client.as_(saved(scene)).get("/interviews")
    shown = {"due": "Due", "today": "Later", "coming": "Next", "done": "Finished"}
    for section, name in shown.items():
        [found] = page.tree.xpath("//section[@aria-labelledby=$id]", id=section)
        assert name in found.text_content()
    assert "Off " not in page.text
    assert not page.tree.xpath("//section[@aria-labelledby='all-coming']")


def test_an_associate_has_an_empty_list_with_a_word_on_what_it_is_for(
    client: PageClient, saved: Saved
) -> None:
    page = client.as_(saved(lambda: people.account().id)).get("/interviews")
    assert "No more interviews today" in page.text


def test_hr_sees_every_coming_interview_and_the_panels_to_decide(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        return one_interview() | {"complete": make.complete().application.display_name}

    found = saved(scene)
    page = client.as_(found["hr"]).get("/interviews")
    [coming] = page.tree.xpath("//section[@aria-labelledby='all-coming']")
    [awaiting] = page.tree.xpath("//section[@aria-labelledby='awaiting']")
    assert found["name"] in coming.text_content()
    assert found["complete"] in awaiting.text_content()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    def scene() -> int:
        me = people.account(roles=["hr", "interviewer"])
        for _ in range(rows):
            make.interview(panel=[me, make.interviewer()])
            make.complete()
        return me.id

    signed_in = client.as_(saved(scene))
    count_queries()
    signed_in.get("/interviews")
    assert count_queries() == 6


def test_an_interview_shows_who_has_submitted_and_both_clocks(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        found = one_interview()
        made = db.session.get_one(Interview, found["id"])
        make.submit(made.scorecards[0], note="not for others")
        return found

    found = saved(scene)
    page = client.as_(found["hr"]).get(f"/interviews/{found['id']}")
    assert "Submitted" in page.text
    assert "Not yet" in page.text
    assert "Istanbul" in page.text
    assert "Tokyo" in page.text
    assert "not for others" not in page.text


@pytest.mark.parametrize(("who", "status"), [("hr", 200), ("panel", 200), ("stranger", 403)])
def test_only_those_around_it_open_an_interview(
    client: PageClient, saved: Saved, who: str, status: int
) -> None:
    def scene() -> dict[str, Any]:
        return one_interview() | {"stranger": make.interviewer().id}

    found = saved(scene)
    account = found["panel"][0] if who == "panel" else found[who]
    signed_in = client.as_(account)
    for path in ("", "/calendar"):
        assert signed_in.get(f"/interviews/{found['id']}{path}").status == status


def test_the_calendar_file_names_the_reader_and_not_the_candidates_address(
    client: PageClient, saved: Saved
) -> None:
    found = saved(one_interview)
    response = client.as_(found["panel"][0]).get(f"/interviews/{found['id']}/calendar").response
    assert response.mimetype == "text/calendar"
    [entry] = Calendar.from_ical(response.data).walk("VEVENT")
    assert found["name"] in entry["summary"]
    assert found["email"] not in response.text


def to_schedule() -> dict[str, Any]:
    application = hiring.application(stage=Stage.SCREENED)
    make.plan(application.posting.requisition)
    return {
        "application": application.id,
        "hr": people.account(roles=["hr"]).id,
        "panel": [make.interviewer().id, make.interviewer().id],
        "posting": application.posting_id,
        "key": application.status_key,
    }


def test_hr_schedules_in_the_time_zone_of_the_site(client: PageClient, saved: Saved) -> None:
    found = saved(to_schedule)
    signed_in = client.as_(found["hr"])
    url = f"/interviews/schedule/{found['application']}"
    page = signed_in.get(url)
    assert "Istanbul" in page.text
    sent = signed_in.post(
        url,
        {
            "starts_at": "2026-11-25T14:30",
            "minutes": "45",
            "place": "Room 4",
            "panel": [str(key) for key in found["panel"]],
        },
    )
    assert sent.status == 303
    [made] = saved(lambda: [each.starts_at for each in db.session.scalars(db.select(Interview))])
    assert made.isoformat() == "2026-11-25T11:30:00+00:00"
    assert signed_in.get(sent.location).status == 200


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    client: PageClient, saved: Saved
) -> None:
    found = saved(to_schedule)
    signed_in = client.as_(found["hr"])
    page = signed_in.post(
        f"/interviews/schedule/{found['application']}",
        {
            "starts_at": "2026-11-20T14:30",
            "minutes": "5",
            "place": "Oda 4 <b>",
            "panel": [str(found["panel"][0])],
        },
    )
    assert page.status == 422
    assert page.fields(None)
    assert page.tree.xpath("//input[@name='place']")[0].value == "Oda 4 <b>"
    page = signed_in.post(
        f"/interviews/schedule/{found['application']}",
        {
            "starts_at": "2026-11-25T14:30",
            "minutes": "45",
            "place": "Room 4",
            "panel": [str(found["panel"][0])],
        },
    )
    assert page.status == 422
    assert "panel of 2" in page.text


def test_without_a_pinned_plan_the_page_leads_to_it(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        bare = hiring.application(stage=Stage.SCREENED)
        drafted = hiring.application(stage=Stage.SCREENED)
        make.plan(drafted.posting.requisition, published=False)
        return people.account(roles=["hr"]).id, bare.id, drafted.id

    hr, bare, drafted = saved(scene)
    signed_in = client.as_(hr)
    assert "Draft the plan" in signed_in.get(f"/interviews/schedule/{bare}").text
    assert "Open the plan" in signed_in.get(f"/interviews/schedule/{drafted}").text


def test_an_interview_is_moved_and_called_off(client: PageClient, saved: Saved) -> None:
    found = saved(one_interview)
    signed_in = client.as_(found["hr"])
    url = f"/interviews/{found['id']}"
    page = signed_in.get(f"{url}/reschedule")
    [version] = page.tree.xpath("//input[@name='version']/@value")
    terms = {
        "version": version,
        "starts_at": "2026-11-26T10:00",
        "minutes": "30",
        "place": "Room 5",
    }
    assert signed_in.post(f"{url}/reschedule", terms).status == 303
    stale = signed_in.post(f"{url}/reschedule", terms | {"place": "Room 6"})
    assert stale.status == 422
    assert "Someone changed this" in stale.text
    assert signed_in.post(f"{url}/cancel").status == 303
    assert "Cancelled" in signed_in.get(url).text
    assert signed_in.get(f"{url}/reschedule").status == 403
    card = f"/interviews/scorecards/{found['cards'][0]}"
    assert client.as_(found["panel"][0]).get(card).status == 403


def test_the_page_of_an_application_shows_its_interviews_and_what_comes_next(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        return one_interview() | {
            "screened": to_schedule()["application"],
            "complete": make.complete().application_id,
        }

    found = saved(scene)
    signed_in = client.as_(found["hr"])
    page = signed_in.get(f"/hiring/applications/{found['application']}")
    assert page.tree.xpath(f"//a[@href='/interviews/{found['id']}']")
    page = signed_in.get(f"/hiring/applications/{found['screened']}")
    assert page.tree.xpath("//div[@class='page-act']//a[contains(., 'Schedule interview')]")
    page = signed_in.get(f"/hiring/applications/{found['complete']}")
    assert page.tree.xpath("//div[@class='page-act']//a[contains(., 'Decide')]")


def test_the_candidate_sees_time_and_place_on_the_status_page(
    client: PageClient, saved: Saved
) -> None:
    found = saved(one_interview)
    page = client.get(f"/careers/applications/{found['key']}")
    assert "Your interview" in page.text
    assert "Room 4" in page.text
    assert "Time in Istanbul" in page.text


@pytest.mark.parametrize("language", ["tr", "es", "ja"])
def test_the_pages_open_in_every_language(client: PageClient, saved: Saved, language: str) -> None:
    found = saved(one_interview)
    signed_in = client.as_(found["hr"])
    for path in ("", f"/{found['id']}", f"/{found['id']}/reschedule"):
        assert signed_in.get(f"/interviews{path}?lang={language}").status == 200
