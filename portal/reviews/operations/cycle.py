"""Cycles: prepared, closed, called off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.reviews import queries
from portal.reviews.models import Review, ReviewCycle, ReviewTemplate
from portal.reviews.operations.template import require_whole
from portal.reviews.states import (
    CYCLE_MOVES,
    CycleState,
    PartKind,
    ReviewEnd,
    ReviewsFact,
    ReviewState,
    TemplateState,
)

LEAST_RATERS = 3
CALENDAR = (
    "opens_on",
    "peers_due_on",
    "parts_due_on",
    "manager_due_on",
    "calibration_due_on",
    "signing_due_on",
)
"""The days of a cycle in the order they come."""


@dataclass(frozen=True)
class Terms:
    """What HR says of a cycle; days are last days, weights per cent by kind of part."""

    name: Words
    starts_on: date
    ends_on: date
    population: Json
    weights: Mapping[str, int]
    least_raters: int
    peers_wanted: int
    opens_on: date
    peers_due_on: date
    parts_due_on: date
    manager_due_on: date
    calibration_due_on: date
    signing_due_on: date


def add_cycle(template: ReviewTemplate, terms: Terms, *, by: Account | None) -> ReviewCycle:
    """Prepare a cycle.

    Raises:
        Refused: if the terms do not fit together (``field`` names what is wrong), or the template
            is not in use.

    """
    if template.state is not TemplateState.PUBLISHED:
        raise Refused(_("Choose a template that is in use."), field="template")
    _check(terms)
    cycle = ReviewCycle(
        template_id=template.id,
        **_columns(terms),
        created_at=clock.now(),
        created_by_id=by.id if by else None,
    )
    db.session.add(cycle)
    audit.record(ReviewsFact.CYCLE_CHANGED, cycle, by=by)
    return cycle


def change_cycle(
    cycle: ReviewCycle, template: ReviewTemplate, terms: Terms, *, by: Account
) -> None:
    """Change a cycle: all of it while it is prepared, then only its name and days to come.

    Raises:
        Refused: as for adding, if it is over, or if what was asked would change after the launch.

    """
    if cycle.state not in {CycleState.DRAFT, CycleState.RUNNING}:
        raise Refused(_("This cycle is over and stays as it is."))
    _check(terms)
    columns = _columns(terms)
    if cycle.state is CycleState.RUNNING:
        fixed = ("weights", "population", "starts_on", "ends_on", "least_raters", "peers_wanted")
        columns = {name: value for name, value in columns.items() if name not in fixed}
    elif template.id != cycle.template_id:
        if template.state is not TemplateState.PUBLISHED:
            raise Refused(_("Choose a template that is in use."), field="template")
        cycle.template, cycle.template_id = template, template.id
    for name, value in columns.items():
        setattr(cycle, name, value)
    audit.record(ReviewsFact.CYCLE_CHANGED, cycle, by=by)


def _columns(terms: Terms) -> dict[str, Any]:
    used = {kind: weight for kind, weight in terms.weights.items() if weight}
    return asdict(terms) | {"weights": used}


def _check(terms: Terms) -> None:
    if terms.starts_on > terms.ends_on:
        raise Refused(_("The period ends before it begins."), field="ends_on")
    require_whole(terms.weights, field="weight_self")
    if not terms.weights.get(str(PartKind.MANAGER)):
        raise Refused(
            _("Give the manager's part a weight: somebody has to answer for the result."),
            field="weight_manager",
        )
    if terms.least_raters < LEAST_RATERS:
        raise Refused(
            _("At least %(least)s, or one could guess who wrote what.", least=LEAST_RATERS),
            field="least_raters",
        )
    for earlier, later in pairwise(CALENDAR):
        day = getattr(terms, earlier)
        if getattr(terms, later) < day:
            raise Refused(
                _("This day can't come before %(day)s, the one above.", day=i18n.date(day)),
                field=later,
            )


def close_cycle(cycle: ReviewCycle, *, by: Account) -> int:
    """End a cycle; reviews without a released result are called off, returns how many.

    What is released stays to be read and signed.

    Raises:
        Refused: if the cycle does not run.

    """
    require_move(CYCLE_MOVES, cycle.state, CycleState.CLOSED)
    unfinished = (ReviewState.WRITING, ReviewState.CALIBRATION)
    stopped = _call_off(cycle, unfinished, {"ending": ReviewEnd.CLOSED}, by)
    cycle.state, cycle.closed_at = CycleState.CLOSED, clock.now()
    audit.record(ReviewsFact.CYCLE_CLOSED, cycle, by=by, unfinished=stopped)
    return stopped


def cancel_cycle(cycle: ReviewCycle, *, reason: str, by: Account) -> None:
    """Call a cycle off with everything in it that is not signed.

    Raises:
        Refused: if it is over, or runs and the reason is missing.

    """
    require_move(CYCLE_MOVES, cycle.state, CycleState.CANCELLED)
    if cycle.state is CycleState.RUNNING and not reason.strip():
        raise Refused(_("Say why: people have begun to write."), field="reason")
    _call_off(cycle, queries.UNFINISHED, {"note": reason.strip()}, by)
    cycle.state, cycle.closed_at = CycleState.CANCELLED, clock.now()
    audit.record(ReviewsFact.CYCLE_CANCELLED, cycle, by=by)


def _call_off(
    cycle: ReviewCycle, states: tuple[ReviewState, ...], why: Mapping[str, Any], by: Account | None
) -> int:
    """Many at once: one statement for the reviews and one for the trail."""
    gone = db.session.execute(
        sa.update(Review)
        .where(Review.cycle_id == cycle.id, Review.state.in_(states))
        .values(state=ReviewState.CANCELLED, version=Review.version + 1, **why)
        .returning(Review.id, Review.person_id)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.expire_all()
    audit.record_many(
        ReviewsFact.REVIEW_CANCELLED,
        (
            {"subject_type": "review", "subject_id": key, "about_person_id": person_id}
            for key, person_id in gone
        ),
        by=by,
    )
    return len(gone)
