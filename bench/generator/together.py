"""Who works here now, and their goals, 1:1s and thanks."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any, NamedTuple

import sqlalchemy as sa

from bench.generator.world import World, days
from portal.accounts.models import Account
from portal.core.db import db, session_writes
from portal.goals.models import Goal, GoalCheckIn
from portal.meetings.models import Meeting, MeetingAction, MeetingSeries, SharedNotes
from portal.people.models import Employment
from portal.recognition import operations as recognition
from portal.recognition.models import Thanks, ThanksClap, ThanksReceiver, named_value

GOALS_EACH = 3
TITLES = ("Answer within the day", "Solve more at the first contact", "Teach two newcomers")
MESSAGE = "You stayed calm with a very upset caller and found a way out. Thank you!"


class Seat(NamedTuple):
    """Somebody who works here now, with the account they sign in with."""

    person: int
    account: int
    manager: int | None
    role: int
    team: int


def seats_of(world: World) -> list[Seat]:
    """Everybody who works here now."""
    rows = (
        sa.select(
            Employment.person_id, Account.id, Employment.manager_id, Employment.role_id,
            Employment.team_id,
        )
        .join(Account, Account.person_id == Employment.person_id)
        .where(Employment.ends_on.is_(None))
        .order_by(Employment.person_id)
    )  # fmt: skip
    return [Seat(*row) for row in world.connection.execute(rows)]


def load_together(world: World) -> None:
    """What people do with each other."""
    seats = seats_of(world)
    _load_goals(world, seats)
    _load_talks(world, [seat for seat in seats if seat.manager])
    _load_thanks(world, seats)


def _load_goals(world: World, seats: list[Seat]) -> None:
    of = [(seat, place) for seat in seats for place in range(GOALS_EACH)]
    world.load(Goal, (_goal(world, n, *one) for n, one in enumerate(of, 1)), len(of))
    world.load(GoalCheckIn, (_check_in(world, n, *one) for n, one in enumerate(of, 1)), len(of))


def _goal(world: World, number: int, seat: Seat, place: int) -> dict[str, Any]:
    """One in forty still waits for the other side."""
    today, at = world.now.date(), world.now - days(90)
    agreed = number % 40 != 0
    return {
        "id": number, "person_id": seat.person, "team_id": None, "parent_id": None,
        "title": TITLES[place], "description": "", "why": "", "weight": (40, 30, 30)[place],
        "starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=90),
        "measure": "steps", "unit": "", "start": 0, "target": 4, "metric_id": None,
        "state": "agreed" if agreed else "proposed", "created_at": at,
        "created_by_id": seat.account, "proposed_at": at, "proposed_by_id": seat.account,
        "returned": "", "agreed_at": at if agreed else None,
        "agreed_by_id": seat.account if agreed else None, "closed_at": None,
        "closed_by_id": None, "result": None, "outcome": "", "version": 1,
    }  # fmt: skip


def _check_in(world: World, number: int, seat: Seat, _place: int) -> dict[str, Any]:
    at = world.now - days(number % 60)
    return {
        "id": number, "goal_id": number, "on_day": at.date(), "value": number % 5,
        "standing": ("on_track", "on_track", "at_risk", "off_track")[number % 4], "note": "",
        "created_at": at, "created_by_id": seat.account,
    }  # fmt: skip


def _load_talks(world: World, seats: list[Seat]) -> None:
    """Each with their manager every two weeks: one meeting behind them, one to come."""
    numbered = list(enumerate(seats, 1))
    world.load(MeetingSeries, (_series(world, n, seat) for n, seat in numbered), len(seats))
    held = [_meeting(world, 2 * n - 1, n, -7 - n % 7, "held") for n, _seat in numbered]
    coming = [_meeting(world, 2 * n, n, 7 - n % 7, "planned") for n, _seat in numbered]
    world.load(Meeting, held + coming, 2 * len(seats))
    world.load(SharedNotes, (
        {"id": row["id"], "meeting_id": row["id"], "text": "", "saved_at": None, "version": 1}
        for row in held + coming
    ))  # fmt: skip
    world.load(MeetingAction, (_to_do(world, n, seat) for n, seat in numbered if n % 2))


def _series(world: World, number: int, seat: Seat) -> dict[str, Any]:
    at = world.now - days(number % 7 + 7) + timedelta(hours=9)
    return {
        "id": number, "kind": "manager", "host_id": seat.manager, "guest_id": seat.person,
        "state": "running", "rhythm": "fortnightly", "first_at": at, "minutes": 30,
        "time_zone": "Europe/Istanbul", "place": "", "created_at": at - days(7),
        "created_by_id": seat.account, "last_on": None, "version": 1,
    }  # fmt: skip


def _meeting(world: World, number: int, series: int, day: int, state: str) -> dict[str, Any]:
    return {
        "id": number, "series_id": series, "starts_at": world.now + days(day + 9 / 24),
        "minutes": 30, "place": "", "state": state, "uid": f"meeting-{number}@bench.example",
        "sequence": 0, "version": 1,
    }  # fmt: skip


def _to_do(world: World, number: int, seat: Seat) -> dict[str, Any]:
    held = world.now - days(7 + number % 7)
    return {
        "id": number, "meeting_id": 2 * number - 1, "owner_id": seat.person,
        "title": "Sit beside a colleague for an hour",
        "due_on": held.date() + timedelta(days=21), "created_at": held, "done_at": None,
        "done_in_id": None,
    }  # fmt: skip


def _load_thanks(world: World, seats: list[Seat]) -> None:
    """One thanks from everybody, to one or two colleagues, over a year, with some applause."""
    with session_writes():
        recognition.load_values(None)
        db.session.commit()
    chance = world.chance("thanks")
    written = [(n, seat, chance.sample(seats, 2 + n % 3)) for n, seat in enumerate(seats, 1)]
    world.load(Thanks, (
        {"id": n, "writer_id": seat.person, "message": MESSAGE, "language": "en",
         "visibility": "private" if n % 10 == 0 else "public", "changed_at": None,
         "written_at": world.now - days(365 * (1 - n / len(seats))), "withdrawn_at": None,
         "hidden_at": None, "hidden_by_id": None, "hidden_reason": "", "version": 1}
        for n, seat, _others in written
    ), len(seats))  # fmt: skip
    numbers = count(1)
    to = [(n, other.person) for n, seat, others in written for other in others[: 1 + n % 2]
          if other != seat]  # fmt: skip
    world.load(ThanksReceiver, (
        {"id": next(numbers), "thanks_id": n, "person_id": person} for n, person in to
    ))  # fmt: skip
    world.connection.execute(
        sa.insert(named_value), [{"thanks_id": n, "value_id": 1 + n % 3} for n, *_rest in written]
    )
    claps = [(n, other.person) for n, seat, others in written for other in others if other != seat]
    world.load(ThanksClap, (
        {"id": n, "thanks_id": thanks, "person_id": person}
        for n, (thanks, person) in enumerate(claps, 1)
    ))  # fmt: skip
