"""Certifications, for whom they are mandatory, and fifteen awards a head in every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa

from bench.generator.world import World, days, hexes
from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    Certification,
    CertificationVersion,
    ClientQueue,
    Mandate,
    Pursuit,
    QueueTeam,
    Revocation,
    Waiver,
)
from portal.people.models import Employment

CERTIFICATIONS = 20
HELD = 7
"""Of so many certifications a person has at least one award, with a renewal or two behind it."""
AWARDS_EACH = 15
QUEUES = 12
GRACE = (0, 14, 30)


class Drawn(NamedTuple):
    """One award as it was drawn; dates are days before today."""

    id: int
    person: int
    certification: int
    renews: int | None
    issued: int
    lasts: int
    needs_check: bool


def load_certificates(world: World) -> None:
    """Rules first, then awards and what became of them."""
    _load_rules(world)
    _load_mandates(world)
    people = world.connection.execute(
        sa.select(Employment.person_id).where(Employment.ends_on.is_(None)).distinct()
    )
    known = sorted(people.scalars())
    drawn = list(_awards(world.chance("awards"), known))
    world.load(Award, (_award(world, one) for one in drawn), len(drawn))
    hr = world.ids("hr")
    checked = (one for one in drawn if one.needs_check and one.issued > 9)
    world.load(AwardCheck, (_check(world, n, one, hr) for n, one in enumerate(checked, 1)))
    taken_back = (one for one in drawn if one.id % 150 == 0)
    world.load(Revocation, (_revocation(world, n, one, hr) for n, one in enumerate(taken_back, 1)))
    left = (one for one in drawn if one.id % 400 == 1)
    world.load(AwardLapse, (_lapse(world, n, one) for n, one in enumerate(left, 1)))
    world.load(Waiver, _waivers(world, known, hr))
    world.load(Pursuit, _pursuits(world, known))


def _load_rules(world: World) -> None:
    world.load(Certification, (
        {"id": n, "key": f"certification_{n}", "state": "in_use", "current_version_id": None}
        for n in range(1, CERTIFICATIONS + 1)
    ))  # fmt: skip
    world.load(CertificationVersion, (_version(world, n) for n in range(1, CERTIFICATIONS + 1)))
    world.connection.execute(sa.update(Certification).values(current_version_id=Certification.id))


def _version(world: World, number: int) -> dict[str, Any]:
    name = dict.fromkeys(("en", "tr", "es", "ja"), f"Certificate {number}")
    return {
        "id": number, "certification_id": number, "number": 1, "name": name,
        "short": f"C{number}", "issuer": "Institute", "description": name, "mode": "completion",
        "period_months": 12 * (1 + number % 3), "fixed_on": None, "least_months": 0,
        "lapse_months": 24 if number % 5 == 0 else None, "window_days": 90, "expiring_days": 30,
        "grace_days": GRACE[number % 3], "renewal_minutes": 0, "renewal_minima": {},
        "needs_check": number % 2 == 0, "effective_from": date(2015, 1, 1), "voids_older": False,
        "void_from": None, "content_hash": hexes("certification", number),
        "published_at": world.now - days(3000), "published_by_id": None,
    }  # fmt: skip


def _load_mandates(world: World) -> None:
    """Four for everybody who serves customers, the others for branches and queues."""
    departments = sorted({unit.department for unit in world.units})
    world.load(ClientQueue, (
        {"id": n, "key": f"queue_{n}", "minimum": 20, "is_active": True,
         "name": dict.fromkeys(("en", "tr", "es", "ja"), f"Queue {n}")}
        for n in range(1, QUEUES + 1)
    ))  # fmt: skip
    world.load(QueueTeam, (
        {"id": n, "queue_id": n % QUEUES + 1, "team_id": team}
        for n, team in enumerate(departments, 1)
    ))  # fmt: skip
    world.load(Mandate, _mandates(world))


def _mandates(world: World) -> Iterator[dict[str, Any]]:
    numbers, roles = count(1), world.known["roles"]
    served = ("customer_service_associate", "senior_associate", "team_lead")
    conditions = [(n, {"role_id": roles[key]}) for key in served for n in range(1, 5)]
    conditions += [(4 + n, {"site_id": n}) for n in range(1, 5)]
    conditions += [(8 + n, {"queue_id": n}) for n in range(1, QUEUES + 1)]
    for certification, condition in conditions:
        yield {
            "id": next(numbers), "certification_id": certification, "role_id": None,
            "team_id": None, "site_id": None, "queue_id": None, "within_days": 30,
            "starts_on": date(2018, 1, 1), "ends_on": None,
        } | condition  # fmt: skip


def _awards(chance: Random, people: list[int]) -> Iterator[Drawn]:
    """Chains of renewals back from the present award, the oldest first."""
    numbers = count(1)
    for person in people:
        first_four = [1, 2, 3, 4]
        others = chance.sample(range(5, CERTIFICATIONS + 1), HELD - 4)
        left = AWARDS_EACH
        for place, certification in enumerate([*first_four, *others]):
            links = 2 if place < HELD - 1 else left
            left -= links
            lasts = 365 * (1 + certification % 3)
            issued = _last_issue(chance, lasts)
            before = None
            for link in reversed(range(links)):
                number = next(numbers)
                yield Drawn(
                    number, person, certification, before, issued + link * (lasts - 40), lasts,
                    certification % 2 == 0,
                )  # fmt: skip
                before = number


def _last_issue(chance: Random, lasts: int) -> int:
    """How many days ago the present award was issued: one in twelve expired within a year."""
    if chance.random() < 1 / 12:
        return lasts + chance.randint(1, 365)
    return chance.randint(0, lasts)


def _award(world: World, one: Drawn) -> dict[str, Any]:
    issued = world.now - days(one.issued)
    return {
        "id": one.id, "person_id": one.person, "certification_id": one.certification,
        "version_id": one.certification, "supersedes_id": one.renews, "issued_on": issued.date(),
        "expires_on": issued.date() + timedelta(days=one.lasts), "source": "earned",
        "reference": "", "needs_check": one.needs_check, "awarded_at": issued,
        "awarded_by_id": None,
    }  # fmt: skip


def _check(world: World, number: int, one: Drawn, hr: list[int]) -> dict[str, Any]:
    return {
        "id": number, "award_id": one.id, "agreed": one.id % 97 != 0, "note": "",
        "checked_at": world.now - days(one.issued - 2), "checked_by_id": hr[number % len(hr)],
    }  # fmt: skip


def _revocation(world: World, number: int, one: Drawn, hr: list[int]) -> dict[str, Any]:
    at = world.now - days(one.issued * 0.5)
    return {
        "id": number, "award_id": one.id, "revoked_on": at.date(), "reason": "Issued by mistake.",
        "revoked_at": at, "revoked_by_id": hr[number % len(hr)],
    }  # fmt: skip


def _lapse(world: World, number: int, one: Drawn) -> dict[str, Any]:
    """They left, and came back in time."""
    left = (world.now - days(one.issued * 0.8)).date()
    return {
        "id": number, "award_id": one.id, "left_on": left,
        "lapses_on": left + timedelta(days=700), "returned_on": left + timedelta(days=30),
    }  # fmt: skip


def _waivers(world: World, people: list[int], hr: list[int]) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(people[::50], 1):
        at = world.now - days(100)
        yield {
            "id": number, "person_id": person, "certification_id": 1 + number % 4,
            "starts_on": at.date(), "ends_on": None, "reason": "Serves no customers.",
            "granted_at": at, "granted_by_id": hr[number % len(hr)],
        }  # fmt: skip


def _pursuits(world: World, people: list[int]) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(people[::20], 1):
        certification = 5 + number % (CERTIFICATIONS - 4)
        yield {
            "id": number, "person_id": person, "certification_id": certification,
            "version_id": certification, "renews_id": None, "opened_at": world.now - days(20),
            "closed_at": None, "award_id": None, "version": 1,
        }  # fmt: skip
