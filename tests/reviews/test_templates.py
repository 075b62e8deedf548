"""Templates: sections, weights, versions by fingerprint, and the starter pack."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import i18n
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.reviews import operations
from portal.reviews.models import ReviewTemplate
from portal.reviews.operations import Section
from portal.reviews.starter import pack
from portal.reviews.states import PartKind, SectionKind, TemplateState
from tests.factories import people
from tests.factories import reviews as make
from tests.factories.people import in_words

pytestmark = pytest.mark.usefixtures("db_session", "clock")

SKILLS = Section(SectionKind.COMPETENCIES, in_words("Skills"), {}, [PartKind.SELF])
GOALS = Section(SectionKind.GOALS, in_words("Goals"), {}, [PartKind.SELF, PartKind.MANAGER])
WORDS = Section(SectionKind.TEXT, in_words("Why?"), {}, [PartKind.PEER])


def hr() -> Account:
    return people.account(roles=["hr"])


def draft() -> ReviewTemplate:
    row = operations.add_template(name=in_words("Review"), by=hr())
    db.session.flush()
    return row


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def test_a_section_that_weighs_gets_what_is_left_and_words_weigh_nothing() -> None:
    one, by = draft(), hr()
    operations.add_section(one, SKILLS, by=by)
    operations.add_section(one, WORDS, by=by)
    assert [row["weight"] for row in one.sections] == [100, 0]
    assert [row["kind"] for row in one.sections_of(PartKind.PEER)] == ["text"]


def test_competencies_are_asked_once() -> None:
    one, by = draft(), hr()
    operations.add_section(one, SKILLS, by=by)
    assert refusal(operations.add_section, one, SKILLS, by=by).field == "kind"


def test_weights_of_sections_that_do_not_sum_are_refused_with_the_sum() -> None:
    one, by = draft(), hr()
    skills = operations.add_section(one, SKILLS, by=by)["key"]
    goals = operations.add_section(one, GOALS, by=by)["key"]
    refused = refusal(
        operations.change_template, one, name=one.name, weights={"self": 40, "manager": 60},
        section_weights={skills: 50, goals: 40}, by=by,
    )  # fmt: skip
    assert (refused.field, "90" in refused.message) == (f"section_{skills}", True)


def test_weights_of_parts_that_do_not_sum_are_refused_at_the_first() -> None:
    one = draft()
    refused = refusal(
        operations.change_template, one, name=one.name, weights={"self": 40, "manager": 70},
        section_weights={}, by=hr(),
    )  # fmt: skip
    assert (refused.field, "110" in refused.message) == ("weight_self", True)


def test_a_template_that_asks_nothing_is_not_published() -> None:
    assert "Add a section" in refusal(operations.publish_template, draft(), by=hr()).message


def test_publishing_pins_a_fingerprint_and_replaces_the_version_in_use() -> None:
    one, by = draft(), hr()
    operations.add_section(one, SKILLS, by=by)
    operations.publish_template(one, by=by)
    second = operations.draft_template(one, by=by)
    db.session.flush()
    assert operations.draft_template(one, by=by) is second
    assert "different" in refusal(operations.publish_template, second, by=by).message
    operations.add_section(second, WORDS, by=by)
    operations.publish_template(second, by=by)
    assert (one.state, second.state) == (TemplateState.REPLACED, TemplateState.PUBLISHED)
    assert one.content_hash != second.content_hash
    assert second.number == 2


def test_what_was_published_never_changes() -> None:
    one = make.template()
    assert "New version" not in refusal(operations.add_section, one, WORDS, by=hr()).message
    refusal(operations.discard_template, one, by=hr())
    operations.retire_template(one, by=hr())
    assert one.state is TemplateState.RETIRED


def test_sections_move_change_and_go() -> None:
    one, by = draft(), hr()
    first = operations.add_section(one, SKILLS, by=by)["key"]
    second = operations.add_section(one, WORDS, by=by)["key"]
    operations.move_section(one, second, up=True, by=by)
    operations.move_section(one, second, up=True, by=by)
    assert [row["key"] for row in one.sections] == [second, first]
    operations.change_section(one, second, GOALS, by=by)
    assert one.sections[0]["kind"] == "goals"
    operations.remove_section(one, second, by=by)
    assert [row["key"] for row in one.sections] == [first]
    with pytest.raises(NotFound):
        operations.section_of(one, second)


def test_a_copy_has_a_key_of_its_own() -> None:
    source = make.template()
    copy = operations.add_template(name=in_words("Copy"), source=source, by=hr())
    assert copy.sections == source.sections
    assert copy.key != source.key


def test_the_starter_pack_loads_once_and_its_weights_sum() -> None:
    assert operations.load_templates(by=None) == 2
    assert operations.load_templates(by=None) == 0
    for one in db.session.scalars(sa.select(ReviewTemplate)):
        weighing = [row["weight"] for row in one.sections if row["kind"] != "text"]
        assert (sum(weighing), sum(one.weights.values())) == (100, 100)
        assert one.state is TemplateState.PUBLISHED


def test_the_starter_pack_speaks_every_language() -> None:
    for entry in pack()["template"]:
        texts = [entry["name"]]
        texts += [row[name] for row in entry["section"] for name in ("title", "hint")]
        assert all(text.keys() == set(i18n.LOCALES) for text in texts)
