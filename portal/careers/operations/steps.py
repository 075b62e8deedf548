"""Beginning what a path still needs, with one click: a course, a programme, a certification."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import operations as certification
from portal.certification.models import Certification, Pursuit
from portal.core import i18n
from portal.core.db import Words
from portal.people.models import Person, Role
from portal.training import operations as training
from portal.training.models import Course, Enrolment, Programme, ProgrammeEnrolment
from portal.training.states import Origin


def begin_course(person: Person, course: Course, role: Role, *, by: Account) -> Enrolment:
    """Enrol somebody in a course that helps them towards a role.

    Raises:
        Refused: if training refuses it.
    """
    origin = _origin(person, by)
    reason = _reason(role) if origin is Origin.MANAGER else None
    return training.enrol(person, course, origin=origin, reason=reason, by=by)


def begin_programme(
    person: Person, programme: Programme, role: Role, *, by: Account
) -> ProgrammeEnrolment:
    """Put somebody on the way through a programme that a role asks for.

    Raises:
        Refused: if training refuses it.
    """
    origin = _origin(person, by)
    reason = _reason(role) if origin is Origin.MANAGER else None
    return training.enrol_in_programme(person, programme, origin=origin, reason=reason, by=by)


def begin_certification(person: Person, certificate: Certification, *, by: Account) -> Pursuit:
    """Begin the way to a certificate that a role asks for.

    Raises:
        Refused: if certification refuses it.
    """
    return certification.start_pursuit(person, certificate, by=by)


def _origin(person: Person, by: Account) -> Origin:
    return Origin.SELF if by.person_id == person.id else Origin.MANAGER


def _reason(role: Role) -> Words:
    """Why, in every language: the person reads it in theirs."""
    return i18n.in_each_language(lambda: _("On the way to %(role)s", role=i18n.words(role.title)))
