"""Somebody leaves with everything half done: nothing waits for them, and nobody's page breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.bonuses.models import BonusEntry
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.jobs.registry import HANDLERS
from portal.development.models import Assessment, CareerPlan, FeedbackReply, FeedbackRequest
from portal.development.states import AssessmentState, RequestState
from portal.goals import queries as goals_waiting
from portal.goals.states import GoalState
from portal.meetings.models import Meeting, MeetingSeries
from portal.meetings.states import MeetingState, SeriesState
from portal.mentoring.models import MentoringPair
from portal.mentoring.states import LIVE as RUNNING
from portal.people.models import Person, Role, Team
from portal.people.operations import end_employment
from portal.promotions.models import Promotion
from portal.promotions.states import PromotionState
from portal.reviews.models import Review, ReviewPart
from portal.reviews.states import PartKind, PartState, ReviewState
from tests.factories import (
    bonuses,
    competencies,
    conduct,
    development,
    goals,
    meetings,
    mentoring,
    people,
    promotions,
    reviews,
    succession,
    surveys,
)
from tests.page import PageClient

LAST = date(2026, 11, 25)
LATER = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DAILY = (
    "surveys.look_after", "onboarding.look_after", "development.look_after", "reviews.look_after",
    "mentoring.look_after", "succession.look_after", "meetings.roll_on", "promotions.settle",
    "training.remind", "certification.remind",
)  # fmt: skip
PAGES = (
    "/", "/goals/team", "/meetings", "/my/meetings", "/reviews/team", "/mentoring", "/promotions",
    "/succession", "/development", "/inbox",
)  # fmt: skip


@dataclass
class Scene:
    """The leaver with an account, a colleague, and those above them."""

    team: Team
    role: Role
    person: Person
    own: Account
    colleague: Person
    beside: Account
    lead: Account
    hr: Account
    director: Account

    @property
    def readers(self) -> list[Account]:
        return [self.beside, self.lead, self.hr, self.director]


@pytest.fixture
def scene(app: Flask, client: PageClient, clock: Any) -> Any:
    with app.app_context():
        who = promotions.line()
        colleague = people.person("Umut", "Beside")
        role = people.role("Leaver's role")
        who.person.given_name, who.person.family_name = "Gone", "Quitter"
        db.session.flush()
        job = who.person.employment_on(portal_clock.today())
        assert job is not None
        job.role = role
        lead = db.session.get_one(Person, who.lead.person_id)
        people.employment(colleague, team=who.team, role=role, manager=lead)
        found = Scene(who.team, role, who.person, who.own, colleague,
                      people.account(person=colleague), who.lead, who.hr, who.director)  # fmt: skip
        _work(found, who)
        _grow(found)
        _review(found)
        db.session.commit()
        yield found


def _work(who: Scene, line: Any) -> None:
    """Goals, a 1:1, a corrective action, a promotion, a bonus run, a survey, a nomination."""
    goals.goal(who.person, by=who.lead, ends_on=date(2026, 11, 28))
    goals.goal(who.person, by=who.own, state=GoalState.PROPOSED)
    lead = db.session.get_one(Person, who.lead.person_id)
    meetings.meeting(meetings.series(lead, who.person), starts_at=LATER + timedelta(days=1))
    conduct.action(who.person, proposed_by_id=who.lead.id, follow_up_on=date(2026, 11, 30))
    promotions.proposed(line)
    bonuses.run(bonuses.plan(who.role))
    surveys.staff(who.team, 3)
    surveys.opened()
    post = succession.key_position(who.team, people.role("Key"), lead)
    succession.nomination(post, who.person, by=who.hr)


def _grow(who: Scene) -> None:
    """An assessment, feedback about them and asked of them, a plan, and two pairs."""
    development.assessment(who.person, who.lead)
    development.request(who.person, who.own, who.beside)
    development.request(who.colleague, who.beside, who.own)
    plan = development.plan(who.person, who.own)
    plan.review_on, plan.person_signed_at = date(2026, 11, 29), portal_clock.now()
    mentoring.pair(who.person, who.colleague)
    mentoring.session(mentoring.pair(who.colleague, who.person))


def _review(who: Scene) -> None:
    """Their own review with the parts of others, and a part they owe somebody else's."""
    cycle, skill = reviews.cycle(), competencies.competency()
    lead = db.session.get_one(Person, who.lead.person_id)
    around: dict[str, Any] = {
        "cycle": cycle, "team": who.team, "role": who.role, "manager": lead, "competency": skill
    }  # fmt: skip
    own = reviews.plain_review(person=who.person, **around)
    reviews.part(own, PartKind.SELF, who.person)
    reviews.part(own, PartKind.MANAGER, lead)
    reviews.part(own, PartKind.PEER, who.colleague)
    other = reviews.plain_review(person=who.colleague, **around)
    reviews.part(other, PartKind.PEER, who.person)


