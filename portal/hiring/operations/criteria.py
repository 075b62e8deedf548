"""Fixing what applications are screened by: hashed, dated, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.hiring import queries
from portal.hiring.models import Posting, ScreeningCriteria
from portal.hiring.states import HiringFact

MOST = 30
CUT = 60


def fix_criteria(
    posting: Posting,
    *,
    must_haves: Sequence[Json],
    weighted: Sequence[Json],
    cut: int,
    by: Account,
) -> ScreeningCriteria:
    """Fix the next version: ``{"text": Words}`` each, weighted ones with ``weight`` (percent).

    A criterion keeps the ``key`` it is given; one without gets a new key.

    Raises:
        Refused: if nothing is weighted, the weights don't add up to 100, or nothing changed.
    """
    _check(must_haves, weighted, cut)
    before = posting.latest_criteria
    keyed = _keyed(posting, must_haves, "must"), _keyed(posting, weighted, "weighted")
    content_hash = fingerprint({"must_haves": keyed[0], "weighted": keyed[1], "cut": cut})
    if before is not None and before.content_hash == content_hash:
        raise Refused(_("Nothing differs from version %(number)s.", number=before.number))
    # Two people fixing a version at once: the second one's write of the posting is stale.
    flag_modified(posting, "answer_days")
    criteria = ScreeningCriteria(
        number=before.number + 1 if before else 1, must_haves=keyed[0], weighted=keyed[1],
        cut=cut, content_hash=content_hash, fixed_at=clock.now(), fixed_by_id=by.id,
    )  # fmt: skip
    posting.criteria.append(criteria)
    audit.record(HiringFact.CRITERIA_FIXED, criteria, by=by)
    return criteria


def suggested_criteria(posting: Posting) -> tuple[list[Json], list[Json], int]:
    """Must-haves, weighted criteria and cut: of the last version, else from the role."""
    if (latest := posting.latest_criteria) is not None:
        return latest.must_haves, latest.weighted, latest.cut
    role = posting.requisition.role
    must_haves = [
        {"text": {tag: one[tag] for tag in i18n.LOCALES if tag in one}}
        for one in role.qualifications
        if one.get("must")
    ]
    required = db.session.scalars(queries.weighted_requirements(role.id)).all()
    names = [one.competency.current.name for one in required if one.competency.current]
    shares = _shares([one.weight for one in required if one.competency.current])
    weighted = [
        {"text": name, "weight": share} for name, share in zip(names, shares, strict=True) if share
    ]
    return must_haves, weighted, CUT


def _shares(weights: list[int]) -> list[int]:
    """The weights in whole percent that add up to 100; the largest takes what rounding leaves."""
    total = sum(weights)
    if not total:
        return [0 for _weight in weights]
    shares = [weight * 100 // total for weight in weights]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares


def _check(must_haves: Sequence[Json], weighted: Sequence[Json], cut: int) -> None:
    if not weighted:
        raise Refused(_("Add at least one weighted criterion."), field="weighted")
    if len(must_haves) > MOST or len(weighted) > MOST:
        raise Refused(_("Keep it to %(most)s criteria of each kind.", most=MOST), field="weighted")
    if any(not 1 <= one["weight"] <= 100 for one in weighted):
        raise Refused(_("Give each weighted criterion a weight from 1 to 100."), field="weighted")
    total = sum(one["weight"] for one in weighted)
    if total != 100:
        raise Refused(
            _("The weights add up to %(total)s. They must add up to 100.", total=total),
            field="weighted",
        )
    if not 0 <= cut <= 100:
        raise Refused(_("Choose a cut score from 0 to 100."), field="cut")


def _keyed(posting: Posting, criteria: Sequence[Json], kind: str) -> list[Json]:
    """The criteria with their keys; a new one gets a number no version has used."""
    used = {
        one["key"]
        for version in posting.criteria
        for one in [*version.must_haves, *version.weighted]
    }
    free = (key for number in count(1) if (key := f"{kind}-{number}") not in used)
    return [one if one.get("key") else {**one, "key": next(free)} for one in criteria]
