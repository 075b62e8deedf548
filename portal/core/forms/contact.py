"""E-mail addresses and telephone numbers, in the one form in which they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from wtforms.widgets import EmailInput, TelInput

from portal.core.forms.box import Text
from portal.core.forms.text import TextField, one_line
from portal.core.i18n import current_locale

_REGIONS = {"tr": "TR", "es": "ES", "ja": "JP"}


class EmailBox(TextField):
    """An e-mail address, kept in small letters; nothing is looked up on the network."""

    widget = EmailInput()
    default_most = 254

    def tidy(self, value: str) -> str:
        """The address as it is kept.

        Raises:
            ValueError: if it is none.

        """
        import email_validator

        if not (value := one_line(value)):
            return ""
        # Company networks have addresses that exist nowhere else, such as ada@corp.local.
        if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
            email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")
        try:
            found = email_validator.validate_email(
                value,
                check_deliverability=False,
                globally_deliverable=False,
                test_environment=True,
            )
        except email_validator.EmailNotValidError as error:
            raise ValueError(_bad_address()) from error
        if "." not in found.domain or found.domain.startswith("["):
            raise ValueError(_bad_address())
        return str(found.normalized).lower()


def _bad_address() -> str:
    return str(_("Write an e-mail address such as name@example.com."))


class PhoneBox(TextField):
    """A telephone number, kept as ``+905321234567``; ``region`` is where short numbers belong."""

    widget = TelInput()
    default_most = 40

    def __init__(
        self,
        label: Text,
        *,
        region: str | Callable[[], str | None] | None = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self.region = region

    def tidy(self, value: str) -> str:
        """The number in E.164.

        Raises:
            ValueError: if no telephone has it.

        """
        import phonenumbers

        if not (value := one_line(value)):
            return ""
        region = self.region() if callable(self.region) else self.region
        try:
            found = phonenumbers.parse(value, region or _REGIONS.get(current_locale()))
            valid = phonenumbers.is_valid_number(found)
        except phonenumbers.NumberParseException:
            valid = False
        if not valid:
            raise ValueError(
                _("Write a telephone number with its country code, such as +90 532 123 45 67.")
            )
        return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))
