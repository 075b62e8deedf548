"""Forms of competencies and of what roles ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from portal.competencies.models import LEVELS, Competency, CompetencyVersion, RoleRequirement
from portal.competencies.operations import Wanted
from portal.competencies.states import CompetencyFamily
from portal.core import i18n
from portal.core.db import Json
from portal.core.errors import Refused
from portal.core.forms import Choice, Form, TextField, WholeNumber, WordsField

LONGEST_ANCHOR = 500


class VersionForm(Form):
    """The wording of a competency: what it is, and what each level looks like."""

    name = WordsField(_l("Name"), most=120)
    description = WordsField(_l("Description"), long=True, most=1000)
    anchor_1 = WordsField(_l("Level 1: far below the role"), long=True, most=LONGEST_ANCHOR)
    anchor_2 = WordsField(_l("Level 2: below the role"), long=True, most=LONGEST_ANCHOR)
    anchor_3 = WordsField(_l("Level 3: solid in the role"), long=True, most=LONGEST_ANCHOR)
    anchor_4 = WordsField(_l("Level 4: above the role"), long=True, most=LONGEST_ANCHOR)
    anchor_5 = WordsField(_l("Level 5: makes others better"), long=True, most=LONGEST_ANCHOR)

    def wording(self) -> dict[str, Any]:
        """What the operations take."""
        anchors = {str(level): self[f"anchor_{level}"].data for level in LEVELS}
        return {
            "name": self.name.data,
            "description": self.description.data,
            "anchors": anchors,
        }


class NewCompetencyForm(VersionForm):
    """A new competency."""

    key = TextField(
        _l("Key"),
        most=60,
        hint=_l("Names the competency for ever, such as active_listening."),
        checks=(Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only.")),),
    )
    family = Choice(_l("Family"), CompetencyFamily)


def wording_of(version: CompetencyVersion) -> Json:
    """A version as ``VersionForm`` shows it."""
    anchors = {f"anchor_{level}": version.anchors[str(level)] for level in LEVELS}
    return {"name": version.name, "description": version.description, **anchors}


class RequirementsForm(Form):
    """A level and a weight for each competency; the fields are added by ``requirements_form``."""

    def wanted(self, competencies: Sequence[Competency]) -> list[Wanted]:
        """The lines that were filled in.

        Raises:
            Refused: at its field, if a level has no weight or a weight no level.

        """
        return [line for one in competencies if (line := self._line(one)) is not None]

    def _line(self, competency: Competency) -> Wanted | None:
        level, weight = self[f"level_{competency.id}"].data, self[f"weight_{competency.id}"].data
        if level is None and not weight:
            return None
        if level is None:
            raise Refused(_("Choose a level, or take the weight away."), f"level_{competency.id}")
        if weight is None:
            raise Refused(_("Give a weight from 0 to 100."), f"weight_{competency.id}")
        return Wanted(competency, level, weight)

    def first_weight(self) -> str:
        """The weight that a message about all weights stands at: the first that is filled in."""
        weights = [field for field in self if field.name.startswith("weight_")]
        return str(next((field.name for field in weights if field.data), weights[0].name))


def requirements_form(
    competencies: Sequence[Competency], asked: Mapping[int, RoleRequirement]
) -> RequirementsForm:
    """The form for these competencies, showing what is asked of each now."""
    fields: dict[str, Any] = {}
    data: dict[str, int] = {}
    for competency in competencies:
        fields[f"level_{competency.id}"] = Choice(
            _l("Level"), _levels(competency), optional=True, empty=_l("Not asked for")
        )
        fields[f"weight_{competency.id}"] = WholeNumber(
            _l("Weight in per cent"), most=100, optional=True
        )
        if row := asked.get(competency.id):
            data |= {f"level_{competency.id}": row.level, f"weight_{competency.id}": row.weight}
    kind: type[RequirementsForm] = type("RequirementsOfRole", (RequirementsForm,), fields)
    return kind(data=data)


def _levels(competency: Competency) -> list[tuple[int, str]]:
    anchors = competency.current.anchors if competency.current else {}
    return [(level, f"{level} – {i18n.words(anchors.get(str(level)))}") for level in LEVELS]
