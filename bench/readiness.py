"""Readiness: how long the lines of everybody who works here take, all at once."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask

from bench.clock import Figure, Statements, spread, timed
from portal.careers import queries
from portal.careers.experience import Demand
from portal.careers.readiness import Need, readiness
from portal.careers.states import EducationLevel, ExperienceKind, RequirementKind
from portal.certification.models import Certification
from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import db
from portal.people.models import Employment, Role
from portal.people.queries.employments import covering

SKILLS, MOST, TIMES = 6, 10_000, 3
TARGET = 10_000
"""Milliseconds for ten thousand people."""


def measure_readiness(app: Flask) -> Iterator[Figure]:
    """Nine requirements of as many people as there are, ten thousand at most."""
    with app.app_context():
        day = clock.today()
        working = sa.select(Employment.person_id).where(covering(day)).distinct().limit(MOST)
        people = list(db.session.scalars(working))
        needs = _needs()
        statements = Statements(db.engine)

        def lines(_number: int) -> int:
            facts = queries.facts_of(people, needs, day)
            return sum(len(readiness(known, needs, day)) for known in facts.values())

        with statements.counted() as sent:
            found = lines(0)
        figure = Figure(
            f"readiness of {len(people):,} people, {found:,} lines",
            *spread(timed(lines, TIMES, warm=0)), len(sent), target=f"{TARGET:,} ms",
        )  # fmt: skip
        figure.reached = (figure.p95 or 0) <= TARGET
        yield figure


def _needs() -> list[Need]:
    """What a team lead might be asked for, of what the set holds."""
    family = db.session.scalar(sa.select(Role.family).limit(1)) or ""
    work = (
        (Demand(ExperienceKind.FAMILY, 60, family=family), Demand(ExperienceKind.LEADING, 24)),
        (Demand(ExperienceKind.ROLE, 36, role_id=1),),
    )
    skills = db.session.scalars(sa.select(Competency.id).order_by(Competency.id).limit(SKILLS))
    papers = db.session.scalars(sa.select(Certification.id).order_by(Certification.id).limit(1))
    kind = RequirementKind
    return [
        *(Need(f"competency-{key}", kind.COMPETENCY, key, 3) for key in skills),
        Need("experience-1", kind.EXPERIENCE, alternatives=work),
        Need("education-2", kind.EDUCATION, education=EducationLevel.BACHELOR),
        *(Need(f"certification-{key}", kind.CERTIFICATION, key) for key in papers),
    ]
