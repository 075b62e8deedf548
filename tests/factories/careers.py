"""Rows of careers with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from portal.accounts.models import Account
from portal.careers.models import CareerClaim, LadderVersion, RequirementSet
from portal.careers.operations import Asked, Step, publish_ladder, publish_requirements
from portal.careers.states import ClaimKind, ClaimState, EdgeKind, RequirementKind
from portal.core import clock
from portal.core.db import Json, db
from portal.people.models import Person, Role
from tests.factories import people
from tests.factories.people import added

_number = count(1)
LONG_AGO = date(2020, 1, 1)


def ladder(*steps: tuple[Role, Role] | tuple[Role, Role, EdgeKind]) -> LadderVersion:
    """A ladder since long; a step without a kind leads up."""
    made = [Step(one[0], one[1], one[2] if len(one) > 2 else EdgeKind.UP) for one in steps]
    version = publish_ladder(made, effective_from=LONG_AGO, by=None)
    db.session.flush()
    return version


def requirements(role: Role, *asked: Asked, since: date = LONG_AGO) -> RequirementSet:
    version = publish_requirements(role, asked, effective_from=since, by=None)
    db.session.flush()
    return version


def experience(*options: Json) -> Asked:
    """Alternatives of experience, each as ``option`` makes it."""
    return Asked(RequirementKind.EXPERIENCE, options=list(options))


def option(months: int, kind: str = "family", **values: Any) -> Json:
    defaults = {"alternative": 1, "role_id": None, "family": "customer_service"}
    return {**defaults, "kind": kind, "months": months, **values}


def claim(person: Person, **values: Any) -> CareerClaim:
    """Two years of work elsewhere that wait for a second person."""
    by: Account | None = values.pop("by", None)
    defaults: dict[str, Any] = {
        "person": person,
        "kind": ClaimKind.EXPERIENCE,
        "title": f"Agent {next(_number)}",
        "family": "customer_service",
        "starts_on": date(2022, 1, 1),
        "ends_on": date(2023, 12, 31),
        "state": ClaimState.WAITING,
        "created_at": clock.now(),
        "created_by_id": (by or people.account(roles=["hr"])).id,
    }
    return added(CareerClaim(**(defaults | values)))
