"""One text in several languages: an input for each."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.widgets import html_params

from portal.core.forms.box import Box, Text
from portal.core.forms.text import LINE, LONG, many_lines, one_line, within
from portal.core.i18n import LOCALES, NATIVE_NAMES


class WordsInput(NamedTuple):
    """One language's input."""

    locale: str
    language: str
    id: str
    name: str
    value: str


class _Inputs:
    """Labelled inputs, each marked with its language."""

    def __call__(self, field: WordsField, **attributes: Any) -> Markup:  # noqa: ANN401
        """Draw them one under the other."""
        return Markup("").join(self._one(field, item, attributes) for item in field.inputs)

    def _one(self, field: WordsField, item: WordsInput, attributes: dict[str, Any]) -> Markup:
        own = {"id": item.id, "name": item.name, "lang": item.locale, "maxlength": field.most}
        shared: Markup = html_params(**{**attributes, **own})
        label = Markup('<label for="{}" lang="{}">{}</label>').format(
            item.id, item.locale, item.language
        )
        if field.long:
            box = Markup("<textarea {}>\n{}</textarea>").format(shared, item.value)
        else:
            box = Markup('<input type="text" value="{}" {}>').format(item.value, shared)
        return Markup("<p>{} {}</p>").format(label, box)


class WordsField(Box):
    """``data`` is ``{"en": …, "tr": …}`` with the languages that were filled in; one is enough."""

    widget = _Inputs()
    missing = _l("Write this in at least one language.")
    is_group = True

    def __init__(
        self,
        label: Text,
        *,
        long: bool = False,
        most: int | None = None,
        **options: Any,  # noqa: ANN401 - see Box
    ) -> None:
        super().__init__(label, **options)
        self.long, self.most = long, most or (LONG if long else LINE)

    def process(self, formdata: Any, *rest: Any, **options: Any) -> None:  # noqa: ANN401
        """Read the inputs of every language."""
        super().process(None, *rest, **options)
        if formdata is None or not any(f"{self.name}-{tag}" in formdata for tag in LOCALES):
            return
        self.raw_data = [formdata.get(f"{self.name}-{tag}", "") for tag in LOCALES]
        self.data = {}
        for tag, sent in zip(LOCALES, self.raw_data, strict=True):
            try:
                if text := (many_lines if self.long else one_line)(str(sent)):
                    self.data[tag] = text
                    within(text, 0, self.most)
            except ValueError as error:
                self.data[tag] = str(sent)
                self.process_errors.append(f"{NATIVE_NAMES[tag]}: {error}")

    def is_blank(self) -> bool:
        """No language was filled in."""
        return not self.data

    @property
    def focus_id(self) -> str:
        """The first language's input."""
        return f"{self.id}-{LOCALES[0]}"

    @property
    def inputs(self) -> list[WordsInput]:
        """What to draw: one input for each language."""
        data = self.data or {}
        return [
            WordsInput(tag, NATIVE_NAMES[tag], f"{self.id}-{tag}", f"{self.name}-{tag}",
                       data.get(tag, ""))
            for tag in LOCALES
        ]  # fmt: skip
