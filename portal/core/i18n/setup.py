"""Teaches the application and its templates the four languages."""

from __future__ import annotations

from functools import cache

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.local import LocalProxy

from portal.core import catalogues
from portal.core.i18n import formats, languages, letters


def register(app: Flask) -> None:
    """Install Flask-Babel, the filters, and the globals ``languages`` and ``locale``.

    ``locale`` is a global and not a context variable, so that imported macros see it.
    """
    catalogues.compile_stale()
    babel = Babel()  # type: ignore[no-untyped-call]
    babel.init_app(  # type: ignore[no-untyped-call]
        app,
        locale_selector=languages.choose_locale,
        timezone_selector=languages.choose_time_zone,
    )
    babel.domain_instance = _Texts()  # type: ignore[no-untyped-call]
    jinja = app.jinja_env
    # Jinja's own would derive a whole context for each text in a loop, and Flask-Babel look domain
    # and folder up anew: a page has hundreds of texts.
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]
    jinja.globals.update({"_": _gettext, "gettext": _gettext, "ngettext": _ngettext})
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.filters.update(
        words=languages.words,
        date=formats.date,
        datetime=formats.datetime,
        time=formats.time,
        ago=formats.ago,
        ago_text=formats.ago_text,
        iso=formats.iso,
        listed=formats.listed,
        money=formats.money,
        number=formats.number,
        percent=formats.percent,
        zone_name=formats.zone_name,
        capitals=letters.upper,
    )
    jinja.globals.update(
        languages=languages.NATIVE_NAMES, locale=LocalProxy(languages.current_locale)
    )


class _Texts(Domain):
    """Our catalogues for texts in Python, lazy ones above all, without a look-up of the folder."""

    def get_translations(self) -> Translations | NullTranslations:
        """The catalogue of the language at hand."""
        return _catalogue()


@pass_eval_context
def _gettext(context: EvalContext, text: str, /, **values: object) -> str:
    """The text in the language at hand; in HTML, values are escaped and the text is not."""
    return _filled(context, _catalogue().ugettext(text), values)


@pass_eval_context
def _ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: object) -> str:
    found = _catalogue().ungettext(one, many, num)
    return _filled(context, found, {"num": num} | values)


def _filled(context: EvalContext, text: str, values: dict[str, object]) -> str:
    if not context.autoescape:
        return text % values
    markup = Markup(text)  # noqa: S704 - our own catalogue; the values are escaped
    return markup % values if values or "%" in text else markup


def _catalogue() -> Translations | NullTranslations:
    """The texts of the language at hand, read once a process."""
    return _read(languages.current_locale())


@cache
def _read(locale: str) -> Translations | NullTranslations:
    return Translations.load(catalogues.FOLDER, [locale])
