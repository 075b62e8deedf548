"""Adding to the evidence ledger; nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies import queries
from portal.competencies.models import LEVELS, CompetencyVersion, Evidence
from portal.competencies.states import CompetencyFact, EvidenceSource
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused


def add_evidence(
    *,
    person_id: int,
    version: CompetencyVersion,
    level: float,
    source: EvidenceSource,
    source_id: int,
    observed_on: date,
    note: str = "",
    by: Account | None,
) -> Evidence:
    """Record that a person showed a level of a competency, as it was worded then.

    The same observation of the same source is recorded once: asking again returns its row.

    Raises:
        Refused: if the level is not between 1 and 5.

    """
    if not LEVELS[0] <= level <= LEVELS[-1]:
        raise Refused(_("Choose a level from 1 to 5."), "level")
    known = db.session.scalar(queries.evidence_from(source, source_id, version.id))
    if known is not None:
        return known
    row = Evidence(
        person_id=person_id,
        competency_id=version.competency_id,
        competency_version_id=version.id,
        level=level,
        source=source,
        source_id=source_id,
        observed_on=observed_on,
        note=note,
        recorded_at=clock.now(),
        recorded_by_id=by.id if by else None,
    )
    db.session.add(row)
    audit.record(CompetencyFact.EVIDENCE_ADDED, row, by=by, about=person_id)
    return row


def add_evidence_of_many(rows: Sequence[Json], *, by: Account | None) -> None:
    """Record many observations of sources that are new, in two statements.

    Each row gives ``person_id``, ``competency_id``, ``competency_version_id``, ``level``,
    ``source``, ``source_id`` and ``observed_on``.
    """
    if not rows:
        return
    shared = {"note": "", "recorded_at": clock.now(), "recorded_by_id": by.id if by else None}
    written = sa.insert(Evidence).returning(Evidence.id, Evidence.person_id)
    found = db.session.execute(written, [shared | row for row in rows]).all()
    audit.record_many(
        CompetencyFact.EVIDENCE_ADDED,
        ({"subject_type": Evidence.__tablename__, "subject_id": key, "about_person_id": person_id}
         for key, person_id in found),
        by=by,
    )  # fmt: skip
