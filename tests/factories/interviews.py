"""Rows of interviews with sensible defaults; flushed, never committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import db
from portal.hiring.models import Application, Requisition
from portal.hiring.states import Stage
from portal.interviews import operations, queries
from portal.interviews.models import (
    Interview,
    InterviewPlan,
    PlanCompetency,
    PlanRound,
    Question,
    Scorecard,
)
from portal.interviews.operations import Entry
from portal.interviews.operations.plan import add_question, content_hash
from portal.interviews.operations.rounds import start_round
from portal.interviews.states import PlanState, QuestionKind, QuestionLevel
from tests.factories import competencies as library
from tests.factories import hiring
from tests.factories import people as make
from tests.factories.people import added, in_words

_number = count(1)


def question(competency: Competency, text: str = "", **values: Any) -> Question:
    """A question about past behaviour, with one probe and one thing to listen for."""
    n = next(_number)
    defaults: dict[str, Any] = {
        "key": f"question_{n}",
        "competency": competency,
        "kind": QuestionKind.BEHAVIOURAL,
        "level": QuestionLevel.ASSOCIATE,
        "text": in_words(text or f"Tell me about case {n}."),
        "probes": [in_words("What did you check first?")],
        "listen_for": [in_words("A cause, not only a fix")],
    }
    return added(Question(**(defaults | values)))


def plan(
    requisition: Requisition | None = None,
    *,
    weights: Sequence[int] = (60, 40),
    published: bool = True,
    rounds: int = 1,
    panel_size: int = 2,
    **values: Any,
) -> InterviewPlan:
    """A pinned plan with a competency for each weight, one question about each in every round."""
    row = added(
        InterviewPlan(
            requisition=requisition or hiring.requisition(), created_at=clock.now(), **values
        )
    )
    for place, weight in enumerate(weights, 1):
        competency = library.competency()
        part = PlanCompetency(
            competency_version=competency.current, required_level=3, weight=weight, order=place
        )
        row.competencies.append(part)
    for _each in range(rounds):
        further_round(row, panel_size=panel_size)
    if published:
        row.state, row.published_at = PlanState.PUBLISHED, clock.now()
        row.content_hash = content_hash(row)
        db.session.flush()
    return row


def further_round(plan_: InterviewPlan, **values: Any) -> PlanRound:
    """One more round with a question about each competency."""
    row = start_round(plan_, **values)
    for part in plan_.competencies:
        add_question(row, part, question(part.competency_version.competency))
    db.session.flush()
    for each in plan_.rounds:
        db.session.expire(each)
    return row


def interviewer(name: str = "Mert", **values: Any) -> Account:
    return make.account(person=make.person(name), roles=["interviewer"], **values)


def interview(
    application: Application | None = None,
    *,
    panel: Sequence[Account] = (),
    plan_: InterviewPlan | None = None,
    **values: Any,
) -> Interview:
    """An interview that begins in an hour, with an empty scorecard for each of the panel."""
    who = application or hiring.application(stage=Stage.INTERVIEW)
    how = (
        plan_
        or db.session.scalar(
            db.select(InterviewPlan).filter_by(requisition_id=who.posting.requisition_id)
        )
        or plan(who.posting.requisition)
    )
    held = {row.round_id for row in db.session.scalars(queries.standing_of(who.id))}
    free = [each for each in how.rounds if each.id not in held]
    defaults: dict[str, Any] = {
        "application": who,
        "plan": how,
        "round": free[0] if free else further_round(how),
        "starts_at": clock.now() + timedelta(hours=1),
        "minutes": 45,
        "time_zone": "Europe/Istanbul",
        "place": "Room 4",
        "uid": f"uid-{next(_number)}@portal",
        "created_at": clock.now(),
        "scorecards": [
            Scorecard(account=account)
            for account in panel or (interviewer("Mert"), interviewer("Selin"))
        ],
    }
    return added(Interview(**(defaults | values)))


def fill(card: Scorecard, *ratings: int | None, note: str = "Heard it") -> Scorecard:
    """A draft with these ratings (4 for the rest); ``None`` is not observed."""
    questions = card.interview.round.questions
    given = [*ratings, *[4] * len(questions)][: len(questions)]
    operations.save_draft(
        card,
        entries={
            asked.id: Entry(note, rating=rating, not_observed=rating is None)
            for asked, rating in zip(questions, given, strict=True)
        },
        steps=["introduce"],
        by=card.account,
    )
    db.session.flush()
    return card


def submit(card: Scorecard, *ratings: int | None, note: str = "Heard it") -> Scorecard:
    """A filled scorecard, submitted by its interviewer."""
    fill(card, *ratings, note=note)
    operations.submit_scorecard(card, by=card.account)
    db.session.flush()
    return card


def complete(*ratings: Sequence[int | None], **values: Any) -> Interview:
    """An interview whose panel has submitted these ratings, one sequence for each interviewer."""
    given = ratings or ((4, 4), (4, 4))
    panel = [interviewer() for _each in given]
    made = interview(panel=panel, **values)
    for card, own in zip(made.scorecards, given, strict=True):
        submit(card, *own)
    return made
