"""Values as the reader's language writes them: days, times, money, numbers."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from markupsafe import Markup, escape

from portal.core import clock
from portal.core.i18n.languages import current_locale, current_zone

Style = Literal["short", "medium", "long", "full"]


def _zone(zone: ZoneInfo | str | None) -> ZoneInfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone or current_zone()


def date(value: dt.date | None, style: Style = "medium", zone: ZoneInfo | str | None = None) -> str:
    """The calendar day; a moment is taken in the reader's time zone (or ``zone``)."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(_zone(zone)).date()
    return _date(value, style, current_locale())


@lru_cache(maxsize=4096)
def _date(value: dt.date, style: Style, locale: str) -> str:
    return dates.format_date(value, style, locale=locale)


def time(value: dt.datetime | None, zone: ZoneInfo | str | None = None, named: bool = False) -> str:
    """Hours and minutes; ``named`` adds the time zone."""
    if value is None:
        return ""
    there, locale = _zone(zone), current_locale()
    text = _spaced(dates.format_time(value, "short", tzinfo=there, locale=locale))
    return f"{text} ({zone_name(there)})" if named else text


def datetime(
    value: dt.datetime | None,
    style: Style = "medium",
    zone: ZoneInfo | str | None = None,
    named: bool = True,
) -> str:
    """Day, hours and minutes and, unless ``named`` is false, the time zone's name."""
    if value is None:
        return ""
    there = _zone(zone)
    pattern = dates.get_datetime_format(style, locale=current_locale())
    text = (
        str(pattern)
        .replace("'", "")
        .replace("{0}", time(value, there))
        .replace("{1}", date(value, style, there))
    )
    return f"{text} ({zone_name(there)})" if named else text


def zone_name(zone: ZoneInfo | str, locale: str | None = None) -> str:
    """The zone's city in the reader's language; abbreviations such as IST mean too many things."""
    key = str(zone)
    known = Locale.parse(locale or current_locale()).time_zones.get(key, {})
    return str(known.get("city") or key.rsplit("/", 1)[-1].replace("_", " "))


def _spaced(text: str) -> str:
    """Ordinary no-break spaces: fonts and people's searches miss the narrow one."""
    return text.replace("\u202f", "\u00a0")


def ago_text(value: dt.datetime | None) -> str:
    """How long ago, or in how long: ``3 hours ago``, ``in 2 days``."""
    if value is None:
        return ""
    seconds = (value - clock.now()) // dt.timedelta(seconds=1)
    # From 0.85 of a unit on, as Babel has it: 11 months are a year.
    unit, length = next(
        (unit, length)
        for unit, length in dates.TIMEDELTA_UNITS
        if abs(seconds) >= length * 0.85 or length == 1
    )
    return _ago(round(seconds / length), unit, length, current_locale())


@lru_cache(maxsize=1024)
def _ago(count: int, unit: Any, length: int, locale: str) -> str:  # noqa: ANN401 - one of Babel's
    """So many units; a list says the same few things again and again."""
    whole = dt.timedelta(seconds=count * length)
    return dates.format_timedelta(
        whole, granularity=unit, threshold=math.inf, add_direction=True, locale=locale
    )


def ago(value: dt.datetime | None) -> Markup:
    """The same as a ``<time>`` element whose title is the exact moment."""
    if value is None:
        return Markup("")
    exact = _exact(value, str(current_zone()), current_locale())
    # Not Markup.format, which takes half the time of the whole: lists show fifty of these.
    return Markup(  # noqa: S704 - each part is escaped
        f'<time datetime="{iso(value)}" title="{exact}">{escape(ago_text(value))}</time>'
    )


@lru_cache(maxsize=4096)
def _exact(value: dt.datetime, zone: str, locale: str) -> Markup:  # noqa: ARG001 - part of the key
    """The exact moment; lists show the same ones again and again."""
    return escape(datetime(value, "long", zone))


def iso(value: dt.date | None) -> str:
    """For attributes and exports: ``2026-03-01`` or ``2026-03-01T09:30:00Z``."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if value else ""


def currency_digits(currency: str) -> int:
    """How many digits the currency has after the point: EUR 2, JPY 0."""
    return int(numbers.get_currency_precision(currency))


def money(minor: int | None, currency: str) -> str:
    """An amount kept in minor units, such as cents, with the currency's sign; cents only if any."""
    if minor is None:
        return ""
    return _money(minor, currency, current_locale())


@lru_cache(maxsize=4096)
def _money(minor: int, currency: str, language: str) -> str:
    amount = Decimal(minor).scaleb(-currency_digits(currency))
    locale = Locale.parse(language)
    whole = amount == amount.to_integral_value()
    pattern = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern) if whole else None
    text = numbers.format_currency(
        amount, currency, pattern, locale=locale, currency_digits=not whole
    )
    # A code in place of a sign needs a space, which Babel leaves out: TRY 31,500.50.
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", text)


def number(value: float | Decimal | None, digits: int | None = None) -> str:
    """A number with the language's separators, rounded to ``digits`` decimals if given."""
    if value is None:
        return ""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, pattern, locale=current_locale())


def listed(texts: Iterable[object]) -> str:
    """Texts one after another with the language's comma; a semicolon where one has a comma."""
    found = [str(text) for text in texts]
    if current_locale() == "ja":
        return ("；" if any("、" in text for text in found) else "、").join(found)
    return ("; " if any("," in text for text in found) else ", ").join(found)


def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """A share between 0 and 1 in per cent, with the sign where the language puts it."""
    if share is None:
        return ""
    locale = Locale.parse(current_locale())
    pattern = numbers.parse_pattern(str(locale.percent_formats[None].pattern))
    pattern.frac_prec = (digits, digits)
    return str(pattern.apply(share, locale))
