"""Values as each language writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, render_template_string

from portal.core import i18n

MOMENT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en", "Mar 1, 2026"), ("tr", "1 Mar 2026"), ("es", "1 mar 2026"), ("ja", "2026/03/01")],
)
def test_a_day_reads_as_in_its_language(app: Flask, locale: str, expected: str) -> None:
    with app.test_request_context(f"/?lang={locale}"):
        assert i18n.date(date(2026, 3, 1)) == expected


def test_a_moment_is_told_on_the_clock_of_a_named_city(app: Flask) -> None:
    with app.test_request_context("/?lang=tr"):
        assert i18n.datetime(MOMENT, zone="Europe/Istanbul") == "2 Mar 2026 01:30 (İstanbul)"
        assert i18n.date(MOMENT, zone="Europe/Istanbul") == "2 Mar 2026"
        assert i18n.time(MOMENT, zone="Asia/Tokyo", named=True) == "07:30 (Tokyo)"
    with app.test_request_context("/?lang=ja"):
        assert i18n.datetime(MOMENT, zone="Asia/Tokyo") == "2026/03/02 7:30 (東京)"
    with app.test_request_context("/?lang=en"):
        assert i18n.datetime(MOMENT) == f"Mar 1, 2026, 10:30{NBSP}PM (UTC)"


def test_ago_carries_the_exact_moment(app: Flask, clock: Callable[[datetime], None]) -> None:
    clock(MOMENT + timedelta(hours=3))
    with app.test_request_context("/?lang=es"):
        assert i18n.ago(MOMENT) == (
            '<time datetime="2026-03-01T22:30:00Z" title="1 de marzo de 2026, 22:30 (UTC)">'
            "hace 3 horas</time>"
        )
        assert i18n.ago_text(MOMENT + timedelta(days=2)) == "dentro de 2 días"


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "expected"),
    [
        ("tr", 3_150_050, "TRY", "₺31.500,50"),
        ("en", 3_150_050, "TRY", f"TRY{NBSP}31,500.50"),
        ("en", -5, "USD", "-$0.05"),
        ("es", 3_150_050, "EUR", f"31.500,50{NBSP}€"),
        ("ja", 315, "JPY", "￥315"),
        ("en", 1_234_567, "KWD", f"KWD{NBSP}1,234.567"),
    ],
)
def test_money_has_its_currencys_digits(
    app: Flask, locale: str, minor: int, currency: str, expected: str
) -> None:
    with app.test_request_context(f"/?lang={locale}"):
        assert i18n.money(minor, currency) == expected


def test_numbers_and_shares(app: Flask) -> None:
    with app.test_request_context("/?lang=tr"):
        assert i18n.number(12345.678) == "12.345,678"
        assert i18n.number(12345.678, 1) == "12.345,7"
        assert i18n.number(12345.678, 0) == "12.346"
        assert i18n.percent(0.256, 1) == "%25,6"
    with app.test_request_context("/?lang=es"):
        assert i18n.percent(0.256) == f"26{NBSP}%"


def test_texts_are_listed_with_the_comma_of_the_language(app: Flask) -> None:
    with app.test_request_context("/?lang=es"):
        assert i18n.listed(["Uno", "Dos"]) == "Uno, Dos"
        assert i18n.listed(["Uno, a medias", "Dos"]) == "Uno, a medias; Dos"
    with app.test_request_context("/?lang=ja"):
        assert i18n.listed(["一", "二"]) == "一、二"
        assert i18n.listed(["一、半", "二"]) == "一、半；二"


@pytest.mark.parametrize(
    "filter_", ["date", "datetime", "time", "ago", "ago_text", "iso", "number", "percent", "words"]
)
def test_nothing_is_written_as_nothing(app: Flask, filter_: str) -> None:
    with app.test_request_context("/"):
        assert render_template_string("{{ none|" + filter_ + " }}") == ""


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|date }}", MOMENT, "Mar 1, 2026"),
        ("{{ v|iso }}", MOMENT, "2026-03-01T22:30:00Z"),
        ("{{ v|iso }}", date(2026, 3, 1), "2026-03-01"),
        ("{{ v|money('EUR') }}", 150, "€1.50"),
        ("{{ v|capitals }}", "izmir", "IZMIR"),
        ("{{ v|zone_name }}", "America/New_York", "New York"),
    ],
)
def test_templates_have_the_filters(app: Flask, source: str, value: Any, expected: str) -> None:
    with app.test_request_context("/"):
        assert render_template_string(source, v=value) == expected
