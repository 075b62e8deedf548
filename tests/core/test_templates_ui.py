"""The look: macros draw what they promise, icons exist, pages stay light."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from portal.core import forms
from portal.core.states import State, Tone

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if path.parts[len(ROOT.parts) + 1] not in {"mail", "pdf"}]
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/_ui/icons.svg").read_text()))


class Road(State):
    """A state for the pill."""

    OPEN = "open", "Open & clear", Tone.OK, "circle-fill"


class Trip(forms.Form):
    """One field of each kind that is drawn in its own way."""

    name = forms.TextField("Name", hint="As in your passport.")
    note = forms.LongText("Note", optional=True)
    fare = forms.MoneyBox("Fare", currency="TRY")
    starts = forms.DateTimeLocal("Starts", time_zone="Asia/Tokyo")
    via = forms.Radios("By", [("t", "Train"), ("b", "Boat")])
    days = forms.MultiChoice("Days", [("1", "Monday"), ("2", "Tuesday")])
    ticket = forms.FileBox("Ticket", endings=(".pdf",))
    title = forms.WordsField("Title")
    agreed = forms.Tick("I agree", must=True)
    version = forms.VersionField()


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    """A request, for the forgery token and the address."""
    with app.test_request_context("/", method="POST"):
        yield


@pytest.fixture
def form(request_context: None) -> Trip:
    """An empty form that has been sent."""
    trip = Trip()
    trip.validate()
    return trip


def draw(source: str, **values: object) -> str:
    """The text a template makes."""
    return render_template_string(source, **values)


def draw_form(trip: Trip) -> str:
    """The whole form as pages draw it."""
    return draw(
        "{% from '_ui/form.html' import form_tag, field %}{% call form_tag(form) %}"
        "{% for f in form if f.name not in ('csrf_token', 'version') %}{{ field(f) }}{% endfor %}"
        "{% endcall %}",
        form=trip,
    )


def test_every_field_has_a_label_or_a_legend(form: Trip) -> None:
    html = draw_form(form)
    for box in re.findall(r"<(?:input|textarea|select)\b[^>]*>", html):
        if 'type="hidden"' not in box:
            found = re.search(r'\bid="([^"]+)"', box)
            assert found, box
            assert f'for="{found[1]}"' in html
    assert html.count("<legend") == 3


def test_ids_are_unique_and_what_describes_a_field_exists(form: Trip) -> None:
    html = draw_form(form)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(names.split()) <= set(ids)


def test_the_summary_links_to_fields_that_are_there(form: Trip) -> None:
    html = draw_form(form)
    links = re.findall(r'<a href="#([^"]+)"', html)
    assert links[:2] == ["name", "fare"]
    assert set(links) <= set(re.findall(r'\bid="([^"]+)"', html))


def test_a_form_with_a_file_is_sent_in_parts_and_carries_its_version(form: Trip) -> None:
    html = draw_form(form)
    assert 'enctype="multipart/form-data"' in html
    assert 'name="version"' in html
    assert html.count('name="csrf_token"') == 1


def test_amounts_and_times_show_their_unit(form: Trip) -> None:
    html = draw_form(form)
    assert ">TRY<" in html
    assert ">Tokyo<" in html


def test_a_pill_has_word_tone_and_icon(request_context: None) -> None:
    html = draw("{% from '_ui/badge.html' import pill %}{{ pill(state) }}", state=Road.OPEN)
    assert 'class="pill ok"' in html
    assert "Open &amp; clear" in html
    assert "#circle-fill" in html


def test_a_message_can_offer_undo(request_context: None) -> None:
    html = draw(
        "{% from '_ui/flash.html' import flashes %}{{ flashes(messages) }}",
        messages=[("ok", {"text": "Moved <Can>", "undo": "/undo/1"}), ("bad", "No")],
    )
    assert "Moved &lt;Can&gt;" in html
    assert 'action="/undo/1"' in html
    assert html.count("<form") == 1


def test_a_rating_keeps_not_observed_apart(request_context: None) -> None:
    html = draw(
        "{% from '_ui/form.html' import rating %}{{ rating('q', 'Which fits?', levels, 2) }}",
        levels=[(level, f"Sentence {level}") for level in range(1, 6)],
    )
    assert html.count('type="radio"') == 6
    assert html.count(" checked") == 1
    assert html.index('value="0"') > html.index("Sentence 5")


def test_every_icon_in_use_is_in_the_sprite() -> None:
    used = set()
    for path in PAGES:
        used |= set(re.findall(r"\bicon(?:\(|_name=)'([\w-]+)'", path.read_text()))
    for path in (ROOT / "portal").rglob("states.py"):
        used |= set(re.findall(r'Tone\.\w+, "([\w-]+)"', path.read_text()))
    assert used <= ICONS


def test_no_page_has_inline_script_or_style() -> None:
    inline = re.compile(r'\sstyle="|\son\w+="|<script(?![^>]*\b(src|type="application/ld))')
    assert inline.search('<a onclick="x()">')
    assert inline.search("<script>x()</script>")
    assert len(PAGES) > 100
    for path in PAGES:
        assert not inline.search(path.read_text()), path


def test_a_first_visit_weighs_less_than_90_kib() -> None:
    parts = ["vendor/bootstrap/bootstrap.css", "vendor/htmx/htmx.min.js"]
    parts += [f"_ui/{name}" for name in ("tokens.css", "components.css", "icons.svg", "portal.js")]
    weight = sum(len(gzip.compress((ROOT / "static" / part).read_bytes())) for part in parts)
    assert weight < 90 * 1024


def test_what_is_vendored_is_locked_and_licensed() -> None:
    vendor = ROOT / "static/vendor"
    packages = json.loads((vendor / "LOCK.json").read_text())["packages"]
    assert packages
    for package in packages:
        assert package["integrity"].startswith("sha512-")
        assert any(name.endswith("LICENSE") for name in package["files"])
        assert all((vendor / name).is_file() for name in package["files"])
