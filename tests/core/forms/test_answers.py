"""What a view answers to a form: the next page, or the form with what is wrong."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core import forms
from portal.core.errors import Refused, Stale
from portal.core.forms import form_page, refusals_to


class Plan(forms.Form):
    class Meta(forms.Form.Meta):
        csrf = False

    title = forms.TextField("Title")


def sent(app: Flask, error: Exception | None) -> tuple[bool, Plan]:
    """Whether the block came to its end, and the form behind it."""
    ended = False
    with app.test_request_context("/", method="POST", data={"title": "X"}):
        form = Plan()
        assert form.validate_on_submit()
        with refusals_to(form):
            if error is not None:
                raise error
            ended = True
    return ended, form


def test_what_is_not_refused_goes_on(app: Flask) -> None:
    ended, form = sent(app, None)
    assert ended
    assert not form.errors


@pytest.mark.parametrize("kind", [Refused, Stale])
def test_a_refusal_ends_the_block_and_stands_at_the_form(app: Flask, kind: type[Refused]) -> None:
    ended, form = sent(app, kind("Too late"))
    assert not ended
    assert form.form_errors == ["Too late"]
    assert sent(app, kind("Taken", "title"))[1].title.errors == ["Taken"]


def test_every_other_error_goes_its_way(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError):
        sent(app, ZeroDivisionError())


def test_the_page_of_a_form_says_by_its_status_whether_something_is_wrong(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.core.forms.answers.render_template", lambda *_a, **_k: "page")
    with app.test_request_context("/"):
        form = Plan()
        assert form_page("x.html", form) == ("page", 200)
        form.form_errors.append("Too late")
        assert form_page("x.html", form) == ("page", 422)
