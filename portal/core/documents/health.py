"""What is missing for papers to come out right and fast, found without loading the PDF engine."""

from __future__ import annotations

import ctypes
import logging
from functools import cache

from flask_babel import gettext as _

from portal.core.documents.engine import FACES, FONTS

log = logging.getLogger(__name__)

PANGO = ("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib")
SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset-0", "libharfbuzz-subset.0.dylib")


def health() -> list[str]:
    """Problems an administrator should mend, in words; empty if all is well."""
    problems = []
    if not _loads(PANGO):
        problems.append(
            _(
                "Papers can't be printed: the library Pango is missing. "
                "On Debian and Ubuntu install libpango-1.0-0 and libpangoft2-1.0-0."
            )
        )
    if not _loads(SUBSET):
        problems.append(
            _(
                "Papers print about thirty times slower than they could: "
                "on Debian and Ubuntu install libharfbuzz-subset0."
            )
        )
    missing = [file for *_face, file in FACES if not (FONTS / file).is_file()]
    if missing:
        problems.append(
            _("Papers lack fonts: %(files)s should be in static/fonts.", files=", ".join(missing))
        )
    return problems


def log_problems() -> None:
    """Write each problem as a warning; called when the portal starts."""
    for problem in health():
        log.warning("%s", problem)


@cache
def _loads(names: tuple[str, ...]) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
