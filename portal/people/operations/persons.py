"""Adding people and changing what is known of them."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import audit, clock, search
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import LOCALES, fold
from portal.people import queries
from portal.people.models import Person, sort_name
from portal.people.states import PeopleFact

SEARCH_KIND = "person"


def add_person(
    *,
    given_name: str,
    family_name: str,
    email: str,
    language: str,
    phone: str = "",
    reading: str = "",
    by: Account | None,
) -> Person:
    """The person with this e-mail address, added if nobody has it yet.

    Who is known keeps name and number: a stranger may type anybody's address into a form.
    """
    key = fold(email.strip())
    if known := db.session.scalar(queries.person_with_email(key)):
        return known
    person = Person(
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        reading=reading.strip(),
        email=email.strip(),
        email_folded=key,
        phone=phone.strip(),
        language=language,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
            audit.record(PeopleFact.PERSON_ADDED, person, by=by, about=person.id)
    except sa.exc.IntegrityError:
        # Somebody with the same address was added at the same moment.
        return db.session.scalars(queries.person_with_email(key)).one()
    _index(person)
    return person


def change_person(
    person: Person,
    *,
    given_name: str,
    family_name: str,
    reading: str,
    email: str,
    phone: str,
    language: str,
    by: Account,
) -> None:
    """Correct what is known of a person, and the name their account shows.

    Raises:
        Refused: if somebody else has the e-mail address.

    """
    key = fold(email.strip())
    other = db.session.scalar(queries.person_with_email(key))
    if other is not None and other is not person:
        raise Refused(_("%(name)s has this address already.", name=other.display_name), "email")
    person.given_name, person.family_name = given_name.strip(), family_name.strip()
    person.reading, person.phone, person.language = reading.strip(), phone.strip(), language
    person.email, person.email_folded = email.strip(), key
    for locale in LOCALES:
        name = sort_name(person.given_name, person.family_name, person.reading, locale)
        setattr(person, f"sort_{locale}", name)
    if account := db.session.scalar(accounts.account_of(person.id)):
        account.display_name = person.display_name
    _index(person)
    audit.record(PeopleFact.PERSON_CHANGED, person, by=by, about=person.id)


def _index(person: Person) -> None:
    search.index(
        SEARCH_KIND,
        person.id,
        person.given_name,
        person.family_name,
        person.reading,
        person.email,
        person.phone,
    )
