"""How the organisation shows itself: read once a request, so every worker sees a change at once."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask, g, has_request_context, url_for
from werkzeug.local import LocalProxy

from portal.core import brand, files
from portal.core.db import db
from portal.core.files import StoredFile
from portal.people import queries
from portal.people.models import USUAL_GROUP


@dataclass(frozen=True)
class Shown:
    """What pages need of the organisation."""

    name: str = brand.Brand.name
    colour: str = brand.Brand.colour
    logo_url: str = ""
    is_set_up: bool = False
    smallest_group: int = USUAL_GROUP


def register(app: Flask) -> None:
    """Give pages ``organisation``, and mail and papers their brand."""
    brand.provide(app, present)
    app.jinja_env.globals["organisation"] = LocalProxy(shown)


def present() -> brand.Brand:
    """The organisation with its logo's bytes, for mail and papers."""
    row = db.session.scalar(queries.organisation())
    if row is None:
        return brand.Brand()
    logo = db.session.get(StoredFile, row.logo_file_id) if row.logo_file_id else None
    return brand.Brand(
        name=row.name,
        colour=row.colour,
        address=row.address,
        email=row.email,
        logo=_bytes(logo) if logo else b"",
        logo_type=logo.media_type if logo else "",
    )


def shown() -> Shown:
    """The organisation as pages draw it, kept for the rest of the request."""
    if not has_request_context():
        return _read()
    if "organisation" not in g:
        g.organisation = _read()
    found: Shown = g.organisation
    return found


def _read() -> Shown:
    try:
        row = db.session.scalar(queries.organisation())
    except sa.exc.SQLAlchemyError:
        # The page that says the database is away needs a name too.
        return Shown()
    if row is None:
        return Shown()
    logo = url_for("people.logo", file_id=row.logo_file_id) if row.logo_file_id else ""
    return Shown(row.name, row.colour, logo, is_set_up=True, smallest_group=row.smallest_group)


def _bytes(logo: StoredFile) -> bytes:
    try:
        return files.read(logo)
    except files.FileMissing:
        return b""
