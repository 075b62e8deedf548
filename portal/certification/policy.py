"""Who may do what in certification: rules about one row, without a query."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.certification.models import (
    Award,
    AwardEvidence,
    Badge,
    Certification,
    CertificationVersion,
    ClientQueue,
    Mandate,
    Pursuit,
    PursuitEvidence,
    Waiver,
)
from portal.core import clock
from portal.core.access import Viewer
from portal.people.models import Person


def keep_definitions(viewer: Viewer) -> bool:
    """HR keeps certifications, client queues and for whom they are mandatory."""
    return viewer.has_role("hr")


def keep_certification(viewer: Viewer, certification: Certification) -> bool:  # noqa: ARG001 - any
    """Read, change and retire a certification, and say for whom it is mandatory."""
    return keep_definitions(viewer)


def see_version(viewer: Viewer, version: CertificationVersion) -> bool:  # noqa: ARG001 - any
    """Read a rule, be it the present one or not."""
    return keep_definitions(viewer)


def end_mandate(viewer: Viewer, mandate: Mandate) -> bool:  # noqa: ARG001 - any
    """Ask for a certification no longer."""
    return keep_definitions(viewer)


def change_queue(viewer: Viewer, queue: ClientQueue) -> bool:  # noqa: ARG001 - any
    """Say who serves a queue."""
    return keep_definitions(viewer)


def answer_for(viewer: Viewer, person: Person) -> bool:
    """HR, the person's manager, and whoever leads their team; never the person.

    Who has not begun yet has the manager of the employment to come; a former one sees nothing.
    """
    if viewer.person_id == person.id:
        return False
    if viewer.has_role("hr"):
        return True
    today = clock.today()
    coming = (row for row in person.employments if row.starts_on > today)
    present = person.employment_on(today) or next(coming, None)
    if present is None:
        return False
    return present.manager_id == viewer.person_id or viewer.leads(present.team.path)


def see_certificates(viewer: Viewer, person: Person) -> bool:
    """One's own, and those of people one answers for."""
    return viewer.person_id == person.id or answer_for(viewer, person)


start_pursuit = add_certificate = see_certificates


def see_award(viewer: Viewer, award: Award) -> bool:
    """As for all certificates of its holder."""
    return see_certificates(viewer, award.person)


def read_award_evidence(viewer: Viewer, evidence: AwardEvidence) -> bool:
    """What shows it: the holder and those who may check it."""
    return see_award(viewer, evidence.award)


def is_second_person(viewer: Viewer, award: Award) -> bool:
    """HR, whose word settles the check of an award at once; never about their own."""
    return viewer.has_role("hr") and viewer.person_id != award.person_id


def check_award(viewer: Viewer, award: Award) -> bool:
    """Those who answer for the holder, but not whoever entered the award."""
    return viewer.id != award.awarded_by_id and answer_for(viewer, award.person)


def revoke_award(viewer: Viewer, award: Award) -> bool:
    """HR; nobody their own."""
    return is_second_person(viewer, award)


correct_award = revoke_award


def issue_certificate(viewer: Viewer, award: Award) -> bool:
    """The holder, and HR."""
    return viewer.person_id == award.person_id or viewer.has_role("hr")


def publish_badge(viewer: Viewer, award: Award) -> bool:
    """The holder alone: it shows them to the world."""
    return viewer.person_id == award.person_id


def withdraw_badge(viewer: Viewer, badge: Badge) -> bool:
    """As for publishing it."""
    return publish_badge(viewer, badge.award)


def keep_badge_keys(viewer: Viewer) -> bool:
    """HR and administrators see and change the keys that sign badges."""
    return viewer.has_role("hr", "admin")


def waive_certification(viewer: Viewer, person: Person) -> bool:
    """HR; nobody for themself."""
    return viewer.has_role("hr") and viewer.person_id != person.id


def end_waiver(viewer: Viewer, waiver: Waiver) -> bool:
    """As for granting it."""
    return waive_certification(viewer, waiver.person)


def see_pursuit(viewer: Viewer, pursuit: Pursuit) -> bool:
    """The person, and those who answer for them."""
    return see_certificates(viewer, pursuit.person)


give_evidence = enrol_for_pursuit = hand_in = give_up_pursuit = see_pursuit


def read_pursuit_evidence(viewer: Viewer, evidence: PursuitEvidence) -> bool:
    """As for the pursuit it belongs to."""
    return see_pursuit(viewer, evidence.pursuit)


def see_matrix(viewer: Account) -> bool:
    """How people stand: HR, directors, managers and leads; lists are narrowed to whom they see."""
    return viewer.has_role("hr", "executive", "manager") or bool(viewer.led_paths)


see_queues = see_compliance = issue_compliance_report = see_matrix


def see_queue(viewer: Account, queue: ClientQueue) -> bool:
    """Who may serve a queue: HR, directors, and whoever leads somebody who serves it."""
    if sees_whole_queue(viewer, queue):
        return True
    return any(path.startswith(row.team.path) for row in queue.teams for path in viewer.led_paths)


def sees_whole_queue(viewer: Account, queue: ClientQueue) -> bool:
    """Whether nobody who serves it is hidden, so that the numbers say something."""
    if viewer.has_role("hr", "executive"):
        return True
    return bool(queue.teams) and all(viewer.leads(row.team.path) for row in queue.teams)
