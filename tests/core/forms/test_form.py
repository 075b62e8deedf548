"""The form around the fields: forgery, summaries, versions, refusals, accessibility."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf

from portal.core import forms
from portal.core.errors import Refused, Stale


class Plan(forms.Form):
    title = forms.TextField("Title", hint="A few words.")
    kind = forms.Radios("Kind", [("a", "A"), ("b", "B")])
    notes = forms.LongText("Notes", optional=True)
    version = forms.VersionField()


def filled(**data: str) -> dict[str, str]:
    return {"title": "X", "kind": "a", "version": "3", "csrf_token": generate_csrf(), **data}


def test_a_form_without_its_token_says_what_to_do(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"title": "X", "kind": "a"}):
        form = Plan(meta={"csrf": True})
        assert not form.validate()
        assert form.problems() == [
            ("", "", "This page was open for too long. Please send it again.")
        ]


def test_a_summary_names_field_label_and_message_in_the_order_of_the_page(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={}):
        form = Plan(meta={"csrf": False})
        form.validate()
        assert form.problems() == [
            ("title", "Title", "Fill this in."),
            ("kind-0", "Kind", "Choose one."),
        ]
        html = form.kind()
        assert re.search(r'id="kind-0"', html)


def test_inputs_name_their_hint_and_error(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={}):
        form = Plan(meta={"csrf": False})
        assert 'aria-describedby="title-hint"' in form.title()
        assert "aria-invalid" not in form.title()
        form.validate()
        assert 'aria-describedby="title-hint title-error"' in form.title()
        assert 'aria-invalid="true"' in form.title()
        assert "aria-describedby" not in form.notes()


def test_hidden_inputs_have_no_id_so_that_two_forms_fit_on_a_page(app: Flask) -> None:
    with app.test_request_context("/"):
        form = Plan(meta={"csrf": True})
        assert "id=" not in form.csrf_token()
        assert "id=" not in form.version()


def test_a_form_drawn_from_an_older_version_is_stale_once(app: Flask) -> None:
    row = SimpleNamespace(version=4)
    with app.test_request_context("/", method="POST", data={"version": "3"}):
        form = Plan(meta={"csrf": False})
        with pytest.raises(Stale):
            forms.check_version(form, row)
        assert 'value="4"' in form.version()
        forms.check_version(form, row)


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 30, "٣\x00"])
def test_a_mangled_version_is_an_old_one(app: Flask, sent: str) -> None:
    with app.test_request_context("/", method="POST", data={"version": sent}):
        form = Plan(meta={"csrf": False})
        with pytest.raises(Stale):
            forms.check_version(form, SimpleNamespace(version=1))


@pytest.mark.parametrize(("field", "where"), [("title", "title"), (None, ""), ("gone", "")])
def test_a_refusal_stands_at_its_field_or_on_top(app: Flask, field: str | None, where: str) -> None:
    with app.test_request_context("/", method="POST", data={"title": "X", "kind": "a"}):
        form = Plan(meta={"csrf": False})
        assert form.validate()
        forms.refusal_to_field(form, Refused("No room left.", field))
        [problem] = form.problems()
        assert (problem.field_id, problem.message) == (where, "No room left.")
        assert form.errors


def test_what_was_typed_is_drawn_again_and_escaped(app: Flask) -> None:
    typed: dict[str, Any] = {"title": '"><script>', "notes": "</textarea><b>"}
    with app.test_request_context("/", method="POST", data=typed):
        form = Plan(meta={"csrf": False})
        form.validate()
        assert "<script>" not in form.title()
        assert "<b>" not in form.notes()
        assert "&lt;script&gt;" in form.title()
