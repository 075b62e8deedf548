"""Fingerprints of content, by which a fixed version is named and known again."""

from __future__ import annotations

import hashlib
import json


def fingerprint(content: object) -> str:
    """SHA-256 in hex of content made of JSON's types; days and moments count as their ISO text.

    Two contents that differ only in the order of their keys have the same one. Stored
    fingerprints are compared with new ones, so the way the text is written never changes.
    """
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()
