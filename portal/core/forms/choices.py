"""Choosing one or several of a list, and ticking a box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.fields import choices as wt
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput, Select

from portal.core.forms.box import Box, Text

Offer = Iterable[Any]
"""Enum members with a label, or ``(value, label)`` or ``(value, label, group)``."""


def _read(offer: Offer) -> dict[str, tuple[Any, Text, Text | None]]:
    """Each choice by the text that is sent for it: its value, label and group."""
    found: dict[str, tuple[Any, Text, Text | None]] = {}
    for item in offer:
        if isinstance(item, Enum):
            found[str(item.value)] = (item, getattr(item, "label", item.name), None)
        else:
            value, label, *group = item
            sent = str(value.value) if isinstance(value, Enum) else str(value)
            found[sent] = (value, label, group[0] if group else None)
    return found


class Choice(Box, wt.SelectFieldBase):
    """One of a list; ``data`` is the enum member or value offered, ``None`` if nothing is chosen.

    ``offer`` can be an enum, pairs, or a function that returns them. A view may set it later with
    ``form.team.offer = ...`` before it validates or draws the form.
    """

    widget = Select()
    missing = _l("Choose one.")

    def __init__(
        self,
        label: Text,
        offer: Offer | Callable[[], Offer] = (),
        *,
        empty: Text | None = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self.empty = empty or _l("Choose…")
        self._sent: str | None = None
        # An enum is callable too, but is itself the offer.
        self.offer = offer if isinstance(offer, Iterable) else offer()

    @property
    def offer(self) -> dict[str, tuple[Any, Text, Text | None]]:
        """What can be chosen, by the text that is sent for it."""
        return self._offer

    @offer.setter
    def offer(self, offer: Offer) -> None:
        self._offer = _read(offer)
        if self._sent is not None:
            self._take(self._sent)

    def process_data(self, value: Any) -> None:  # noqa: ANN401 - any value on offer
        """Take the record's value, stored text of an enum included."""
        known = self._offer.get(str(value)) if value is not None else None
        self.data = known[0] if known else value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Remember what was sent; a later ``offer`` reads it again."""
        if valuelist:
            self._sent = str(valuelist[0])
            self._take(self._sent)

    def _take(self, sent: str) -> None:
        self.data = self._offer[sent][0] if sent in self._offer else None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse what was never on offer.

        Raises:
            StopValidation: if it was not.

        """
        if not self.is_blank() and self._sent not in self._offer:
            raise StopValidation(_("Choose one of the options in the list."))

    def _chosen(self, value: Any) -> bool:  # noqa: ANN401
        return bool(self.data is not None and value == self.data)

    def iter_choices(self) -> Iterator[wt.Choice]:
        """The options to draw, with an empty one first where nothing may be chosen."""
        if isinstance(self.widget, Select) and (self.optional or self.data is None):
            yield wt.Choice("", str(self.empty), self.data is None, {})
        for sent, (value, label, _group) in self._offer.items():
            yield wt.Choice(sent, str(label), self._chosen(value), {})

    def has_groups(self) -> bool:
        """Whether any option names its group."""
        return any(group for _value, _label, group in self._offer.values())

    def iter_groups(self) -> Iterator[tuple[str | None, list[wt.Choice]]]:
        """The options by group, ungrouped ones without a heading."""
        groups = {"": None} | {key: group for key, (_v, _t, group) in self._offer.items()}
        for group, items in groupby(self.iter_choices(), key=lambda item: groups.get(item.value)):
            yield (str(group) if group else None), list(items)


class Radios(Choice):
    """One of a few, all in view."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()
    is_group = True

    @property
    def focus_id(self) -> str:
        """The first button, if there is one."""
        return f"{self.id}-0" if self.offer else ""


class _Check(CheckboxInput):
    """A box of a group: the group may be needed, no single box is."""

    validation_attrs = ["disabled"]  # noqa: RUF012 - WTForms reads it so


class MultiChoice(Choice):
    """Any number of a list, as boxes to tick; ``data`` is a list in the order of the offer."""

    widget = ListWidget(prefix_label=False)
    option_widget = _Check()
    missing = _l("Choose at least one.")
    is_group = True

    @property
    def focus_id(self) -> str:
        """The first box, if there is one."""
        return f"{self.id}-0" if self.offer else ""

    def process_data(self, value: Iterable[Any] | None) -> None:
        """Take the record's values."""
        wanted = [str(getattr(item, "value", item)) for item in value or ()]
        self.data = [self._offer[sent][0] for sent in self._offer if sent in wanted]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was ticked; nothing ticked is an empty list."""
        self._ticked = [str(value) for value in valuelist]
        self._take("")
        self._sent = ""

    def _take(self, sent: str) -> None:  # noqa: ARG002 - one of several
        self.data = [self._offer[key][0] for key in self._offer if key in self._ticked]

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse what was never on offer.

        Raises:
            StopValidation: if any was not.

        """
        if any(value not in self._offer for value in self.raw_data or () if value):
            raise StopValidation(_("Choose among the options in the list."))

    def _chosen(self, value: Any) -> bool:  # noqa: ANN401
        return value in (self.data or ())


class Tick(Box, BooleanField):
    """A box to tick: never needed, unless ``must`` says it has to be ticked."""

    missing = _l("Tick this box to go on.")

    def __init__(self, label: Text, *, must: bool = False, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, optional=not must, **options)
        self.false_values = (False, "false", "", "0", "off")

    def is_blank(self) -> bool:
        """Not ticked."""
        return not self.data
