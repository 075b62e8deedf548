"""Standings in bulk and in SQL are those of ``standing.standing_of``, on random histories."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import Award, Certification, CertificationVersion
from portal.certification.standing import Facts, Held, standing_of
from portal.certification.states import Standing
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")

START = date(2026, 1, 1)
DAYS = st.integers(0, 400)
MAYBE = st.none() | DAYS
AWARD = st.fixed_dictionaries({
    "issued": DAYS,
    "lasts": st.none() | st.integers(0, 200),
    "needs_check": st.booleans(),
    "agreed": st.none() | st.booleans(),
    "revoked": st.none() | DAYS,
    "renews": st.booleans(),
    "new_version": st.booleans(),
    "left": st.none() | DAYS,
    "kept": st.integers(0, 40),
    "away": st.none() | st.integers(0, 80),
})  # fmt: skip
HISTORY = st.fixed_dictionaries({
    "awards": st.lists(AWARD, max_size=5),
    "waiver": st.none() | st.tuples(DAYS, st.none() | st.integers(0, 60)),
    "pursuit": st.none() | st.tuples(DAYS, st.none() | st.integers(0, 60)),
    "void": st.none() | DAYS,
    "terms": st.tuples(*[st.sampled_from([0, 1, 7, 30, 90])] * 3),
})  # fmt: skip


def day(number: int) -> date:
    return START + timedelta(days=number)


class History:
    """Writes one random history of a pair and remembers what else decides."""

    def __init__(self, drawn: dict[str, Any], by: Account) -> None:
        window, expiring, grace = drawn["terms"]
        terms = {"window_days": window, "expiring_days": expiring, "grace_days": grace}
        self.by, self.person = by, people.person()
        self.certification: Certification = make.certification(**terms)
        self.first: CertificationVersion = self.certification.current
        self.first.void_from = day(drawn["void"]) if drawn["void"] is not None else None
        self.second = make.version(self.certification, **terms)
        self.standing: Award | None = None
        for award in sorted(drawn["awards"], key=lambda one: one["issued"]):
            self._add(award)
        self.waiver = self._span(drawn["waiver"])
        self.pursuit = self._span(drawn["pursuit"])
        self._add_spans()

    def _add(self, drawn: dict[str, Any]) -> None:
        issued = day(drawn["issued"])
        before = self.standing if drawn["renews"] else None
        version = self.second if drawn["new_version"] else self.first
        row = make.award(
            self.person, self.certification, issued,
            issued + timedelta(days=drawn["lasts"]) if drawn["lasts"] is not None else None,
            needs_check=drawn["needs_check"], certification_version=version,
            supersedes_id=before.id if before else None,
        )  # fmt: skip
        agreed = drawn["agreed"] if drawn["needs_check"] else None
        if agreed is not None:
            make.check(row, agreed=agreed, by=self.by)
        if drawn["revoked"] is not None:
            make.revocation(row, max(day(drawn["revoked"]), issued), by=self.by)
        if drawn["left"] is not None:
            left = day(drawn["left"])
            back = left + timedelta(days=drawn["away"]) if drawn["away"] is not None else None
            make.lapse(row, left, left + timedelta(days=drawn["kept"]), returned_on=back)
        # Only one award that is not refused ever takes the place of another.
        if agreed is not False:
            self.standing = row

    @staticmethod
    def _span(drawn: tuple[int, int | None] | None) -> tuple[date, date | None] | None:
        if drawn is None:
            return None
        first, lasts = drawn
        return day(first), day(first + lasts) if lasts is not None else None

    def _add_spans(self) -> None:
        if self.waiver:
            first, last = self.waiver
            make.waiver(self.person, self.certification, first, ends_on=last, by=self.by)
        if self.pursuit:
            first, last = self.pursuit
            noon = clock.now().replace(hour=12)
            moments = [noon.replace(year=d.year, month=d.month, day=d.day) if d else None
                       for d in (first, last)]  # fmt: skip
            make.pursuit(
                self.person, self.certification, opened_at=moments[0], closed_at=moments[1]
            )

    def edges(self) -> set[date]:
        """The days on which something may change, and those before."""
        rules = (self.first, self.second)
        terms = {0}
        for rule in rules:
            terms |= {-rule.window_days, -rule.expiring_days, rule.grace_days}
        found = {self.first.void_from, *(self.waiver or ()), *(self.pursuit or ())}
        for row in db.session.scalars(queries.awards_of(self.person.id)):
            facts = Facts.of(row)
            found |= {facts.issued_on, facts.revoked_on, facts.superseded_on}
            for absence in facts.absences:
                found |= {absence.left_on, absence.lapses_on, absence.returned_on}
            found |= {last + timedelta(days=days) for last in (facts.expires_on, facts.void_from)
                      if last for days in terms}  # fmt: skip
        return {one + timedelta(days=more) for one in found if one for more in (-1, 0, 1)}

    def held(self, on: date) -> Held:
        """What the pure functions say."""
        rows = db.session.scalars(queries.awards_of(self.person.id))
        waived = self.waiver and self.waiver[0] <= on and (
            self.waiver[1] is None or on <= self.waiver[1])  # fmt: skip
        started = self.pursuit and self.pursuit[0] <= on and (
            self.pursuit[1] is None or on < self.pursuit[1])  # fmt: skip
        return standing_of(
            [Facts.of(row) for row in rows], day=on,
            in_progress=bool(started), waived=bool(waived),
        )  # fmt: skip


def by_database(person: Person, certification: Certification, on: date) -> tuple[str, str]:
    pairs = queries.standings(on, certification_ids=[certification.id])
    row = db.session.execute(
        sa.select(pairs.c.standing, pairs.c.last_day).where(pairs.c.person_id == person.id)
    ).one_or_none()
    return (row.standing, row.last_day) if row else (Standing.NOT_STARTED.value, "")


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    histories=st.lists(HISTORY, min_size=1, max_size=3), chance=st.randoms(use_true_random=False)
)
def test_all_three_agree(histories: list[dict[str, Any]], chance: Random) -> None:
    with db.session.begin_nested() as nested:
        by = people.account(roles=["hr"])
        rows = [History(drawn, by) for drawn in histories]
        db.session.expire_all()
        people_ids = [row.person.id for row in rows]
        certification_ids = [row.certification.id for row in rows]
        edges = sorted({one for row in rows for one in row.edges()}) or [START]
        for on in chance.sample(edges, min(len(edges), 12)):
            found = queries.held(people_ids, certification_ids, on)
            for row in rows:
                expected = row.held(on)
                bulk = found.get((row.person.id, row.certification.id), Held(Standing.NOT_STARTED))
                assert bulk == expected
                standing, last = by_database(row.person, row.certification, on)
                assert standing == expected.standing.value
                if expected.last_day is not None:
                    assert last == expected.last_day.isoformat()
        nested.rollback()
    db.session.expunge_all()
