"""Parts that higher features add to the record pages of people and roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from portal.accounts.models import Account
from portal.people.models import Person, Role

Data = Callable[[Account, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A drawn part: its template, and what it finds there as ``part``."""

    template: str
    data: dict[str, Any]


def add_part(app: Flask, model: type[Person | Role], template: str, data: Data) -> None:
    """Draw ``template`` on the record page of ``model``.

    ``data(viewer, row)`` returns what the template needs, or ``None`` where the viewer may not
    see it.
    """
    parts = app.extensions.setdefault("people_parts", {})
    parts.setdefault(model, []).append((template, data))


def parts_of(viewer: Account, row: Person | Role) -> list[Part]:
    """The parts of a row's page that the viewer may see."""
    known = current_app.extensions.get("people_parts", {}).get(type(row), [])
    drawn = ((template, data(viewer, row)) for template, data in known)
    return [Part(template, found) for template, found in drawn if found is not None]
