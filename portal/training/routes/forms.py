"""How forms of training end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.errors import Refused
from portal.core.forms import Form, refusal_to_field


def done(form: Form, action: Callable[[], object]) -> bool:
    """Whether the form was sent, was right, and its operation went through."""
    if not form.validate_on_submit():
        return False
    try:
        action()
    except Refused as refused:
        refusal_to_field(form, refused)
        return False
    return True


def form_page(template: str, form: Form, **context: Any) -> ResponseReturnValue:  # noqa: ANN401
    """The page of a form: 422 once something in it is wrong."""
    body = render_template(template, form=form, **context)
    return body, 422 if form.errors else 200
