"""Two years of monthly figures for everybody at the front line, with corrections and an import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from random import Random

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from portal.core import imports
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.metrics import operations as metrics
from portal.metrics import periods, queries
from portal.metrics.models import Metric
from portal.metrics.policy import IMPORT_KIND
from portal.people.models import Employment, Person, Role

SEED = 24
"""Its own, so that the scenes after this one are what they were."""
MONTHS = 24
LEARNING = 9
"""Months in which newcomers come near to what they can do."""
VARIETY = 0.5
REPORTED = 4
"""Days after a month until its figures are there."""

FRONT_LINE = ("customer_service_associate", "senior_associate")
LEADS = ("team_lead",)
FOR_LEADS = frozenset({"qa_score", "adherence"})
IMPORTED = "qa_score"

CORRECTION = {
    "en": "Two surveys belonged to a colleague with the same first name.",
    "tr": "İki anket aynı adı taşıyan bir çalışma arkadaşına aitti.",
    "es": "Dos encuestas eran de una persona con el mismo nombre.",
    "ja": "2件のアンケートは同名の別の担当者のものでした。",
}
LATE_REVIEWS = "Three quality reviews came in after the month was closed."


@dataclass(frozen=True)
class Shape:
    """How a metric goes: newcomers at ``start``, good people at ``best``, cases a month."""

    start: float
    best: float
    noise: float
    cases: int


SHAPES = {
    "csat": Shape(74, 93, 2.5, 85),
    "nps": Shape(12, 55, 7, 85),
    "fcr": Shape(62, 84, 2.5, 210),
    "aht": Shape(520, 345, 18, 430),
    "qa_score": Shape(76, 96, 2.2, 8),
    "adherence": Shape(86, 97, 1.2, 20),
    "first_response_time": Shape(85, 26, 6, 140),
    "resolution_time": Shape(900, 380, 55, 120),
    "retention": Shape(24, 52, 4, 38),
}


@dataclass(frozen=True)
class Worker:
    """Somebody with figures: since and until when, how able (0 to 1), and whether they lead."""

    person: Person
    since: date
    until: date
    talent: float
    leads: bool


def measure_all(cast: Cast) -> None:
    """Aim, record month by month as the reports came in, import the last ones, correct one."""
    today = datetime.now(UTC).date()
    last = periods.months_back(periods.month_of(today), 1)
    random = Random(SEED)
    known = {metric.key: metric for metric in db.session.scalars(queries.metrics_in_use())}
    _aim_longer(cast, known["aht"], last)
    workers = list(_workers(random, last))
    for month in periods.months_until(last, MONTHS):
        came_in = min(periods.last_day(month) + timedelta(days=REPORTED), today)
        kept = {key: row for key, row in known.items() if month != last or key != IMPORTED}
        with days_ago((today - came_in).days):
            figures = [one for worker in workers for one in _figures(random, worker, month, kept)]
            metrics.record_values(figures, by=None)
    _import_reviews(cast, random, workers, last, known[IMPORTED])
    _correct(cast, known["csat"], last)


def _workers(random: Random, last: date) -> Iterator[Worker]:
    found = (
        sa.select(Person, Employment.starts_on, Employment.ends_on, Role.key)
        .join(Employment, Employment.person_id == Person.id)
        .join(Role, Role.id == Employment.role_id)
        .where(Role.key.in_((*FRONT_LINE, *LEADS)), Employment.starts_on <= last)
        .order_by(Person.id, Employment.starts_on)
    )
    for person, held in groupby(db.session.execute(found).all(), key=itemgetter(0)):
        times = list(held)
        role = times[-1].key
        # Most are able, few are brilliant or struggle.
        talent = min(max(random.gauss(0.62, 0.22), 0.1), 1.0)
        talent += 0.15 if role != FRONT_LINE[0] else 0.0
        until = times[-1].ends_on or date.max
        yield Worker(person, times[0].starts_on, until, min(talent, 1.0), role in LEADS)


def _figures(
    random: Random, worker: Worker, month: date, known: dict[str, Metric]
) -> Iterator[metrics.Figure]:
    # The month somebody begins in has hardly any cases.
    first = periods.month_of(worker.since)
    if not first <= month <= worker.until:
        return
    tenure = (month.year - first.year) * 12 + month.month - first.month
    away = random.random() < 0.05
    share = 0.2 if away or tenure == 0 else 1.0
    for key, metric in known.items():
        shape = SHAPES.get(key)
        if shape is not None and (not worker.leads or key in FOR_LEADS):
            yield _figure(random, worker, month, metric, shape, tenure, share)


def _figure(  # noqa: PLR0917 - one figure in one line
    random: Random, worker: Worker, month: date, metric: Metric, shape: Shape, tenure: int,
    share: float,
) -> metrics.Figure:  # fmt: skip
    learnt = min(1.0, 0.35 + 0.65 * tenure / LEARNING)
    level = worker.talent * learnt
    # Before the holidays more people call, and everything goes a little worse.
    rush = 0.06 if month.month in {11, 12} else 0.0
    middle = shape.start + (shape.best - shape.start) * max(level - rush, 0.0)
    version = metric.definition
    value = round(Decimal(random.gauss(middle, shape.noise)), version.decimals)
    cases = max(int(shape.cases * share * random.uniform(1 - VARIETY / 2, 1 + VARIETY / 2)), 1)
    value = min(max(value, version.lowest), version.highest)
    return metrics.Figure(worker.person.id, version, month, value, cases)


def _aim_longer(cast: Cast, aht: Metric, last: date) -> None:
    """Claims take longer than cards: a target of its own for one team."""
    with days_ago(300):
        metrics.set_target(
            aht,
            metrics.Aim(Decimal(450), threshold=Decimal(500), maximum=Decimal(380)),
            team=cast.team(cast.site("istanbul"), 1),
            starts_on=periods.months_back(last, MONTHS),
            by=cast.account("hr"),
        )


def _import_reviews(
    cast: Cast, random: Random, workers: list[Worker], last: date, metric: Metric
) -> None:
    """The last month's reviews came as a table; the month before, some figures changed with it."""
    figures = [
        one
        for month in (periods.months_back(last, 1), last)
        for worker in workers
        for one in _figures(random, worker, month, {metric.key: metric})
        if month == last or worker.leads
    ]
    emails = {worker.person.id: worker.person.email for worker in workers}
    with days_ago(1), io.StringIO(newline="") as text:
        sheet = csv.writer(text)
        sheet.writerow(["person", "metric", "month", "value", "sample"])
        for one in figures:
            month = periods.iso_month(one.period)
            sheet.writerow([emails[one.person_id], metric.key, month, one.value, one.sample])
        name = f"quality-{periods.iso_month(last)}.csv"
        upload = FileStorage(io.BytesIO(text.getvalue().encode()), filename=name)
        hr = cast.account("hr")
        row = imports.keep(upload, IMPORT_KIND, by=hr)
        metrics.import_values(row, reason=LATE_REVIEWS, by=hr)


def _correct(cast: Cast, csat: Metric, last: date) -> None:
    """One figure of the associate people sign in as was wrong."""
    associate = cast.account("associate")
    with days_ago(1):
        row = db.session.scalars(queries.current_of(associate.person_id, csat.id, last)).one()
        assert row.value is not None
        assert row.sample is not None
        metrics.correct_value(
            row,
            value=min(row.value + 3, Decimal(100)),
            sample=row.sample - 2,
            reason=CORRECTION[associate.language],
            by=cast.account("hr"),
        )
