"""What operations raise when they say no; core.error_pages turns it into pages."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """An operation says no, with a translated message fit to show.

    ``field`` names the form field the message belongs to, if any.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """Someone else changed the record after the person opened it."""


class NotFound(Exception):  # noqa: N818
    """A record, link or file that does not exist, or not for this person."""


class Gone(Exception):  # noqa: N818
    """Something that existed and is over: a closed posting, a used link."""
