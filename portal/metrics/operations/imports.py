"""Figures from a table: looked at first, then recorded all together or not at all, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.core import audit, clock, files, i18n, imports
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.forms import read_amount
from portal.core.imports import Column, Kind, Row, SheetImport
from portal.metrics import periods, queries
from portal.metrics.models import PLACES, Metric, MetricVersion
from portal.metrics.operations.roster import Roster
from portal.metrics.operations.value import (
    Figure,
    Known,
    insert_values,
    known_of,
    out_of_range,
    record_values,
)
from portal.metrics.states import MetricFact, MetricState, Unit
from portal.people.models import Person

PERSON = Column(
    "person", _l("E-mail or number"), most=254, example="ada@example.com",
    aliases=("email", "e-mail", "mail", "person", "agent", "employee", "number", "e-posta",
             "eposta", "çalışan", "correo", "correo electrónico", "empleado", "メール",
             "メールアドレス", "社員番号"),
)  # fmt: skip
METRIC = Column(
    "metric", _l("Metric"), example="csat",
    aliases=("metric key", "kpi", "metrik", "gösterge", "métrica", "indicador", "指標"),
)  # fmt: skip
MONTH = Column(
    "month", _l("Month"), most=20, example="2026-03",
    aliases=("period", "ay", "dönem", "mes", "periodo", "月", "年月"),
)  # fmt: skip
VALUE = Column(
    "value", _l("Value"), most=40, example="87",
    aliases=("figure", "result", "değer", "sonuç", "valor", "resultado", "値", "数値"),
)  # fmt: skip
SAMPLE = Column(
    "sample", _l("Cases"), Kind.NUMBER, least=1, most=1_000_000, example="120",
    aliases=("sample", "n", "count", "responses", "contacts", "adet", "yanıt sayısı", "casos",
             "muestra", "件数", "回答数"),
)  # fmt: skip
COLUMNS = (PERSON, METRIC, MONTH, VALUE, SAMPLE)

EARLIEST = date(2000, 1, 1)


@dataclass
class Entry:
    """One row as it would be imported; ``known`` is what stands there now."""

    row: Row
    person: Person | None
    metric: Metric | None
    period: date | None
    value: Decimal | None
    known: Known | None = None
    doubled: bool = False

    @property
    def sample(self) -> int | None:
        """The number of cases."""
        return self.row.values.get(SAMPLE.key)

    @property
    def figure(self) -> Figure | None:
        """The figure, if the row has all of it."""
        if self.person is None or self.metric is None or self.period is None:
            return None
        if self.value is None or self.sample is None:
            return None
        version = self.metric.definition
        return Figure(self.person.id, version, self.period, self.value, self.sample)

    @property
    def is_there(self) -> bool:
        """Whether the very same figure is recorded, or stands further up in the file."""
        figure = self.figure
        same = self.known is not None and figure is not None and self.known.says(figure)
        return same or self.doubled


@dataclass(frozen=True)
class Preview:
    """What a file would do: its rows, and what is wrong with the file as a whole."""

    entries: Sequence[Entry]
    problems: Sequence[str]
    unknown: Sequence[str]

    @property
    def wrong(self) -> list[Entry]:
        """What must be mended first."""
        return [one for one in self.entries if one.row.problems]

    @property
    def fresh(self) -> list[Entry]:
        """What would be added for the first time."""
        return [one for one in self._right if not one.is_there and one.known is None]

    @property
    def changed(self) -> list[Entry]:
        """What would correct a figure."""
        return [one for one in self._right if not one.is_there and one.known is not None]

    @property
    def there(self) -> list[Entry]:
        """What is recorded already."""
        return [one for one in self._right if one.is_there]

    @property
    def _right(self) -> list[Entry]:
        return [one for one in self.entries if not one.row.problems]


def preview_values(row: SheetImport, *, by: Account) -> Preview:
    """Read a file that was sent and say what each of its rows would do; nothing is saved.

    Raises:
        Refused: if it can't be read at all.
    """
    table = imports.read(files.read(row.file), COLUMNS)
    roster = Roster([str(one.values.get(PERSON.key) or "") for one in table.rows])
    metrics = _Metrics(db.session.scalars(queries.metrics()).all())
    entries = [_entry(one, roster, metrics, by) for one in table.rows]
    _compare(entries)
    return Preview(entries, table.problems, table.unknown)


def _entry(row: Row, roster: Roster, metrics: _Metrics, by: Account) -> Entry:
    metric = metrics.of(row)
    period = _period(row)
    person = _person(row, roster, period)
    if person is not None and person.id == by.person_id:
        row.refuse(PERSON, _("Somebody else imports your own figures."))
    return Entry(row, person, metric, period, _value(row, metric))


def _person(row: Row, roster: Roster, period: date | None) -> Person | None:
    sent = row.values[PERSON.key]
    if sent is None:
        return None
    person = roster.person(sent)
    if person is None:
        row.refuse(PERSON, _("Nobody who works here has this e-mail or number."))
    elif period is not None and not roster.employed(person.id, period):
        text = _(
            "%(who)s did not work here in %(month)s.",
            who=person.display_name, month=periods.month_name(period),
        )  # fmt: skip
        row.refuse(PERSON, text)
    return person


def _period(row: Row) -> date | None:
    sent = row.values[MONTH.key]
    if sent is None:
        return None
    try:
        period = periods.read_month(sent)
    except ValueError:
        row.refuse(MONTH, _("“%(text)s” is no month. Write it as 2026-03.", text=sent))
        return None
    if not EARLIEST <= period <= periods.month_of(clock.today()):
        text = _("%(month)s lies ahead.", month=periods.month_name(period))
        if period < EARLIEST:
            text = _("The year %(year)s can't be right.", year=period.year)
        row.refuse(MONTH, text)
        return None
    return period


def _value(row: Row, metric: Metric | None) -> Decimal | None:
    sent = row.values[VALUE.key]
    if sent is None or metric is None:
        return None
    version = metric.definition
    try:
        value = _amount(sent, version)
    except ValueError as error:
        row.refuse(VALUE, str(error))
        return None
    if not version.lowest <= value <= version.highest:
        row.refuse(VALUE, out_of_range(value, version))
        return None
    return value


def _amount(sent: str, version: MetricVersion) -> Decimal:
    """The number in a cell.

    Raises:
        ValueError: saying what is wrong with it.
    """
    text = sent.strip()
    if "%" in text and version.unit is not Unit.PERCENT:
        message = _("This metric is not in per cent.")
        raise ValueError(message)
    try:
        value = read_amount(text.strip("%").strip())
    except ValueError as error:
        raise ValueError(_("Write a number in digits.")) from error
    if value != round(value, PLACES):
        # A sheet writes 0.1 + 0.2 with seventeen digits.
        value = round(value, PLACES)
    return value


class _Metrics:
    """Metrics by key, and by name in any language."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self.found: dict[str, set[Metric]] = {}
        for metric in metrics:
            for name in (metric.key, *metric.definition.name.values()):
                self.found.setdefault(i18n.fold(name.strip()), set()).add(metric)

    def of(self, row: Row) -> Metric | None:
        """The metric a row names; the row says so if there is none, or more than one."""
        sent = row.values[METRIC.key]
        if sent is None:
            return None
        found = self.found.get(i18n.fold(sent.strip()), set())
        if len(found) != 1:
            row.refuse(METRIC, _("Several metrics are called so. Give the key of one.") if found
                       else _("There is no metric “%(name)s”.", name=sent[:100]))  # fmt: skip
            return None
        metric = next(iter(found))
        if metric.state is MetricState.RETIRED:
            row.refuse(METRIC, _("This metric is retired."))
        return metric


