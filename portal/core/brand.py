"""How the organisation shows itself on pages, in mail and on paper; people provides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Brand:
    """Name, colour (``#rrggbb``), postal address and logo (PNG or SVG) of the organisation."""

    name: str = "Portal"
    colour: str = "#0f5c6e"
    address: str = ""
    email: str = ""
    logo: bytes = b""
    logo_type: str = ""


def provide(app: Flask, source: Callable[[], Brand]) -> None:
    """Let ``source`` answer for the organisation."""
    app.extensions["brand"] = source


def brand() -> Brand:
    """The organisation's brand, or a plain one before it is set up."""
    source: Callable[[], Brand] | None = current_app.extensions.get("brand")
    return source() if source else Brand()
