"""Everything a review says, as one frozen piece: for its page, its signed record and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from portal.core.db import Json
from portal.reviews.material import material_of
from portal.reviews.models import Review
from portal.reviews.packet.parts import goal_lines, in_order, named_part, nameless_parts
from portal.reviews.packet.pieces import Packet, PlanLine, SignatureLine
from portal.reviews.packet.subjects import known_of, levels_of, steps_of, subjects_of
from portal.reviews.states import PartState

__all__ = [
    "Packet",
    "levels_of",
    "packet_of",
    "plan_of",
    "steps_of",
    "subjects_of",
]


def packet_of(review: Review) -> Packet:
    """The review as it stands now, in the reader's language where charts need one.

    Before the result is made nameless parts are counted and nothing else.
    """
    known = known_of(review)
    cycle = review.cycle
    handed = [part for part in review.parts if part.state is PartState.SUBMITTED]
    return Packet(
        person=review.person.display_name,
        role=review.role.title,
        team=review.team.name,
        manager=review.manager.display_name if review.manager else "",
        cycle=cycle.name,
        template=cycle.template.name,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        edition=review.edition,
        least_raters=cycle.least_raters,
        steps=steps_of(review),
        score=review.score,
        rating=review.rating,
        summary=review.summary,
        parts=tuple(named_part(part, known) for part in in_order(handed)),
        nameless=tuple(nameless_parts(review, handed, known)),
        goals=tuple(goal_lines(handed, known)),
        material=material_of(review),
        plan=tuple(plan_of(review.development)),
        signatures=tuple(_signatures(review)),
    )


def plan_of(rows: Sequence[Json]) -> Iterator[PlanLine]:
    """The steps of a development plan as they are kept."""
    for row in rows:
        due = row.get("due_on")
        yield PlanLine(str(row["what"]), str(row.get("how") or ""),
                       date.fromisoformat(due) if due else None)  # fmt: skip


def _signatures(review: Review) -> Iterator[SignatureLine]:
    for row in review.signatures:
        if row.edition == review.edition:
            yield SignatureLine(
                row.signer, row.person.display_name, row.agrees, row.comment, row.signed_at
            )
