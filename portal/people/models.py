"""Persons from candidate to leaver, and the organisation they work in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from portal.core import i18n
from portal.core.db import Id, Json, Model, Path, Words, enum_column
from portal.people.states import JOB_FAMILIES, EmploymentReason, PayPeriod

LEAST_GROUP, USUAL_GROUP = 3, 5
"""The smallest group whose figures may ever be shown, and the one usually chosen."""


class Organisation(Model):
    """The one organisation this installation serves: its name, address, looks and discretion.

    Figures of fewer people than ``smallest_group`` are shown only to those who see each of them.
    """

    __tablename__ = "organisation"
    __table_args__ = (sa.CheckConstraint("smallest_group >= 3", name="smallest_group"),)

    id: Mapped[Id]
    name: Mapped[str]
    legal_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(sa.Text, default="")
    email: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(sa.String(7), default="#0f5c6e")
    logo_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    smallest_group: Mapped[int] = mapped_column(default=USUAL_GROUP)


class Site(Model):
    """A place where people work: country (ISO 3166), IANA zone, ISO 4217 currency, language."""

    __tablename__ = "site"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[Words]
    street: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(sa.String(20), default="")
    city: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(sa.String(2))
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    currency: Mapped[str] = mapped_column(sa.String(3))
    language: Mapped[str] = mapped_column(sa.String(5))


class Role(Model):
    """A job in the organisation, with the profile that postings and letters are composed from."""

    __tablename__ = "role"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    family: Mapped[str] = mapped_column(sa.String(60))
    level: Mapped[int]
    title: Mapped[Words]
    aliases: Mapped[Json] = mapped_column(default=dict)
    summary: Mapped[Words]
    duties: Mapped[list[Json]] = mapped_column(default=list)
    qualifications: Mapped[list[Json]] = mapped_column(default=list)
    benefits: Mapped[list[Json]] = mapped_column(default=list)

    pay_bands: Mapped[list[PayBand]] = relationship(back_populates="role")

    @property
    def family_label(self) -> str:
        """The job family in the reader's language."""
        return str(JOB_FAMILIES.get(self.family, self.family.replace("_", " ")))


class PayBand(Model):
    """What a role pays in a country, in minor units, with the source and date of the figure."""

    __tablename__ = "pay_band"
    __table_args__ = (
        sa.UniqueConstraint("role_id", "country"),
        sa.CheckConstraint("minimum <= maximum", name="ordered"),
    )

    id: Mapped[Id]
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    country: Mapped[str] = mapped_column(sa.String(2))
    currency: Mapped[str] = mapped_column(sa.String(3))
    minimum: Mapped[int] = mapped_column(sa.BigInteger)
    maximum: Mapped[int] = mapped_column(sa.BigInteger)
    period: Mapped[PayPeriod] = mapped_column(enum_column(PayPeriod), default=PayPeriod.YEAR)
    source: Mapped[str]
    dated: Mapped[date]
    example: Mapped[bool] = mapped_column(default=False)

    role: Mapped[Role] = relationship(back_populates="pay_bands")


SortName = Annotated[
    str, mapped_column(sa.String(600).with_variant(sa.String(600, "C"), "postgresql"))
]
"""A name as a string whose order byte by byte is a language's alphabetical order."""


def _sort_default(locale: str) -> Any:  # noqa: ANN401 - what mapped_column takes
    """Fill a sort column at INSERT from the names, so that bulk inserts need not know of it."""

    def from_names(context: Any) -> str:  # noqa: ANN401 - SQLAlchemy's default context
        row = context.get_current_parameters()
        return sort_name(row["given_name"], row["family_name"], row.get("reading") or "", locale)

    return mapped_column(default=from_names, index=True)


class Person(Model):
    """One human being, from first application to leaving; an internal applicant is the same row.

    ``reading`` is how a Japanese name is read, in kana. ``sort_*`` hold the place of the name in
    each reader's alphabet.
    """

    __tablename__ = "person"
    __private__ = frozenset(
        {
            "given_name",
            "family_name",
            "reading",
            "email",
            "email_folded",
            "phone",
            "sort_en",
            "sort_tr",
            "sort_es",
            "sort_ja",
        }
    )

    id: Mapped[Id]
    given_name: Mapped[str] = mapped_column(sa.String(120))
    family_name: Mapped[str] = mapped_column(sa.String(120))
    reading: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(sa.String(254))
    email_folded: Mapped[str] = mapped_column(sa.String(254), unique=True)
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    language: Mapped[str] = mapped_column(sa.String(5), default="en")
    created_at: Mapped[datetime]
    sort_en: Mapped[SortName] = _sort_default("en")
    sort_tr: Mapped[SortName] = _sort_default("tr")
    sort_es: Mapped[SortName] = _sort_default("es")
    sort_ja: Mapped[SortName] = _sort_default("ja")

    employments: Mapped[list[Employment]] = relationship(
        back_populates="person",
        foreign_keys="Employment.person_id",
        order_by="Employment.starts_on.desc()",
    )

    @property
    def display_name(self) -> str:
        """The full name in the order the person's language uses."""
        return full_name(self.given_name, self.family_name, self.language)

    def employment_on(self, day: date) -> Employment | None:
        """What the person was employed as on a day, if anything."""
        return next((row for row in self.employments if row.covers(day)), None)

    @classmethod
    def by_name(cls) -> InstrumentedAttribute[str]:
        """The column that orders people alphabetically for the present reader."""
        column: InstrumentedAttribute[str] = getattr(cls, f"sort_{i18n.current_locale()}")
        return column


class Team(Model):
    """A node of the organisation; ``path`` lists the ids from the root, as ``/1/4/9/``."""

    __tablename__ = "team"

    id: Mapped[Id]
    name: Mapped[Words]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    path: Mapped[Path] = mapped_column(index=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    site: Mapped[Site] = relationship()
    lead: Mapped[Person | None] = relationship()
    parent: Mapped[Team | None] = relationship(remote_side="Team.id")


class Position(Model):
    """A seat: one head of the plan, filled or empty; key positions have a succession plan."""

    __tablename__ = "position"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    is_key: Mapped[bool] = mapped_column(default=False)

    role: Mapped[Role] = relationship()
    team: Mapped[Team] = relationship()


class Employment(Model):
    """A stretch of time in which a person holds a role in a team; the end day is the last day."""

    __tablename__ = "employment"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
        sa.Index("ix_employment_team_id_ends_on", "team_id", "ends_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    position_id: Mapped[int | None] = mapped_column(sa.ForeignKey("position.id"))
    manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    reason: Mapped[EmploymentReason] = mapped_column(enum_column(EmploymentReason))
    shift: Mapped[str] = mapped_column(default="")
    source_type: Mapped[str] = mapped_column(sa.String(40), default="")
    source_id: Mapped[int | None]

    person: Mapped[Person] = relationship(back_populates="employments", foreign_keys=[person_id])
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id])
    role: Mapped[Role] = relationship()
    team: Mapped[Team] = relationship()
    site: Mapped[Site] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the person is employed so on this day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def sort_name(given: str, family: str, reading: str, locale: str) -> str:
    """Where a name stands in a language's alphabetical order, family name first."""
    return i18n.sort_key(reading or f"{family} {given}", locale)[:600]


def full_name(given: str, family: str, language: str) -> str:
    """Given and family name in the order of a language: family first in Japanese."""
    parts = (family, given) if language == "ja" else (given, family)
    return " ".join(part for part in parts if part)
