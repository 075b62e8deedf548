"""Days and moments: a wrong date gets a message, a moment knows its time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput, DateTimeLocalInput

from portal.core import i18n
from portal.core.forms.box import Box, Text

_EARLIEST: Final = date(1900, 1, 1)
_LATEST: Final = date(2200, 12, 31)

Bound = date | Callable[[], date] | None


class DateBox(Box):
    """A calendar day, sent as ``2026-03-31``; ``first`` and ``last`` bound it."""

    widget = DateInput()

    def __init__(
        self,
        label: Text,
        *,
        first: Bound = None,
        last: Bound = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self._first, self._last = first, last
        if first:
            self.flags.min = self._first_day
        if last:
            self.flags.max = self._last_day

    def _first_day(self) -> str:
        return self.first.isoformat()

    def _last_day(self) -> str:
        return self.last.isoformat()

    @property
    def first(self) -> date:
        """The earliest day allowed."""
        return (self._first() if callable(self._first) else self._first) or _EARLIEST

    @property
    def last(self) -> date:
        """The latest day allowed."""
        return (self._last() if callable(self._last) else self._last) or _LATEST

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day.

        Raises:
            ValueError: if there is no such day.

        """
        if not valuelist:
            return
        self.data = None
        if sent := valuelist[0].strip():
            try:
                self.data = date.fromisoformat(sent)
            except ValueError as error:
                raise ValueError(
                    _("Write a real date as year-month-day, such as 2026-03-31.")
                ) from error

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Hold the day against its bounds.

        Raises:
            ValidationError: if it is outside.

        """
        if self.data and self.data < self.first:
            raise ValidationError(_("Choose %(day)s or later.", day=i18n.date(self.first)))
        if self.data and self.data > self.last:
            raise ValidationError(_("Choose %(day)s or earlier.", day=i18n.date(self.last)))

    def _value(self) -> str:
        if self.data is None and self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""


class DateTimeLocal(Box):
    """A day and time on the clock of ``time_zone`` (the reader's if none); ``data`` is in UTC.

    ``form.start.time_zone = site.time_zone`` must come before ``data`` is read: it reads it again.
    """

    widget = DateTimeLocalInput()

    def __init__(
        self,
        label: Text,
        *,
        time_zone: str | Callable[[], str] | None = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self._zone = time_zone

    @property
    def time_zone(self) -> ZoneInfo:
        """Whose clock the time is on."""
        name = self._zone() if callable(self._zone) else self._zone
        return ZoneInfo(name) if name else i18n.current_zone()

    @time_zone.setter
    def time_zone(self, name: str) -> None:
        self._zone = name
        if self.raw_data:
            self.process_errors = []
            try:
                self.process_formdata(self.raw_data)
            except ValueError as error:
                self.process_errors.append(str(error))

    @property
    def zone_name(self) -> str:
        """The zone's city, to show beside the input."""
        return i18n.zone_name(self.time_zone)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment.

        Raises:
            ValueError: if there is no such day or time.

        """
        if not valuelist:
            return
        self.data = None
        if sent := valuelist[0].strip():
            self.data = self._moment(sent)

    def _moment(self, sent: str) -> datetime:
        try:
            local = datetime.fromisoformat(sent)
            if local.tzinfo is not None or not _EARLIEST <= local.date() <= _LATEST:
                raise ValueError  # noqa: TRY301 - the same message
        except ValueError as error:
            raise ValueError(_("Write a real date and time, such as 2026-03-31 14:30.")) from error
        moment = local.replace(tzinfo=self.time_zone).astimezone(UTC)
        if moment.astimezone(self.time_zone).replace(tzinfo=None) != local:
            raise ValueError(
                _("Clocks go forward then, and this time does not exist. Choose an hour later.")
            )
        return moment

    def _value(self) -> str:
        if self.data is None:
            return str(self.raw_data[0]) if self.raw_data else ""
        return self.data.astimezone(self.time_zone).strftime("%Y-%m-%dT%H:%M")
