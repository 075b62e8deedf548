"""What else is known of the time a review is about, frozen with it: figures, evidence and more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.certification import queries as certification
from portal.certification.models import Certification
from portal.certification.states import SUFFICIENT, Standing
from portal.competencies.models import CompetencyVersion, Evidence
from portal.competencies.states import EvidenceSource
from portal.core import clock
from portal.core.charts import Trend
from portal.core.db import Words, db
from portal.metrics import periods, report
from portal.metrics import queries as metrics
from portal.recognition import queries as recognition
from portal.reviews.models import Review

MOST_EVIDENCE, MOST_THANKS = 20, 6
"""The newest so many; a paper is read, not searched."""


@dataclass(frozen=True)
class Seen:
    """One row of the evidence ledger."""

    competency: Words
    level: float
    source: EvidenceSource
    day: date


@dataclass(frozen=True)
class Paper:
    """A certificate as it stood on the last day, and until when it holds."""

    name: Words
    standing: Standing
    last_day: date | None


@dataclass(frozen=True)
class Praise:
    """A thanks that everyone may read."""

    writer: str
    day: date
    message: str


@dataclass(frozen=True)
class Material:
    """Everything of one stretch of time."""

    metrics: tuple[Trend, ...]
    evidence: tuple[Seen, ...]
    certificates: tuple[Paper, ...]
    recognition: tuple[Praise, ...]


def material_of(review: Review) -> Material:
    """The year up to the end of the cycle's period, or up to today if that is still to come."""
    last = min(review.cycle.ends_on, clock.today())
    return Material(
        tuple(_metrics(review, last)),
        tuple(_evidence(review, last)),
        tuple(_certificates(review, last)),
        tuple(_recognition(review, last)),
    )


def _metrics(review: Review, last: date) -> Iterator[Trend]:
    """Each metric as a trend with the target of the person's role and team."""
    until = periods.month_of(last)
    since = periods.months_back(until, report.MONTHS - 1)
    values: dict[int, dict[date, Decimal]] = {}
    for row in db.session.execute(metrics.figures_of_person(review.person_id, since)):
        if row.period <= until:
            values.setdefault(row.metric_id, {})[row.period] = row.value
    if not values:
        return
    board = report.Board(db.session.scalars(metrics.metrics()).all())
    for key, metric in board.metrics.items():
        if key in values:
            target = board.target(key, until, review.role_id, review.team.path)
            wanted = target.target if target else None
            yield report.trend(metric.definition, until, values[key], wanted)


def _evidence(review: Review, last: date) -> Iterator[Seen]:
    """Observations of the period, the newest first; reviews do not prove themselves."""
    found = (
        sa.select(CompetencyVersion.name, Evidence.level, Evidence.source, Evidence.observed_on)
        .join(CompetencyVersion, CompetencyVersion.id == Evidence.competency_version_id)
        .where(
            Evidence.person_id == review.person_id,
            Evidence.source != EvidenceSource.REVIEW,
            Evidence.observed_on.between(review.cycle.starts_on, last),
        )
        .order_by(Evidence.observed_on.desc(), Evidence.id.desc())
        .limit(MOST_EVIDENCE)
    )
    for name, level, source, day in db.session.execute(found):
        yield Seen(name, level, source, day)


def _certificates(review: Review, last: date) -> Iterator[Paper]:
    """What was in force on the last day."""
    known = sa.select(Certification).options(joinedload(Certification.current))
    names = {row.id: row.current.name for row in db.session.scalars(known) if row.current}
    if not names:
        return
    held = certification.held([review.person_id], list(names), last)
    for (_person_id, key), one in sorted(held.items()):
        if one.standing in SUFFICIENT:
            yield Paper(names[key], one.standing, one.last_day)


def _recognition(review: Review, last: date) -> Iterator[Praise]:
    """Public thanks, the newest first."""
    found = recognition.received([review.person_id], review.cycle.starts_on, last)
    thanks = list(db.session.scalars(found).unique())
    for one in reversed(thanks[-MOST_THANKS:]):
        moment: datetime = one.written_at
        yield Praise(one.writer.display_name, moment.date(), one.message)
