"""Search: the beginning of every word, in any script, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from portal.core.search.entries import index, reindex, remove
from portal.core.search.query import matches
from portal.core.search.schema import create, drop

__all__ = ["create", "drop", "index", "matches", "reindex", "remove"]
