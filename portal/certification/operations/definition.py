"""Certifications and the versions of their rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import (
    Certification,
    CertificationVersion,
    Criterion,
    Prerequisite,
)
from portal.certification.operations.conditions import name_of
from portal.certification.operations.terms import (
    CriterionTerms,
    Terms,
    check_criteria,
    check_terms,
    content_hash,
    filled,
    tidied,
)
from portal.certification.states import CertificationFact, CertificationState
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.training.models import CreditCategory


def publish_certification(
    certification: Certification | str,
    terms: Terms,
    *,
    criteria: Sequence[CriterionTerms] = (),
    prerequisites: Sequence[Certification] = (),
    by: Account | None,
) -> CertificationVersion:
    """Make this the rule of a certification, or of a new one that the key given names for ever.

    A rule that says what the present one says is no new version. If it ``voids_older`` ones, their
    awards count until the day before it takes effect. Publishing takes a retired one into use.

    Raises:
        Refused: at the field, if the key is taken, the rule makes no sense, or prerequisites lead
            back to where they start.

    """
    terms = tidied(terms)
    criteria = [replace(criterion, text=filled(criterion.text)) for criterion in criteria]
    check_terms(terms, set(db.session.scalars(sa.select(CreditCategory.key))))
    check_criteria(criteria)
    if isinstance(certification, str):
        certification = _new(certification)
    # All of them locked: two that come to need each other at once would be a circle.
    db.session.execute(sa.select(Certification.id).order_by(Certification.id).with_for_update())
    _check_prerequisites(certification, prerequisites)
    _check_begin(certification, terms)
    digest = content_hash(terms, criteria, {required.key for required in prerequisites})
    current = certification.current
    voids = terms.voids_older and not (current and current.voids_older)
    if current is not None and current.content_hash == digest and not voids:
        certification.state = CertificationState.IN_USE
        return current
    version = _version(certification, terms, digest, by)
    version.criteria = [
        Criterion(**vars(criterion), order=order) for order, criterion in enumerate(criteria, 1)
    ]
    version.prerequisites = [Prerequisite(required=required) for required in prerequisites]
    _make_current(certification, version, by)
    return version


def retire_certification(certification: Certification, *, by: Account) -> None:
    """Make no more awards; those there are count as long as their rule says.

    Raises:
        Refused: if it is retired, is mandatory for somebody, or another one asks for it.

    """
    name = name_of(certification)
    if certification.state is CertificationState.RETIRED:
        raise Refused(_("%(name)s is retired already.", name=name))
    today = clock.today()
    if db.session.scalar(queries.mandates_of(certification.id, today).limit(1)) is not None:
        text = _("%(name)s is still mandatory for somebody. End that first.", name=name)
        raise Refused(text)
    asking = db.session.scalars(queries.certifications_requiring(certification.id)).first()
    if asking is not None:
        text = _(
            "%(other)s asks for %(name)s. Change that first.", other=name_of(asking), name=name
        )
        raise Refused(text)
    certification.state = CertificationState.RETIRED
    audit.record(CertificationFact.RETIRED, certification, by=by)


def _new(key: str) -> Certification:
    if db.session.scalar(queries.certification_with_key(key)) is not None:
        raise Refused(_("There is a certification with this key already. Choose another."), "key")
    certification = Certification(key=key)
    db.session.add(certification)
    db.session.flush()
    return certification


def _version(
    certification: Certification, terms: Terms, digest: str, by: Account | None
) -> CertificationVersion:
    last = sa.select(sa.func.max(CertificationVersion.number)).where(
        CertificationVersion.certification_id == certification.id
    )
    version = CertificationVersion(
        **terms.columns(),
        certification_id=certification.id,
        number=(db.session.scalar(last) or 0) + 1,
        content_hash=digest,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
    )
    db.session.add(version)
    return version


def _make_current(
    certification: Certification, version: CertificationVersion, by: Account | None
) -> None:
    db.session.flush()
    details: dict[str, Any] = {"version": version.number}
    if version.voids_older:
        details["voided_awards"] = db.session.scalar(
            queries.awards_to_void(certification.id, version.effective_from, before=version.number)
        )
        for older in db.session.scalars(queries.versions_before(version)):
            if older.void_from is None or older.void_from > version.effective_from:
                older.void_from = version.effective_from
    certification.current = version
    certification.state = CertificationState.IN_USE
    audit.record(CertificationFact.PUBLISHED, certification, by=by, **details)


def _check_begin(certification: Certification, terms: Terms) -> None:
    current = certification.current
    if current is not None and terms.effective_from < current.effective_from:
        text = _(
            "The present version applies from %(day)s. Choose that day or a later one.",
            day=i18n.date(current.effective_from),
        )
        raise Refused(text, "effective_from")
    if terms.voids_older and terms.effective_from < clock.today():
        text = _("Older certificates can end from today on, not in the past.")
        raise Refused(text, "effective_from")


def _check_prerequisites(
    certification: Certification, prerequisites: Sequence[Certification]
) -> None:
    for required in prerequisites:
        if required.state is CertificationState.RETIRED:
            text = _(
                "%(name)s is retired, so nobody could get it any more.", name=name_of(required)
            )
            raise Refused(text, "prerequisites")
    circle = _circle(certification.id, [required.id for required in prerequisites])
    if circle:
        rows = db.session.scalars(queries.certifications().where(Certification.id.in_(circle)))
        names = {row.id: name_of(row) for row in rows}
        text = _(
            "These certifications would need each other: %(circle)s.",
            circle=" → ".join(names.get(key, certification.key) for key in circle),
        )
        raise Refused(text, "prerequisites")


def _circle(start: int, required: Sequence[int]) -> list[int]:
    """The way from a certification through what it needs back to itself, if there is one."""
    needs: dict[int, list[int]] = {}
    for key, other in db.session.execute(queries.prerequisite_edges()):
        needs.setdefault(key, []).append(other)
    needs[start] = list(required)
    ways, seen = [[start]], set[int]()
    while ways:
        way = ways.pop()
        for key in needs.get(way[-1], []):
            if key == start:
                return [*way, start]
            if key not in seen:
                seen.add(key)
                ways.append([*way, key])
    return []
