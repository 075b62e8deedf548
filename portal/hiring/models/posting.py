"""Postings and the screening criteria fixed for them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.core.i18n.languages import FALLBACK
from portal.hiring.models.requisition import Requisition
from portal.hiring.states import EmploymentType, PostingState, Tonality

EMPTY_TEXT: Json = {
    "title": "",
    "opening": "",
    "duties": [],
    "qualifications": [],
    "benefits": [],
    "how_to_apply": "",
    "closing": "",
}


class Posting(Versioned, Model):
    """What the world reads of a requisition.

    ``content`` maps a language to its text: ``title``, ``opening``, ``duties`` (list),
    ``qualifications`` (list of ``{"text", "must"}``), ``benefits`` (list), ``how_to_apply``,
    ``closing``.
    """

    __tablename__ = "posting"
    __table_args__ = (sa.Index("ix_posting_state_closes_on", "state", "closes_on"),)

    id: Mapped[Id]
    requisition_id: Mapped[int] = mapped_column(sa.ForeignKey("requisition.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    tone: Mapped[Tonality] = mapped_column(enum_column(Tonality), default=Tonality.FRIENDLY)
    content: Mapped[Json]
    languages: Mapped[list[str]]
    employment_type: Mapped[EmploymentType] = mapped_column(
        enum_column(EmploymentType), default=EmploymentType.FULL_TIME
    )
    remote: Mapped[bool] = mapped_column(default=False)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    answer_days: Mapped[int] = mapped_column(default=5)
    state: Mapped[PostingState] = mapped_column(
        enum_column(PostingState), default=PostingState.DRAFT
    )
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    requisition: Mapped[Requisition] = relationship()
    criteria: Mapped[list[ScreeningCriteria]] = relationship(
        back_populates="posting", order_by="ScreeningCriteria.number"
    )

    def is_open_on(self, day: date) -> bool:
        """Whether it can be seen and answered on a day at its site; the last day counts."""
        return (
            self.state is PostingState.OPEN
            and (self.opens_on is None or self.opens_on <= day)
            and (self.closes_on is None or day <= self.closes_on)
        )

    @property
    def is_open(self) -> bool:
        """Whether it can be seen and answered now."""
        return self.is_open_on(clock.today(self.requisition.site.time_zone))

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come at its site."""
        today = clock.today(self.requisition.site.time_zone)
        return self.opens_on is None or self.opens_on <= today

    @property
    def latest_criteria(self) -> ScreeningCriteria | None:
        """The version applications are screened by."""
        return self.criteria[-1] if self.criteria else None

    def language_for(self, locale: str) -> str:
        """The language to show to a reader: theirs, the site's, English, or what there is."""
        site = self.requisition.site.language
        wanted = (locale, site, FALLBACK, *self.languages)
        return next((tag for tag in wanted if tag in self.languages), FALLBACK)

    def text(self, locale: str) -> Json:
        """The text in the best language for a reader, with that language under ``language``."""
        language = self.language_for(locale)
        written: Json = self.content.get(language, {})
        return EMPTY_TEXT | written | {"language": language}


class ScreeningCriteria(Model):
    """One version of what applications are screened by, hashed before the first is opened.

    ``must_haves``: list of ``{"key", "text": Words}``; ``weighted``: the same with ``weight``
    (percent, together 100). ``cut`` is the lowest passing score, 0–100. Never changed.
    """

    __tablename__ = "screening_criteria"
    __table_args__ = (
        sa.UniqueConstraint("posting_id", "number"),
        sa.CheckConstraint("cut BETWEEN 0 AND 100", name="cut"),
    )

    id: Mapped[Id]
    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"))
    number: Mapped[int]
    must_haves: Mapped[list[Json]]
    weighted: Mapped[list[Json]]
    cut: Mapped[int]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    fixed_at: Mapped[datetime]
    fixed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    posting: Mapped[Posting] = relationship(back_populates="criteria")
