"""What waits for someone around certificates: their own to renew or to get, others' to check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import (
    Award,
    Certification,
    CertificationVersion,
    Mandate,
    Waiver,
)
from portal.certification.queries.mandates import mandate_matches
from portal.certification.standing import Facts, Held, standing_of
from portal.certification.states import IN_FORCE, Standing
from portal.core import clock, i18n
from portal.core.db import Words, db
from portal.home.need import HORIZON, Need, Source, Waiting, by_moment
from portal.people.models import Employment, Team
from portal.people.queries.employments import covering

PATIENCE = timedelta(days=2)
"""How long somebody waits for a check before it counts as late."""
PRESSING = frozenset({Standing.EXPIRING, Standing.GRACE})


def _own(viewer: Account) -> Iterator[Waiting]:
    """What the person holds and should renew, and what they must hold and do not."""
    today = clock.today(viewer.time_zone)
    held: dict[int, Held] = {}
    rows = db.session.scalars(queries.awards_of(viewer.person_id)).all()
    of = attrgetter("certification_id")
    for key, awards in groupby(sorted(rows, key=of), key=of):
        mine = list(awards)
        held[key] = standing_of(map(Facts.of, mine), day=today)
        if held[key].standing in PRESSING:
            award = next(row for row in mine if row.id == held[key].award_id)
            due = _last_day(award, held[key])
            yield due, partial(_to_renew, award, held[key].standing)
    for key, name, due in _lacking(viewer.person_id, today):
        if key not in held or held[key].standing not in IN_FORCE | {Standing.AWAITING_CHECK}:
            yield due, partial(_to_get, name)


def _last_day(award: Award, held: Held) -> date:
    """The last valid day, or once that has passed the last day of grace."""
    assert held.last_day is not None
    grace = award.certification_version.grace_days if held.standing is Standing.GRACE else 0
    return held.last_day + timedelta(days=grace)


def _to_renew(award: Award, standing: Standing, due: date) -> Need:
    day = i18n.date(due)
    if standing is Standing.GRACE:
        why = _("Expired. It still holds good until %(day)s: renew it.", day=day)
    else:
        why = _("Expires on %(day)s. Renew it.", day=day)
    return _of_holder(award.certification_version.name, due, why=why, label=_("Renew"))


def _to_get(name: Words, due: date) -> Need:
    why = _("You must hold this certificate from %(day)s on.", day=i18n.date(due))
    return _of_holder(name, due, why=why, label=_("View"))


def _of_holder(name: Words, due: date, *, why: str, label: str) -> Need:
    url = url_for("certification.my_certificates")
    return Need("patch-check", i18n.words(name), why, due, url, label)


def _lacking(person_id: int, today: date) -> Iterator[tuple[int, Words, date]]:
    """What a person must hold by now or soon and is not released from, with the earliest day."""
    earliest: dict[int, tuple[Words, date]] = {}
    for mandate, name, since in db.session.execute(_mandates(today), {"asker": person_id}):
        due, key = mandate.due_on(since), mandate.certification_id
        if due <= today + HORIZON and (key not in earliest or due < earliest[key][1]):
            earliest[key] = (name, due)
    yield from ((key, name, due) for key, (name, due) in earliest.items())


@lru_cache(maxsize=4)
def _mandates(today: date) -> sa.Select[*tuple[Any, ...]]:
    """What is asked of ``asker`` on a day; built once a day, since every home page needs it."""
    person_id = sa.bindparam("asker", type_=sa.Integer)
    waived = sa.exists().where(
        Waiver.person_id == person_id,
        Waiver.certification_id == Mandate.certification_id,
        Waiver.starts_on <= today,
        sa.or_(Waiver.ends_on.is_(None), Waiver.ends_on >= today),
    )
    return (
        sa.select(Mandate, CertificationVersion.name, Employment.starts_on)
        .select_from(Employment)
        .join(Team, Team.id == Employment.team_id)
        .join(Mandate, mandate_matches())
        .join(Certification, Certification.id == Mandate.certification_id)
        .join(CertificationVersion, CertificationVersion.id == Certification.current_version_id)
        .where(Employment.person_id == person_id, covering(today))
        .where(Mandate.starts_on <= today, ~waived)
        .where(sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today))
    )


def _checks(viewer: Account) -> Iterator[Source]:
    if viewer.has_role("hr", "manager") or viewer.led_paths:
        yield Source(
            _awards_to_check,
            Award.id,
            by_moment(viewer, PATIENCE),
            _to_check,
            moment=Award.awarded_at,
        )


def _awards_to_check(asker: Account) -> sa.Select[Award]:
    # By number, which is the order of awarding, HR's are found without sorting them all; those of
    # a team are found by its people.
    first = Award.id if asker.has_role("hr") else Award.awarded_at
    return queries.awards_to_check(asker).order_by(first)


def _to_check(award: Award, due: date) -> Need:
    return Need(
        "patch-check",
        _("%(who)s: certificate to check", who=award.person.display_name),
        i18n.words(award.certification_version.name),
        due,
        url_for("certification.award", award_id=award.id),
        _("Check"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source | Waiting]], ...] = (_own, _checks)
