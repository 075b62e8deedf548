"""Capitals, folding and order of letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.i18n import fold, lower, sort_key, upper


def test_turkish_i_keeps_or_lacks_its_dot_in_capitals() -> None:
    assert upper("izmir ırmak", "tr") == "İZMİR IRMAK"
    assert upper("izmir", "en") == "IZMIR"
    assert lower("İZMİR IRMAK", "tr") == "izmir ırmak"
    assert lower("İZMİR", "en") == "izmir"


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz "))
def test_turkish_capitals_and_back_give_the_same_word(text: str) -> None:
    assert lower(upper(text, "tr"), "tr") == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Öztürk", "ozturk"),
        ("Şahin", "sahin"),
        ("IŞIK ışık İşik", "isik isik isik"),
        ("Núñez Ángel", "nunez angel"),
        ("Straße", "strasse"),
        ("Łukasz Søren Đorđe", "lukasz soren dorde"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("ヤマダ", "やまだ"),
        ("ＡＢＣ１２３", "abc123"),
        ("がぎ", "がぎ"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("Андрей", "андреи"),
        ("한글", "한글"),
        ("a\u200bb\u00adc", "abc"),
        ("e\u0301", "e"),
    ],
)
def test_folding_takes_away_what_people_leave_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.swapcase()) == fold(text) or "\u0345" in unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("locale", "ordered"),
    [
        ("tr", "ada cam çam dal gül ğ hala ısı isim oya öz pas sa süt şah ulu ümit zar"),
        ("tr", "Irmak İpek Jale"),
        ("es", "Ana Ángel nube nz ñandú oso"),
        ("en", "Ada Adá adb zoë"),
        ("ja", "Smith あおき アオキ かとう がとう こうの コーノ さとう スズキ 山田"),
        ("en", "10 9 a"),
    ],
)
def test_names_stand_in_the_order_of_the_language(locale: str, ordered: str) -> None:
    names = ordered.split()
    mixed = sorted(names, key=len)
    assert sorted(mixed, key=lambda name: (sort_key(name, locale), name)) == names


@given(st.text())
def test_sorting_knows_every_text(text: str) -> None:
    for locale in ("en", "tr", "es", "ja"):
        assert isinstance(sort_key(text, locale), str)
