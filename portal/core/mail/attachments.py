"""What a mail carries: small parts inside its row, papers by reference to a stored file."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Self

from portal.core.db import Json, db
from portal.core.files import StoredFile, read

MAX_INLINE = 256 * 1024


@dataclass(frozen=True)
class Attachment:
    """A file in a mail; one with a ``method`` is an invitation that calendars act on (RFC 6047)."""

    name: str
    media_type: str
    data: bytes | None = None
    file_id: int | None = None
    method: str = ""

    @classmethod
    def stored(cls, file: StoredFile, *, name: str | None = None) -> Self:
        """A file of the store, read when the mail is sent."""
        return cls(name or file.name, file.media_type, file_id=file.id)

    @classmethod
    def calendar(cls, ics: bytes, *, method: str = "REQUEST", name: str = "invite.ics") -> Self:
        """An invitation or its cancellation."""
        return cls(name, "text/calendar", data=ics, method=method)

    def to_json(self) -> Json:
        """The form kept in the mail's row.

        Raises:
            ValueError: if it has no content, or too much to be kept in a row.

        """
        if (self.data is None) == (self.file_id is None) or len(self.data or b"") > MAX_INLINE:
            message = f"{self.name}: give a stored file, or at most {MAX_INLINE} bytes of data"
            raise ValueError(message)
        content = base64.b64encode(self.data).decode() if self.data is not None else None
        return {
            "name": self.name,
            "media_type": self.media_type,
            "file_id": self.file_id,
            "content": content,
            "method": self.method,
        }

    @classmethod
    def from_json(cls, row: Json) -> Self:
        """Back from the mail's row."""
        data = base64.b64decode(row["content"]) if row["content"] is not None else None
        return cls(row["name"], row["media_type"], data, row["file_id"], row["method"])

    def content(self) -> bytes:
        """The bytes.

        Raises:
            LookupError: if the stored file is gone.

        """
        if self.data is not None:
            return self.data
        file = db.session.get(StoredFile, self.file_id)
        if file is None:
            message = f"stored file {self.file_id} ({self.name}) is gone"
            raise LookupError(message)
        return read(file)
