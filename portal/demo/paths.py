"""The ladder, and people at each distance from team lead."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from portal.careers import operations as careers
from portal.careers.models import CareerClaim
from portal.careers.states import ClaimKind, EducationLevel
from portal.competencies import operations as competencies
from portal.competencies.models import Competency
from portal.competencies.states import EvidenceSource
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Person

NEEDED = {
    "leadership": 3,
    "performance_management": 3,
    "communication": 4,
    "problem_solving": 4,
    "time_management": 3,
    "conflict_resolution": 4,
}
"""What a team lead has to show."""

EARLIER = (
    "Postayla satış şirketinde müşteri temsilcisi",
    "Mağaza görevlisi",
)
SCHOOL = "İşletme, ikinci öğretim"


def walk(cast: Cast) -> None:
    """Publish the ladder; then observe people over the last year, some more often than others."""
    with days_ago(400):
        careers.load_paths(None)
    lead, senior, associate, *others = cast.members(cast.team(cast.site("istanbul")))
    _observe(cast, senior, NEEDED, first=330)
    _observe(cast, associate, NEEDED | {"conflict_resolution": 3}, first=300)
    for number, person in enumerate(others):
        shown = dict(list(NEEDED.items())[: max(4 - number, 0)])
        _observe(cast, person, shown, first=240 - 20 * number)
    _bring(cast, associate, EARLIER[0], ends=900, months=14, added=120, confirmed=True)
    if others:
        _bring(cast, others[0], EARLIER[1], ends=800, months=20, added=3, confirmed=False)
    with days_ago(200):
        degree = careers.add_claim(
            lead, ClaimKind.EDUCATION, title=SCHOOL, education=EducationLevel.BACHELOR,
            ends_on=clock.today() - timedelta(days=2000), by=cast.account_of(lead),
        )  # fmt: skip
    _confirm(cast, degree, days=195)


def _observe(cast: Cast, person: Person, shown: dict[str, int], *, first: int) -> None:
    """The manager records one competency after the other, each some weeks later."""
    job = person.employment_on(clock.today())
    watcher = cast.account_of(job.manager) if job and job.manager else cast.account("hr")
    rows = {
        row.key: row
        for row in db.session.scalars(sa.select(Competency).where(Competency.key.in_(shown)))
    }
    for place, (key, level) in enumerate(shown.items()):
        version = rows[key].current
        assert version is not None
        with days_ago(max(first - 45 * place, 5)):
            competencies.add_evidence(
                person_id=person.id,
                version=version,
                level=level,
                source=EvidenceSource.MANAGER,
                source_id=person.id,
                observed_on=clock.today(),
                by=watcher,
            )


def _bring(
    cast: Cast, person: Person, title: str, *, ends: int, months: int, added: int, confirmed: bool
) -> None:
    """Somebody adds work elsewhere."""
    with days_ago(added):
        last = clock.today() - timedelta(days=ends)
        claim = careers.add_claim(
            person, ClaimKind.EXPERIENCE, title=title, family="customer_service",
            starts_on=last - timedelta(days=months * 31), ends_on=last,
            by=cast.account_of(person),
        )  # fmt: skip
    if confirmed:
        _confirm(cast, claim, days=added - 10)


def _confirm(cast: Cast, claim: CareerClaim, *, days: int) -> None:
    with days_ago(days):
        careers.decide_claim(claim, confirmed=True, by=cast.account("hr"))
