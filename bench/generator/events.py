"""The audit trail: about eight events for each application, in the order they happened."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from bench.generator.talks import panel
from bench.generator.world import Answer, World, days
from portal.core.audit import AuditEvent
from portal.hiring.states import Stage

EACH = 8
Event = tuple[datetime, int, str, int | None, str, int, int, dict[str, Any]]


def load_events(world: World) -> None:
    """Write the trail."""
    first = world.connection.execute(sa.select(sa.func.max(AuditEvent.id))).scalar() or 0
    world.load(AuditEvent, _rows(world, first), len(world.answers) * EACH)


def _rows(world: World, first: int) -> Iterator[dict[str, Any]]:
    for number, event in enumerate(_in_order(world), first + 1):
        at, _tie, action, by, kind, subject, person, after = event
        yield {
            "id": number, "at": at, "action": action, "account_id": by, "subject_type": kind,
            "subject_id": subject, "about_person_id": person, "before": {}, "after": after,
            "request_id": "",
        }  # fmt: skip


def _in_order(world: World) -> Iterator[Event]:
    """All events by time: those of applications that came later can't be earlier."""
    waiting: list[Event] = []
    ties, talks = count(), count(1)
    for answer in world.answers:
        while waiting and waiting[0][0] <= answer.at:
            yield heapq.heappop(waiting)
        for at, action, by, kind, subject, after in _of(world, answer, talks):
            event = (at, next(ties), action, by, kind, subject, answer.person, after)
            heapq.heappush(waiting, event)
    while waiting:
        yield heapq.heappop(waiting)


def _of(world: World, answer: Answer, talks: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """What happened to one application and around it."""
    hr = world.known["events_by"][answer.id % len(world.known["events_by"])]
    at, took, number = answer.at, answer.since - answer.at, answer.id
    yield at, "person.added", None, "person", answer.person, {"language": answer.name.language}
    yield at, "application.received", None, "application", number, {"stage": "applied"}
    yield at + took * 0.1, "application.cv_opened", hr, "application", number, {}
    yield at + took * 0.1, "person.read", hr, "person", answer.person, {}
    if answer.stage is Stage.APPLIED:
        return
    screened = {"screening_score": number % 100, "passes": True, "criteria": 1}
    yield at + took * 0.2, "application.screened", hr, "application", number, screened
    yield at + took * 0.2, "application.moved", hr, "application", number, {"stage": "screened"}
    if answer.interviewed:
        yield from _of_talk(world, answer, next(talks), hr)
    yield at + took * 0.9, "person.read", hr, "person", answer.person, {}
    if answer.stage is not Stage.SCREENED:
        last = {Stage.REJECTED: "application.rejected", Stage.WITHDRAWN: "application.withdrawn"}
        action = last.get(answer.stage, "application.moved")
        yield answer.since, action, hr, "application", number, {"stage": answer.stage.value}
    if answer.stage is Stage.HIRED:
        yield answer.since, "offer.sent", hr, "application", number, {"state": "sent"}
        yield answer.since, "offer.accepted", None, "application", number, {"state": "accepted"}
        start = answer.since + min(days(1), (world.now - answer.since) / 2)
        yield start, "employment.started", hr, "person", answer.person, {"reason": "hire"}


def _of_talk(world: World, answer: Answer, talk: int, hr: int) -> Iterator[tuple[Any, ...]]:
    at, took = answer.at, answer.since - answer.at
    yield at + took * 0.3, "interview.scheduled", hr, "interview", talk, {"state": "scheduled"}
    if answer.stage is Stage.INTERVIEW:
        return
    for place, account in enumerate(panel(world, talk, answer)):
        card = talk * 2 - 1 + place
        after = {"state": "submitted"}
        yield at + took * 0.7, "scorecard.submitted", account, "scorecard", card, after
    yield at + took * 0.7, "interview.revealed", None, "interview", talk, {"state": "complete"}
    yield at + took * 0.8, "interview.decided", hr, "panel_decision", talk, {"outcome": "advance"}
