"""Who may do what in training: rules about one row, without a query."""

from __future__ import annotations

from portal.core import clock
from portal.core.access import Viewer
from portal.core.imports import SheetImport
from portal.people.models import Person
from portal.training.models import (
    Completion,
    Course,
    CourseSession,
    Credit,
    CreditCategory,
    Enrolment,
    EnrolmentRule,
    Programme,
    ProgrammeEnrolment,
)
from portal.training.states import (
    LIVE,
    CourseKind,
    CourseState,
    CreditState,
    EnrolmentState,
    Origin,
)


def keep_catalogue(viewer: Viewer) -> bool:
    """HR keeps courses, programmes and rules."""
    return viewer.has_role("hr")


def keep_course(viewer: Viewer, course: Course) -> bool:  # noqa: ARG001 - any course
    """Change a course and plan its sessions: HR."""
    return keep_catalogue(viewer)


def keep_category(viewer: Viewer, category: CreditCategory) -> bool:  # noqa: ARG001 - any one
    """Name a category of hours: HR."""
    return keep_catalogue(viewer)


def see_course(viewer: Viewer, course: Course) -> bool:
    """The catalogue is open to everyone who works here; drafts are HR's."""
    return course.state is not CourseState.DRAFT or keep_catalogue(viewer)


def answers_for(viewer: Viewer, person: Person) -> bool:
    """The person's manager, or whoever leads their team or one above it; never the person."""
    if viewer.person_id == person.id:
        return False
    present = person.employment_on(clock.today())
    if present is None:
        # Somebody who starts later is prepared by the manager to be.
        present = next(iter(person.employments), None)
    if present is None or (present.ends_on is not None and present.ends_on < clock.today()):
        return False
    return viewer.person_id == present.manager_id or viewer.leads(present.team.path)


def see_training(viewer: Viewer, person: Person) -> bool:
    """What somebody is enrolled in and has completed: the person, those above them, HR."""
    return viewer.person_id == person.id or viewer.has_role("hr") or answers_for(viewer, person)


def enrol_person(viewer: Viewer, person: Person) -> bool:
    """Enrol somebody else: HR and those above them."""
    return viewer.person_id != person.id and (viewer.has_role("hr") or answers_for(viewer, person))


def enrol_others(viewer: Viewer) -> bool:
    """Whether there may be anybody to enrol: HR, managers and leads."""
    return viewer.has_role("hr", "manager") or bool(getattr(viewer, "led_paths", ()))


def enrol_in(viewer: Viewer, course: Course) -> bool:
    """Enrol others in a course on offer; the list of people is narrowed to whom one may."""
    return course.state is CourseState.OFFERED and enrol_others(viewer)


def leave_session(viewer: Viewer, enrolment: Enrolment) -> bool:
    """Give up a seat: the person, those above them, HR."""
    return enrolment.state in LIVE and see_training(viewer, enrolment.person)


def cancel_enrolment(viewer: Viewer, enrolment: Enrolment) -> bool:
    """Out of a course: what one wished for oneself; what others asked for, only they can."""
    if enrolment.state not in LIVE:
        return False
    if viewer.person_id == enrolment.person_id:
        return enrolment.origin is Origin.SELF
    return enrol_person(viewer, enrolment.person)


def confirm_completion(viewer: Viewer, enrolment: Enrolment) -> bool:
    """Say that one has worked through a course without a test on one's own."""
    return (
        viewer.person_id == enrolment.person_id
        and enrolment.state is EnrolmentState.ENROLLED
        and enrolment.course.kind is CourseKind.SELF_PACED
        and enrolment.course.pass_mark is None
    )


def record_result(viewer: Viewer, enrolment: Enrolment) -> bool:
    """Record how somebody did: the trainer, HR and those above them; nobody their own."""
    if viewer.person_id == enrolment.person_id or enrolment.state is not EnrolmentState.ENROLLED:
        return False
    session = enrolment.session
    if session is not None and session.trainer_id == viewer.person_id:
        return True
    return viewer.has_role("hr") or answers_for(viewer, enrolment.person)


def change_session(viewer: Viewer, session: CourseSession) -> bool:  # noqa: ARG001 - any session
    """Plan, change and cancel a session: HR."""
    return keep_catalogue(viewer)


def run_session(viewer: Viewer, session: CourseSession) -> bool:
    """Participants, attendance and results: the trainer and HR."""
    return viewer.person_id == session.trainer_id or viewer.has_role("hr")


def keep_programme(viewer: Viewer, programme: Programme) -> bool:  # noqa: ARG001 - any programme
    """Change a programme: HR."""
    return keep_catalogue(viewer)


def see_programme(viewer: Viewer, programme: Programme) -> bool:
    """Programmes are open to everyone who works here; drafts are HR's."""
    return programme.state is not CourseState.DRAFT or keep_catalogue(viewer)


def enrol_in_programme(viewer: Viewer, programme: Programme) -> bool:
    """Enrol others in a programme on offer; the list is narrowed to whom one may."""
    return programme.state is CourseState.OFFERED and enrol_others(viewer)


def see_programme_enrolment(viewer: Viewer, row: ProgrammeEnrolment) -> bool:
    """How far somebody is in a programme: the person, those above them, HR."""
    return see_training(viewer, row.person)


def leave_programme(viewer: Viewer, row: ProgrammeEnrolment) -> bool:
    """Out of a programme: what one wished for oneself; what others asked for, only they can."""
    if not row.is_live:
        return False
    if viewer.person_id == row.person_id:
        return row.origin is Origin.SELF
    return enrol_person(viewer, row.person)


def end_rule(viewer: Viewer, rule: EnrolmentRule) -> bool:
    """End a rule that enrols people: HR."""
    return rule.ended_at is None and keep_catalogue(viewer)


def ask_certificate(viewer: Viewer, completion: Completion) -> bool:
    """Have a certificate of completion printed: whoever sees the person's training."""
    return see_training(viewer, completion.person)


def check_hours(viewer: Viewer) -> bool:
    """Whether hours to check are worth a link; the list itself is narrowed for whoever opens it."""
    return enrol_others(viewer)


def decide_hours(viewer: Viewer, credit: Credit) -> bool:
    """Say whether claimed hours count: HR and those above the person; nobody their own."""
    return credit.state is CreditState.CLAIMED and enrol_person(viewer, credit.person)


def read_credit_file(viewer: Viewer, credit: Credit) -> bool:
    """The proof of hours: the person, those above them, HR."""
    return credit.file_id is not None and see_training(viewer, credit.person)


def import_completions(viewer: Viewer) -> bool:
    """Import what people completed: HR."""
    return viewer.has_role("hr")


def see_import(viewer: Viewer, sheet_import: SheetImport) -> bool:
    """Look at a table of completions and import it: HR."""
    return sheet_import.kind == "completions" and import_completions(viewer)
