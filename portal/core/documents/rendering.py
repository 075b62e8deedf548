"""From a template and frozen data to the bytes of a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from flask import current_app, g
from flask_babel import force_locale
from flask_babel import gettext as _
from jinja2 import Environment, StrictUndefined

from portal.core import charts
from portal.core.brand import Brand
from portal.core.documents import engine
from portal.core.documents.codes import qr_svg
from portal.core.documents.paper import sheet_of

if TYPE_CHECKING:
    from dataclasses import Field
    from typing import ClassVar

LOGO = "paper:logo"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class DataclassInstance(Protocol):
    """Any dataclass instance."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True)
class Seal:
    """What makes a paper checkable: its code, where to check it, and when it was issued."""

    code: str
    url: str
    issued_at: datetime

    @property
    def url_shown(self) -> str:
        """The address as people type it: without scheme and code."""
        return self.url.partition("://")[2].removesuffix(f"/{self.code}")

    @property
    def qr(self) -> str:
        """The address as a QR code, in SVG."""
        return qr_svg(self.url, title=_("QR code with the address that checks this paper"))


def render(
    template: str,
    data: DataclassInstance,
    *,
    locale: str,
    brand: Brand,
    country: str = "",
    time_zone: str = "UTC",
    seal: Seal | None = None,
    preview: bool = False,
) -> bytes:
    """The PDF of ``templates/pdf/<template>.html`` with ``data``, in the language ``locale``.

    ``country`` (ISO 3166) decides between A4 and Letter. Without a seal the paper has no date,
    code or QR; ``preview`` marks it as not issued. Equal arguments give equal bytes, in any
    process. It takes tens of milliseconds, and a second the first time: previews apart, call it
    from workers.
    """
    html = to_html(
        template, data, locale=locale, brand=brand, time_zone=time_zone, seal=seal, preview=preview
    )
    resources = {LOGO: (brand.logo, brand.logo_type)} if brand.logo else {}
    page = charts.for_paper(html, _colour(brand))
    return engine.to_pdf(page, sheet=sheet_of(country), resources=resources)


def to_html(
    template: str,
    data: DataclassInstance,
    *,
    locale: str,
    brand: Brand,
    time_zone: str = "UTC",
    seal: Seal | None = None,
    preview: bool = False,
) -> str:
    """The page that ``render`` lays out, before layout; missing values raise, never print blank."""
    context = {
        "data": data,
        "brand": brand,
        "accent": _colour(brand),
        "address": [line.strip() for line in brand.address.splitlines() if line.strip()],
        "logo": LOGO if brand.logo else None,
        "seal": seal,
        "preview": preview,
    }
    # A context of its own: neither the viewer's time zone nor their language may reach the paper.
    with current_app.app_context():
        g.time_zone = time_zone
        with force_locale(locale):
            return _environment().get_template(f"pdf/{template}.html").render(context)


def _colour(brand: Brand) -> str:
    """The brand's colour, or ink for one that is no colour and might be other CSS."""
    return brand.colour if _COLOUR.fullmatch(brand.colour) else "#1d1e20"


def _environment() -> Environment:
    """The application's own templates, but strict: a forgotten value must not print blank."""
    found: Environment | None = current_app.extensions.get("papers")
    if found is None:
        found = current_app.jinja_env.overlay(undefined=StrictUndefined)
        current_app.extensions["papers"] = found
    return found
