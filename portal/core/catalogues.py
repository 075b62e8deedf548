"""The catalogues of translations: gathered from code and templates, checked, compiled."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.core.i18n.languages import LOCALES, NATIVE_NAMES

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "portal" / "translations"
TRANSLATED: Final = tuple(locale for locale in LOCALES if locale != "en")

_KEYWORDS: Final = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[-+ #0]*\d*(?:\.\d+)?[sdrf]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")
_WIDTH: Final = 100
# The header wants a date; today's would change the files on every run.
_WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)


def gather(root: Path = ROOT) -> Catalog:
    """Every text to translate in ``portal/`` and ``templates/``, with the files it stands in."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project="portal", version="1", charset="utf-8", fuzzy=False)
    catalog.creation_date = _WRITTEN
    found = extract_from_dir(
        root,
        methods,
        options,
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        # Babel's own filter leaves out folders such as templates/_ui.
        directory_filter=lambda folder: _may_hold_text(Path(folder), root),
    )
    for name, line, message, comments, context in sorted(found, key=lambda item: item[:2]):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def _may_hold_text(folder: Path, root: Path) -> bool:
    inside = Path(folder).relative_to(root).parts
    return inside[0] in {"portal", "templates"} and inside[-1] != "__pycache__"


def path_of(locale: str, folder: Path = FOLDER) -> Path:
    """The file of a language's translations."""
    return folder / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str, folder: Path = FOLDER) -> Catalog:
    """A language's translations; an empty catalogue if there are none yet."""
    path = path_of(locale, folder)
    if not path.exists():
        return Catalog(
            locale=locale,
            project="portal",
            version="1",
            header_comment=f"# The portal in {NATIVE_NAMES[locale]}.",
            msgid_bugs_address="portal",
            last_translator="portal",
            language_team=locale,
            revision_date=_WRITTEN,
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(template: Catalog, folder: Path = FOLDER) -> None:
    """Bring every language's file up to date: new texts empty, old ones dropped, none guessed."""
    for locale in TRANSLATED:
        catalog = read(locale, folder)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = path_of(locale, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=_WIDTH, sort_by_file=True, include_lineno=False)


def compile_stale(folder: Path = FOLDER) -> list[Path]:
    """Write the compiled form of each file that is newer than it; returns what was written."""
    written = []
    for locale in TRANSLATED:
        source, target = path_of(locale, folder), path_of(locale, folder).with_suffix(".mo")
        fresh = target.exists() and source.exists()
        if not source.exists() or (fresh and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        # Several processes may start at once: each writes its own and puts it in place whole.
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            write_mo(file, read(locale, folder))
        Path(file.name).replace(target)
        written.append(target)
    return written


def problems(template: Catalog, folder: Path = FOLDER) -> Iterator[str]:
    """What keeps the translations from being complete, one line each."""
    for message in template:
        yield from (f"source: {found}" for found in _source_problems(message))
    for locale in TRANSLATED:
        catalog = read(locale, folder)
        for message in template:
            if message.id:
                translation = catalog.get(_key(message), message.context)
                for found in _message_problems(message, translation, catalog.num_plurals):
                    yield f"{locale}: {found}: {_key(message)!r}"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _texts(part: str | Sequence[str]) -> list[str]:
    return [part] if isinstance(part, str) else list(part)


def _source_problems(message: Message) -> Iterator[str]:
    for text in _texts(message.id):
        if _bare_percent(text):
            yield f"a bare % breaks formatting, pass it as a placeholder: {text!r}"
        if text and text != text.strip():
            yield f"white space around a text is lost in translation: {text!r}"


def _bare_percent(text: str) -> bool:
    """``%%`` is only undone where something is filled in."""
    if _PLACEHOLDER.search(text):
        text = text.replace("%%", "")
    return "%" in _PLACEHOLDER.sub("", text)


def _message_problems(message: Message, translation: Message | None, plurals: int) -> Iterator[str]:
    texts = _texts(translation.string or "") if translation else []
    if translation is None or not texts or not all(texts):
        yield "not translated"
        return
    if translation.fuzzy:
        yield "marked as a guess"
    sources = _texts(message.id)
    if len(texts) != (plurals if message.pluralizable else 1):
        yield f"{len(texts)} plural forms instead of {plurals}"
        return
    yield from _differences(sources, texts)


def _differences(sources: list[str], texts: list[str]) -> Iterator[str]:
    """Placeholders and tags; a form for one may leave the number out."""
    allowed = {name for text in sources for name in _PLACEHOLDER.findall(text)}
    for text in texts:
        if unknown := set(_PLACEHOLDER.findall(text)) - allowed:
            yield f"unknown placeholder {', '.join(sorted(unknown))}"
        if _bare_percent(text):
            yield "a bare %"
        if text != text.strip():
            yield "white space around it"
    if missing := set(_PLACEHOLDER.findall(sources[-1])) - set(_PLACEHOLDER.findall(texts[-1])):
        yield f"placeholder {', '.join(sorted(missing))} left out"
    if Counter(_TAG.findall(sources[-1])) != Counter(_TAG.findall(texts[-1])):
        yield "other tags than the source"
