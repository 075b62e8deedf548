"""The certifications an organisation starts from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import Certification
from portal.certification.operations.definition import publish_certification
from portal.certification.operations.terms import CriterionTerms, Terms
from portal.certification.states import CriterionKind, ExpiryMode
from portal.core.db import Json, db
from portal.people.queries import organisation
from portal.training import operations as training
from portal.training.models import Course, CreditCategory

STARTER = Path(__file__).resolve().parents[1] / "starter" / "certifications.toml"
APPLIES_FROM = date(2020, 1, 1)
MINUTES = 60


def load_certifications(by: Account | None) -> int:
    """Add the starter certifications that are missing, and say how many; others stay as they are.

    Missing categories of hours come first. A criterion whose course the catalogue does not have is
    met by words or a file.
    """
    starter = tomllib.loads(STARTER.read_text("utf-8"))
    known = set(db.session.scalars(sa.select(CreditCategory.key)))
    for category in starter["category"]:
        if category["key"] not in known:
            training.add_category(category["key"], category["name"], by=by)
    house = db.session.scalar(organisation())
    courses = {row.key: row for row in db.session.scalars(sa.select(Course))}
    present = {row.key: row for row in db.session.scalars(queries.certifications())}
    fresh = [row for row in starter["certification"] if row["key"] not in present]
    for row in fresh:
        needed = [present[key] for key in row.get("requires", ())]
        present[row["key"]] = _publish(row, house.name if house else "–", courses, needed, by)
    return len(fresh)


def _publish(
    row: Json, house: str, courses: Mapping[str, Course], needed: list[Certification],
    by: Account | None,
) -> Certification:  # fmt: skip
    rest = ("period_months", "lapse_months", "window_days", "expiring_days", "grace_days")
    terms = Terms(
        name=row["name"],
        short=row["short"],
        issuer=row.get("issuer", house),
        description=row["description"],
        mode=ExpiryMode(row["mode"]),
        effective_from=APPLIES_FROM,
        renewal_minutes=row.get("hours", 0) * MINUTES,
        renewal_minima={key: hours * MINUTES for key, hours in row.get("minima", {}).items()},
        **{name: row[name] for name in rest if name in row},
    )
    criteria = [
        CriterionTerms(
            kind=CriterionKind(one["kind"]),
            text=one["text"],
            course=courses.get(one.get("course", "")),
            needs_file=one.get("needs_file", False),
            at_renewal=one.get("at_renewal", False),
        )
        for one in row["criteria"]
    ]
    version = publish_certification(
        row["key"], terms, criteria=criteria, prerequisites=needed, by=by
    )
    return version.certification
