"""What must be so before an award is made; each function refuses in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.certification import expiry, queries
from portal.certification.models import Award, Certification, CertificationVersion
from portal.certification.standing import Facts, standing_of, standing_of_award
from portal.certification.states import IN_FORCE, CertificationState
from portal.core import clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person


def name_of(certification: Certification) -> str:
    """The certification's present name, in the reader's language."""
    current = certification.current
    return i18n.words(current.name) if current else certification.key


def today_of(person: Person) -> date:
    """The day it is where a person works."""
    employment = person.employment_on(clock.today())
    return clock.today(employment.site.time_zone if employment else None)


def lock(person: Person) -> None:
    """Keep two people who decide about one person's awards at the same moment apart."""
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())


def counting(person: Person, certification: Certification) -> list[Facts]:
    """The awards that count or may come to count, newest first, with the person locked."""
    lock(person)
    rows = db.session.scalars(queries.awards_of(person.id, [certification.id]))
    return [facts for facts in map(Facts.of, rows) if _ever_counted(facts)]


def _ever_counted(facts: Facts) -> bool:
    annulled = facts.revoked_on is not None and facts.revoked_on <= facts.issued_on
    return facts.agreed is not False and not annulled


def require_in_use(certification: Certification) -> None:
    """Refuse new awards of what is retired."""
    if certification.state is CertificationState.RETIRED:
        name = name_of(certification)
        message = _("%(name)s is retired. No new certificates are given.", name=name)
        raise Refused(message, "certification")


def require_past(person: Person, completed_on: date) -> None:
    """Refuse a day that has not come yet where the person works."""
    if completed_on > today_of(person):
        raise Refused(_("This day lies ahead. Enter it when it has come."), "completed_on")


def version_for(certification: Certification, day: date) -> CertificationVersion:
    """The version in force on a day; refuse one whose awards no longer count."""
    version = db.session.scalars(queries.version_on(certification, day)).one()
    if version.void_from is not None and version.void_from <= clock.today():
        raise Refused(
            _(
                "Certificates under the rules of %(day)s no longer count since %(void)s.",
                day=i18n.date(version.effective_from),
                void=i18n.date(version.void_from),
            ),
            "completed_on",
        )
    return version


def require_none_waiting(certification: Certification, known: Sequence[Facts]) -> None:
    """Refuse while an award waits for its check."""
    waiting = next((facts for facts in known if facts.agreed is None), None)
    if waiting is not None:
        message = _(
            "%(name)s of %(day)s still awaits its check.",
            name=name_of(certification),
            day=i18n.date(waiting.issued_on),
        )
        raise Refused(message)


def require_order(certification: Certification, known: Sequence[Facts], day: date) -> None:
    """Refuse what precedes or repeats an award, or comes while one waits for its check."""
    require_none_waiting(certification, known)
    newest = max((facts.issued_on for facts in known), default=None)
    if newest is None or day > newest:
        return
    if day == newest:
        text = _("%(name)s of %(day)s is recorded already.")
    else:
        text = _("There is a later %(name)s, of %(day)s. If that one is wrong, correct it.")
    values = {"name": name_of(certification), "day": i18n.date(newest)}
    raise Refused(text % values, "completed_on")


def require_renewable(
    certification: Certification, known: Sequence[Facts], day: date, previous: Award | None
) -> Facts | None:
    """The facts of the award that is renewed, if any; refuse an overlap."""
    if previous is None:
        held = standing_of(known, day=day)
        if held.standing in IN_FORCE:
            _refuse_overlap(certification, held.last_day)
        return None
    found = next((facts for facts in known if facts.award_id == previous.id), None)
    if found is None:
        raise Refused(_("This certificate can't be renewed: it is another's, or it never counted."))
    standing, last = standing_of_award(found, day), found.last_day(day)
    if standing not in IN_FORCE:
        raise Refused(
            _(
                "%(name)s was no longer in force on %(day)s. Record it as a first certificate.",
                name=name_of(certification),
                day=i18n.date(day),
            ),
            "completed_on",
        )
    require_open_window(certification, previous, last, day)
    return found


def renewable(person: Person, certification: Certification, day: date) -> Award | None:
    """The award that can be renewed on a day, with the person locked."""
    held = standing_of(counting(person, certification), day=day)
    if held.standing not in IN_FORCE or held.last_day is None:
        return None
    award = db.session.get_one(Award, held.award_id)
    opens = expiry.window_opens_on(award.certification_version, held.last_day)
    return award if day >= opens else None


def require_open_window(
    certification: Certification, award: Award, last: date | None, day: date
) -> None:
    """Refuse to renew what never expires, or before it can be renewed."""
    opens = expiry.window_opens_on(award.certification_version, last) if last else None
    if opens is None or day < opens:
        _refuse_overlap(certification, last, opens)


def _refuse_overlap(
    certification: Certification, last: date | None, opens: date | None = None
) -> NoReturn:
    """Say how long the present award holds good, and from when on it can be renewed."""
    name = name_of(certification)
    if last is None:
        raise Refused(_("%(name)s is held already and never expires.", name=name), "completed_on")
    if opens is None:
        message = _(
            "%(name)s is held already, until %(day)s. Renew it instead.",
            name=name,
            day=i18n.date(last),
        )
    else:
        message = _(
            "%(name)s is held until %(day)s and can be renewed from %(opens)s.",
            name=name,
            day=i18n.date(last),
            opens=i18n.date(opens),
        )
    raise Refused(message, "completed_on")


def require_prerequisites(person: Person, version: CertificationVersion, day: date) -> None:
    """Refuse while a certification that must be in force before is not, naming each."""
    required = {row.required_id: row.required for row in version.prerequisites}
    awards: dict[int, list[Facts]] = {key: [] for key in required}
    rows = db.session.scalars(queries.awards_of(person.id, required)) if required else ()
    for row in rows:
        awards[row.certification_id].append(Facts.of(row))
    missing = [
        name_of(required[key])
        for key, facts in awards.items()
        if standing_of(facts, day=day).standing not in IN_FORCE
    ]
    if missing:
        message = _(
            "First needed, and not in force on %(day)s: %(names)s.",
            day=i18n.date(day),
            names=", ".join(missing),
        )
        raise Refused(message, "completed_on")
