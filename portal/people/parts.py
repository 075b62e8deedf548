"""Parts that higher features add to the record pages of people and roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.core.parts import Place
from portal.people.models import Person, Role

Data = Callable[[Account, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A drawn part: its template, and what it finds there as ``part``."""

    template: str
    data: dict[str, Any]


_PLACES: dict[type[Person | Role], Place[[Account, Any], Part]] = {
    Person: Place("people.person"),
    Role: Place("people.role"),
}


def add_part(app: Flask, model: type[Person | Role], template: str, data: Data) -> None:
    """Draw ``template`` on the record page of ``model``.

    ``data(viewer, row)`` returns what the template needs, or ``None`` where the viewer may not
    see it.
    """

    def draw(viewer: Account, row: Person | Role) -> Part | None:
        found = data(viewer, row)
        return None if found is None else Part(template, found)

    _PLACES[model].add(app, draw)


def parts_of(viewer: Account, row: Person | Role) -> list[Part]:
    """The parts of a row's page that the viewer may see."""
    return _PLACES[type(row)].shown(viewer, row)
