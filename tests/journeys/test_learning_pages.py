"""The pages of training and certification: all on a phone, those with wide tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

PERSON = "select person_id from account where email = 'associate@demo.example'"
IDS = {
    "person": PERSON,
    "course": "select id from course where key = 'complaint_handling'",
    "full": "select session_id from enrolment where state = 'waiting' order by id",
    "held": "select id from course_session where state = 'held' order by id",
    "result": "select e.id from enrolment e join course c on c.id = e.course_id"
              " where e.state = 'enrolled' and c.pass_mark is not null"
              " and e.session_id is null order by e.id",
    "claim": "select id from credit where state = 'claimed' order by id",
    "category": "select id from credit_category order by id",
    "programme": "select id from programme order by id",
    "joined": "select id from programme_enrolment where closed_at is null order by id",
    "certification": "select id from certification where key = 'card_disputes'",
    "version": "select id from certification_version order by id desc",
    "mandate": "select id from certification_mandate order by id",
    "queue": "select id from client_queue order by id",
    "award": "select award_id from badge order by id",
    "revoked": "select award_id from award_revocation order by id",
    "waiting": "select id from award where needs_check and id not in"
               " (select award_id from award_check) order by id",
    "pursuit": "select id from certification_pursuit where closed_at is null order by id",
    "shown": "select a.version_id from badge b join award a on a.id = b.award_id order by b.id",
    "badge": "select uid from badge order by id",
}  # fmt: skip
EVERY = """
/training/courses/{course}/enrol /training/courses/{course}/sessions/plan
/training/sessions/{full}/change /training/enrolments/{result}/result /training/hours/{claim}
/training/import /training/programmes/{programme} /training/programmes/{programme}/enrol
/training/programme-enrolments/{joined} /settings/courses/{course} /settings/courses/add
/settings/credit-categories/{category} /settings/programmes/add /settings/programmes/{programme}
/settings/training-rules/add /settings/certifications/{certification}
/settings/certifications/{certification}/mandates/add /settings/certifications/versions/{version}
/settings/certifications/mandates/{mandate}/end /settings/queues/add /settings/queues/{queue}
/settings/badge-keys /certification/awards/{award} /certification/awards/{revoked}
/certification/people/{person}/add /certification/people/{person}/waive
/certification/pursuits/{pursuit} /training/sessions/{held}/certificates
"""
WIDE = """
/training /training/courses/{course} /training/sessions /training/sessions/{full}
/training/sessions/{held} /training/people/{person} /training/people/{person}/hours
/training/hours /training/programmes /settings/courses /settings/credit-categories
/settings/programmes /settings/training-rules /settings/certifications /settings/queues
/settings/certifications/{certification}/edit /certification/checks
/certification/awards/{waiting} /certification/people/{person}
/certification/people/{person}?on=2026-03-31 /certification/matrix
/certification/matrix?on=2026-03-31&show=lacking /certification/queues
/certification/queues/{queue} /certification/coverage /certification/compliance
"""
OWN = "/my/training /my/training/hours /my/training/hours/claim /my/certificates"
PUBLIC = "/badges/{badge} /badges/issuer /badges/achievements/{shown}"


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: query for name, query in IDS.items() if f"{{{name}}}" in table}
    ids = {name: portal.value(f"{query} limit 1") for name, query in used.items()}
    return table.format(**ids).split()


def test_on_a_phone(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=PHONE)
    for path in paths(portal, EVERY + WIDE):
        hr.go(path)


def test_on_a_desk(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=DESK)
    for path in paths(portal, WIDE):
        hr.go(path)


@pytest.mark.parametrize("who", ["associate", "lead"])
def test_ones_own(portal: Portal, enter: Open, who: str) -> None:
    phone = enter(who, size=PHONE)
    for path in OWN.split():
        phone.go(path)


@pytest.mark.parametrize("lang", ["tr", "es", "ja"])
def test_the_chief_pages_in_other_languages(portal: Portal, enter: Open, lang: str) -> None:
    phone = enter("associate", size=PHONE)
    phone.lang = lang
    for path in ("/my/training", "/my/certificates"):
        phone.go(f"{path}?lang={lang}")


def test_what_the_world_sees_of_a_badge(portal: Portal, walk: Open) -> None:
    stranger = walk(size=PHONE)
    for path in paths(portal, PUBLIC):
        stranger.go(path)
