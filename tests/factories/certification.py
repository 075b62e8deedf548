"""Rows of certification with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from portal.certification.badges import signing
from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    Badge,
    Certification,
    CertificationVersion,
    ClientQueue,
    Criterion,
    Mandate,
    Prerequisite,
    Pursuit,
    QueueTeam,
    Revocation,
    Waiver,
)
from portal.certification.operations import badge as badges
from portal.certification.operations import current_key
from portal.certification.states import AwardSource, CriterionKind, ExpiryMode
from portal.core import clock
from portal.people.models import Person, Team
from tests.factories import people
from tests.factories.people import added, in_words

_number = count(1)
LONG_AGO = date(2020, 1, 1)


def certification(name: str = "", **values: Any) -> Certification:
    """A certification in use; what it does not know itself goes to its first version."""
    n = next(_number)
    own = {key: values.pop(key) for key in ("key", "state") if key in values}
    row = added(Certification(**({"key": f"certification_{n}"} | own)))
    version(row, name=in_words(name or f"Certificate {n}"), **values)
    return row


def version(certification: Certification, **values: Any) -> CertificationVersion:
    """The next version, and now the current one: 24 months from completion, no second look.

    ``criteria`` are rows of ``criterion``; ``requires`` are certifications.
    """
    criteria, requires = values.pop("criteria", ()), values.pop("requires", ())
    n = certification.current.number + 1 if certification.current else 1
    defaults: dict[str, Any] = {
        "certification_id": certification.id,
        "number": n,
        "name": certification.current.name if certification.current else in_words("Certificate"),
        "short": f"C{certification.id}",
        "issuer": "Example institute",
        "description": in_words("Shows what somebody can do."),
        "mode": ExpiryMode.COMPLETION,
        "period_months": 24,
        "needs_check": False,
        "effective_from": LONG_AGO,
        "content_hash": f"{certification.id}-{n}",
        "published_at": clock.now(),
    }
    row = CertificationVersion(**(defaults | values))
    row.criteria = list(criteria)
    row.prerequisites = [Prerequisite(required=one) for one in requires]
    added(row)
    certification.current = row
    added(certification)
    return row


def criterion(kind: CriterionKind = CriterionKind.EXAM, **values: Any) -> Criterion:
    """A criterion to hand to ``certification`` or ``version``; not yet added."""
    n = next(_number)
    defaults: dict[str, Any] = {"kind": kind, "text": in_words(f"Criterion {n}"), "order": n}
    return Criterion(**(defaults | values))


def award(
    person: Person, certification: Certification, issued_on: date, expires_on: date | None = None,
    **values: Any,
) -> Award:  # fmt: skip
    """An award under the current version that nobody needs to check."""
    defaults: dict[str, Any] = {
        "person": person,
        "certification": certification,
        "certification_version": certification.current,
        "issued_on": issued_on,
        "expires_on": expires_on,
        "source": AwardSource.EARNED,
        "needs_check": False,
        "awarded_at": clock.now(),
    }
    return added(Award(**(defaults | values)))


def check(award: Award, *, agreed: bool = True, **values: Any) -> AwardCheck:
    by = values.pop("by", None) or people.account(roles=["hr"])
    return added(AwardCheck(
        award=award, agreed=agreed, checked_at=clock.now(), checked_by=by, **values
    ))  # fmt: skip


def revocation(award: Award, revoked_on: date, **values: Any) -> Revocation:
    by = values.pop("by", None) or people.account(roles=["hr"])
    defaults = {"reason": "Issued by mistake.", "revoked_at": clock.now(), "revoked_by": by}
    return added(Revocation(award=award, revoked_on=revoked_on, **(defaults | values)))


def lapse(award: Award, left_on: date, lapses_on: date, **values: Any) -> AwardLapse:
    row = AwardLapse(award_id=award.id, left_on=left_on, lapses_on=lapses_on, **values)
    return added(row)


def pursuit(person: Person, certification: Certification, **values: Any) -> Pursuit:
    """The way to a first award, begun now."""
    defaults: dict[str, Any] = {
        "person": person,
        "certification": certification,
        "certification_version": certification.current,
        "opened_at": clock.now(),
    }
    return added(Pursuit(**(defaults | values)))


def waiver(person: Person, certification: Certification, starts_on: date, **values: Any) -> Waiver:
    by = values.pop("by", None) or people.account(roles=["hr"])
    defaults = {"reason": "Serves no customers.", "granted_at": clock.now(), "granted_by": by}
    return added(Waiver(
        person=person, certification=certification, starts_on=starts_on, **(defaults | values)
    ))  # fmt: skip


def queue(*teams: Team, **values: Any) -> ClientQueue:
    """A queue that the people of these teams serve, with a minimum of one."""
    n = next(_number)
    defaults: dict[str, Any] = {"key": f"queue_{n}", "name": in_words(f"Queue {n}"), "minimum": 1}
    row = ClientQueue(**(defaults | values))
    row.teams = [QueueTeam(team=team) for team in teams]
    return added(row)


def badge(award: Award) -> Badge:
    """The badge of an award, published by its holder and signed."""
    n = next(_number)
    row = added(Badge(
        uid=f"badge-{n}", award=award, key=current_key(by=None), status_index=n,
        issued_at=clock.now(),
    ))  # fmt: skip
    claim, key, at = badges.order_of(row)
    badges.keep_signed(row, *signing.sign(claim, key, at=at))
    return row


def mandate(certification: Certification, **values: Any) -> Mandate:
    """For a ``role``, ``team``, ``site`` or ``queue``; for a new role if none is named."""
    if not any(values.get(name) for name in ("role", "team", "site", "queue")):
        values["role"] = people.role()
    defaults: dict[str, Any] = {"certification": certification, "starts_on": LONG_AGO}
    return added(Mandate(**(defaults | values)))
