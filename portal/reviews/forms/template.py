"""A review template: its name and weights, and one section of it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core import i18n
from portal.core.db import Json
from portal.core.forms import (
    Choice,
    Form,
    MultiChoice,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.reviews.models import ReviewTemplate
from portal.reviews.operations import Section
from portal.reviews.states import PartKind, SectionKind


def _weight(label: Any) -> WholeNumber:  # noqa: ANN401 - as WholeNumber takes
    return WholeNumber(label, least=0, most=100)


class NewTemplateForm(Form):
    """The name of a new template."""

    name = WordsField(_l("Name"), most=120)


class TemplateForm(Form):
    """What a template says beside its sections; a field for each section that weighs is added."""

    name = WordsField(_l("Name"), most=120)
    weight_self = _weight(PartKind.SELF.label)
    weight_manager = _weight(PartKind.MANAGER.label)
    weight_peer = _weight(PartKind.PEER.label)
    weight_upward = _weight(PartKind.UPWARD.label)
    version = VersionField()

    def weights(self) -> dict[str, int]:
        """Per cent by kind of part."""
        return {str(kind): int(self[f"weight_{kind}"].data or 0) for kind in PartKind}

    def section_weights(self) -> dict[str, int]:
        """Per cent by section."""
        return {
            name.removeprefix("section_"): int(self[name].data or 0)
            for name in self._fields
            if name.startswith("section_")
        }


def template_form(template: ReviewTemplate) -> TemplateForm:
    """The form of a draft, with a weight for each of its sections that weigh."""
    fields = {
        f"section_{row['key']}": _weight(i18n.words(row["title"]))
        for row in template.sections
        if row["kind"] != str(SectionKind.TEXT)
    }
    form: type[TemplateForm] = type("TemplateForm", (TemplateForm,), fields)
    data: dict[str, Any] = {"name": template.name, "version": template.version}
    data |= {f"weight_{kind}": int(template.weights.get(str(kind), 0)) for kind in PartKind}
    data |= {f"section_{row['key']}": row["weight"] for row in template.sections}
    return form(data=data)


class SectionForm(Form):
    """One section of a template."""

    kind = Choice(_l("What it asks for"), SectionKind)
    title = WordsField(_l("Heading or question"), most=300)
    hint = WordsField(_l("Hint"), long=True, most=600, optional=True)
    parts = MultiChoice(_l("Who answers it"), PartKind)
    version = VersionField()

    @classmethod
    def of(cls, template: ReviewTemplate, entry: Json | None) -> SectionForm:
        """The form of a section, or of a new one."""
        data: dict[str, Any] = {"kind": SectionKind.TEXT, "parts": ["self", "manager"]}
        if entry is not None:
            data = {name: entry[name] for name in ("title", "hint", "parts")}
            data["kind"] = SectionKind(entry["kind"])
        return cls(data={**data, "version": template.version})

    def section(self) -> Section:
        """What the operations take."""
        return Section(
            self.kind.data, self.title.data, self.hint.data or {}, list(self.parts.data or ())
        )
