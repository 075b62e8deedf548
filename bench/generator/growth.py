"""How people are led to grow: career plans, two cycles of reviews, and a survey of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from bench.generator.together import Seat, seats_of
from bench.generator.world import World, days
from portal.core.db import db, session_writes
from portal.development.models import CareerPlan, PlanAction
from portal.people.models import Employment, Team
from portal.reviews import operations as reviews
from portal.reviews.models import Review, ReviewCycle, ReviewPart, ReviewTemplate
from portal.surveys import operations as surveys
from portal.surveys.models import SurveyReceipt
from portal.surveys.states import SurveyState

ANSWER = "What was seen over the year, and what came of it. " * 5


def load_growth(world: World) -> None:
    """Everybody who works here now takes part; one in three has a plan."""
    seats = seats_of(world)
    _load_plans(world, seats[::3])
    _load_reviews(world, seats)
    _open_survey(world, seats)


def _load_plans(world: World, seats: list[Seat]) -> None:
    """A career plan with two actions; one in twenty waits for the manager's name."""
    at, today = world.now - days(60), world.now.date()
    role = world.connection.execute(sa.select(sa.func.max(Employment.role_id))).scalar_one()
    world.load(CareerPlan, (
        {"id": n, "person_id": seat.person, "role_id": role,
         "review_on": today + timedelta(days=1 + n % 180), "created_at": at,
         "created_by_id": seat.account, "person_signed_at": at,
         "manager_signed_at": at if n % 20 else None,
         "manager_signed_by_id": seat.account if n % 20 else None,
         "closed_at": None, "version": 1}
        for n, seat in enumerate(seats, 1)
    ), len(seats))  # fmt: skip
    world.load(PlanAction, (
        {"id": 2 * n - place, "plan_id": n, "kind": "other", "subject_id": None, "note": "",
         "title": "Lead a shift for a day", "need": "", "done_on": None, "dropped_on": None,
         "due_on": today + timedelta(days=n % 90 + 30 * place), "created_at": at,
         "created_by_id": seat.account, "version": 1}
        for n, seat in enumerate(seats, 1) for place in range(2)
    ), 2 * len(seats))  # fmt: skip


def _load_reviews(world: World, seats: list[Seat]) -> None:
    """One closed cycle of last year and one that runs, with everybody in both."""
    with session_writes():
        reviews.load_templates(by=None)
        db.session.commit()
    template = world.connection.execute(sa.select(sa.func.min(ReviewTemplate.id))).scalar_one()
    world.load(ReviewCycle, (_cycle(world, template, n) for n in (1, 2)))
    of = [(cycle, seat) for cycle in (1, 2) for seat in seats]
    world.load(Review, (_review(world, n, *one) for n, one in enumerate(of, 1)), len(of))
    world.load(ReviewPart, _parts(world, of), 2 * len(of))


def _cycle(world: World, template: int, number: int) -> dict[str, Any]:
    began = world.now - days(400 if number == 1 else 20)
    ends = [(began + days(14 * week)).date() for week in range(6)]
    closed = number == 1
    return {
        "id": number, "name": dict.fromkeys(("en", "tr", "es", "ja"), f"Year {number}"),
        "template_id": template, "starts_on": (began - days(365)).date(), "ends_on": began.date(),
        "population": {}, "weights": {"self": 20, "manager": 80}, "least_raters": 3,
        "peers_wanted": 3, "opens_on": ends[0], "peers_due_on": ends[1], "parts_due_on": ends[2],
        "manager_due_on": ends[3], "calibration_due_on": ends[4], "signing_due_on": ends[5],
        "state": "closed" if closed else "running", "launched_at": began,
        "closed_at": began + days(100) if closed else None, "created_at": began,
        "created_by_id": None, "version": 1,
    }  # fmt: skip


def _review(world: World, number: int, cycle: int, seat: Seat) -> dict[str, Any]:
    began, signed = world.now - days(400 if cycle == 1 else 20), cycle == 1
    at = began + days(90) if signed else None
    score = 2 + number % 7 / 2 if signed else None
    return {
        "id": number, "cycle_id": cycle, "person_id": seat.person, "role_id": seat.role,
        "team_id": seat.team, "manager_id": seat.manager, "edition": 1, "competencies": [],
        "state": "signed" if signed else "writing", "score": score, "rating": score,
        "summary": ANSWER if signed else "", "development": [], "note": "", "created_at": began,
        "rated_at": at, "calibrated_at": at, "released_at": at, "signed_at": at, "version": 1,
    }  # fmt: skip


def _parts(world: World, of: list[tuple[int, Seat]]) -> Iterator[dict[str, Any]]:
    """What the person and the manager write; of the running cycle half is in."""
    numbers = count(1)
    for review, (cycle, seat) in enumerate(of, 1):
        for kind, author in (("self", seat.person), ("manager", seat.manager)):
            if author is None:
                continue
            handed_in = cycle == 1 or review % 2 == 0
            at = world.now - days(330 if cycle == 1 else 5)
            yield {
                "id": next(numbers), "review_id": review, "kind": kind, "author_id": author,
                "state": "submitted" if handed_in else "open",
                "answers": {"summary": ANSWER} if handed_in else {},
                "score": 3.0 if handed_in else None, "named_by_id": None, "decided_by_id": None,
                "reason": "", "created_at": at - days(10), "saved_at": at if handed_in else None,
                "submitted_at": at if handed_in else None, "version": 1,
            }  # fmt: skip


def _open_survey(world: World, seats: list[Seat]) -> None:
    """One survey that asks everybody; nobody is sent mail about it."""
    today = world.now.date()
    with session_writes():
        start = surveys.starts()[0]
        terms = surveys.Terms(
            title=start.title, intro=start.intro, opens_on=today,
            closes_on=today + timedelta(days=14),
        )  # fmt: skip
        survey = surveys.add_survey(terms, start=start, by=None)
        survey.state, survey.opened_at, survey.counted = SurveyState.OPEN, world.now, ["all"]
        db.session.commit()
        survey_id = survey.id
    rows = world.connection.execute(sa.select(Team.id, Team.path, Team.site_id)).all()
    teams = {row.id: row for row in rows}
    world.load(SurveyReceipt, (
        {"survey_id": survey_id, "person_id": seat.person, "team_id": seat.team,
         "path": teams[seat.team].path, "site_id": teams[seat.team].site_id,
         "tenure": "3_to_5", "answered": n % 3 == 0}
        for n, seat in enumerate(seats)
    ), len(seats))  # fmt: skip
