"""Text fields: trimmed, capped in length, and free of characters nobody can see."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from flask_babel import gettext as _
from wtforms.widgets import PasswordInput, TextArea, TextInput

from portal.core.forms.box import Box, Text

LINE: Final = 255
LONG: Final = 10_000

# Left out without a word: people paste them unknowingly and they carry nothing.
_NOISE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Refused: controls, lone surrogates, and marks that turn the reading direction around.
_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb"
_HIDDEN_IN_LINE: Final = re.compile(f"[{_CONTROLS}\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HIDDEN_IN_TEXT: Final = re.compile(f"[{_CONTROLS}\u202a-\u202e]")


def one_line(value: str) -> str:
    """``value`` trimmed, its characters composed, runs of blanks made one.

    Raises:
        ValueError: if it holds characters that cannot be seen.

    """
    value = unicodedata.normalize("NFC", _NOISE.sub("", value)).strip()
    if _HIDDEN_IN_LINE.search(value):
        raise ValueError(_("This has hidden characters in it. Please type it again."))
    return re.sub(r"[ \t\u00a0]+", " ", value)


def many_lines(value: str) -> str:
    """``value`` with plain line ends, without blanks around it.

    Raises:
        ValueError: if it holds characters that cannot be seen.

    """
    value = unicodedata.normalize("NFC", _NOISE.sub("", value))
    value = re.sub(r"\r\n?|\u2028|\u2029", "\n", value).strip()
    if _HIDDEN_IN_TEXT.search(value):
        raise ValueError(_("This has hidden characters in it. Please type it again."))
    return value


def within(value: str, least: int, most: int) -> None:
    """Check the number of characters.

    Raises:
        ValueError: if there are too few or too many.

    """
    if len(value) > most:
        length = len(value)
        raise ValueError(
            _("Shorten this to %(most)s characters. It has %(length)s.", most=most, length=length)
        )
    if value and len(value) < least:
        raise ValueError(_("Write at least %(least)s characters.", least=least))


class TextField(Box):
    """One line of text; empty is ``""``."""

    widget = TextInput()
    default_most = LINE

    def __init__(
        self,
        label: Text,
        *,
        least: int = 0,
        most: int | None = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self.least, self.most = least, most or self.default_most
        self.flags.maxlength = self.most

    def tidy(self, value: str) -> str:
        """The value as it is kept.

        Raises:
            ValueError: if it cannot be.

        """
        return one_line(value)

    def process_data(self, value: str | None) -> None:
        """Take the record's text; nothing is an empty one."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Tidy and measure what was sent."""
        if valuelist:
            self.data = valuelist[0]
            self.data = self.tidy(str(valuelist[0]))
            within(self.data, self.least, self.most)

    def _value(self) -> str:
        return str(self.data)


class LongText(TextField):
    """Several lines of plain text."""

    widget = TextArea()
    default_most = LONG

    def __init__(self, label: Text, *, rows: int = 5, **options: Any) -> None:  # noqa: ANN401
        options["render_kw"] = {"rows": rows, **(options.get("render_kw") or {})}
        super().__init__(label, **options)

    def tidy(self, value: str) -> str:
        """Keep the line breaks."""
        return many_lines(value)


class PasswordBox(TextField):
    """A password exactly as typed, never drawn back into the page."""

    widget = PasswordInput()

    def tidy(self, value: str) -> str:
        """Only compose the characters, so that every keyboard gives the same password."""
        return unicodedata.normalize("NFC", value)
