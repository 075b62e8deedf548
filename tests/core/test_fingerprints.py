"""Fingerprints: the same content has the same one, today and in later releases."""

from __future__ import annotations

from datetime import date

from portal.core.fingerprints import fingerprint


def test_the_order_of_keys_does_not_count_and_the_order_of_a_list_does() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint([1, 2]) != fingerprint([2, 1])


def test_a_stored_fingerprint_is_still_the_same() -> None:
    content = {"name": {"tr": "Işık", "ja": "光"}, "levels": [1, 2], "from": date(2026, 11, 23)}
    assert fingerprint(content) == (
        "e181a57615001d75649842d685491a143fb5a6d3e3bdb72b4d90cfad452928ce"
    )
