"""For whom a certification is mandatory."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import Certification, ClientQueue, Mandate
from portal.certification.operations.conditions import name_of
from portal.certification.states import CertificationFact, CertificationState
from portal.core import audit, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Role, Site, Team

LONGEST_DAYS = 3650


def set_mandate(
    certification: Certification,
    *,
    role: Role | None = None,
    team: Team | None = None,
    site: Site | None = None,
    queue: ClientQueue | None = None,
    within_days: int = 0,
    starts_on: date,
    by: Account | None,
) -> Mandate:
    """Make a certification mandatory for whoever meets all the conditions given.

    ``within_days`` are the calendar days new people have; ``starts_on`` is the day from which it is
    asked for.

    Raises:
        Refused: if no condition is given, the certification is retired, or the same is asked for
            already.

    """
    if certification.state is CertificationState.RETIRED:
        raise Refused(_("%(name)s is retired.", name=name_of(certification)))
    if not (role or team or site or queue):
        raise Refused(_("Choose a role, a team, a site or a queue."), "role")
    if queue is not None and not queue.is_active:
        raise Refused(_("This queue is no longer served."), "queue")
    if not 0 <= within_days <= LONGEST_DAYS:
        text = _("Give from 0 to %(most)s days.", most=i18n.number(LONGEST_DAYS))
        raise Refused(text, "within_days")
    conditions = {
        "role_id": role.id if role else None,
        "team_id": team.id if team else None,
        "site_id": site.id if site else None,
        "queue_id": queue.id if queue else None,
    }
    # Locked, so that the same is not asked for twice by two people at once.
    db.session.execute(
        sa.select(Certification.id).where(Certification.id == certification.id).with_for_update()
    )
    live = queries.mandates_of(certification.id, starts_on).filter_by(**conditions)
    if db.session.scalar(live.limit(1)) is not None:
        text = _("It is mandatory for them already. End that first to ask for something else.")
        raise Refused(text, "role")
    mandate = Mandate(
        certification=certification, within_days=within_days, starts_on=starts_on, **conditions
    )
    db.session.add(mandate)
    audit.record(CertificationFact.MANDATE_SET, mandate, by=by)
    return mandate


def end_mandate(mandate: Mandate, *, ends_on: date, by: Account) -> None:
    """Ask for the certification until this day and no longer.

    Raises:
        Refused: if the mandate has ended by then, or has not begun.

    """
    if mandate.ends_on is not None and mandate.ends_on <= ends_on:
        text = _("It was mandatory until %(day)s only.", day=i18n.date(mandate.ends_on))
        raise Refused(text, "ends_on")
    if ends_on < mandate.starts_on:
        text = _("It is mandatory from %(day)s on.", day=i18n.date(mandate.starts_on))
        raise Refused(text, "ends_on")
    mandate.ends_on = ends_on
    audit.record(CertificationFact.MANDATE_ENDED, mandate, by=by)
