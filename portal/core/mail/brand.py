"""Whose mail it is: name and accent colour, told to the kernel by the feature that knows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Brand:
    """The organisation as a mail shows it; ``accent`` is a CSS colour dark enough for white text."""

    name: str
    accent: str = "#1f4f8f"


def use_brand(app: Flask, source: Callable[[], Brand]) -> None:
    """Ask ``source`` for the organisation whenever a mail is written."""
    app.extensions["mail_brand"] = source


def brand() -> Brand:
    """The organisation, or the configured name until a feature provides it."""
    source: Callable[[], Brand] | None = current_app.extensions.get("mail_brand")
    return source() if source else Brand(current_app.config.get("ORGANISATION_NAME", "Portal"))
