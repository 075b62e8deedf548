"""The filter bar reads the address and forgives it everything."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from portal.core.states import Labelled
from portal.core.tables import Filter, FilterBar, Kept


class Stage(Labelled):
    NEW = "new", _l("New")
    DONE = "done", _l("Done")


COLUMN = sa.column("stage", sa.String)
SITE = sa.column("site", sa.Integer)


def bar(*pairs: tuple[str, str]) -> FilterBar:
    filters = [
        Filter("stage", "Stage", COLUMN.in_, Stage, several=True),
        Filter("site", "Site", SITE.in_, [(1, "Ankara"), (2, "Bursa")]),
        Filter("q", "Search", lambda values: COLUMN.contains(values[0])),
    ]
    return FilterBar(filters, MultiDict(pairs))


def conditions(filled: FilterBar) -> str:
    narrowed = filled.narrow(sa.select(sa.literal_column("1")))
    return str(narrowed.compile(compile_kwargs={"literal_binds": True})).replace("\n", "")


def test_values_become_conditions_with_what_was_offered() -> None:
    filled = bar(("stage", "new"), ("stage", "done"), ("site", "2"))
    assert conditions(filled) == "SELECT 1 WHERE stage IN ('new', 'done') AND site IN (2)"
    assert filled
    assert filled.value("site") == "2"


def test_what_was_never_offered_counts_as_nothing() -> None:
    filled = bar(("stage", "gone"), ("site", "x"), ("other", "1"), ("q", " "), ("q", "a\x00b"))
    assert not filled
    assert conditions(filled) == "SELECT 1"


def test_a_single_filter_takes_its_first_value() -> None:
    assert bar(("site", "1"), ("site", "2")).chosen == {"site": ["1"]}


def test_each_kept_value_can_be_taken_off() -> None:
    kept = bar(("stage", "new"), ("stage", "done"), ("q", "ada")).kept()
    assert kept[0] == Kept("Stage", "New", {"stage": ["done"], "q": ["ada"]})
    assert kept[2] == Kept("Search", "ada", {"stage": ["new", "done"]})


def test_arguments_carry_the_list_to_another_address() -> None:
    filled = bar(("site", "1"), ("q", "ada"))
    assert filled.arguments(q=None, sort="name") == {"site": ["1"], "sort": ["name"]}
    assert filled.options("site") == [("1", "Ankara"), ("2", "Bursa")]
