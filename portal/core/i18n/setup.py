"""Teaches the application and its templates the four languages."""

from __future__ import annotations

from functools import cache

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel
from werkzeug.local import LocalProxy

from portal.core import catalogues
from portal.core.i18n import formats, languages, letters


def register(app: Flask) -> None:
    """Install Flask-Babel, the filters, and the globals ``languages`` and ``locale``.

    ``locale`` is a global and not a context variable, so that imported macros see it.
    """
    catalogues.compile_stale()
    babel = Babel()
    babel.init_app(
        app,
        locale_selector=languages.choose_locale,
        timezone_selector=languages.choose_time_zone,
    )
    jinja = app.jinja_env
    # Flask-Babel looks domain, folder and context up at every text: a page has hundreds.
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().ugettext(text),
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.filters.update(
        words=languages.words,
        date=formats.date,
        datetime=formats.datetime,
        time=formats.time,
        ago=formats.ago,
        ago_text=formats.ago_text,
        iso=formats.iso,
        money=formats.money,
        number=formats.number,
        percent=formats.percent,
        zone_name=formats.zone_name,
        capitals=letters.upper,
    )
    jinja.globals.update(
        languages=languages.NATIVE_NAMES, locale=LocalProxy(languages.current_locale)
    )


def _catalogue() -> Translations | NullTranslations:
    """The texts of the language at hand, read once a process."""
    return _read(languages.current_locale())


@cache
def _read(locale: str) -> Translations | NullTranslations:
    return Translations.load(catalogues.FOLDER, [locale])
