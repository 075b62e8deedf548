"""Forms of the talent grid: a placement, a session, and the words of the grid."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.db import Json, Words
from portal.core.forms import Choice, DateBox, Form, LongText, TextField, VersionField, WordsField
from portal.core.i18n import words
from portal.succession.models import TalentGrid

SIZES = (2, 3, 4, 5)


class PlacementForm(Form):
    """A box, and what it rests on; the view offers the boxes of the grid."""

    box = Choice(_l("Box"))
    evidence = LongText(_l("What does this rest on?"), most=4000, rows=4)

    def offer(self, grid: TalentGrid) -> None:
        """Let the boxes be chosen, the highest first, grouped by row."""
        self.box.offer = [
            (f"{x}-{y}", _box_label(grid, x, y), words(grid.rows[y]))
            for y in reversed(range(grid.size))
            for x in range(grid.size)
        ]

    @property
    def place(self) -> tuple[int, int]:
        """Column and row that were chosen."""
        column, _dash, row = str(self.box.data).partition("-")
        return int(column), int(row)


def _box_label(grid: TalentGrid, x: int, y: int) -> str:
    name = words(grid.boxes.get(f"{x}-{y}", {}))
    return _("%(box)s (%(column)s)", box=name, column=words(grid.columns[x]))


class SessionForm(Form):
    """When which team's placements are compared; the view offers teams."""

    name = TextField(_l("Name of the session"), most=120)
    team = Choice(_l("Team, with all below it"))
    held_on = DateBox(_l("Held on"))

    def begin(self) -> None:
        """Today, if nothing was sent."""
        self.held_on.data = self.held_on.data or clock.today(viewer().time_zone)


def grid_form(size: int, grid: TalentGrid | None) -> Form:
    """A form with a field for each label of a grid of this size, filled from one that is there."""
    fields: dict[str, Any] = {
        "version": VersionField(),
        "x_title": WordsField(_l("What the columns measure"), most=60),
        "y_title": WordsField(_l("What the rows measure"), most=60),
    }
    for at in range(size):
        number = at + 1
        fields[f"column{at}"] = WordsField(_("Column %(number)s", number=number), most=60)
    for at in range(size):
        fields[f"row{at}"] = WordsField(_("Row %(number)s, from below", number=at + 1), most=60)
    for y in range(size):
        for x in range(size):
            label = _("Box in column %(column)s, row %(row)s", column=x + 1, row=y + 1)
            fields[f"box{x}-{y}"] = WordsField(label, most=60)
    made = type("GridForm", (Form,), fields)
    form: Form = made(data=_known(size, grid))
    return form


def _known(size: int, grid: TalentGrid | None) -> dict[str, Any]:
    if grid is None:
        return {}
    found: dict[str, Any] = {
        "version": grid.version, "x_title": grid.x_title, "y_title": grid.y_title
    }  # fmt: skip
    if grid.size == size:
        found |= {f"column{at}": name for at, name in enumerate(grid.columns)}
        found |= {f"row{at}": name for at, name in enumerate(grid.rows)}
        found |= {f"box{key}": name for key, name in grid.boxes.items()}
    return found


def terms_of(form: Form, size: int) -> Json:
    """What the operation takes."""
    side = range(size)
    boxes: dict[str, Words] = {f"{x}-{y}": form[f"box{x}-{y}"].data for x in side for y in side}
    return {
        "size": size,
        "x_title": form["x_title"].data,
        "y_title": form["y_title"].data,
        "columns": [form[f"column{at}"].data for at in side],
        "rows": [form[f"row{at}"].data for at in side],
        "boxes": boxes,
    }
