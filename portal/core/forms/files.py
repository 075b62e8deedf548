"""Files to send; what is in them is checked by core.files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError
from wtforms.widgets import FileInput

from portal.core.files.names import clean_name
from portal.core.forms.box import Box, Text


class FileBox(Box):
    """One file, or a list of them with ``several``; ``endings`` such as ``.pdf`` may be sent."""

    widget = FileInput()
    missing = _l("Choose a file.")

    def __init__(
        self,
        label: Text,
        *,
        endings: Sequence[str] = (),
        several: bool = False,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        attributes = {"accept": ",".join(endings)} if endings else {}
        options["render_kw"] = {**attributes, **(options.get("render_kw") or {})}
        super().__init__(label, widget=FileInput(multiple=several), **options)
        self.endings, self.several = tuple(ending.lower() for ending in endings), several

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the uploads; an input left alone sends one without a name."""
        sent = [upload for upload in valuelist if getattr(upload, "filename", "")]
        self.data = sent if self.several else (sent[0] if sent else None)

    def _sent(self) -> list[Any]:
        if not self.data:
            return []
        return self.data if isinstance(self.data, list) else [self.data]

    def is_blank(self) -> bool:
        """No file was chosen."""
        return not self.data

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse a wrong ending at once.

        Raises:
            ValidationError: if a file has one.

        """
        for upload in self._sent():
            if self.endings and not upload.filename.lower().endswith(self.endings):
                raise ValidationError(
                    _(
                        "%(name)s cannot be used here. Send one of these: %(endings)s.",
                        name=clean_name(upload.filename)[:80],
                        endings=", ".join(self.endings),
                    )
                )
