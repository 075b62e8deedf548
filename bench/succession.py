"""Succession: the bench and what-if over five hundred key positions among all people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import sqlalchemy as sa
from flask import Flask

from bench.clock import Figure, spread, timed
from bench.pages import Bench, Visit
from portal.core import clock
from portal.core.db import db, session_writes
from portal.people.models import Employment, Position
from portal.people.queries.employments import covering
from portal.succession import operations
from portal.succession.chain import chain
from portal.succession.coverage import Post, coverage
from portal.succession.models import KeyPosition, Nomination, PositionAssessment, ReadinessLevel
from portal.succession.states import Impact, LossRisk, NominationState, PositionState

POSITIONS, NAMED, LEAVERS = 500, 3, 5
BENCH, WHAT_IF, COMPUTED = 500, 800, 500
"""Milliseconds a page, and for what is worked out from plain facts."""


def measure_succession(bench: Bench) -> Iterator[Figure]:
    """The pages over all positions, and the two functions beneath them by themselves."""
    posts = _plan(bench.app, bench.found.hr)
    held = [post.holder for post in posts if post.holder is not None]
    number, leavers = f"{len(posts):,}", held[:: max(len(held) // LEAVERS, 1)][:LEAVERS]
    yield bench.page(Visit(f"bench over {number} key positions", "/succession", "hr", BENCH))
    asked = "&".join(f"leaver={key}" for key in leavers)
    path = f"/succession/what-if?{asked}"
    work = f"what if {len(leavers)} of {number} holders leave"
    yield bench.page(Visit(work, path, "hr", WHAT_IF))
    for name, job in (
        (f"coverage of {number} positions", lambda _n: len(coverage(posts).matching)),
        (f"chain of moves over {number} positions, a fifth empty",
         lambda _n: len(chain(posts, set(held[::5])).moves)),
    ):  # fmt: skip
        figure = Figure(name, *spread(timed(job, 5, warm=1)), target=f"{COMPUTED} ms")
        figure.reached = (figure.p95 or 0) <= COMPUTED
        yield figure


def _plan(app: Flask, hr: int) -> list[Post]:
    """Positions spread over everybody at work; each with successors, some named again and again."""
    with app.app_context(), session_writes():
        operations.load_succession(by=None)
        db.session.flush()
        level_ids = list(
            db.session.scalars(sa.select(ReadinessLevel.id).order_by(ReadinessLevel.order))
        )
        day, chance = clock.today(), Random(1)
        working = sa.select(Employment).where(covering(day), Employment.position_id.is_(None))
        jobs = chance.sample(
            list(db.session.scalars(working.order_by(Employment.id))), POSITIONS * 3
        )
        seats, others = jobs[:POSITIONS], [job.person_id for job in jobs[POSITIONS:]]
        for at, job in enumerate(seats):
            seat = Position(code=f"B{at}", role_id=job.role_id, team_id=job.team_id, is_key=True)
            db.session.add(seat)
            db.session.flush()
            job.position_id = seat.id
            plan = KeyPosition(position_id=seat.id, state=PositionState.ACTIVE, looked_at_on=day,
                               created_at=clock.now())  # fmt: skip
            db.session.add(plan)
            db.session.flush()
            db.session.add(PositionAssessment(
                key_position_id=plan.id, holder_id=job.person_id, impact=Impact.HIGH,
                risk=LossRisk.MEDIUM, assessed_at=clock.now(), assessed_by_id=hr,
            ))  # fmt: skip
            people = [*chance.sample(others, NAMED - 1), others[at % 40]]
            for rank, person_id in enumerate(dict.fromkeys(people), start=1):
                db.session.add(Nomination(
                    key_position_id=plan.id, nominee_id=person_id, rank=rank,
                    level_id=level_ids[(at + rank) % len(level_ids)],
                    reason="Led the team in summer.", judged_on=day - timedelta(days=at),
                    level_since=day - timedelta(days=at), state=NominationState.APPROVED,
                    proposed_at=clock.now(), proposed_by_id=hr,
                ))  # fmt: skip
        db.session.commit()
        return _posts()


def _posts() -> list[Post]:
    ready = dict(db.session.execute(sa.select(ReadinessLevel.id, ReadinessLevel.is_ready)).all())
    rows = db.session.execute(
        sa.select(Nomination.key_position_id, Nomination.nominee_id, Nomination.level_id)
        .order_by(Nomination.key_position_id, Nomination.rank)
    ).all()  # fmt: skip
    holders = db.session.execute(
        sa.select(KeyPosition.id, Employment.person_id)
        .join(Employment, Employment.position_id == KeyPosition.position_id)
    ).all()  # fmt: skip
    return [
        Post(
            key, holder,
            ready=tuple(row[1] for row in rows if row[0] == key and ready[row[2]]),
            named=tuple(row[1] for row in rows if row[0] == key),
        )
        for key, holder in holders
    ]  # fmt: skip
