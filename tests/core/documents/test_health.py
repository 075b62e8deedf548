"""What is missing on a machine is said in words."""

from __future__ import annotations

import sys

import pytest

from portal.core.documents import health
from portal.core.documents.hyphenation import syllable_starts

pytestmark = pytest.mark.usefixtures("press")


def test_a_complete_machine_has_no_problems() -> None:
    assert health() == []


def test_each_missing_part_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["portal.core.documents.health"]
    monkeypatch.setattr(module, "_loads", lambda _names: False)
    monkeypatch.setattr(module, "FACES", (("App Sans", 400, "Nowhere.ttf"),))

    pango, subset, fonts = health()

    assert "libpango" in pango
    assert "libharfbuzz-subset0" in subset
    assert "Nowhere.ttf" in fonts


@pytest.mark.parametrize(
    "divided",
    [
        "a-ra-ba",
        "İs-tan-bul",
        "sa-at",
        "Türk-çe",
        "kork-tu",
        "ka-zan-dık-la-rı-mız",
        "e-kip",
        "müş-te-ri",
        "ı-şık",
        "kâ-ğıt",
        "alt",
    ],
)
def test_turkish_words_are_divided_by_syllables(divided: str) -> None:
    word = divided.replace("-", "")
    starts = [len(divided[:at].replace("-", "")) for at, c in enumerate(divided) if c == "-"]

    assert syllable_starts(word) == starts
