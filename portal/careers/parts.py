"""What careers show on record pages, and where higher features add to the page of a path."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.careers import policy
from portal.core.parts import Place
from portal.people import parts
from portal.people.models import Person, Role


@dataclass(frozen=True)
class Link:
    """A way from the page of a path to another one about the same person."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Offer:
    """Something else that can be done about each action of a path, with one click.

    The button posts ``kind``, ``subject``, ``need``, ``title`` and ``role``. ``taken`` names kind
    and subject of the actions it was done about, and needs of those without a subject.
    """

    url: str
    label: str
    done: str
    taken: AbstractSet[tuple[str, int] | str]

    def is_taken(self, kind: str, subject: int, need: str) -> bool:
        """Whether it was done about this one."""
        return (kind, subject) in self.taken if subject else need in self.taken


LINKS: Place[[Account, Person], Link] = Place("paths.links")
OFFERS: Place[[Account, Person], Offer] = Place("paths.offers")


def connect(app: Flask) -> None:
    """Add the parts to both pages."""
    parts.add_part(app, Person, "paths/_person_part.html", _of_person)
    parts.add_part(app, Role, "paths/_role_part.html", _of_role)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The way to the person's path."""
    if not policy.see_path(viewer, person) or not person.employments:
        return None
    return {"person": person, "own": viewer.person_id == person.id}


def _of_role(viewer: Account, role: Role) -> dict[str, Any] | None:
    """The way to what the role asks for on a career path."""
    return {"role": role} if policy.keep_requirements(viewer, role) else None
