"""What each field takes, keeps and says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.core import forms
from portal.core.states import Labelled


class Colour(Labelled):
    RED = "red", _l("Red")
    BLUE = "blue", _l("Blue")


@pytest.fixture
def speak(app: Flask) -> Iterator[Any]:
    """Send one field's values in a language: ``speak(field, "text")`` gives the bound field."""

    def send(field: Any, *values: Any, locale: str = "en", **more: Any) -> Any:
        class Sent(forms.Form):
            one = field

        Sent.Meta.csrf = False
        data = {"one": list(values)} if values else {}
        context = app.test_request_context(f"/?lang={locale}", method="POST", data=data | more)
        # Contexts within one another would share the first one's language.
        while contexts:
            contexts.pop().pop()
        contexts.append(context)
        context.push()
        form = Sent()
        form.validate()
        return form.one

    contexts: list[Any] = []
    yield send
    contexts.pop().pop()


def test_text_is_trimmed_composed_and_its_blanks_are_single(speak: Any) -> None:
    field = speak(forms.TextField("Name"), "  Ada\u200b \t Şe\u0301n \u00a0x ")
    assert (field.data, field.errors) == ("Ada Şén x", [])


@pytest.mark.parametrize("hidden", ["\x00", "\u202e", "\u2066", "\n", "\x1b", "\u2028"])
def test_a_line_refuses_characters_nobody_can_see(speak: Any, hidden: str) -> None:
    assert len(speak(forms.TextField("Name"), f"Ada{hidden}b").errors) == 1


def test_long_text_keeps_its_lines_and_refuses_the_rest(speak: Any) -> None:
    field = speak(forms.LongText("About"), " one\r\n\ttwo\rthree\u2028four ")
    assert (field.data, field.errors) == ("one\n\ttwo\nthree\nfour", [])
    assert speak(forms.LongText("About"), "a\x00b").errors
    assert speak(forms.LongText("About"), "a\u202eb").errors


def test_text_has_a_longest_and_a_shortest(speak: Any) -> None:
    assert not speak(forms.TextField("Name"), "x" * 255).errors
    assert speak(forms.TextField("Name"), "x" * 256).errors == [
        "Shorten this to 255 characters. It has 256."
    ]
    assert speak(forms.LongText("About"), "x" * 10_001).errors
    assert speak(forms.TextField("Name", least=3), "ab").errors
    assert not speak(forms.TextField("Name", least=3, optional=True), "").errors


@pytest.mark.parametrize("sent", ["", "   ", "\u200b"])
def test_a_field_is_needed_unless_optional(speak: Any, sent: str) -> None:
    needed, optional = forms.TextField("Name"), forms.TextField("Name", optional=True)
    if sent != "\u200b":
        assert speak(needed, sent).errors == ["Fill this in."]
    assert speak(optional, sent).errors == []
    assert speak(optional, sent).data == ""
    assert speak(needed).errors == ["Fill this in."]


def test_a_choice_gives_back_the_member_or_value_offered(speak: Any) -> None:
    assert speak(forms.Choice("Colour", Colour), "blue").data is Colour.BLUE
    assert speak(forms.Choice("Team", [(7, "Seven")]), "7").data == 7
    assert speak(forms.Choice("Team", lambda: [(7, "Seven")]), "7").data == 7
    assert speak(forms.Radios("Colour", Colour), "red").data is Colour.RED
    assert speak(forms.Choice("Colour", Colour, optional=True), "").data is None


@pytest.mark.parametrize("sent", ["green", "RED", "7\x00"])
def test_a_choice_refuses_what_was_never_offered(speak: Any, sent: str) -> None:
    for kind in (forms.Choice, forms.Radios, forms.MultiChoice):
        assert len(speak(kind("Colour", Colour, optional=True), sent).errors) == 1


def test_a_view_may_set_the_offer_after_the_form_was_sent(speak: Any) -> None:
    field = speak(forms.Choice("Team"), "7")
    assert field.errors
    field.offer = [(7, "Seven"), (8, "Eight", "Group")]
    assert field.data == 7
    assert field.validate(None)
    assert '<optgroup label="Group">' in field()


def test_several_choices_come_in_the_order_of_the_offer(speak: Any) -> None:
    assert speak(forms.MultiChoice("C", Colour), "blue", "red").data == [Colour.RED, Colour.BLUE]
    assert speak(forms.MultiChoice("C", Colour, optional=True)).data == []
    assert speak(forms.MultiChoice("C", Colour)).errors == ["Choose at least one."]


def test_a_tick_must_be_set_only_where_it_must(speak: Any) -> None:
    assert speak(forms.Tick("Agree")).data is False
    assert speak(forms.Tick("Agree"), "y").data is True
    assert speak(forms.Tick("Agree", must=True)).errors == ["Tick this box to go on."]
    assert not speak(forms.Tick("Agree", must=True), "y").errors


@pytest.mark.parametrize(
    "sent", ["2026-02-30", "31.03.2026", "tomorrow", "0001-01-01", "9999-12-31"]
)
def test_a_wrong_day_gets_one_message_and_stays_in_the_box(speak: Any, sent: str) -> None:
    field = speak(forms.DateBox("Day", optional=True), sent)
    assert len(field.errors) == 1
    assert sent in field()


