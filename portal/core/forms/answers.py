"""How a view answers a form: refusals beside their fields, and the page that comes back."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.errors import Refused
from portal.core.forms.base import Form, refusal_to_field


class refusals_to:  # noqa: N801 - read as a word: with refusals_to(form)
    """Show at the form what an operation inside refuses, and go on behind the block.

    What stands in the block after the operation, such as the way to the next page, happens only
    if it went through.
    """

    def __init__(self, form: Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        """Keep a refusal; everything else goes its way."""
        if not isinstance(error, Refused):
            return False
        refusal_to_field(self.form, error)
        return True


def form_page(template: str, form: Form, /, **context: Any) -> ResponseReturnValue:  # noqa: ANN401
    """The page of a form: 422 once something in it is wrong."""
    body = render_template(template, form=form, **context)
    return body, 422 if form.errors else 200
