"""Enums that carry their label, tone and icon, and the check of a table of moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Self, TypeVar

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from portal.core.errors import Refused


class Tone(StrEnum):
    """How a state looks; never shown without its word."""

    NEUTRAL = ""
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Labelled(str, Enum):  # noqa: UP042 - StrEnum members cannot carry a label
    """An enum stored by value whose members carry a label: ``NAME = "value", _l("Label")``."""

    label: LazyString

    if not TYPE_CHECKING:  # a checker would take Kind("value") for a call of this

        def __new__(cls, value: str, label: LazyString) -> Self:
            """Keep the label beside the stored value."""
            member = str.__new__(cls, value)
            member._value_ = value
            member.label = label
            return member

    def __str__(self) -> str:
        """The stored value, so that a member fits into a URL or a form."""
        return str(self._value_)


class State(str, Enum):  # noqa: UP042 - as above
    """A state a record can be in: ``OPEN = "open", _l("Open"), Tone.OK, "circle-fill"``."""

    label: LazyString
    tone: Tone
    icon: str

    if not TYPE_CHECKING:  # as above

        def __new__(
            cls, value: str, label: LazyString, tone: Tone = Tone.NEUTRAL, icon: str = "circle"
        ) -> Self:
            """Keep label, tone and icon beside the stored value."""
            member = str.__new__(cls, value)
            member._value_ = value
            member.label, member.tone, member.icon = label, tone, icon
            return member

    def __str__(self) -> str:
        """The stored value, so that a member fits into a URL or a form."""
        return str(self._value_)


S = TypeVar("S", bound=State)
Moves = Mapping[S, frozenset[S]]


def require_move(moves: Mapping[S, frozenset[S]], current: S, wanted: S) -> None:
    """Check a change of state against the table of moves.

    Raises:
        Refused: if the table does not allow going from ``current`` to ``wanted``.
    """
    if wanted not in moves.get(current, frozenset()):
        raise Refused(
            _(
                "This is %(current)s now, so it can't become %(wanted)s.",
                current=f"“{current.label}”",
                wanted=f"“{wanted.label}”",
            )
        )
