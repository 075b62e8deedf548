"""The catalogues: texts are found, kept, checked and compiled."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from portal.core import catalogues


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small tree with texts in code and in templates."""
    files = {
        "portal/a.py": '_("Plain")\n_l("Lazy")\nngettext("%(num)s day", "%(num)s days", 2)\n',
        "templates/_ui/x.html": "{{ _('In a macro') }}{% if a %}{% trans n=1 %}\n  Long\n  %(n)s"
        "{{ n }}\n{% endtrans %}{% endif %}",
        "templates/mail/x.txt": "{{ _('In a mail') }}",
        "docs/b.py": '_("Not ours")',
    }
    for name, text in files.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "tree"


def translated(folder: Path, template: Catalog, **changes: str) -> None:
    """Translate everything by itself, but for what ``changes`` says about Turkish."""
    catalogues.update(template, folder)
    for locale in catalogues.TRANSLATED:
        catalog = catalogues.read(locale, folder)
        for message in catalog:
            if not message.id:
                continue
            one = message.id if isinstance(message.id, str) else message.id[-1]
            text = changes.get(one, one) if locale == "tr" else one
            message.string = (text,) * catalog.num_plurals if message.pluralizable else text
        with catalogues.path_of(locale, folder).open("wb") as file:
            write_po(file, catalog)


def template_of(*texts: str | tuple[str, str]) -> Catalog:
    template = Catalog()
    for text in texts:
        template.add(text)
    return template


def test_texts_are_found_in_code_and_templates(source: Path) -> None:
    found = {str(message.id) for message in catalogues.gather(source) if message.id}
    assert {"Plain", "Lazy", "In a macro", "In a mail"} <= found
    assert "('%(num)s day', '%(num)s days')" in found
    assert any(text.startswith("Long ") and "\n" not in text for text in found)
    assert "Not ours" not in found


def test_updating_twice_changes_nothing_and_keeps_translations(tmp_path: Path) -> None:
    template = template_of("One", "Two")
    translated(tmp_path, template, One="Bir")
    catalogues.update(template, tmp_path)
    before = catalogues.path_of("tr", tmp_path).read_bytes()
    catalogues.update(template, tmp_path)
    assert catalogues.path_of("tr", tmp_path).read_bytes() == before
    message = catalogues.read("tr", tmp_path).get("One")
    assert message is not None
    assert message.string == "Bir"


def test_texts_that_are_gone_leave_and_new_ones_are_not_guessed(tmp_path: Path) -> None:
    translated(tmp_path, template_of("Open the plan"))
    catalogues.update(template_of("Open the plans"), tmp_path)
    assert 'Open the plan"' not in catalogues.path_of("tr", tmp_path).read_text()
    message = catalogues.read("tr", tmp_path).get("Open the plans")
    assert message is not None
    assert not message.string


def test_complete_translations_have_no_problems(tmp_path: Path) -> None:
    template = template_of("Hello %(name)s", ("%(num)s day", "%(num)s days"), "<b>x</b>")
    translated(tmp_path, template)
    assert list(catalogues.problems(template, tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "translation", "problem"),
    [
        ("Hello", "", "not translated"),
        ("Hello %(name)s", "Selam", "placeholder name left out"),
        ("Hello %(name)s", "Selam %(ad)s %(name)s", "unknown placeholder ad"),
        ("Hello", "Selam ", "white space around it"),
        ("Hello", "%50", "a bare %"),
        ("<b>Hello</b>", "Selam", "other tags than the source"),
    ],
)
def test_a_faulty_translation_is_named(
    tmp_path: Path, text: str, translation: str, problem: str
) -> None:
    template = template_of(text)
    translated(tmp_path, template, **{text: translation})
    assert list(catalogues.problems(template, tmp_path)) == [f"tr: {problem}: {text!r}"]


def test_a_guess_and_a_missing_file_are_problems(tmp_path: Path) -> None:
    template = template_of("Hello")
    assert len(list(catalogues.problems(template, tmp_path))) == len(catalogues.TRANSLATED)
    translated(tmp_path, template)
    path = catalogues.path_of("tr", tmp_path)
    path.write_text(path.read_text().replace('msgid "Hello"', '#, fuzzy\nmsgid "Hello"'))
    assert list(catalogues.problems(template, tmp_path)) == ["tr: marked as a guess: 'Hello'"]


@pytest.mark.parametrize("text", ["100 %", "50% of", " Hello", "100 %%"])
def test_a_source_that_cannot_be_translated_safely_is_named(tmp_path: Path, text: str) -> None:
    template = template_of(text)
    found = list(catalogues.problems(template, tmp_path))
    assert found[0].startswith("source: ")


def test_compiling_writes_what_changed_and_only_that(tmp_path: Path) -> None:
    translated(tmp_path, template_of("One"), One="Bir")
    assert len(catalogues.compile_stale(tmp_path)) == len(catalogues.TRANSLATED)
    assert catalogues.compile_stale(tmp_path) == []
    spoken = gettext.translation("messages", tmp_path, ["tr"])
    assert spoken.gettext("One") == "Bir"
    path = catalogues.path_of("tr", tmp_path)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 10))
    assert catalogues.compile_stale(tmp_path) == [path.with_suffix(".mo")]
    assert not list(tmp_path.rglob("*.part"))
