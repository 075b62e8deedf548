"""Rows that are left out when empty, but never half filled."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from portal.core.forms import Form


class Row(Form):
    """One row of a list; half a row is told at the input that is missing, never dropped."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    def missing(self) -> list[str]:
        """The names of the inputs still to be filled in."""
        return []

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in WTForms
        """Ask for the rest of a row that has been begun and is not taken away."""
        whole = bool(super().validate(extra_validators))
        names = [] if self["remove"].data else self.missing()
        for field in (self[name] for name in names):
            if not field.errors:
                field.errors = [_("Fill this in.")]
                whole = False
        return whole
