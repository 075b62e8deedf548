"""Numbers as people of each language write them, and money in minor units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from babel import Locale
from flask_babel import gettext as _
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from portal.core import i18n
from portal.core.forms.box import Box, Text

_MOST_MINOR: Final = 10**12
_MOST_WHOLE: Final = 2**31 - 1
_LONGEST: Final = 24
# Grouped in threes by one sign, or not at all.
_GROUPED: Final = re.compile(r"\d{1,3}([.,'])\d{3}(?:\1\d{3})*")


def read_amount(text: str, locale: str | None = None) -> Decimal:
    """The number meant by ``31.500,50``, ``31,500.50`` or ``31 500,5``.

    Where both signs occur the last one is the decimal sign. A single sign before exactly three
    digits is what it is in ``locale``.

    Raises:
        ValueError: if it is no number.

    """
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2019", "'")
    text = re.sub(r"[\s$€£¥₺]", "", text)
    text = re.sub(r"^(-?)[^\W\d_]+|[^\W\d_]+$", r"\1", text)
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not digits or len(digits) > _LONGEST or not re.fullmatch(r"[\d.,']+", digits):
        raise ValueError(text)
    decimal_sign = _decimal_sign(digits, locale or i18n.current_locale())
    whole, _sign, rest = digits.rpartition(decimal_sign) if decimal_sign else (digits, "", "")
    if not (whole.isdecimal() or _GROUPED.fullmatch(whole)) or not (rest or "0").isdecimal():
        raise ValueError(text)
    return sign * Decimal(f"{re.sub(r'[^0-9]', '', _ascii(whole))}.{_ascii(rest) or '0'}")


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.decimal(d)) if d.isdecimal() else d for d in digits)


def _decimal_sign(digits: str, locale: str) -> str:
    signs = [sign for sign in digits if not sign.isdecimal()]
    if not signs or (len(signs) > 1 and len(set(signs)) == 1):
        return ""
    last = signs[-1]
    grouping = str(Locale.parse(locale).number_symbols["latn"]["group"])
    if len(signs) == 1 and last == grouping and _GROUPED.fullmatch(digits):
        return ""
    return last


class WholeNumber(Box):
    """A whole number from ``least`` to ``most``."""

    widget = TextInput()

    def __init__(
        self,
        label: Text,
        *,
        least: int = 0,
        most: int = _MOST_WHOLE,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        options["render_kw"] = {"inputmode": "numeric", **(options.get("render_kw") or {})}
        super().__init__(label, **options)
        self.least, self.most = least, most

    def read(self, sent: str) -> int | Decimal:
        """The number sent.

        Raises:
            ValueError: if it is none.

        """
        try:
            number = read_amount(sent)
        except ValueError as error:
            raise ValueError(_("Write a number in digits.")) from error
        if number != int(number):
            raise ValueError(_("Write a whole number."))
        return int(number)

    def show(self, value: int | Decimal) -> str:
        """How a number stands in the input."""
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        if valuelist:
            self.data = None
            if sent := valuelist[0].strip():
                self.data = self.read(sent)

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Hold the number against its bounds.

        Raises:
            ValidationError: if it is outside.

        """
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(
                _(
                    "Write a number from %(least)s to %(most)s.",
                    least=i18n.number(self.least),
                    most=i18n.number(self.most),
                )
            )

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class DecimalNumber(WholeNumber):
    """A number with up to ``digits`` decimals; ``data`` is a Decimal."""

    def __init__(self, label: Text, *, digits: int = 2, **options: Any) -> None:  # noqa: ANN401
        options["render_kw"] = {"inputmode": "decimal", **(options.get("render_kw") or {})}
        super().__init__(label, **options)
        self.digits = digits

    def read(self, sent: str) -> int | Decimal:
        """The number sent.

        Raises:
            ValueError: if it is none, or finer than ``digits``.

        """
        try:
            number = read_amount(sent)
        except ValueError as error:
            raise ValueError(_("Write a number in digits.")) from error
        if number != round(number, self.digits):
            raise ValueError(_("Use at most %(digits)s decimals.", digits=self.digits))
        return number

    def show(self, value: int | Decimal) -> str:
        """With the decimal sign of the language."""
        return i18n.number(value)


class MoneyBox(WholeNumber):
    """An amount of money; ``data`` is in minor units (cents) of ``currency``.

    ``currency`` is a code or a function. Where another field holds it, set ``field.currency``
    before validating: the amount is read again.
    """

    def __init__(
        self,
        label: Text,
        *,
        currency: str | Callable[[], str] = "EUR",
        least: int = 0,
        most: int = _MOST_MINOR,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        options["render_kw"] = {"inputmode": "decimal", **(options.get("render_kw") or {})}
        super().__init__(label, least=least, most=most, **options)
        self._currency = currency

    @property
    def currency(self) -> str:
        """The ISO code of the amount's currency."""
        return self._currency() if callable(self._currency) else self._currency

    @currency.setter
    def currency(self, code: str) -> None:
        self._currency = code
        if self.raw_data:
            self.process_errors = []
            try:
                self.process_formdata(self.raw_data)
            except ValueError as error:
                self.process_errors.append(str(error))

    def read(self, sent: str) -> int:
        """The amount in minor units.

        Raises:
            ValueError: if it is no amount of this currency.

        """
        example = i18n.money(3_150_050, self.currency)
        try:
            amount = read_amount(sent).scaleb(i18n.currency_digits(self.currency))
        except ValueError as error:
            raise ValueError(_("Write an amount such as %(example)s.", example=example)) from error
        if amount != int(amount):
            raise ValueError(
                _("Too many decimals. Write an amount such as %(example)s.", example=example)
            )
        return int(amount)

    def show(self, value: int | Decimal) -> str:
        """Grouped as in the reader's language, without the currency's sign."""
        digits = i18n.currency_digits(self.currency)
        return i18n.number(Decimal(value).scaleb(-digits), digits)

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Hold the amount against its bounds.

        Raises:
            ValidationError: if it is outside.

        """
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(
                _(
                    "Write an amount from %(least)s to %(most)s.",
                    least=i18n.money(self.least, self.currency),
                    most=i18n.money(self.most, self.currency),
                )
            )
