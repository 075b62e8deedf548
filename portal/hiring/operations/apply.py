"""Receiving applications from the careers site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.core import clock, files, search, tokens
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile, Upload
from portal.hiring.models import Application, DemographicAnswer, Posting
from portal.hiring.notices import application as notices
from portal.hiring.operations.stages import count_one
from portal.hiring.operations.trail import record_without_values
from portal.hiring.states import ApplicationSource, HiringFact, Stage
from portal.people.models import Person
from portal.people.operations import add_person

QUIET = timedelta(minutes=10)
"""A second try this soon is a double click: the first mail is on its way."""


class AppliedAlready(Refused):
    """The same person has applied to the same posting before."""

    def __init__(self, application: Application) -> None:
        super().__init__(_("You have applied for this job already."))
        self.application = application


def receive_application(
    posting: Posting,
    *,
    given_name: str,
    family_name: str,
    email: str,
    phone: str = "",
    headline: str = "",
    letter: str = "",
    language: str,
    source: ApplicationSource,
    consent_country: str,
    consent_text: str,
    reading: str = "",
    cv: Upload | StoredFile | None = None,
    answers: Mapping[str, bool] | None = None,
    demographics: Mapping[str, str] | None = None,
) -> Application:
    """Take in an application; a person known by e-mail is reused as they are.

    Raises:
        AppliedAlready: if this person has applied to this posting; nothing is written.
        Refused: if the posting takes no applications.
    """
    require_open(posting)
    person = add_person(
        given_name=given_name, family_name=family_name, email=email, language=language,
        phone=phone, reading=reading, by=None,
    )  # fmt: skip
    _require_first(posting, person)
    now = clock.now()
    application = Application(
        posting=posting, person=person, given_name=given_name, family_name=family_name,
        email=email, phone=phone, headline=headline, letter=letter, language=language,
        source=source, status_key=tokens.new_token(), consent_at=now,
        consent_country=consent_country, consent_text=consent_text, applied_at=now,
        stage=Stage.APPLIED, stage_since=now, answers=_known(posting, answers or {}),
    )  # fmt: skip
    _insert(application, cv)
    count_one(posting.id, Stage.APPLIED, +1)
    _keep_demographics(application, demographics or {})
    make_findable(application, reading)
    record_without_values(HiringFact.APPLIED, application, by=None)
    notices.received(application)
    return application


def require_open(posting: Posting) -> None:
    """Make sure that a posting takes applications today, where its site is.

    Raises:
        Refused: if it is not open, or its last day is over.
    """
    if not posting.is_open:
        raise Refused(_("This job takes no applications now."))


def remind_of_application(application: Application) -> None:
    """Send the status link again, unless the first mail has only just been written."""
    if application.erased_at is None and clock.now() - application.applied_at > QUIET:
        notices.remind(application)


def make_findable(application: Application, reading: str = "") -> None:
    """Put the candidate and the application into the search."""
    person = application.person
    search.index(
        "candidate",
        person.id,
        person.given_name,
        person.family_name,
        person.reading,
        person.email,
        application.given_name,
        application.family_name,
        application.email,
    )
    search.index(
        "application",
        application.id,
        application.given_name,
        application.family_name,
        reading or person.reading,
        application.headline,
        application.letter,
    )


def _require_first(posting: Posting, person: Person) -> None:
    found = db.session.scalar(
        sa.select(Application).where(
            Application.posting_id == posting.id, Application.person_id == person.id
        )
    )
    if found is not None:
        raise AppliedAlready(found)


def _insert(application: Application, cv: Upload | StoredFile | None) -> None:
    """Write the row and its CV; of two arriving at the same moment the second finds the first."""
    posting, person = application.posting, application.person
    try:
        with db.session.begin_nested():
            application.cv_file = _kept(cv)
            db.session.add(application)
    except IntegrityError:
        _require_first(posting, person)
        raise


def _known(posting: Posting, answers: Mapping[str, bool]) -> dict[str, bool]:
    """The answers to the must-haves that are asked now; nothing else is kept."""
    criteria = posting.latest_criteria
    asked = criteria.must_haves if criteria else []
    return {item["key"]: bool(answers[item["key"]]) for item in asked if item["key"] in answers}


def _kept(cv: Upload | StoredFile | None) -> StoredFile | None:
    if isinstance(cv, Upload):
        return files.store(cv.data, name=cv.name, media_type=cv.media_type)
    return cv


def _keep_demographics(application: Application, answers: Mapping[str, str]) -> None:
    """Keep the voluntary answers apart, under a reference only the portal's key can make."""
    given = {name: str(value) for name, value in answers.items() if value}
    if given:
        reference = tokens.keyed_hash("demographic-answer", application.id)
        db.session.add(
            DemographicAnswer(posting_id=application.posting_id, reference=reference, answers=given)
        )
