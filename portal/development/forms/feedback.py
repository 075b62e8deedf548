"""Forms of feedback: asking colleagues, and an answer as it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from portal.competencies import queries as library
from portal.competencies.models import Competency
from portal.core import i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import Form, LongText, MultiChoice, Radios, TextField
from portal.core.forms.base import Problem
from portal.core.forms.text import many_lines
from portal.core.i18n import fold
from portal.development import operations
from portal.development.models import FeedbackReply
from portal.development.operations import Seen
from portal.development.queries import colleagues_of
from portal.development.states import Audience
from portal.people.models import Person

NOT_SEEN = "0"


class AskForm(Form):
    """Whom to ask, about what, and who may read it."""

    givers = MultiChoice(_l("Colleagues from the team"), optional=True)
    others = TextField(_l("Colleagues from elsewhere, by e-mail address"), optional=True, most=500)
    topics = MultiChoice(_l("About"))
    question = LongText(_l("Your question"), most=1000, rows=3)
    audience = Radios(_l("Who may read the answers"), Audience)

    def offer(self, person: Person, *, own: bool) -> None:
        """What can be chosen for this person; only they can ask in private."""
        near = db.session.scalars(colleagues_of(person)).all()
        self.givers.offer = [(one.id, one.display_name) for one in near]
        self.topics.offer = [
            (one.id, i18n.words(one.current.name))
            for one in db.session.scalars(library.library()) if one.current is not None
        ]  # fmt: skip
        if not own:
            self.audience.offer = [Audience.SHARED]

    def asked(self) -> list[Person]:
        """The chosen colleagues.

        Raises:
            Refused: if an address belongs to nobody.
        """
        found = [db.session.get_one(Person, key) for key in self.givers.data or ()]
        for address in re.split(r"[\s,;]+", self.others.data or ""):
            if not address:
                continue
            person = db.session.scalar(
                sa.select(Person).where(Person.email_folded == fold(address))
            )
            if person is None:
                raise Refused(_("Nobody here has the address %(address)s.", address=address),
                              "others")  # fmt: skip
            found.append(person)
        return list(dict.fromkeys(found))

    def about(self) -> list[Competency]:
        """The chosen competencies, in the order of the library."""
        wanted = set(self.topics.data or ())
        return [one for one in db.session.scalars(library.library()) if one.id in wanted]


class ReplySheet:
    """An answer as it stands in the page: ``level-<id>``, ``example-<id>`` and ``message``.

    Nothing sent means the draft that was kept, if there is one.
    """

    def __init__(self, reply: FeedbackReply, sent: MultiDict[str, str] | None = None) -> None:
        self.reply = reply
        self.errors: dict[str, str] = {}
        self.version = reply.version
        if sent is None:
            kept, self.message = operations.draft_of(reply)
            self.seen = {one.id: kept.get(one.id, Seen()) for one in reply.request.topics}
            return
        if (version := sent.get("version", "")).isdigit():
            self.version = int(version)
        self.seen = {one.id: self._read(one.id, sent) for one in reply.request.topics}
        self.message = self._text("message", sent)[:5000]

    def _read(self, key: int, sent: MultiDict[str, str]) -> Seen:
        level, example = sent.get(f"level-{key}", ""), self._text(f"example-{key}", sent)
        if level in {"1", "2", "3", "4", "5"}:
            return Seen(int(level), example=example)
        if level not in {"", NOT_SEEN}:
            self.errors[f"level-{key}"] = _("Choose one of the five sentences.")
        return Seen(not_seen=level == NOT_SEEN, example=example)

    def _text(self, name: str, sent: MultiDict[str, str]) -> str:
        text = sent.get(name, "")
        try:
            return many_lines(text)
        except ValueError as error:
            self.errors[name] = str(error)
            return text

    def is_stale(self) -> bool:
        """Whether another window has saved meanwhile."""
        return self.version != self.reply.version

    def add_problems(self, found: Mapping[str, str]) -> bool:
        """Show what is missing beside its field; whether nothing is."""
        self.errors = dict(found) | self.errors
        return not self.errors

    def value(self, key: int) -> str | None:
        """Which sentence is chosen, as the page sends it."""
        one = self.seen[key]
        if one.not_seen:
            return NOT_SEEN
        return str(one.level) if one.level else None

    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page."""
        topics = self.reply.request.topics
        names = [(f"{kind}-{one.id}", i18n.words(one.competency_version.name))
                 for one in topics for kind in ("level", "example")]  # fmt: skip
        found = [Problem(name, about, self.errors[name])
                 for name, about in [*names, ("message", "")] if name in self.errors]  # fmt: skip
        known = {one.field_id for one in found}
        others = [Problem("", "", text) for name, text in self.errors.items() if name not in known]
        return [*others, *found]
