"""Who and what the demo is about, by name, so that each scene finds what earlier ones made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core.db import db
from portal.hiring.models import Application, Posting
from portal.people.models import Employment, Person, Role, Site, Team

FRIDAY = 4


@dataclass
class Cast:
    """Keys of what was made; rows are loaded anew in every scene."""

    random: Random = field(default_factory=lambda: Random(20261122))
    postings: dict[str, int] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    """Names that are given away."""
    goals: list[tuple[int, str, float]] = field(default_factory=list)
    """Application id, where its story goes, and how many days ago it came in."""
    panels: dict[str, list[int]] = field(default_factory=dict)
    """Site key to the account ids of its interviewers."""

    def refresh(self) -> None:
        """Forget loaded rows: the next scene runs in a transaction of its own."""
        db.session.remove()

    def account(self, name: str) -> Account:
        """The demo account of that name, as in ``hr@demo.example``."""
        return db.session.scalars(
            sa.select(Account).where(Account.email == f"{name}@demo.example")
        ).one()

    def account_of(self, person: Person) -> Account:
        """Somebody's account."""
        return db.session.scalars(accounts.account_of(person.id)).one()

    def person(self, name: str) -> Person:
        """Whose demo account has this name."""
        return db.session.get_one(Person, self.account(name).person_id)

    def members(self, team: Team) -> list[Person]:
        """The people of a team, its lead first, then in the order they came."""
        found = (
            sa.select(Person)
            .join(Employment, Employment.person_id == Person.id)
            .where(Employment.team_id == team.id)
        )
        return list(db.session.scalars(found.order_by(Person.id)).unique())

    def site(self, key: str) -> Site:
        """A site by key."""
        return db.session.scalars(sa.select(Site).where(Site.key == key)).one()

    def at(self, site: Site, day: date, hour: int) -> datetime:
        """An hour by the clock of a site, on the next working day from a day on."""
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)
        return datetime.combine(day, time(hour), ZoneInfo(site.time_zone)).astimezone(UTC)

    def role(self, key: str) -> Role:
        """A role by key."""
        return db.session.scalars(sa.select(Role).where(Role.key == key)).one()

    def team(self, site: Site, number: int = 0) -> Team:
        """A team of front-line people at a site."""
        found = sa.select(Team).where(Team.site_id == site.id, Team.parent_id.is_not(None))
        leaves = [
            t for t in db.session.scalars(found.order_by(Team.path.desc())) if t.path.count("/") > 3
        ]
        return sorted(leaves, key=lambda team: team.id)[number]

    def posting(self, key: str) -> Posting:
        """A posting by its key in the demo."""
        return db.session.get_one(Posting, self.postings[key])

    def application(self, key: int) -> Application:
        """An application by id."""
        return db.session.get_one(Application, key)
