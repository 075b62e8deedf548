"""Templates of reviews: drafted, their sections, published under a fingerprint, retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, Words, db
from portal.core.errors import NotFound, Refused
from portal.core.fingerprints import fingerprint
from portal.core.states import require_move
from portal.reviews import queries
from portal.reviews.models import ReviewTemplate
from portal.reviews.states import (
    TEMPLATE_MOVES,
    PartKind,
    ReviewsFact,
    SectionKind,
    TemplateState,
)

MOST_SECTIONS = 20
WHOLE = 100


@dataclass(frozen=True)
class Section:
    """One section as HR describes it."""

    kind: SectionKind
    title: Words
    hint: Words
    parts: Sequence[PartKind]

    def written(self, key: str, weight: int) -> Json:
        """As templates keep it; a question in words weighs nothing."""
        return {
            "key": key,
            "kind": str(self.kind),
            "weight": 0 if self.kind is SectionKind.TEXT else weight,
            "title": self.title,
            "hint": self.hint,
            "parts": [str(part) for part in self.parts],
        }


def add_template(
    *, name: Words, source: ReviewTemplate | None = None, by: Account
) -> ReviewTemplate:
    """Begin a template of its own, empty or with the sections of ``source``."""
    template = ReviewTemplate(
        key=f"own_{token_hex(6)}",
        name=name,
        sections=list(source.sections) if source else [],
        weights=dict(source.weights) if source else {"self": 30, "manager": 70},
        state=TemplateState.DRAFT,
    )
    db.session.add(template)
    audit.record(ReviewsFact.TEMPLATE_CHANGED, template, by=by)
    return template


def draft_template(template: ReviewTemplate, *, by: Account) -> ReviewTemplate:
    """Begin a new version as a copy of this one; a draft that is there already is returned."""
    # The lock keeps two people from both finding no draft.
    db.session.refresh(template, ["version"], with_for_update=True)
    draft: ReviewTemplate | None = db.session.scalar(queries.draft_of(template.key))
    if draft is not None:
        return draft
    newest = db.session.scalars(queries.newest_version(template.key)).one()
    draft = ReviewTemplate(
        key=template.key,
        number=newest.number + 1,
        name=template.name,
        sections=list(template.sections),
        weights=dict(template.weights),
        state=TemplateState.DRAFT,
    )
    db.session.add(draft)
    audit.record(ReviewsFact.TEMPLATE_CHANGED, draft, by=by)
    return draft


def change_template(
    draft: ReviewTemplate,
    *,
    name: Words,
    weights: Mapping[str, int],
    section_weights: Mapping[str, int],
    by: Account,
) -> None:
    """Change the name, what each kind of part weighs, and what each section weighs, in per cent.

    Raises:
        Refused: if it is no draft, or weights do not sum to 100 (``field`` names the first).

    """
    require_draft(draft)
    require_whole(weights, field=f"weight_{next(iter(weights), '')}")
    if section_weights:
        require_whole(section_weights, field=f"section_{next(iter(section_weights))}")
    draft.name = name
    draft.weights = {kind: weight for kind, weight in weights.items() if weight}
    draft.sections = [
        {**row, "weight": section_weights.get(row["key"], row["weight"])} for row in draft.sections
    ]
    audit.record(ReviewsFact.TEMPLATE_CHANGED, draft, by=by)


def require_whole(weights: Mapping[str, int], *, field: str) -> None:
    """Make sure that weights sum to 100.

    Raises:
        Refused: if they do not, with the sum they have.

    """
    total = sum(weights.values())
    if total != WHOLE:
        raise Refused(
            _("The weights sum to %(total)s. Together they must be exactly 100.", total=total),
            field=field,
        )


def require_draft(template: ReviewTemplate) -> None:
    """Make sure that the version can be changed.

    Raises:
        Refused: if it is no draft.

    """
    if template.state is not TemplateState.DRAFT:
        raise Refused(_("This version was published and stays as it is. Write a new version."))


def add_section(draft: ReviewTemplate, wanted: Section, *, by: Account) -> Json:
    """Add a section at the end; one that weighs gets what is left up to 100.

    Raises:
        Refused: if it is no draft, has too many sections, or has one for goals or competencies.

    """
    require_draft(draft)
    if len(draft.sections) >= MOST_SECTIONS:
        raise Refused(_("A template has at most %(most)s sections.", most=MOST_SECTIONS))
    _require_free(draft, wanted, None)
    left = max(WHOLE - sum(int(row["weight"]) for row in draft.sections), 0)
    entry = wanted.written(f"s_{token_hex(4)}", left)
    _write(draft, [*draft.sections, entry], by)
    return entry


def change_section(draft: ReviewTemplate, key: str, wanted: Section, *, by: Account) -> None:
    """Change a section; it keeps its key and weight.

    Raises:
        NotFound: if there is no such section.
        Refused: as for adding.

    """
    require_draft(draft)
    old = section_of(draft, key)
    _require_free(draft, wanted, old)
    entry = wanted.written(key, int(old["weight"]))
    _write(draft, [entry if row is old else row for row in draft.sections], by)


def _require_free(draft: ReviewTemplate, wanted: Section, old: Json | None) -> None:
    """Competencies and goals are asked once: a second section would rate the same twice."""
    if wanted.kind is SectionKind.TEXT:
        return
    others = [row for row in draft.sections if row is not old]
    if any(row["kind"] == str(wanted.kind) for row in others):
        raise Refused(_("There is a section of this kind already."), field="kind")


def remove_section(draft: ReviewTemplate, key: str, *, by: Account) -> Json:
    """Take a section out of a draft; returns it.

    Raises:
        NotFound: if there is no such section.
        Refused: if it is no draft.

    """
    require_draft(draft)
    old = section_of(draft, key)
    _write(draft, [row for row in draft.sections if row is not old], by)
    return old


def move_section(draft: ReviewTemplate, key: str, *, up: bool, by: Account) -> None:
    """Put a section before or behind its neighbour; at the end nothing happens.

    Raises:
        NotFound: if there is no such section.
        Refused: if it is no draft.

    """
    require_draft(draft)
    rows = list(draft.sections)
    here = rows.index(section_of(draft, key))
    there = here + (-1 if up else 1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _write(draft, rows, by)


def section_of(template: ReviewTemplate, key: str) -> Json:
    """One section by its key.

    Raises:
        NotFound: if there is no such section.

    """
    found = next((row for row in template.sections if row["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def _write(draft: ReviewTemplate, sections: list[Json], by: Account) -> None:
    draft.sections = sections
    audit.record(ReviewsFact.TEMPLATE_CHANGED, draft, by=by)


def content_of(template: ReviewTemplate) -> Json:
    """What the fingerprint of a version is made of."""
    return {
        "name": template.name,
        "sections": template.sections,
        "weights": template.weights,
    }


def publish_template(draft: ReviewTemplate, *, by: Account | None) -> None:
    """Let new cycles ask what a draft asks; it replaces the version in use.

    Raises:
        Refused: if it is no draft, asks nothing, its weights do not sum to 100, or it says the
            same as the version in use.

    """
    require_move(TEMPLATE_MOVES, draft.state, TemplateState.PUBLISHED)
    if not draft.sections:
        raise Refused(_("Add a section first: a review that asks nothing helps nobody."))
    weighing = {row["key"]: int(row["weight"]) for row in draft.sections if row["kind"] != "text"}
    if weighing:
        require_whole(weighing, field=f"section_{next(iter(weighing))}")
    require_whole({key: int(value) for key, value in draft.weights.items()}, field="weight_self")
    present: ReviewTemplate | None = db.session.scalar(queries.published_version(draft.key))
    content_hash = fingerprint(content_of(draft))
    if present is not None:
        if present.content_hash == content_hash:
            raise Refused(_("Nothing is different from the version in use."))
        present.state = TemplateState.REPLACED
    draft.state, draft.published_at = TemplateState.PUBLISHED, clock.now()
    draft.content_hash = content_hash
    audit.record(ReviewsFact.TEMPLATE_PUBLISHED, draft, by=by)


def retire_template(template: ReviewTemplate, *, by: Account) -> None:
    """Begin no more cycles with a template; those with it go on.

    Raises:
        Refused: if it is not the version in use.

    """
    require_move(TEMPLATE_MOVES, template.state, TemplateState.RETIRED)
    template.state = TemplateState.RETIRED
    audit.record(ReviewsFact.TEMPLATE_RETIRED, template, by=by)


def discard_template(draft: ReviewTemplate, *, by: Account) -> None:
    """Throw a draft away.

    Raises:
        Refused: if it is no draft.

    """
    require_draft(draft)
    audit.record(ReviewsFact.TEMPLATE_DISCARDED, draft, by=by)
    db.session.delete(draft)
