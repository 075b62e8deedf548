"""Amounts of money as people of each language write them."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from portal.core import forms, i18n
from portal.core.forms import read_amount


@pytest.mark.parametrize(
    ("text", "locale", "amount"),
    [
        ("31.500,50", "tr", "31500.50"),
        ("31,500.50", "tr", "31500.50"),
        ("31.500,50", "en", "31500.50"),
        ("31,500.50", "en", "31500.50"),
        ("31 500,5", "es", "31500.5"),
        ("31'500.50", "en", "31500.50"),
        ("1.500", "tr", "1500"),
        ("1,500", "en", "1500"),
        ("1,500", "tr", "1.500"),
        ("1.500.000", "en", "1500000"),
        ("₺ 1.500,00", "tr", "1500.00"),
        ("EUR 12", "en", "12"),
        ("-12 TL", "tr", "-12"),
        ("１，５００", "ja", "1500"),
        ("\u2212 5", "en", "-5"),
        ("٣٫٥".replace("٫", ","), "tr", "3.5"),
        ("12.", "en", "12"),
    ],
)
def test_an_amount_means(text: str, locale: str, amount: str) -> None:
    assert read_amount(text, locale) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "1.2.3,4", "1,50,000.0", "12,34.5", "1..2", "abc", "1e5", "9" * 30, "5-"],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_amount(text, "en")


@given(
    minor=st.integers(0, 10**12),
    currency=st.sampled_from(["EUR", "TRY", "JPY", "KWD"]),
    locale=st.sampled_from(i18n.LOCALES),
)
def test_an_amount_survives_being_shown_and_sent_back(
    app: Flask, minor: int, currency: str, locale: str
) -> None:
    class Pay(forms.Form):
        class Meta:
            csrf = False

        amount = forms.MoneyBox("Pay", currency=currency)

    with app.test_request_context("/", method="POST"), force_locale(locale):
        shown = Pay(formdata=None, data={"amount": minor}).amount._value()
    sent = app.test_request_context("/", method="POST", data={"amount": shown})
    with sent, force_locale(locale):
        form = Pay()
        assert form.validate(), form.errors
        assert form.amount.data == minor


@pytest.mark.parametrize(
    ("currency", "sent"),
    [("EUR", "1.005"), ("JPY", "1.5"), ("EUR", "1000000000000"), ("EUR", "-1")],
)
def test_amounts_the_currency_or_the_column_cannot_hold_are_refused(
    app: Flask, currency: str, sent: str
) -> None:
    class Pay(forms.Form):
        class Meta:
            csrf = False

        amount = forms.MoneyBox("Pay", currency=currency)

    with app.test_request_context("/", method="POST", data={"amount": sent}):
        form = Pay()
        assert not form.validate()
        assert len(form.amount.errors) == 1
        assert sent in form.amount()


def test_the_amount_is_read_again_when_another_field_names_the_currency(app: Flask) -> None:
    class Pay(forms.Form):
        class Meta:
            csrf = False

        amount = forms.MoneyBox("Pay", currency="EUR")

    with app.test_request_context("/", method="POST", data={"amount": "315000"}):
        form = Pay()
        assert form.amount.data == 31_500_000
        form.amount.currency = "JPY"
        assert form.amount.data == 315_000