def leave(who: Scene, clock: Any) -> None:
    """The last day is set, comes and passes; the daily jobs run."""
    job = who.person.employment_on(portal_clock.today())
    assert job is not None
    end_employment(job, ends_on=LAST, by=who.hr)
    db.session.commit()
    clock(LATER)
    for name in DAILY:
        HANDLERS[name]()
        db.session.commit()


def all_of(column: Any, *where: Any) -> set[Any]:
    return set(db.session.scalars(sa.select(column).where(*where)))


def test_everything_under_way_ends(scene: Scene, clock: Any) -> None:
    leave(scene, clock)
    key = scene.person.id
    assert all_of(MeetingSeries.state) == {SeriesState.ENDED}
    assert MeetingState.PLANNED not in all_of(Meeting.state)
    assert all_of(Promotion.state) == {PromotionState.ENDED}
    assert all_of(Assessment.state) == {AssessmentState.CANCELLED}
    assert all_of(FeedbackRequest.state, FeedbackRequest.person_id == key) == {RequestState.CLOSED}
    assert all_of(CareerPlan.id, CareerPlan.closed_at.is_(None)) == set()
    assert not all_of(MentoringPair.state) & set(RUNNING)
    assert all_of(Review.state, Review.person_id == key) == {ReviewState.CANCELLED}
    assert all_of(ReviewPart.state, ReviewPart.author_id == key,
                  ReviewPart.kind == PartKind.PEER) == {PartState.UNUSED}  # fmt: skip


def test_what_they_earned_or_were_asked_stays(scene: Scene, clock: Any) -> None:
    leave(scene, clock)
    assert scene.person.id in all_of(BonusEntry.person_id)
    asked = FeedbackRequest.person_id == scene.colleague.id
    assert all_of(FeedbackRequest.state, asked) == {RequestState.OPEN}
    assert db.session.query(FeedbackReply).filter_by(giver_id=scene.person.id).count() == 1
    clock(LATER + timedelta(days=30))
    HANDLERS["development.look_after"]()
    assert all_of(FeedbackRequest.state, asked) == {RequestState.CLOSED}


def test_nobody_is_asked_for_anything_about_them(
    client: PageClient, scene: Scene, clock: Any
) -> None:
    before = client.as_(scene.lead.id).get("/")
    assert "Quitter" in before.tree.find(".//main").text_content()
    keys = [(account.id, account.display_name) for account in scene.readers]
    leave(scene, clock)
    assert list(db.session.scalars(goals_waiting.goals_over(scene.hr, LATER.date()))) == []
    for key, name in keys:
        page = client.as_(key).get("/")
        needs = page.tree.find(".//main").text_content()
        # How it was is asked of the other one of a pair, for two months at most.
        needs = needs.replace("How is mentoring with Gone Quitter going?", "")
        assert "Quitter" not in needs, f"{name}: {needs}"


def test_every_page_of_everybody_around_stays_whole(
    client: PageClient, scene: Scene, clock: Any
) -> None:
    readers = [account.id for account in (*scene.readers, scene.own)]
    person = scene.person.id
    leave(scene, clock)
    pages = (*PAGES, f"/people/{person}", f"/goals/people/{person}")
    for reader in readers:
        for url in pages:
            assert client.as_(reader).get(url).status in {200, 303, 403, 404}, url
