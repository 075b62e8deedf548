"""The roles an organisation starts from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import i18n
from portal.core.db import db
from portal.people.models import Role
from portal.people.operations.roles import add_role, set_pay_band
from portal.people.states import PayPeriod

STARTER = Path(__file__).resolve().parents[1] / "starter" / "roles.toml"


@cache
def starter_roles() -> tuple[dict[str, Any], ...]:
    """The starter file's roles, each with its pay bands and the competencies it asks for."""
    return tuple(tomllib.loads(STARTER.read_text("utf-8"))["role"])


def load_roles(by: Account | None) -> int:
    """Add the starter roles that are not there yet, and say how many; those that are stay."""
    known = set(db.session.scalars(sa.select(Role.key)))
    fresh = [role for role in starter_roles() if role["key"] not in known]
    for values in fresh:
        _add(values, by)
    return len(fresh)


def _add(values: dict[str, Any], by: Account | None) -> None:
    lists = {name: values.get(name, []) for name in ("duties", "qualifications", "benefits")}
    role = add_role(
        key=values["key"],
        family=values["family"],
        level=values["level"],
        title=values["title"],
        summary=values["summary"],
        aliases=values.get("aliases", {}),
        **lists,
        by=by,
    )
    for band in values["pay_bands"]:
        minor = 10 ** i18n.currency_digits(band["currency"])
        set_pay_band(
            role,
            country=band["country"],
            currency=band["currency"],
            minimum=band["minimum"] * minor,
            maximum=band["maximum"] * minor,
            period=PayPeriod[band["period"].upper()],
            source=band["source"],
            dated=band["dated"],
            example=band["example"],
            by=by,
        )
