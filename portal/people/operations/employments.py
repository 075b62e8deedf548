"""Employing people: each employment ends the one before, and none overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import audit, clock, i18n, jobs
from portal.core.db import Model, db
from portal.core.errors import Refused
from portal.people import queries
from portal.people.models import Employment, Person, Position, Role, Site, Team
from portal.people.signals import employment_ended, employment_started
from portal.people.states import EmploymentReason, PeopleFact


def start_employment(
    person: Person,
    *,
    role: Role,
    team: Team,
    site: Site,
    manager: Person | None,
    starts_on: date,
    reason: EmploymentReason,
    shift: str = "",
    position: Position | None = None,
    source: Model | None = None,
    by: Account | None,
) -> Employment:
    """Employ a person from a day on; what they did until then ends the day before.

    Raises:
        Refused: if the day does not come after the start of the present employment, lies within
            one whose end is fixed, or the person would manage themself.

    """
    if manager is person:
        raise Refused(_("Nobody can be their own manager. Choose someone else."), "manager")
    _end_present(person, starts_on, by)
    employment = Employment(
        person_id=person.id,
        role_id=role.id,
        team_id=team.id,
        site_id=site.id,
        position_id=position.id if position else None,
        manager_id=manager.id if manager else None,
        starts_on=starts_on,
        reason=reason,
        shift=shift,
        source_type=source.__tablename__ if source else "",
        source_id=source.id if source else None,
    )
    db.session.add(employment)
    audit.record(PeopleFact.EMPLOYMENT_STARTED, employment, by=by, about=person.id)
    db.session.expire(person, ["employments"])
    _announce_subtitle(employment)
    employment_started.send(None, employment=employment, by=by)
    return employment


def end_employment(employment: Employment, *, ends_on: date, by: Account | None) -> None:
    """End an employment; ``ends_on`` is its last day.

    Raises:
        Refused: if it ends before it began, or a later employment has ended it already.

    """
    if ends_on < employment.starts_on:
        raise Refused(
            _(
                "The last day can't be before the first, %(day)s.",
                day=i18n.date(employment.starts_on),
            ),
            "ends_on",
        )
    later = db.session.scalar(queries.latest_employment(employment.person_id))
    if later is not employment:
        raise Refused(_("This employment is over: a later one follows it."), "ends_on")
    employment.ends_on = ends_on
    audit.record(PeopleFact.EMPLOYMENT_ENDED, employment, by=by)
    employment_ended.send(None, employment=employment, by=by)


def refresh_subtitle(person_id: int) -> None:
    """Let the person's account show the role they hold today."""
    account = db.session.scalar(accounts.account_of(person_id))
    employment = db.session.scalar(queries.employment_of(person_id, clock.today()))
    if account is not None and employment is not None:
        account.subtitle = i18n.words(employment.role.title, account.language)


def _end_present(person: Person, starts_on: date, by: Account | None) -> None:
    """End the latest employment the day before ``starts_on``, or refuse an overlap."""
    # The lock keeps two hires of one person at the same moment from both finding nothing.
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())
    present = db.session.scalar(queries.latest_employment(person.id))
    if present is None:
        return
    if starts_on <= present.starts_on:
        raise Refused(
            _(
                "%(name)s already has an employment from %(day)s. Choose a later day.",
                name=person.display_name,
                day=i18n.date(present.starts_on),
            ),
            "starts_on",
        )
    if present.ends_on is None:
        present.ends_on = starts_on - timedelta(days=1)
        audit.record(PeopleFact.EMPLOYMENT_ENDED, present, by=by, about=person.id)
    elif present.ends_on >= starts_on:
        raise Refused(
            _(
                "%(name)s is employed until %(day)s. Choose a later day.",
                name=person.display_name,
                day=i18n.date(present.ends_on),
            ),
            "starts_on",
        )


def _announce_subtitle(employment: Employment) -> None:
    """Show the new role on the account at once, or on the first day if that is still to come."""
    if employment.starts_on <= clock.today():
        refresh_subtitle(employment.person_id)
        return
    jobs.enqueue(
        "people.refresh_subtitle",
        key=f"subtitle:{employment.id}",
        run_at=datetime.combine(employment.starts_on, time(), UTC),
        person_id=employment.person_id,
    )
