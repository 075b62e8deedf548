"""The way back: to the page someone came from, and out of what they have just done."""

from __future__ import annotations

from flask import flash, request


def is_own_page(address: str) -> bool:
    """Whether an address somebody sends leads to a page of this portal and nowhere else.

    Browsers also read two slashes, slash and backslash, and a tab between slashes as another site.
    """
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and all(" " < letter != "\x7f" for letter in address)
    )


def came_from() -> str:
    """The page of this portal on which the person pressed; empty if it is none, or not told."""
    address = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return address if is_own_page(address) else ""


def flash_with_undo(text: str, undo: str) -> None:
    """Say that something is done, with a button that posts to ``undo``."""
    flash({"text": text, "undo": undo}, "ok")  # type: ignore[arg-type]
