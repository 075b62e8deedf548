"""List pages: pages by cursor, filters from the address, exports."""

from __future__ import annotations

from portal.core.tables.export import Column, export
from portal.core.tables.filters import Filter, FilterBar, Kept
from portal.core.tables.pages import COUNTED, Count, Page, count, page

__all__ = [
    "COUNTED",
    "Column",
    "Count",
    "Filter",
    "FilterBar",
    "Kept",
    "Page",
    "count",
    "export",
    "page",
]
