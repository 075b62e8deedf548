"""The printed letter: its text, its structure, its sheet, its sameness."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from jinja2 import UndefinedError

from portal.core.documents import render, to_html
from tests.core.documents import demo
from tests.core.documents.printing import fingerprints, print_letter

pytestmark = pytest.mark.usefixtures("press")
ROOT = Path(__file__).resolve().parents[3]


def text_of(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("locale", demo.LETTERS)
def test_the_text_can_be_taken_out_again(locale: str) -> None:
    letter = demo.LETTERS[locale]

    text = "".join(text_of(print_letter(locale)).split())

    for part in (letter.title, letter.recipient, *(term.value for term in letter.terms)):
        assert "".join(part.split()) in text
    assert demo.SEAL.code in text


def test_two_processes_print_the_same_bytes() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-m", "tests.core.documents.printing"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert printed == {"\n".join(fingerprints())}


def test_printing_other_papers_in_between_changes_nothing() -> None:
    before = print_letter("tr")
    print_letter("ja")

    assert print_letter("tr") == before


def test_threads_take_turns() -> None:
    expected = print_letter("en")
    printed: list[bytes] = []
    from portal.core.documents import engine

    html = to_html("demo_letter", demo.ENGLISH, locale="en", brand=demo.BRAND, seal=demo.SEAL)
    threads = [
        threading.Thread(target=lambda: printed.append(engine.to_pdf(html, sheet="a4")))
        for _number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert printed == [expected] * 4


@pytest.mark.parametrize("locale", demo.LETTERS)
def test_the_file_is_tagged_titled_and_knows_its_language(locale: str) -> None:
    with pikepdf.open(io.BytesIO(print_letter(locale))) as pdf:
        assert str(pdf.Root.Lang) == locale
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == demo.LETTERS[locale].title
        assert str(pdf.docinfo.CreationDate) == "D:20261124090000Z"
        assert "/StructTreeRoot" in pdf.Root
        assert "/OutputIntents" in pdf.Root
        metadata = pdf.Root.Metadata.read_bytes()
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
    assert b"pdfaSchema:namespaceURI" in metadata


def test_figures_say_in_words_what_they_show() -> None:
    with pikepdf.open(io.BytesIO(print_letter("en"))) as pdf:
        figures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == [
            "QR code with the address that checks this paper"
        ]


def test_the_letter_has_headings_and_table_headers_in_its_structure() -> None:
    with pikepdf.open(io.BytesIO(print_letter("en"))) as pdf:
        kinds = [
            str(item.S)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") == len(demo.ENGLISH.terms)


A4, LETTER = (595, 842), (612, 792)


@pytest.mark.parametrize(
    ("country", "size"), [("", A4), ("TR", A4), ("US", LETTER), ("mx", LETTER)]
)
def test_the_country_decides_the_sheet(country: str, size: tuple[int, int]) -> None:
    box = pypdf.PdfReader(io.BytesIO(print_letter("en", country=country))).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


def test_pages_are_numbered_and_carry_a_running_header_from_the_second_on() -> None:
    long = replace(demo.ENGLISH, paragraphs=demo.ENGLISH.paragraphs * 12)

    pdf = render("demo_letter", long, locale="en", brand=demo.BRAND, seal=demo.SEAL)

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in " ".join(text.split())
        assert demo.SEAL.code in text
        assert text.count(demo.BRAND.name) == 1
    assert pages[1].count(long.title) == 1


def test_moments_are_written_in_the_time_zone_of_the_paper() -> None:
    late = replace(demo.ENGLISH, sent_at=demo.SEAL.issued_at.replace(hour=22))

    assert "November 25, 2026" in to_html(
        "demo_letter", late, locale="en", brand=demo.BRAND, time_zone="Europe/Istanbul"
    )
    assert "November 24, 2026" in to_html("demo_letter", late, locale="en", brand=demo.BRAND)


@pytest.mark.parametrize(
    ("locale", "word", "syllables"),
    [
        ("tr", "Kararlaştıramadıklarımız", "Ka-rar-laş-tı-ra-ma-dık-la-rı-mız"),
        ("tr", "İstanbulluların", "İs-tan-bul-lu-la-rın"),
        ("es", "extraordinariamente", "ex-tra-or-di-na-ria-men-te"),
    ],
)
def test_long_words_are_divided_by_the_rules_of_the_language(
    locale: str, word: str, syllables: str
) -> None:
    allowed = {
        "".join(syllables.split("-")[:at]) + "-" for at in range(1, syllables.count("-") + 1)
    }
    paragraphs = tuple(f"{'x' * lead} {word} " * 6 for lead in range(1, 24))
    letter = replace(demo.LETTERS[locale], paragraphs=paragraphs, terms=())

    text = text_of(render("demo_letter", letter, locale=locale, brand=demo.BRAND))

    divided = {
        line.split()[-1].replace("‐", "-")
        for line in text.splitlines()
        if line.rstrip().endswith(("-", "‐"))
    }
    assert divided
    assert divided <= allowed


def test_no_japanese_line_begins_with_a_closing_mark() -> None:
    sentence = "お客様のお話を、まず「丁寧」に伺い、次に（正しい）課題を解決します。"
    letter = replace(demo.JAPANESE, paragraphs=tuple("あ" * n + sentence * 4 for n in range(12)))

    pdf = render("demo_letter", letter, locale="ja", brand=demo.BRAND)

    starts = {line.strip()[0] for line in text_of(pdf).splitlines() if line.strip()}
    assert not starts & set("、。）」ー・々ょっ")
    ends = {line.strip()[-1] for line in text_of(pdf).splitlines() if line.strip()}
    assert not ends & set("「（")


def test_a_preview_says_so_and_has_no_code() -> None:
    pdf = render("demo_letter", demo.ENGLISH, locale="en", brand=demo.BRAND, preview=True)

    text = text_of(pdf)
    assert "Preview" in text
    assert demo.SEAL.code not in text


def test_a_value_the_template_needs_and_the_data_lacks_stops_the_print() -> None:
    @dataclass(frozen=True)
    class Short:
        title: str = "Without the rest"

    with pytest.raises(UndefinedError):
        render("demo_letter", Short(), locale="en", brand=demo.BRAND)


def test_what_people_typed_is_text_and_not_markup() -> None:
    letter = replace(demo.ENGLISH, recipient='<img src="file:///etc/passwd">')

    assert '<img src="file' not in to_html("demo_letter", letter, locale="en", brand=demo.BRAND)


def test_a_colour_that_is_other_css_is_not_used() -> None:
    brand = replace(demo.BRAND, colour="red; background: url(x)")

    assert "url(x)" not in to_html("demo_letter", demo.ENGLISH, locale="en", brand=brand)


def test_the_web_process_loads_neither_the_engine_nor_what_reckons() -> None:
    code = (
        "import portal, sys; portal.create_app();"
        "sys.exit(any(one in sys.modules for one in"
        " ('weasyprint', 'scipy', 'numpy', 'networkx')))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
