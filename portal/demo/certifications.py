"""The certifications of the demo, the queues its people serve, and who must hold what."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.certification import operations as certification
from portal.certification import queries
from portal.certification.models import Certification, ClientQueue
from portal.core import clock
from portal.core.db import Words, db
from portal.demo import licences
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Role, Team
from portal.training.queries import course_with_key

DATA_PROTECTION_COURSE = "data_protection"


def set_rules(cast: Cast) -> None:
    """Two licences of the house, one of them with a newer rule, queues and mandates."""
    hr = cast.account("hr")
    with days_ago(720):
        course = db.session.scalars(course_with_key(DATA_PROTECTION_COURSE)).one()
        terms, asked = licences.data_protection(course, clock.today())
        certification.publish_certification("data_protection", terms, criteria=[asked], by=hr)
        terms, criteria = licences.disputes(clock.today())
        certification.publish_certification("card_disputes", terms, criteria=criteria, by=hr)
    with days_ago(45):
        terms, criteria = licences.disputes(clock.today() + timedelta(days=25), newer=True)
        certification.publish_certification(known("card_disputes"), terms, criteria=criteria, by=hr)
    with days_ago(600):
        _ask_of_queues(cast, hr)
        root = db.session.scalars(sa.select(Team).where(Team.parent_id.is_(None))).one()
        _ask("data_protection", hr, team=root, within_days=30)
        _ask("card_disputes", hr, team=cast.team(cast.site("istanbul")), within_days=90)
        _ask("interviewer_licence", hr, role=cast.role("team_lead"), within_days=60)


def known(key: str) -> Certification:
    """A certification by key."""
    return db.session.scalars(queries.certification_with_key(key)).one()


def _ask_of_queues(cast: Cast, hr: Account) -> None:
    brokers = [cast.team(cast.site("dublin"))]
    brokerage = _queue("brokerage", licences.BROKERAGE, 2, brokers, hr)
    _ask("series_7", hr, queue=brokerage)
    _ask("series_63", hr, queue=brokerage)
    _ask("regulatory_element", hr, queue=brokerage, within_days=60)
    for key, name in licences.COMPLAINTS.items():
        teams = [cast.team(cast.site(key), number) for number in range(2)]
        queue = _queue(f"complaints_{key}", name, 3, teams, hr)
        _ask("complaints_licence", hr, queue=queue, within_days=180)


def _queue(key: str, name: Words, minimum: int, teams: list[Team], hr: Account) -> ClientQueue:
    return certification.add_queue(key=key, name=name, minimum=minimum, teams=teams, by=hr)


def _ask(
    key: str,
    hr: Account,
    *,
    role: Role | None = None,
    team: Team | None = None,
    queue: ClientQueue | None = None,
    within_days: int = 0,
) -> None:
    certification.set_mandate(
        known(key),
        role=role,
        team=team,
        queue=queue,
        within_days=within_days,
        starts_on=clock.today(),
        by=hr,
    )