def test_a_day_has_bounds(speak: Any) -> None:
    box = forms.DateBox("Day", first=date(2026, 3, 1), last=lambda: date(2026, 3, 31))
    assert speak(box, "2026-03-31").data == date(2026, 3, 31)
    assert speak(box, "2026-02-28").errors == ["Choose Mar 1, 2026 or later."]
    assert speak(box, "2026-04-01").errors == ["Choose Mar 31, 2026 or earlier."]
    assert 'max="2026-03-31"' in speak(box, "2026-03-31")()


def test_a_moment_is_read_on_the_clock_of_its_zone(speak: Any) -> None:
    field = speak(forms.DateTimeLocal("Start", time_zone="Europe/Istanbul"), "2026-03-01T12:30")
    assert field.data == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert field.zone_name == "Istanbul"
    assert 'value="2026-03-01T12:30"' in field()
    field.time_zone = "Asia/Tokyo"
    assert field.data == datetime(2026, 3, 1, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("sent", ["2026-03-29T02:30", "2026-03-01", "x", "2026-03-01T12:30+09:00"])
def test_a_moment_that_never_was_is_refused(speak: Any, sent: str) -> None:
    field = speak(forms.DateTimeLocal("Start", time_zone="Europe/Madrid"), sent)
    # A bare day is midnight, which every Python reads.
    assert len(field.errors) == (0 if sent == "2026-03-01" else 1)


def test_whole_numbers_have_bounds_and_take_grouping(speak: Any) -> None:
    box = forms.WholeNumber("Seats", least=1, most=2_000)
    assert speak(box, "1.500", locale="tr").data == 1_500
    assert speak(box, "１２").data == 12
    assert speak(box, "0").errors == ["Write a number from 1 to 2,000."]
    assert len(speak(box, "9" * 24).errors) == 1
    for wrong in ("1.5", "many", "1e3", "--1", "9" * 400):
        assert len(speak(box, wrong).errors) == 1, wrong


def test_decimals_are_exact(speak: Any) -> None:
    assert str(speak(forms.DecimalNumber("Weight"), "0.10").data) == "0.10"
    assert speak(forms.DecimalNumber("Weight"), "0.105").errors == ["Use at most 2 decimals."]


@pytest.mark.parametrize(
    "good", ["Ada.L+x@Example.org", "  ada@example.org ", "ada@corp.local", "用户@例子.公司"]
)
def test_an_address_is_kept_in_small_letters(speak: Any, good: str) -> None:
    field = speak(forms.EmailBox("E-mail"), good)
    assert field.errors == []
    assert field.data == good.strip().lower()


@pytest.mark.parametrize("bad", ["ada", "ada@", "ada@x", "a b@c.de", "ada@[127.0.0.1]", "a@b..c"])
def test_what_is_no_address_is_refused(speak: Any, bad: str) -> None:
    assert speak(forms.EmailBox("E-mail"), bad).errors == [
        "Write an e-mail address such as name@example.com."
    ]


def test_a_telephone_number_is_kept_in_its_international_form(speak: Any) -> None:
    assert speak(forms.PhoneBox("Tel", region="TR"), "0532 123 45 67").data == "+905321234567"
    assert speak(forms.PhoneBox("Tel"), "0532 123 45 67", locale="tr").data == "+905321234567"
    assert speak(forms.PhoneBox("Tel"), "+81 3-1234-5678").data == "+81312345678"
    for wrong in ("0532", "call me", "+90 1"):
        assert len(speak(forms.PhoneBox("Tel"), wrong).errors) == 1


def test_a_file_box_takes_named_files_of_its_endings(speak: Any) -> None:
    box = forms.FileBox("CV", endings=(".pdf",))
    assert speak(box, (BytesIO(b"x"), "cv.PDF")).data.filename == "cv.PDF"
    assert speak(box, (BytesIO(b"x"), "cv.exe")).errors == [
        "cv.exe cannot be used here. Send one of these: .pdf."
    ]
    assert speak(box, (BytesIO(b""), "")).errors == ["Choose a file."]
    assert speak(box, "just text").errors == ["Choose a file."]
    several = speak(
        forms.FileBox("Files", several=True), (BytesIO(b"x"), "a"), (BytesIO(b"y"), "b")
    )
    assert [file.filename for file in several.data] == ["a", "b"]


def test_words_are_kept_for_the_languages_filled_in(speak: Any) -> None:
    field = speak(forms.WordsField("Title"), **{"one-en": " Lead ", "one-tr": "", "one-ja": "長"})
    assert (field.data, field.errors) == ({"en": "Lead", "ja": "長"}, [])
    assert field.focus_id == "one-en"
    assert 'lang="ja"' in field()
    empty = speak(forms.WordsField("Title"), **{"one-en": " "})
    assert empty.errors == ["Write this in at least one language."]
    bad = speak(forms.WordsField("Title"), **{"one-tr": "x" * 256})
    assert bad.errors == ["Türkçe: Shorten this to 255 characters. It has 256."]


def test_a_password_is_kept_as_typed_and_never_drawn(speak: Any) -> None:
    field = speak(forms.PasswordBox("Password"), "  s\u0301ecret ")
    assert field.data == "  śecret "
    assert "ecret" not in field()


def test_labels_follow_the_language_of_the_moment(speak: Any) -> None:
    field = speak(forms.Choice("Colour", Colour))
    with force_locale("tr"):
        assert ">Red<" in field()
