"""Decides whether an uploaded file is taken, and says kindly why not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.core.errors import Refused
from portal.core.files.kinds import KINDS, Flaw, Kind, flaw_of, is_locked_office, kind_of
from portal.core.files.names import clean_name, extension_of

MIB = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that was checked: its bytes, its cleaned name, and the type its content has."""

    data: bytes
    name: str
    media_type: str


def accept(upload: FileStorage, kinds: Collection[str], max_bytes: int) -> Upload:
    """Check an uploaded file by its content.

    ``kinds`` are names out of ``pdf docx odt xlsx csv txt png jpg``.

    Raises:
        Refused: at the upload's form field, if the file is missing, empty, too large, of another
            kind, named as what it is not, damaged, locked by a password, or a bomb.

    """
    field = upload.name or "file"
    name = clean_name(upload.filename or "")
    wanted = [KINDS[kind] for kind in sorted(kinds, key=list(KINDS).index)]
    if not upload.filename:
        raise Refused(_("Choose a file."), field)
    data = upload.stream.read(max_bytes + 1)
    if not data:
        raise Refused(_("“%(name)s” is empty. Choose another file.", name=name), field)
    if len(data) > max_bytes:
        raise Refused(
            _(
                "“%(name)s” is too large: at most %(limit)s MiB. Choose a smaller file.",
                name=name,
                limit=f"{max_bytes / MIB:.3g}",
            ),
            field,
        )
    kind = kind_of(data)
    if kind is KINDS["txt"] and "csv" in kinds:
        # A table as text is told from other text by what its columns are called, not here.
        kind = KINDS["csv"]
    if kind is None and is_locked_office(data):
        _refuse_flaw(Flaw.ENCRYPTED, name, field)
    if kind not in wanted or kind is None:
        raise Refused(_not_wanted(name, wanted), field)
    if extension_of(name) not in kind.extensions:
        raise Refused(
            _(
                "“%(name)s” holds a %(kind)s file under another ending. "
                "Rename it and send it again.",
                name=name,
                kind=kind.label,
            ),
            field,
        )
    if flaw := flaw_of(data, kind):
        _refuse_flaw(flaw, name, field)
    return Upload(data, name, kind.media_type)


def _not_wanted(name: str, wanted: list[Kind]) -> str:
    message: str = _(
        "“%(name)s” can't be read as one of these: %(kinds)s. Save it as one of them and send it "
        "again.",
        name=name,
        kinds=", ".join(kind.label for kind in wanted),
    )
    return message


def _refuse_flaw(flaw: Flaw, name: str, field: str) -> NoReturn:
    messages = {
        Flaw.DAMAGED: _(
            "“%(name)s” is damaged and can't be opened. Save it again or choose another file.",
            name=name,
        ),
        Flaw.ENCRYPTED: _(
            "“%(name)s” is locked by a password or in an old format. Save it without "
            "a password, best as PDF, and send it again.",
            name=name,
        ),
        Flaw.TOO_MUCH: _(
            "“%(name)s” unpacks to far too much. Save it as PDF and send it again.", name=name
        ),
        Flaw.MACROS: _("“%(name)s” contains macros. Save it as PDF and send it again.", name=name),
    }
    raise Refused(messages[flaw], field)
