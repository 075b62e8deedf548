"""The talk, its plan, and the two signatures that close a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies import operations as competencies
from portal.competencies.models import CompetencyVersion
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock
from portal.core.db import db
from portal.core.documents import codec
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.core.states import require_move
from portal.reviews import documents, packet, policy, result_notices, scoring
from portal.reviews.models import Review, ReviewRecord, ReviewSignature
from portal.reviews.states import (
    REVIEW_MOVES,
    PartKind,
    PartState,
    ReviewsFact,
    ReviewState,
    Signer,
)

MOST_STEPS = 8


@dataclass(frozen=True)
class Step:
    """One step of a development plan."""

    what: str
    how: str = ""
    due_on: date | None = None


def change_talk(review: Review, *, summary: str | None, plan: Sequence[Step], by: Account) -> None:
    """Keep the development plan and, from the manager, what the talk came to.

    Raises:
        Refused: if somebody has signed already, a step has no words, or there are too many.

    """
    if not policy.change_plan(by, review):
        raise Refused(_("The review is signed: what it says stays as it is."))
    if len(plan) > MOST_STEPS:
        raise Refused(
            _("Agree on %(most)s steps at most: nobody keeps more in mind.", most=MOST_STEPS)
        )
    review.development = [
        {"what": step.what, "how": step.how,
         "due_on": step.due_on.isoformat() if step.due_on else None}
        for step in plan
    ]  # fmt: skip
    if summary is not None and policy.change_summary(by, review):
        review.summary = summary
    audit.record(ReviewsFact.TALK_CHANGED, review, by=by)


def sign(review: Review, *, agrees: bool, comment: str, by: Account) -> ReviewSignature:
    """Sign as the person or the manager; the second signature closes the review.

    Raises:
        Refused: if it is not released, one has signed already or is neither of the two, or does
            not agree and says nothing.

    """
    # Both may sign at the same moment: the second one waits, and closes.
    db.session.refresh(review, ["state", "version"], with_for_update=True)
    db.session.expire(review, ["signatures"])
    signer = policy.signer_of(by, review)
    if review.state is not ReviewState.RELEASED or signer is None:
        raise Refused(_("There is nothing to sign here, or you have signed already."))
    if not agrees and not comment.strip():
        raise Refused(_("Say what you see differently."), field="comment")
    signature = ReviewSignature(
        review_id=review.id,
        edition=review.edition,
        signer=signer,
        person_id=by.person_id,
        agrees=agrees,
        comment=comment.strip(),
        signed_at=clock.now(),
    )
    review.signatures.append(signature)
    db.session.flush()
    audit.record(ReviewsFact.SIGNED, signature, by=by, about=review.person_id)
    signed = {row.signer for row in review.signatures if row.edition == review.edition}
    if signed == set(Signer):
        _close(review, by=by)
    else:
        result_notices.signed_by_one(review, signer)
    return signature


def _close(review: Review, *, by: Account) -> None:
    """Freeze the edition, print it and write its evidence."""
    require_move(REVIEW_MOVES, review.state, ReviewState.SIGNED)
    review.state = ReviewState.SIGNED
    review.signed_at = clock.now()
    db.session.flush()
    with force_locale(documents.language_of(review.person)):
        frozen = packet.packet_of(review)
    content = codec.encode(frozen)
    record = ReviewRecord(
        review_id=review.id,
        edition=review.edition,
        rating=review.rating,
        content=content,
        content_hash=fingerprint(content),
        closed_at=review.signed_at,
    )
    review.records.append(record)
    db.session.flush()
    documents.issue_review(record, frozen, by=by)
    _write_evidence(review, record, by)
    audit.record(ReviewsFact.CLOSED, review, by=by)
    result_notices.signed(review)


def _write_evidence(review: Review, record: ReviewRecord, by: Account) -> None:
    """What all used parts together saw of each competency, in the wording they rated.

    It was seen in the period, so it counts from its last day, or from the day of signing if that
    comes first.
    """
    weights = {step.kind: step.weight for step in packet.steps_of(review).used}
    levels = _levels(review)
    last = min(review.cycle.ends_on, clock.today())
    for row in review.competencies:
        found = levels.get(f"c{row['competency_id']}", {})
        level = scoring.score_subject(weights, found, review.cycle.least_raters)
        version = db.session.get(CompetencyVersion, row["version_id"])
        if level is not None and version is not None:
            competencies.add_evidence(
                person_id=review.person_id,
                version=version,
                level=round(level, 2),
                source=EvidenceSource.REVIEW,
                source_id=record.id,
                observed_on=last,
                by=by,
            )


def _levels(review: Review) -> dict[str, dict[PartKind, list[int]]]:
    """The levels each kind of part gave, by subject."""
    found: dict[str, dict[PartKind, list[int]]] = {}
    for part in review.parts:
        if part.state is not PartState.SUBMITTED:
            continue
        for rating in part.ratings:
            if rating.level is not None:
                found.setdefault(rating.subject, {}).setdefault(part.kind, []).append(rating.level)
    return found


def note_unsigned(review: Review, *, note: str, by: Account) -> None:
    """Say why a released review stays unsigned; it is listed when the cycle is closed.

    Raises:
        Refused: if the last day for signing is not over, or there is no reason.

    """
    if not policy.note_unsigned(by, review):
        raise Refused(_("There is nothing to note on this review."))
    if clock.today() <= review.cycle.signing_due_on:
        raise Refused(_("There is still time to sign."))
    if not note.strip():
        raise Refused(_("Say why, in a sentence."), field="note")
    review.note = note.strip()
    audit.record(ReviewsFact.UNSIGNED_NOTED, review, by=by)