def _compare(entries: Sequence[Entry]) -> None:
    """Hold the rows against what is recorded, and against each other."""
    figures = [(one, one.figure) for one in entries]
    known = known_of([figure.key for _one, figure in figures if figure]) if any(
        figure for _one, figure in figures
    ) else {}  # fmt: skip
    above: dict[tuple[int, int, date], Entry] = {}
    for one, figure in figures:
        if figure is None:
            continue
        one.known = known.get(figure.key)
        first = above.setdefault(figure.key, one)
        if first is one:
            continue
        one.doubled = True
        if (first.value, first.sample) != (one.value, one.sample):
            row = i18n.number(first.row.number)
            one.row.refuse(VALUE, _("Row %(row)s gives another figure for the same.", row=row))


def import_values(row: SheetImport, *, reason: str = "", by: Account) -> int:
    """Record every figure of a file at once; how many rows that made.

    Raises:
        Refused: if anything in the file is wrong, it was imported before, or it corrects figures
            and no reason is given.
        Stale: if somebody recorded one of the figures at the same moment.
    """
    found = preview_values(row, by=by)
    if found.problems or found.wrong:
        raise Refused(_("Nothing is imported while something in the file is wrong."))
    todo = [one.figure for one in (*found.fresh, *found.changed)]
    figures = [figure for figure in todo if figure is not None]
    imports.applied(row, len(figures))
    number = record_values(figures, reason=reason, import_id=row.id, by=by)
    audit.record(MetricFact.IMPORTED, row, by=by, added=number)
    return number


def undo_import(row: SheetImport, *, reason: str, by: Account) -> int:
    """Put back what stood there before an import, by corrections; how many.

    What was corrected since then is left as it is now.

    Raises:
        Refused: if it was not imported, was undone, or no reason is given.
        Stale: if somebody corrects one of the figures at the same moment.
    """
    if row.applied_at is None:
        raise Refused(_("This file was not imported."))
    if db.session.execute(queries.imports_undone([row.id])).first() is not None:
        raise Refused(_("This import was undone already."))
    if not reason.strip():
        raise Refused(_("Say why figures are corrected."), "reason")
    shared: Json = {
        "reason": reason.strip(),
        "undone_import_id": row.id,
        "recorded_at": clock.now(),
        "recorded_by_id": by.id,
    }
    written = db.session.execute(queries.written_by_import(row.id))
    rows = [shared | _as_before(one, before) for one, replaced, before in written if not replaced]
    if not rows:
        raise Refused(_("Every figure of this import was corrected since: nothing is to undo."))
    insert_values(rows)
    audit.record(MetricFact.IMPORT_UNDONE, row, by=by, corrected=len(rows))
    return len(rows)


def _as_before(one: Any, before: Any) -> Json:  # noqa: ANN401 - a row of figures, and maybe one
    source = before or one
    return {
        "person_id": one.person_id,
        "metric_id": one.metric_id,
        "version_id": source.version_id,
        "period": one.period,
        "value": before.value if before else None,
        "sample": before.sample if before else None,
        "replaces_id": one.id,
    }
