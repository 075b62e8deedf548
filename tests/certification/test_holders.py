"""How many people hold a certification: counted in SQL, held against the standing of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.certification import queries
from portal.certification.models import Award, Certification
from portal.certification.standing import Facts, standing_of
from portal.certification.states import IN_FORCE, Standing
from portal.core.db import db
from tests.factories import certification as make
from tests.factories import people

DAYS = [
    date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2),
    date(2026, 11, 24), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 5), date(2028, 12, 31),
]  # fmt: skip
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def certification(db_session: Any, clock: Any) -> Certification:
    """Eleven people, each with an award that something else became of."""
    row = make.certification(grace_days=10, void_from=date(2028, 12, 31))

    def award(last: date | None = LAST, **values: Any) -> Award:
        return make.award(people.person(), row, FIRST, last, **values)

    award()
    award(None)
    make.check(award(needs_check=True))
    make.check(award(needs_check=True), agreed=False)
    award(needs_check=True)
    make.revocation(award(None), date(2026, 7, 1))
    make.lapse(award(None), date(2026, 5, 31), date(2026, 6, 30))
    make.lapse(award(None), date(2026, 5, 31), date(2026, 6, 30), returned_on=date(2026, 7, 1))
    make.lapse(award(None), date(2026, 5, 31), date(2026, 6, 30), returned_on=date(2026, 7, 2))
    old = award()
    make.award(old.person, row, date(2026, 11, 24), date(2028, 12, 31), supersedes_id=old.id)
    waits = award()
    make.award(waits.person, row, date(2026, 7, 1), None, supersedes_id=waits.id, needs_check=True)
    db.session.expire_all()
    return row


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_count_agrees_with_how_each_one_stands(certification: Any, day: date) -> None:
    by_person: dict[int, list[Facts]] = {}
    for award in db.session.query(Award).filter_by(certification_id=certification.id):
        by_person.setdefault(award.person_id, []).append(Facts.of(award))
    standings = [standing_of(facts, day=day).standing for facts in by_person.values()]
    holding = [one for one in standings if one in IN_FORCE and one is not Standing.GRACE]
    counted = dict(list(db.session.execute(queries.holders(day))))
    assert counted.get(certification.id, 0) == len(holding)
