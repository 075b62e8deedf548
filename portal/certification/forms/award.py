"""Forms of awards: bringing one along, evidence, handing in, checking, revoking, waiving."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.certification.models import Certification
from portal.core import clock, files, i18n
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.core.forms import Choice, DateBox, FileBox, Form, LongText, TextField

KINDS = ("pdf", "docx", "odt", "txt", "png", "jpg")
ENDINGS = (*(f".{kind}" for kind in KINDS), ".jpeg")
LARGEST = 10 * 1024 * 1024


def _today() -> Any:  # noqa: ANN401 - a date, for DateBox's bound
    return clock.today(viewer().time_zone)


class _WithFile(Form):
    """A form with a file."""

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


class CertificateForm(_WithFile):
    """A certificate that somebody brings along."""

    certification = Choice(_l("Certification"), missing=_l("Choose the certification."))
    completed_on = DateBox(_l("Completed on"), last=_today)
    reference = TextField(_l("Number of the certificate"), optional=True, most=120)
    file = FileBox(_l("File"), endings=ENDINGS, missing=_l("Add the certificate as a file."))
    note = LongText(_l("Remark"), optional=True, most=2000, rows=2)

    def offer(self, certifications: Iterable[Certification]) -> None:
        """Let these be chosen."""
        self.certification.offer = named(certifications)


class EvidenceForm(_WithFile):
    """What meets one criterion: words, a file, or both."""

    note = LongText(_l("What shows it?"), optional=True, most=2000, rows=2)
    file = FileBox(_l("File"), optional=True, endings=ENDINGS)


class HandInForm(Form):
    """The day on which everything was there."""

    completed_on = DateBox(_l("Completed on"), last=_today)
    reference = TextField(_l("Number of the certificate"), optional=True, most=120)


class CheckForm(Form):
    """What the second person says; which button was pressed says whether they agree."""

    note = LongText(_l("Note to the holder"), optional=True, most=2000, rows=2)


class RevokeForm(Form):
    """From when on an award does not count, and why."""

    revoked_on = DateBox(_l("Does not count from"), last=_today)
    reason = LongText(_l("Reason"), most=2000, rows=2, missing=_l("Give the reason."))


class CorrectForm(Form):
    """What an award should have said."""

    completed_on = DateBox(_l("Completed on"), last=_today)
    reference = TextField(_l("Number of the certificate"), optional=True, most=120)
    reason = LongText(_l("What was wrong?"), most=2000, rows=2, missing=_l("Say what was wrong."))


class WaiverForm(Form):
    """From what somebody is released, for how long and why."""

    certification = Choice(_l("Certification"), missing=_l("Choose the certification."))
    starts_on = DateBox(_l("First day"))
    ends_on = DateBox(_l("Last day"), optional=True)
    reason = LongText(_l("Reason"), most=2000, rows=2, missing=_l("Give the reason."))

    def offer(self, certifications: Iterable[Certification]) -> None:
        """Let these be chosen."""
        self.certification.offer = named(certifications)


def named(certifications: Iterable[Certification]) -> list[tuple[int, str]]:
    """Ids and names in the reader's alphabetical order."""
    rows = [(row.id, i18n.words(row.current.name)) for row in certifications if row.current]
    return sorted(rows, key=lambda row: i18n.sort_key(row[1]))
