"""Forms of what people bring along, and of the second person's word."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.careers.states import EducationLevel
from portal.core import clock, files
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.core.forms import Choice, DateBox, FileBox, Form, LongText, TextField, Tick

KINDS = ("pdf", "docx", "odt", "txt", "png", "jpg")
ENDINGS = (*(f".{kind}" for kind in KINDS), ".jpeg")
LARGEST = 10 * 1024 * 1024


def _today() -> Any:  # noqa: ANN401 - a date, for DateBox's bound
    return clock.today(viewer().time_zone)


class _ClaimForm(Form):
    """What both kinds have."""

    def stored_file(self) -> StoredFile | None:
        """The file, checked and stored, if one was sent.

        Raises:
            Refused: at the field, if it cannot be taken.
        """
        sent: Any = self["file"].data
        if not sent:
            return None
        try:
            upload = files.accept(sent, KINDS, LARGEST)
        except Refused as refused:
            raise Refused(refused.message, field="file") from refused
        return files.store(upload.data, name=upload.name, media_type=upload.media_type)

    def terms(self) -> dict[str, Any]:
        """What the operation takes, the file left out."""
        names = ("title", "note", "starts_on", "ends_on", "family", "leading", "education")
        found = {name: self[name].data for name in names if name in self}
        return found | {"note": self["note"].data or "", "title": self["title"].data or ""}


class ExperienceForm(_ClaimForm):
    """Work elsewhere."""

    title = TextField(_l("Job and employer"), most=200)
    starts_on = DateBox(_l("First day"), last=_today)
    ends_on = DateBox(_l("Last day"), last=_today)
    family = Choice(_l("Job family"), optional=True, empty=_l("None of these"))
    leading = Tick(_l("People reported to me there"))
    note = LongText(_l("What shows it?"), optional=True, most=2000, rows=2)
    file = FileBox(_l("File"), optional=True, endings=ENDINGS)

    def terms(self) -> dict[str, Any]:
        """What the operation takes, the file left out."""
        found = super().terms()
        return found | {"family": found["family"] or ""}


class EducationForm(_ClaimForm):
    """A degree or a training."""

    education = Choice(_l("Level"), EducationLevel)
    title = TextField(_l("Subject and school"), most=200)
    ends_on = DateBox(_l("Completed on"), last=_today)
    note = LongText(_l("What shows it?"), optional=True, most=2000, rows=2)
    file = FileBox(_l("File"), optional=True, endings=ENDINGS)


class DecisionForm(Form):
    """What the second person says; which button was pressed says whether they confirm."""

    note = LongText(_l("Note to the person"), optional=True, most=2000, rows=2)
