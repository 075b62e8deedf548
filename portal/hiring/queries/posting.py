"""Lists of postings, for colleagues and for the careers site."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from portal.accounts.models import Account
from portal.competencies.models import Competency, RoleRequirement
from portal.core import clock
from portal.core.i18n import LOCALES
from portal.hiring.models import (
    Application,
    Posting,
    Requisition,
    ScreeningCriteria,
    ScreeningResult,
    StageCount,
)
from portal.hiring.queries.requisition import Rows, visible_condition
from portal.hiring.states import OPEN_STAGES, PostingState, Stage
from portal.people.models import Role, Site, Team


def posting_rows(viewer: Account) -> Rows:
    """What the list of postings shows, with applications in play, for those a viewer may see."""
    # Asked for each row of the page, not counted for every posting there is.
    in_play = (
        sa.select(sa.func.coalesce(sa.func.sum(StageCount.count), 0))
        .where(StageCount.id == Posting.id, StageCount.stage.in_(OPEN_STAGES))
        .scalar_subquery()
    )
    return (
        sa.select(
            Posting.id, Posting.state, Posting.opens_on, Posting.closes_on, Posting.created_at,
            Role.title.label("role"), Site.name.label("site"), Team.name.label("team"),
            Requisition.openings, Requisition.hired,
            in_play.label("applications"),
        )
        .join(Posting.requisition)
        .join(Requisition.role)
        .join(Requisition.site)
        .join(Requisition.team)
        .where(visible_condition(viewer))
    )  # fmt: skip


def postings_to_screen() -> Rows:
    """``(id, title, name, waiting)`` of open postings with applications nobody has screened.

    ``title`` is the role's, ``name`` the site's; where most wait stands first.
    """
    return (
        sa.select(Posting.id, Role.title, Site.name, StageCount.count.label("waiting"))
        .join(Posting.requisition)
        .join(Requisition.role)
        .join(Requisition.site)
        .join(StageCount, StageCount.id == Posting.id)
        .where(
            StageCount.stage == Stage.APPLIED,
            StageCount.count > 0,
            Posting.state == PostingState.OPEN,
        )
        .order_by(StageCount.count.desc())
    )


def counts_by_state(column: sa.orm.InstrumentedAttribute[Any], viewer: Account) -> Rows:
    """State and number of the postings or requisitions a viewer may see."""
    select = sa.select(column, sa.func.count())
    if column.class_ is Posting:
        select = select.join(Posting.requisition)
    return select.join(Requisition.team).where(visible_condition(viewer)).group_by(column)


def postings_of(requisition_id: int) -> Rows:
    """The postings of a requisition, newest first."""
    return (
        sa.select(Posting.id, Posting.state, Posting.languages, Posting.closes_on)
        .where(Posting.requisition_id == requisition_id)
        .order_by(Posting.id.desc())
    )


def postings_with_a_last_day() -> sa.Select[Posting]:
    """Open postings that may be over somewhere on earth, with requisition and site."""
    latest = clock.today() + timedelta(days=1)
    return (
        sa.select(Posting)
        .join(Posting.requisition)
        .where(Posting.state == PostingState.OPEN, Posting.closes_on <= latest)
        .options(
            contains_eager(Posting.requisition).joinedload(Requisition.site),
            contains_eager(Posting.requisition).joinedload(Requisition.role),
        )
    )


def posting_by_slug(slug: str) -> sa.Select[Posting]:
    """One posting with what its public page shows, whatever its state."""
    return (
        sa.select(Posting)
        .join(Posting.requisition)
        .where(Posting.slug == slug)
        .options(
            contains_eager(Posting.requisition).joinedload(Requisition.site, innerjoin=True),
        )
    )


def public_postings() -> sa.Select[Posting]:
    """Postings that may be open today somewhere on earth, newest first; ``is_open`` decides.

    The bounds are a day wide because the first and last day count at the posting's own site.
    """
    day = timedelta(days=1)
    return (
        sa.select(Posting)
        .join(Posting.requisition)
        .join(Requisition.site)
        .where(
            Posting.state == PostingState.OPEN,
            sa.or_(Posting.opens_on.is_(None), Posting.opens_on <= clock.today() + day),
            sa.or_(Posting.closes_on.is_(None), Posting.closes_on >= clock.today() - day),
        )
        .options(contains_eager(Posting.requisition).contains_eager(Requisition.site))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
    )


def titles_listed() -> Rows:
    """The same without their texts, but with the title in each language as a column of its own."""
    titles = [
        Posting.content[(language, "title")].as_string().label(language) for language in LOCALES
    ]
    select = public_postings().options(defer(Posting.content, raiseload=True))
    return select.add_columns(*titles)


def weighted_requirements(role_id: int) -> sa.Select[RoleRequirement]:
    """The competencies a role is hired by, with their present wording."""
    return (
        sa.select(RoleRequirement)
        .where(RoleRequirement.role_id == role_id, RoleRequirement.weight > 0)
        .options(joinedload(RoleRequirement.competency).joinedload(Competency.current))
        .order_by(RoleRequirement.order, RoleRequirement.id)
    )


def applications_to_rescreen(posting_id: int) -> sa.Select[Application]:
    """Applications in play that were screened, but not by the latest criteria."""
    latest = (
        sa.select(sa.func.max(ScreeningCriteria.id))
        .where(ScreeningCriteria.posting_id == posting_id)
        .scalar_subquery()
    )
    screened = sa.select(ScreeningResult.application_id)
    return (
        sa.select(Application)
        .where(
            Application.posting_id == posting_id,
            Application.stage.in_(OPEN_STAGES),
            Application.id.in_(screened),
            Application.id.not_in(screened.where(ScreeningResult.criteria_id == latest)),
        )
        .order_by(Application.applied_at, Application.id)
    )


def applications_screened(posting_id: int) -> sa.Select[int]:
    """How many applications in play were screened by any version."""
    screened = sa.select(ScreeningResult.application_id)
    return sa.select(sa.func.count(Application.id)).where(
        Application.posting_id == posting_id,
        Application.stage.in_(OPEN_STAGES),
        Application.id.in_(screened),
    )


def posting_page(posting_id: int) -> sa.Select[Posting]:
    """One posting with what its record page shows."""
    return (
        sa.select(Posting)
        .where(Posting.id == posting_id)
        .options(
            joinedload(Posting.requisition).joinedload(Requisition.role),
            joinedload(Posting.requisition).joinedload(Requisition.site),
            joinedload(Posting.requisition).joinedload(Requisition.team),
            selectinload(Posting.criteria),
        )
    )
