"""Accounts, their sessions, single-use links, saved views and calendar addresses."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.accounts.states import AccountState, LinkPurpose
from portal.core.db import Id, Model, enum_column
from portal.core.i18n import fold


class Account(Model):
    """The right of one person to sign in, with what they may do.

    ``led_paths`` are the paths of the teams the person leads, kept by the people feature so that
    no rule needs a query.
    """

    __tablename__ = "account"
    __private__ = frozenset({"email", "display_name", "search_text"})

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    display_name: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(sa.String(600), default="")
    password_hash: Mapped[str | None]
    state: Mapped[AccountState] = mapped_column(
        enum_column(AccountState), default=AccountState.INVITED
    )
    roles: Mapped[list[str]] = mapped_column(default=list)
    led_paths: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(sa.String(5), default="en")
    time_zone: Mapped[str] = mapped_column(sa.String(60), default="UTC")
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]

    @validates("display_name", "email")
    def _keep_search_text(self, name: str, value: str) -> str:
        """What the list is searched by: name and address without accents and capitals."""
        both = {"display_name": self.display_name, "email": self.email, name: value}
        self.search_text = fold(" ".join(text for text in both.values() if text))[:600]
        return value

    @property
    def is_authenticated(self) -> bool:
        """Flask-Login: a loaded account is a signed-in one."""
        return True

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.state is AccountState.ACTIVE

    @property
    def is_anonymous(self) -> bool:
        """Flask-Login: never."""
        return False

    @property
    def initials(self) -> str:
        """One or two letters for the round badge."""
        return "".join(word[0] for word in self.display_name.split()[:2]).upper()

    def has_role(self, *roles: str) -> bool:
        """Whether the account holds at least one of these roles."""
        return not set(roles).isdisjoint(self.roles)

    def leads(self, team_path: str) -> bool:
        """Whether a team lies at or below one this person leads."""
        return any(team_path.startswith(path) for path in self.led_paths)


class AccountSession(Model):
    """One signed-in browser; the cookie holds the token, the row only its hash."""

    __tablename__ = "account_session"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(sa.String(45), default="")
    browser: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class AccountLink(Model):
    """A single-use link sent by mail: an invitation or a password reset."""

    __tablename__ = "account_link"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class SavedView(Model):
    """A list as one person likes to see it; ``query`` is the query string that narrows it."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("account_id", "place", "name"),)
    __private__ = frozenset({"name", "query"})

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    place: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str] = mapped_column(sa.String(1000))
    created_at: Mapped[datetime]


class CalendarFeed(Model):
    """The secret address under which a calendar program reads what is due for one person."""

    __tablename__ = "calendar_feed"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
