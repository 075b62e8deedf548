"""Competencies and the versions of their wording."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies import queries
from portal.competencies.models import LEVELS, Competency, CompetencyVersion
from portal.competencies.states import CompetencyFact, CompetencyFamily
from portal.core import audit, clock
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint


def add_competency(
    *,
    key: str,
    family: CompetencyFamily,
    name: Words,
    description: Words,
    anchors: Json,
    order: int | None = None,
    by: Account | None,
) -> Competency:
    """Add a competency with its first version; its key names it for ever.

    Raises:
        Refused: if the key is taken, or a level has no anchor.

    """
    if db.session.scalar(queries.competency_with_key(key)) is not None:
        raise Refused(_("There is a competency with this key already. Choose another."), "key")
    if order is None:
        last = sa.select(sa.func.max(Competency.order)).where(Competency.family == family)
        order = (db.session.scalar(last) or 0) + 1
    competency = Competency(key=key, family=family, order=order)
    db.session.add(competency)
    db.session.flush()
    publish_version(competency, name=name, description=description, anchors=anchors, by=by)
    return competency


def publish_version(
    competency: Competency, *, name: Words, description: Words, anchors: Json, by: Account | None
) -> CompetencyVersion:
    """Make this wording the current one; a wording used before is taken up again, not doubled.

    Raises:
        Refused: if a level has no anchor in any language.

    """
    name, description = _filled(name), _filled(description)
    anchors = {str(level): _filled(anchors.get(str(level)) or {}) for level in LEVELS}
    for level, sentence in anchors.items():
        if not sentence:
            raise Refused(
                _("Describe level %(level)s in at least one language.", level=level),
                f"anchor_{level}",
            )
    digest = content_hash(name, description, anchors)
    version = db.session.scalar(queries.version_with_hash(competency.id, digest))
    if version is not None and version is competency.current:
        return version
    if version is None:
        version = CompetencyVersion(
            competency=competency,
            number=_next_number(competency),
            name=name,
            description=description,
            anchors=anchors,
            content_hash=digest,
            published_at=clock.now(),
            published_by_id=by.id if by else None,
        )
        db.session.add(version)
        db.session.flush()
    competency.current = version
    audit.record(CompetencyFact.PUBLISHED, competency, by=by, version=version.number)
    return version


def content_hash(name: Words, description: Words, anchors: Json) -> str:
    """SHA-256 in hex of the wording, whatever order its languages and levels come in."""
    return fingerprint({"name": name, "description": description, "anchors": anchors})


def _filled(words: Words) -> Words:
    """The languages that say something, without blanks around it."""
    return {tag: text.strip() for tag, text in words.items() if text.strip()}


def _next_number(competency: Competency) -> int:
    # Locked, so that two people who publish at once get two numbers.
    db.session.execute(
        sa.select(Competency.id).where(Competency.id == competency.id).with_for_update()
    )
    last = sa.select(sa.func.max(CompetencyVersion.number)).where(
        CompetencyVersion.competency_id == competency.id
    )
    return (db.session.scalar(last) or 0) + 1
