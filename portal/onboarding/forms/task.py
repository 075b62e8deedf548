"""What shows that a task is done, who is the buddy, and who takes a task over."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core import clock, files
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.core.forms import Choice, FileBox, Form, LongText, Radios
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.states import HandOverReach
from portal.people.forms import choices
from portal.people.models import Person

KINDS = ("pdf", "docx", "odt", "txt", "png", "jpg")
ENDINGS = (*(f".{kind}" for kind in KINDS), ".jpeg")
LARGEST = 10 * 1024 * 1024


class EvidenceForm(Form):
    """What shows that a task is done: words, a file, or both."""

    evidence = LongText(_l("What shows that this is done?"), optional=True, most=2000, rows=2)
    file = FileBox(_l("File"), optional=True, endings=ENDINGS)

    @classmethod
    def of(cls, task: OnboardingTask, **options: Any) -> EvidenceForm:  # noqa: ANN401 - see WTForms
        """The form of one task; a page holds many, so each has a prefix of its own."""
        return cls(prefix=f"task-{task.id}-", evidence=task.evidence, **options)

    def stored_file(self) -> StoredFile | None:
        """The file, checked and stored, if one was sent.

        Raises:
            Refused: at the field, if it cannot be taken.
        """
        sent: Any = self.file.data
        if not sent:
            return None
        try:
            upload = files.accept(sent, KINDS, LARGEST)
        except Refused as refused:
            raise Refused(refused.message, field="file") from refused
        return files.store(upload.data, name=upload.name, media_type=upload.media_type)


class BuddyForm(Form):
    """A colleague of the team."""

    buddy = Choice(_l("Buddy"), missing=_l("Choose a colleague of the team."))

    def __init__(self, plan: OnboardingPlan, **values: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(**values)
        people = db.session.scalars(queries.possible_buddies(plan, clock.today()))
        self.buddy.offer = [(person.id, person.display_name) for person in people]

    def chosen(self) -> Person:
        """The colleague."""
        return db.session.get_one(Person, self.buddy.data)


class HandOverForm(Form):
    """Who takes over, and how much."""

    to = Choice(_l("New owner"), choices.people, missing=_l("Choose who takes over."))
    reach = Radios(_l("How much?"), HandOverReach)

    @classmethod
    def of(cls, task: OnboardingTask) -> HandOverForm:
        """The form of a task; more than the task goes only where somebody owns it."""
        form = cls(data={"reach": HandOverReach.TASK})
        if task.owner_id is None:
            form.reach.offer = [HandOverReach.TASK]
        return form

    def chosen(self) -> Person:
        """The person."""
        return db.session.get_one(Person, self.to.data)
