"""The way back: only to pages of this portal."""

from __future__ import annotations

import pytest
from flask import Flask, get_flashed_messages

from portal.core.returning import came_from, flash_with_undo, is_own_page


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/", True),
        ("/people/3?tab=1#x", True),
        ("/careers/ş", True),
        ("", False),
        ("people", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("\\\\evil.example", False),
        ("/\t/evil.example", False),
        ("/\n/evil.example", False),
        (" //evil.example", False),
        ("https://evil.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_pages_of_the_portal_are_gone_back_to(address: str, own: bool) -> None:
    assert is_own_page(address) is own


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        ("http://localhost/people?q=ada", "/people?q=ada"),
        ("http://localhost.evil.example/people", ""),
        ("http://localhost//evil.example", ""),
        ("", ""),
    ],
)
def test_the_page_someone_came_from_is_one_of_ours_or_none(
    app: Flask, referrer: str, page: str
) -> None:
    with app.test_request_context("/", headers={"Referer": referrer}):
        assert came_from() == page


def test_a_message_offers_to_undo_what_was_done(app: Flask) -> None:
    with app.test_request_context("/"):
        flash_with_undo("The account is closed.", "/settings/accounts/3/reopen")
        assert get_flashed_messages(with_categories=True) == [
            ("ok", {"text": "The account is closed.", "undo": "/settings/accounts/3/reopen"})
        ]
