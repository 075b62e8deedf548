"""The pages: what each shows, whom the notes reach, what bad input brings back, what lists cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.careers.states import EdgeKind
from portal.core.db import db
from portal.mentoring.models import (
    MentoringEntry,
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
    MentorProfile,
)
from portal.mentoring.states import MeetingState, PairState, ProgrammeState
from tests.factories import careers, competencies, people
from tests.factories import mentoring as make
from tests.page import PageClient

SECRETS = ("SECRET-AGENDA", "SECRET-NOTES", "SECRET-ACTION", "SECRET-ANSWER", "SECRET-MESSAGE")

Ids = dict[str, int]


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> Ids:
    """A pair with a secret in every text, a round with two people, and everybody around."""
    with app.app_context():
        skill = competencies.competency("Listening")
        boss = people.person("Bo", "Manager")
        team = people.team("Support", lead=boss)
        people.employment(boss, team=people.team())
        role, lead = people.role("Associate"), people.role("Team lead", level=3)
        competencies.requirement(lead, skill, 4)
        careers.ladder((role, lead, EdgeKind.UP))
        mentee = people.employment(
            people.person("Ada", "Mentee"), role=role, team=team, manager=boss
        ).person
        mentor = people.employment(people.person("Can", "Mentor")).person
        competencies.evidence(mentee, skill, 2, observed_on=date(2026, 8, 1))
        competencies.evidence(mentor, skill, 5)
        programme = make.all_year(mid_on=date(2026, 11, 20))
        pair = make.pair(mentor, mentee, skill, programme=programme, message="SECRET-MESSAGE")
        session = make.session(pair, agenda="SECRET-AGENDA", notes="SECRET-NOTES")
        held = make.session(
            pair, state=MeetingState.HELD, starts_at=session.starts_at - timedelta(days=9),
            notes="SECRET-NOTES",
        )  # fmt: skip
        action = make.action(session, mentee, title="SECRET-ACTION")
        open_round = make.programme("Winter")
        make.mentee_in(open_round, mentee, skill)
        make.mentor_in(open_round, mentor, skill, seats=2)
        found = {
            "mentee": people.account(person=mentee).id,
            "mentor": people.account(person=mentor).id,
            "manager": people.account(person=boss, leads=team).id,
            "hr": people.account(roles=["hr"]).id,
            "admin": people.account(roles=["admin"]).id,
            "executive": people.account(roles=["executive"]).id,
            "peer": people.account(person=people.employment(team=team).person).id,
            "pair": pair.id, "session": session.id, "held": held.id, "action": action.id,
            "skill": skill.id, "round": open_round.id, "programme": programme.id,
            "person": mentee.id,
            "profile": db.session.scalars(sa.select(MentorProfile.id)).one(),
        }  # fmt: skip
        db.session.commit()
        return found


def addresses(ids: Ids) -> Iterator[str]:
    yield from (
        "/", "/mentoring", "/mentoring/mentors", "/inbox", f"/people/{ids['person']}",
        f"/mentoring/mentors/{ids['profile']}", f"/mentoring/pairs/{ids['pair']}",
        f"/mentoring/sessions/{ids['session']}", f"/mentoring/sessions/{ids['held']}",
        f"/mentoring/sessions/{ids['session']}/calendar",
        f"/mentoring/pairs/{ids['pair']}/feedback/mid",
        f"/mentoring/programmes/{ids['programme']}",
        f"/mentoring/programmes/{ids['programme']}/report",
        f"/mentoring/programmes/{ids['programme']}/pairs/export/csv",
        f"/mentoring/programmes/{ids['programme']}/people/export/csv",
        "/settings/trail", "/settings/audit", "/settings/mail", "/search?q=SECRET",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["hr", "admin", "executive", "manager", "peer"])
def test_what_the_two_write_reaches_nobody_else(client: PageClient, ids: Ids, who: str) -> None:
    own = client.as_(ids["mentee"])
    own.post(
        f"/mentoring/pairs/{ids['pair']}/feedback/mid",
        {"answer_meeting": "4", "answer_useful": "4", "answer_better": "SECRET-ANSWER"},
    )
    page = own.get(f"/mentoring/sessions/{ids['session']}")
    own.submit(page, "/words", notes="SECRET-NOTES, changed")
    assert "SECRET-NOTES, changed" in own.get(f"/mentoring/sessions/{ids['session']}").html
    reader = client.as_(ids[who])
    for address in addresses(ids):
        response = reader.get(address, follow=True).response
        answer = response.get_data(as_text=True)
        response.close()
        for secret in SECRETS:
            assert secret not in answer.replace("q=SECRET", ""), address


def test_the_trail_knows_that_something_was_written_and_not_what(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    own = client.as_(ids["mentee"])
    page = own.get(f"/mentoring/sessions/{ids['session']}")
    own.submit(page, "/words", notes="SECRET-NOTES, changed", agenda="SECRET-AGENDA, changed")
    with app.app_context():
        rows = db.session.execute(sa.text("select action, before, after from audit_event")).all()
    written = [row for row in rows if row[0] == "mentoring.session_written"]
    assert len(written) == 1
    assert "SECRET" not in str(rows)


def test_the_two_see_everything_and_a_manager_the_goals(client: PageClient, ids: Ids) -> None:
    page = client.as_(ids["mentee"]).get(f"/mentoring/pairs/{ids['pair']}")
    assert page.h1 == "You and Can Mentor"
    for text in ("Listening: reach level 3", "Level 2 at the start, 2 now", "SECRET-ACTION",
                 "1 of 6 sessions held", "Half-way feedback", "Mentoring agreement"):  # fmt: skip
        assert text in page.text, text
    seen = client.as_(ids["manager"]).get(f"/mentoring/pairs/{ids['pair']}")
    assert seen.h1 == "Ada Mentee with Can Mentor"
    assert "Listening: reach level 3" in seen.text
    assert "What the two talk about is theirs alone." in seen.text
    assert "Mentor: Can Mentor" in client.as_(ids["manager"]).get(f"/people/{ids['person']}").text


def test_a_manager_of_before_sees_the_pair_no_longer(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    with app.app_context():
        pair = db.session.get_one(MentoringPair, ids["pair"])
        job = pair.mentee.employments[0]
        job.manager, job.team = None, people.team("Elsewhere")
        db.session.commit()
    assert client.as_(ids["manager"]).get(f"/mentoring/pairs/{ids['pair']}").status == 403


def test_notes_save_themselves_and_a_stale_page_keeps_what_was_typed(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    own, other = client.as_(ids["mentee"]), client.as_(ids["mentor"])
    url = f"/mentoring/sessions/{ids['session']}/words"
    page = own.get(f"/mentoring/sessions/{ids['session']}")
    json = {"Accept": "application/json"}
    version = page.fields("/words")["version"]
    saved = other.post(url, {"version": version, "notes": "from the mentor"}, headers=json)
    assert saved.response.json == {"version": int(version) + 1}
    late = own.post(url, {"version": version, "notes": "from the mentee"})
    assert late.status == 409
    assert "Someone changed this" in late.text
    assert "from the mentee" in late.html
    stale = own.post(url, {"version": version, "notes": "x"}, headers=json)
    assert stale.status == 409
    with app.app_context():
        assert db.session.get_one(MentoringSession, ids["session"]).notes == "from the mentor"


def test_a_mentee_signs_up_with_the_gaps_of_their_path(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    own = client.as_(ids["mentee"])
    page = own.get(f"/mentoring/programmes/{ids['round']}/join")
    assert "Goals from your path to Team lead" in page.text
    assert "Listening: reach level 4" in page.text
    wrong = own.post(f"/mentoring/programmes/{ids['round']}/join", {"hopes": "Learn a lot"})
    assert wrong.status == 422
    assert "Learn a lot" in wrong.html
    done = own.post(
        f"/mentoring/programmes/{ids['round']}/join",
        {"goals": ids["skill"], "languages": "en", "hopes": "Learn a lot"}, follow=True,
    )  # fmt: skip
    assert "You are in." in done.text
    with app.app_context():
        entry = db.session.scalars(
            sa.select(MentoringEntry).where(MentoringEntry.person_id == ids["person"])
        ).one()
        assert [(goal.competency_id, goal.level) for goal in entry.goals] == [(ids["skill"], 4)]


def test_hr_matches_locks_and_publishes(client: PageClient, ids: Ids) -> None:
    hr = client.as_(ids["hr"])
    base = f"/mentoring/programmes/{ids['round']}"
    page = hr.get(base)
    hr.submit(page, "/move", to="matching")
    page = hr.get(f"{base}/match")
    page = hr.submit(page, "/match/run", mode="everyone")
    for text in ("Ada Mentee with Can Mentor", "80 points",
                 "A level ahead in the goal: Listening",
                 "Both speak English", "Neither named the other",
                 "This is the best there is."):  # fmt: skip
        assert text in page.text, text
    page = hr.submit(page, "/lock")
    assert "Unlock" in page.text
    assert client.as_(ids["mentee"]).get("/mentoring").text.count("Can Mentor") <= 2
    done = hr.submit(page, "/match/publish")
    assert "One pair was told of each other." in done.text
    assert "Winter" in client.as_(ids["mentee"]).get("/mentoring").text


def test_points_that_are_no_numbers_come_back_with_a_message(client: PageClient, ids: Ids) -> None:
    hr = client.as_(ids["hr"])
    url = f"/mentoring/programmes/{ids['round']}/match/run"
    answer = hr.post(url, {"mode": "total", "weight_goal": "lots"})
    assert answer.status == 422
    assert "lots" in answer.html


def test_after_the_last_day_to_sign_up_the_round_says_so_and_hr_closes_it_to_match(
    client: PageClient, ids: Ids, clock: Any
) -> None:
    at = f"/mentoring/programmes/{ids['round']}"
    assert "Open for sign-up" in client.as_(ids["peer"]).get(at).text
    clock(datetime(2026, 12, 24, 9, tzinfo=UTC))
    page = client.as_(ids["peer"]).get(at).text
    assert "Sign-up is over" in page
    assert "Open for sign-up" not in page
    assert "Open for sign-up" not in client.as_(ids["peer"]).get("/mentoring").text
    hr = client.as_(ids["hr"])
    assert "close the sign-up, then match people" in hr.get(at).text
    match = hr.get(f"{at}/match")
    assert "/match/run" not in match.html
    assert "/match/run" in hr.submit(match, "/move").html


def test_a_programme_is_added_and_a_stale_change_keeps_what_was_typed(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get("/mentoring/programmes/add")
    wrong = hr.submit(page, **{"title-en": "Autumn", "summary-en": "For all",
                               "starts_on": "2026-12-01", "ends_on": "2026-11-01"})  # fmt: skip
    assert wrong.status == 422
    assert "It ends before it begins." in wrong.text
    done = hr.submit(wrong, ends_on="2027-06-01", join_until="2026-11-30")
    assert done.h1 == "Autumn"
    with app.app_context():
        row = db.session.scalars(
            sa.select(MentoringProgramme).order_by(MentoringProgramme.id.desc())
        ).first()
        assert len(row.questions) == 7
        key = row.id
    page = hr.get(f"/mentoring/programmes/{key}/change")
    hr.submit(page, sessions_asked="8")
    late = hr.submit(page, sessions_asked="9")
    assert "Someone changed this" in late.text
    assert late.fields()["sessions_asked"] == "9"


def test_a_mentor_is_found_by_what_they_help_with_and_asked(client: PageClient, ids: Ids) -> None:
    peer = client.as_(ids["peer"])
    assert "Can Mentor" in peer.get(f"/mentoring/mentors?competency={ids['skill']}").text
    assert "No mentor fits" in peer.get("/mentoring/mentors?language=ja").text
    page = peer.get(f"/mentoring/mentors/{ids['profile']}/ask")
    empty = peer.submit(page, message="Please")
    assert empty.status == 422
    assert "Please" in empty.html
    done = peer.submit(page, others=str(ids["skill"]), message="Please")
    assert done.h1 == "You and Can Mentor"
    again = peer.submit(page, others=str(ids["skill"]), message="Once more")
    assert again.status == 422
    assert "You have asked somebody already" in again.text
    assert "Once more" in again.html


def test_home_says_what_waits(client: PageClient, app: Flask, ids: Ids) -> None:
    page = client.as_(ids["mentee"]).get("/")
    assert "Mentoring with Can Mentor" in page.text
    assert "How is mentoring with Can Mentor going?" in page.text
    with app.app_context():
        mentor = db.session.get_one(MentoringPair, ids["pair"]).mentor
        make.pair(mentor, people.employment(people.person("Eda", "Asks")).person,
                  state=PairState.REQUESTED)  # fmt: skip
        make.programme("Spring", state=ProgrammeState.MATCHING)
        db.session.commit()
    assert "Eda Asks asks you to be their mentor" in client.as_(ids["mentor"]).get("/").text
    assert "Match “Spring”" in client.as_(ids["hr"]).get("/").text


def test_a_certificate_comes_after_the_end_and_says_nothing_of_the_other(
    app: Flask, client: PageClient, ids: Ids
) -> None:
    own = client.as_(ids["mentee"])
    url = f"/mentoring/pairs/{ids['pair']}"
    early = own.post(f"{url}/certificate")
    assert early.status == 409
    page = own.get(f"{url}/end")
    own.submit(page, reason="done")
    done = own.post(f"{url}/certificate")
    again = own.post(f"{url}/certificate")
    assert done.location == again.location
    with app.app_context():
        payloads = db.session.execute(sa.text("select payload from document")).scalars().all()
    assert "Can Mentor" not in str(payloads)
    assert client.as_(ids["mentor"]).get(done.location).status == 403
    assert client.as_(ids["hr"]).get(done.location).status == 200


LISTS = {
    "/mentoring": 7,
    "/mentoring/mentors": 7,
    "/mentoring/programmes": 3,
    "/mentoring/programmes/{round}": 9,
    "/mentoring/programmes/{round}/people": 5,
    "/mentoring/programmes/{round}/match": 9,
}


@pytest.mark.parametrize(("address", "cost"), LISTS.items())
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    app: Flask, client: PageClient, ids: Ids, count_queries: Callable[[], int], address: str,
    cost: int, rows: int,
) -> None:  # fmt: skip
    with app.app_context():
        programme = db.session.get_one(MentoringProgramme, ids["round"])
        programme.state = ProgrammeState.MATCHING
        skill = competencies.competency()
        for _number in range(rows):
            make.programme()
            one, two = people.employment().person, people.employment().person
            make.mentee_in(programme, one, skill)
            make.mentor_in(programme, two, skill)
            make.pair(two, one, programme=programme)
            hr = db.session.get_one(type(people.account()), ids["hr"])
            make.pair(people.employment().person, db.session.get_one(type(one), hr.person_id))
        db.session.commit()
    hr_client = client.as_(ids["hr"])
    url = address.format(**ids)
    hr_client.get(url)
    count_queries()
    hr_client.get(url)
    assert count_queries() == cost


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "cost"), [("/mentoring/pairs/{pair}", 13), ("/mentoring/sessions/{session}", 10)]
)
def test_a_pair_costs_the_same_with_one_session_and_with_three(
    app: Flask, client: PageClient, ids: Ids, count_queries: Callable[[], int], address: str,
    cost: int, rows: int,
) -> None:  # fmt: skip
    with app.app_context():
        pair = db.session.get_one(MentoringPair, ids["pair"])
        session = db.session.get_one(MentoringSession, ids["session"])
        for _number in range(rows):
            make.action(make.session(pair), pair.mentor)
            make.action(session, pair.mentee)
        db.session.commit()
    mentor, url = client.as_(ids["mentor"]), address.format(**ids)
    mentor.get(url)
    count_queries()
    assert mentor.get(url).status == 200
    assert count_queries() == cost
