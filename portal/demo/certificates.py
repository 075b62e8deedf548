"""Awards in every standing there is: given, renewed, brought along, checked, lapsed, revoked."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from portal.certification import operations as certification
from portal.core import clock
from portal.core.db import db
from portal.core.i18n import words
from portal.demo import licences
from portal.demo.awarding import begin, bring, give, hand_in, protect
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.certifications import known, set_rules
from portal.people import operations as people
from portal.people.models import Person
from portal.people.states import EmploymentReason

VARIETY = 37
"""Spreads days over people whose ids follow one another."""
YEAR = 365
BROUGHT = (590, 560, 490, 420, 405)
"""How many days ago the brokers brought their exams along."""


def award_all(cast: Cast) -> None:
    """Set up the rules, then let each team earn, lose and renew."""
    set_rules(cast)
    _protect_data(cast)
    _handle_complaints(cast)
    _decide_disputes(cast)
    _serve_brokerage(cast)
    _license_interviewers(cast)
    _show(cast)


def _team(cast: Cast, site: str, number: int = 0) -> list[Person]:
    """The lead of a team, then its people from the longest there to the newest."""
    return cast.members(cast.team(cast.site(site), number))


def _protect_data(cast: Cast) -> None:
    """The yearly certificate: in one team everybody stands differently, elsewhere most hold it."""
    lead, senior, associate, late, soon, away, _missing = _team(cast, "istanbul")
    protect(cast, lead, 210)
    protect(cast, senior, 500, 150)
    protect(cast, associate, YEAR - 12)
    protect(cast, late, YEAR + 9)
    protect(cast, soon, YEAR - 45)
    with days_ago(30):
        certification.waive_certification(
            away,
            known("data_protection"),
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=150),
            reason=words(licences.ON_LEAVE, away.language),
            by=cast.account("hr"),
        )
    ours = cast.team(cast.site("istanbul")).id
    for person in db.session.scalars(sa.select(Person).order_by(Person.id)):
        job = person.employment_on(clock.today())
        if job is None or job.team_id == ours or person.id % 11 == 0:
            continue
        here = (clock.today() - job.starts_on).days
        protect(cast, person, min(here - 5, 40 + person.id * VARIETY % 280))


def _handle_complaints(cast: Cast) -> None:
    """In Istanbul every licence ends within weeks, so the queue needs its renewals."""
    lead, senior, associate, late, revoked, waiting, begun = _team(cast, "istanbul")
    for person, days in ((lead, 338), (senior, 334), (associate, 335), (late, 420)):
        give(cast, person, "complaints_licence", days)
    taken = give(cast, revoked, "complaints_licence", 200)
    with days_ago(18):
        certification.revoke_award(
            taken,
            revoked_on=clock.today(),
            reason=words(licences.UNSIGNED, revoked.language),
            by=cast.account("hr"),
        )
    hand_in(cast, begin(cast, waiting, "complaints_licence", 6), 1)
    begin(cast, begun, "complaints_licence", 9, leave_open=2)
    for person in _team(cast, "istanbul", 1)[:3]:
        give(cast, person, "complaints_licence", 330)
    for number in range(2):
        for place, person in enumerate(_team(cast, "madrid", number)[:4]):
            give(cast, person, "complaints_licence", 40 + 25 * place)


def _decide_disputes(cast: Cast) -> None:
    """A newer rule has ended what was given under the older; some qualified anew."""
    lead, senior, associate, *others = _team(cast, "istanbul")
    for person in (lead, senior, associate, *others[:2]):
        give(cast, person, "card_disputes", 250)
    for place, person in enumerate((lead, senior)):
        give(cast, person, "card_disputes", 12 - place)
    hand_in(cast, begin(cast, associate, "card_disputes", 8), 3)
    refused = hand_in(cast, begin(cast, others[0], "card_disputes", 10), 5)
    with days_ago(2):
        note = words(licences.ONE_PAGE, others[0].language)
        certification.check_award(refused, agreed=False, note=note, by=cast.account("lead"))


def _serve_brokerage(cast: Cast) -> None:
    """Brokers bring their exams along; one left, came back in time, and nothing lapsed."""
    lead, *brokers = _team(cast, "dublin")
    for person, days in zip((lead, *brokers), BROUGHT, strict=False):
        number = f"CRD {7100000 + person.id * 317}"
        bring(cast, person, "series_7", days, number)
        if person is not lead:
            bring(cast, person, "series_63", days - 2, number)
    _leave_and_return(cast, brokers[3])
    this_year = (clock.today() - clock.today().replace(month=1, day=1)).days
    for place, person in enumerate(brokers[:3]):
        give(cast, person, "regulatory_element", min(40 + 20 * place, this_year))
    give(cast, brokers[3], "regulatory_element", this_year + 30)


def _leave_and_return(cast: Cast, person: Person) -> None:
    job = person.employments[0]
    with days_ago(300):
        people.end_employment(job, ends_on=clock.today(), by=cast.account("hr"))
    with days_ago(250):
        people.start_employment(
            person,
            role=job.role,
            team=job.team,
            site=job.site,
            manager=job.manager,
            starts_on=clock.today(),
            reason=EmploymentReason.RETURN,
            by=cast.account("hr"),
        )


def _license_interviewers(cast: Cast) -> None:
    """The leads who interview; one renewal waits for the manager to check it."""
    for site in ("istanbul", "madrid", "osaka", "dublin"):
        give(cast, _team(cast, site)[0], "interviewer_licence", 380)
    renewed = _team(cast, "istanbul", 1)[0]
    give(cast, renewed, "interviewer_licence", 2 * YEAR - 40)
    hand_in(cast, begin(cast, renewed, "interviewer_licence", 4), 1)


def _show(cast: Cast) -> None:
    """The senior associate prints one certificate and publishes another as a badge."""
    senior = cast.account("interviewer2")
    person = db.session.get_one(Person, senior.person_id)
    with days_ago(4):
        paper = bring(cast, person, "ccss", 5, "CCSS-20417")
        certification.issue_certificate(paper, by=senior)
        certification.publish_badge(paper, by=senior)
