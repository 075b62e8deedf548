"""Thanks: given, corrected for half an hour, withdrawn by the writer, hidden by HR."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from portal.people.queries import employment_of
from portal.recognition import notices, queries
from portal.recognition.models import (
    LEAST,
    MOST,
    OrganisationValue,
    Thanks,
    ThanksReceiver,
)
from portal.recognition.states import RecognitionFact, ThanksVisibility

MOST_A_DAY = 10
"""Thanks one person may write in a day."""


def give_thanks(
    receivers: Sequence[Person],
    message: str,
    *,
    values: Iterable[OrganisationValue],
    visibility: ThanksVisibility = ThanksVisibility.PUBLIC,
    by: Account,
) -> Thanks:
    """Thank one or several colleagues; each of them is told.

    Raises:
        Refused: if nobody is chosen, or the writer themself, or somebody who does not work here
            now; if no value is named, or a retired one; if the message is too short or too long;
            if the writer has written as many today as anybody may.
    """
    _check_people(receivers, by)
    chosen = _checked_values(values)
    _check_day(by)
    thanks = Thanks(
        writer=db.session.get_one(Person, by.person_id),
        message=_checked(message),
        language=by.language,
        visibility=visibility,
        written_at=clock.now(),
        receivers=[ThanksReceiver(person=one) for one in dict.fromkeys(receivers)],
        values=chosen,
    )
    db.session.add(thanks)
    # The trail says who thanked whom only where everyone may read it.
    shown = visibility is ThanksVisibility.PUBLIC
    to = sorted(one.id for one in receivers) if shown else len(thanks.receivers)
    audit.record(RecognitionFact.GIVEN, thanks, by=by, about=by.person_id, to=to)
    for one in thanks.receivers:
        notices.thanked(thanks, one.person)
    return thanks


def _check_people(receivers: Sequence[Person], by: Account) -> None:
    today = clock.today()
    if db.session.scalar(employment_of(by.person_id, today)) is None:
        raise Refused(_("Only people who work here now can thank others here."))
    if not receivers:
        raise Refused(_("Choose whom you thank."), "receivers")
    for person in receivers:
        if person.id == by.person_id:
            raise Refused(_("Thank somebody else: this is for colleagues."), "receivers")
        if person.employment_on(today) is None:
            name = person.display_name
            raise Refused(_("%(name)s does not work here now.", name=name), "receivers")


def _checked_values(
    values: Iterable[OrganisationValue], kept: Iterable[OrganisationValue] = ()
) -> list[OrganisationValue]:
    chosen = list(dict.fromkeys(values))
    if not chosen:
        raise Refused(_("Choose at least one value."), "values")
    if any(not one.is_in_use and one not in set(kept) for one in chosen):
        raise Refused(_("One of these values is no longer in use. Choose another."), "values")
    return chosen


def _checked(message: str) -> str:
    text = message.strip()
    if not LEAST <= len(text) <= MOST:
        raise Refused(
            _("Write from %(least)s to %(most)s characters.", least=LEAST, most=i18n.number(MOST)),
            "message",
        )
    return text


def _check_day(by: Account) -> None:
    """Count the writer's thanks of this day; two requests at once wait for one another."""
    db.session.execute(sa.select(Person.id).where(Person.id == by.person_id).with_for_update())
    zone = ZoneInfo(by.time_zone)
    midnight = datetime.combine(clock.today(by.time_zone), time.min, zone)
    written = db.session.scalar(queries.written_since(by.person_id, midnight)) or 0
    if written >= MOST_A_DAY:
        raise Refused(
            _(
                "How kind: you have thanked people %(count)s times today. Keep this one for"
                " tomorrow, so that each of them stands out.",
                count=written,
            )
        )


def change_thanks(
    thanks: Thanks,
    *,
    message: str,
    values: Iterable[OrganisationValue],
    visibility: ThanksVisibility,
    by: Account,
) -> None:
    """Correct what was written, within half an hour; those thanked stay the same.

    Raises:
        Refused: if the time is over, or as for a new one.
    """
    check_fresh(thanks)
    thanks.values = _checked_values(values, kept=thanks.values)
    thanks.message, thanks.visibility = _checked(message), visibility
    thanks.changed_at = clock.now()
    audit.record(RecognitionFact.CHANGED, thanks, by=by, about=by.person_id)


def check_fresh(thanks: Thanks) -> None:
    """Make sure that the thanks may still be corrected.

    Raises:
        Refused: if half an hour is over.
    """
    if not thanks.is_fresh:
        raise Refused(
            _("A thanks can be corrected for 30 minutes. You can still withdraw this one.")
        )


def withdraw_thanks(thanks: Thanks, *, by: Account) -> None:
    """Take a thanks back: nobody reads it any more. A second time changes nothing."""
    if thanks.withdrawn_at is None:
        thanks.withdrawn_at = clock.now()
        audit.record(RecognitionFact.WITHDRAWN, thanks, by=by, about=thanks.writer_id)


def hide_thanks(thanks: Thanks, reason: str, *, by: Account) -> None:
    """Take a thanks off the wall and tell the writer why.

    Raises:
        Refused: without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say why, so that the writer understands."), "reason")
    thanks.hidden_at, thanks.hidden_by_id = clock.now(), by.id
    thanks.hidden_reason = reason.strip()
    audit.record(RecognitionFact.HIDDEN, thanks, by=by, about=thanks.writer_id)
    notices.hidden(thanks)
