"""What certification shows on the record page of a person, and others on the page of an award."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app

from portal.accounts.models import Account
from portal.certification import policy
from portal.certification.models import Award
from portal.certification.overview import overview
from portal.core import clock
from portal.people import parts
from portal.people.models import Person
from portal.people.parts import Part

AwardData = Callable[[Account, Award], dict[str, Any] | None]


def connect(app: Flask) -> None:
    """Add the part to the page of a person."""
    parts.add_part(app, Person, "certification/_person_part.html", _certificates)


def add_award_part(app: Flask, template: str, data: AwardData) -> None:
    """Draw ``template`` on the page of an award, unless ``data`` returns ``None``."""
    app.extensions.setdefault("award_parts", []).append((template, data))


def parts_of(viewer: Account, award: Award) -> list[Part]:
    """The parts of an award's page that the viewer may see."""
    known = current_app.extensions.get("award_parts", [])
    drawn = ((template, data(viewer, award)) for template, data in known)
    return [Part(template, found) for template, found in drawn if found is not None]


def _certificates(viewer: Account, person: Person) -> dict[str, Any] | None:
    """What the person holds or must hold today."""
    if not policy.see_certificates(viewer, person) or not person.employments:
        return None
    holdings = overview(person, clock.today(viewer.time_zone)).holdings
    return {"person": person, "holdings": holdings}
