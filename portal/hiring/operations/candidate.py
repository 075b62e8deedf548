"""What candidates may ask for their data: all of it in a file, and to have it erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.core import audit, clock, search
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files.removal import remove
from portal.core.i18n import LOCALES, fold, iso
from portal.hiring import signals
from portal.hiring.models import Application
from portal.hiring.notices import application as notices
from portal.hiring.operations.trail import record_without_values
from portal.hiring.states import ENDED, HiringFact
from portal.people.models import Employment, Person, sort_name

ERASED_NAME = "–"


def export_application(application: Application) -> dict[str, Any]:
    """Everything the candidate sent, as JSON Resume 1.0 with our own part under ``application``."""
    audit.record(HiringFact.EXPORTED, application, by=None)
    posting = application.posting
    return {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {
            "name": application.display_name,
            "label": application.headline,
            "email": application.email,
            "phone": application.phone,
            "summary": application.letter,
        },
        "meta": {"version": "v1.0.0", "lastModified": iso(clock.now())},
        "application": {
            "posting": posting.text(application.language)["title"],
            "givenName": application.given_name,
            "familyName": application.family_name,
            "reading": application.person.reading,
            "language": application.language,
            "appliedAt": iso(application.applied_at),
            "source": str(application.source),
            "answers": application.answers,
            "cv": application.cv_file.name if application.cv_file else None,
            "consent": {
                "at": iso(application.consent_at),
                "country": application.consent_country,
                "text": application.consent_text,
            },
        },
    }


def erase_application(application: Application) -> None:
    """Replace everything personal; what statistics count (stage, source, times) stays.

    Raises:
        Refused: if the application is still going on.
    """
    if application.stage not in ENDED:
        raise Refused(_("Withdraw your application first, then you can have it erased."))
    if application.erased_at is not None:
        return
    signals.application_erased.send(None, application=application)
    notices.forget(application)
    search.remove("application", application.id)
    if application.cv_file is not None:
        stored, application.cv_file = application.cv_file, None
        db.session.flush()
        remove(stored)
    person = application.person
    application.given_name, application.family_name = "", ERASED_NAME
    application.email = f"erased-{application.id}@invalid"
    application.phone = application.headline = application.letter = ""
    application.answers = {}
    application.erased_at = clock.now()
    _erase_person(application, person)
    record_without_values(HiringFact.ERASED, application, by=None)


def _erase_person(application: Application, person: Person) -> None:
    """Erase the person too, or part from a person who is known for something else.

    After parting, the same person may apply to this posting again.
    """
    if _known_otherwise(application, person):
        application.person = _nobody()
        return
    search.remove("candidate", person.id)
    search.remove("person", person.id)
    _blank(person)
    record_without_values(HiringFact.ERASED, person, by=None, about=person.id)


def _known_otherwise(application: Application, person: Person) -> bool:
    others = sa.exists().where(Application.person_id == person.id, Application.id != application.id)
    employed = sa.exists().where(Employment.person_id == person.id)
    return bool(db.session.scalar(sa.select(sa.or_(others, employed))))


def _nobody() -> Person:
    person = Person(language="en", created_at=clock.now())
    _blank(person)
    person.email_folded = f"erased-{clock.now().timestamp():f}@invalid"
    db.session.add(person)
    db.session.flush()
    _blank(person)
    return person


def _blank(person: Person) -> None:
    person.given_name, person.family_name, person.reading, person.phone = "", ERASED_NAME, "", ""
    person.email = f"erased-person-{person.id}@invalid"
    person.email_folded = fold(person.email)
    for locale in LOCALES:
        setattr(person, f"sort_{locale}", sort_name("", ERASED_NAME, "", locale))
