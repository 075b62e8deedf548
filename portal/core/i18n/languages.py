"""Which language and time zone a page speaks, and text that comes in several languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import flask_babel
from flask import current_app, g, has_app_context, has_request_context, request, session
from flask_login import current_user

LOCALES: Final = ("en", "tr", "es", "ja")
NATIVE_NAMES: Final = {"en": "English", "tr": "Türkçe", "es": "Español", "ja": "日本語"}
FALLBACK: Final = "en"


def choose_locale() -> str:
    """The language of this request: asked for in the link, the account's, the browser's, English.

    A visitor's choice (``?lang=``) stays in the session; a signed-in person's own setting beats it.
    """
    if not has_request_context():
        return FALLBACK
    if (asked := request.args.get("lang")) in LOCALES:
        if session.get("lang") != asked:
            session["lang"] = asked
        return str(asked)
    mine = _of_viewer("language")
    kept = None if mine else session.get("lang")
    for wanted in (mine, kept):
        if wanted in LOCALES:
            return str(wanted)
    return best_locale(request.accept_languages.values())


def choose_time_zone() -> str:
    """The zone times are shown in: set on ``g`` by the page, the account's, else UTC."""
    wanted = getattr(g, "time_zone", None) if has_app_context() else None
    wanted = wanted or _of_viewer("time_zone")
    return str(wanted) if known_time_zone(wanted) else "UTC"


def _of_viewer(attribute: str) -> str | None:
    """What the signed-in account says, if there is one."""
    if not has_request_context() or not hasattr(current_app, "login_manager"):
        return None
    return getattr(current_user, attribute, None)


def best_locale(wanted: object) -> str:
    """The first of ``wanted`` language tags we speak (``es-MX`` is ``es``), else English."""
    tags = wanted if not isinstance(wanted, str) else [wanted]
    for tag in tags or ():  # type: ignore[attr-defined]
        language = str(tag).replace("_", "-").split("-")[0].lower()
        if language in LOCALES:
            return language
    return FALLBACK


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_time_zone(name: object) -> bool:
    """Whether ``name`` is an IANA time zone such as ``Europe/Istanbul``."""
    return isinstance(name, str) and name in _zones()


def current_locale() -> str:
    """The language at hand: the request's, or the one set by ``force_locale``."""
    if not has_app_context():
        return FALLBACK
    # What Flask-Babel keeps for the request, without its six proxies: a list asks 300 times.
    found = getattr(g.get("_flask_babel"), "babel_locale", None) or flask_babel.get_locale()
    return str(found.language) if found is not None else FALLBACK


def in_each_language(text: Callable[[], str]) -> dict[str, str]:
    """What a function says in each language, for whoever reads it later in theirs."""
    said = {}
    for locale in LOCALES:
        with flask_babel.force_locale(locale):
            said[locale] = str(text())
    return said


def current_zone() -> ZoneInfo:
    """The time zone at hand."""
    return ZoneInfo(str(flask_babel.get_timezone())) if has_app_context() else ZoneInfo("UTC")


def words(mapping: Mapping[str, str] | None, locale: str | None = None) -> str:
    """The text in the reader's language, else in English, else in any language that has it."""
    if not mapping:
        return ""
    for language in (locale or current_locale(), FALLBACK, *LOCALES, *mapping):
        if text := mapping.get(language):
            return text
    return ""
