"""Tables people send, as CSV or Excel: read by named columns, shown before anything is saved.

A feature says which columns it takes, keeps what was sent with ``keep``, shows what ``read`` makes
of it as often as it likes, and when it has saved the rows it says so with ``applied``.
What nobody confirms is deleted after a day.
"""

from portal.core.imports.columns import Column, Kind
from portal.core.imports.models import SheetImport
from portal.core.imports.operations import applied, imports_of, keep, same_file_applied
from portal.core.imports.reading import Problem, Row, Table, read
from portal.core.imports.removal import sweep
from portal.core.imports.sheets import LARGEST, MOST_ROWS
from portal.core.imports.template import template

__all__ = [
    "LARGEST",
    "MOST_ROWS",
    "Column",
    "Kind",
    "Problem",
    "Row",
    "SheetImport",
    "Table",
    "applied",
    "imports_of",
    "keep",
    "read",
    "same_file_applied",
    "sweep",
    "template",
]
