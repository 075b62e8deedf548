"""The four languages: which one a page speaks, how letters fold and sort, how values look."""

from __future__ import annotations

from portal.core.i18n.formats import (
    ago,
    ago_text,
    currency_digits,
    date,
    datetime,
    iso,
    listed,
    money,
    number,
    percent,
    time,
    zone_name,
)
from portal.core.i18n.languages import (
    LOCALES,
    NATIVE_NAMES,
    best_locale,
    choose_locale,
    choose_time_zone,
    current_locale,
    current_zone,
    in_each_language,
    known_time_zone,
    words,
)
from portal.core.i18n.letters import fold, lower, sort_key, upper
from portal.core.i18n.setup import register
from portal.core.i18n.terms import query_terms, search_terms

__all__ = [
    "LOCALES",
    "NATIVE_NAMES",
    "ago",
    "ago_text",
    "best_locale",
    "choose_locale",
    "choose_time_zone",
    "currency_digits",
    "current_locale",
    "current_zone",
    "date",
    "datetime",
    "fold",
    "in_each_language",
    "iso",
    "known_time_zone",
    "listed",
    "lower",
    "money",
    "number",
    "percent",
    "query_terms",
    "register",
    "search_terms",
    "sort_key",
    "time",
    "upper",
    "words",
    "zone_name",
]
