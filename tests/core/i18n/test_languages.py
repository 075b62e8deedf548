"""Which language and time zone a page speaks."""

from types import SimpleNamespace

import pytest
from flask import Flask, g, render_template_string, session
from flask_babel import force_locale, ngettext

from portal.core import i18n
from portal.core.i18n import languages


def signed_in(app: Flask, monkeypatch: pytest.MonkeyPatch, **attributes: object) -> None:
    monkeypatch.setattr(languages, "current_user", SimpleNamespace(**attributes))
    monkeypatch.setattr(app, "login_manager", object(), raising=False)


def test_the_link_decides_before_everything(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(app, monkeypatch, language="es")
    with app.test_request_context("/?lang=ja", headers={"Accept-Language": "tr"}):
        assert i18n.current_locale() == "ja"
        assert session["lang"] == "ja"


def test_a_visitors_choice_stays_for_later_pages(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(app, monkeypatch, language=None)
    with app.test_request_context("/", headers={"Accept-Language": "tr"}):
        session["lang"] = "ja"
        assert i18n.choose_locale() == "ja"


def test_the_accounts_language_beats_an_earlier_choice_and_the_browser(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(app, monkeypatch, language="es")
    with app.test_request_context("/", headers={"Accept-Language": "tr"}):
        session["lang"] = "ja"
        assert i18n.choose_locale() == "es"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("tr-TR,tr;q=0.9,en;q=0.8", "tr"),
        ("de-DE,de;q=0.9,es-MX;q=0.5", "es"),
        ("fr;q=1.0, ja;q=0.2", "ja"),
        ("ja_JP", "ja"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_the_browsers_best_match_is_spoken(
    app: Flask, monkeypatch: pytest.MonkeyPatch, header: str, expected: str
) -> None:
    signed_in(app, monkeypatch)
    with app.test_request_context("/", headers={"Accept-Language": header}):
        assert i18n.choose_locale() == expected


@pytest.mark.parametrize("asked", ["de", "../tr", "", "TR"])
def test_a_language_we_do_not_speak_is_ignored(
    app: Flask, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    signed_in(app, monkeypatch)
    with app.test_request_context("/", query_string={"lang": asked}):
        assert i18n.choose_locale() == "en"
        assert "lang" not in session


def test_outside_a_request_the_language_is_english_unless_forced(app: Flask) -> None:
    assert i18n.current_locale() == "en"
    with app.app_context():
        assert i18n.current_locale() == "en"
        with force_locale("tr"):
            assert i18n.current_locale() == "tr"


def test_the_time_zone_is_the_pages_then_the_accounts_then_utc(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(app, monkeypatch, time_zone="Asia/Tokyo")
    with app.test_request_context("/"):
        assert i18n.choose_time_zone() == "Asia/Tokyo"
        g.time_zone = "Europe/Istanbul"
        assert i18n.choose_time_zone() == "Europe/Istanbul"
        g.time_zone = "Not/A_Zone"
        assert i18n.choose_time_zone() == "UTC"


def test_words_come_in_the_readers_language_or_the_next_best() -> None:
    both = {"en": "Team lead", "tr": "Ekip lideri", "ja": ""}
    assert i18n.words(both, "tr") == "Ekip lideri"
    assert i18n.words(both, "ja") == "Team lead"
    assert i18n.words({"es": "Líder"}, "tr") == "Líder"
    assert i18n.words({"de": "Leitung"}, "tr") == "Leitung"
    assert i18n.words({}, "tr") == i18n.words(None, "tr") == ""


def test_templates_know_the_languages_and_the_one_at_hand(app: Flask) -> None:
    page = "{{ locale }} {{ locale == 'tr' }} {{ languages[locale] }} {{ {'tr': 'x'}|words }}"
    with app.test_request_context("/?lang=tr"):
        assert render_template_string(page) == "tr True Türkçe x"


def test_translated_blocks_are_trimmed_and_escape_what_they_show(app: Flask) -> None:
    page = "{% trans who=who %}\n  Hello\n  {{ who }}\n{% endtrans %}"
    with app.test_request_context("/"):
        assert render_template_string(page, who="<b>") == "Hello &lt;b&gt;"


def test_english_counts_without_a_catalogue(app: Flask) -> None:
    with app.test_request_context("/"):
        assert ngettext("%(num)s day", "%(num)s days", 1) == "1 day"
        assert ngettext("%(num)s day", "%(num)s days", 3) == "3 days"
