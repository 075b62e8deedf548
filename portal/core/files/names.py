"""File names as people send them, made safe to keep and to send back."""

from __future__ import annotations

import unicodedata

MAX_NAME = 150
JOINER = "\u200d"
"""Joins emoji; the other format characters reorder or hide text, so they go."""


def clean_name(name: str) -> str:
    """The last part of a path without control characters, at most 150 characters, never empty.

    Letters of every script stay, those outside the basic plane too; the extension is kept.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(letter for letter in last if _is_kept(letter))
    plain = " ".join(visible.split()).strip(". ")
    if not plain:
        return "file"
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 10:
        return plain[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1].rstrip()}.{extension}"


def _is_kept(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter == JOINER or category not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def extension_of(name: str) -> str:
    """The extension in lower case, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""
