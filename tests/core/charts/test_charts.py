"""Charts: what they say in words, that they hold their text, and that page and paper agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import pytest
from flask_babel import force_locale

from portal.core.charts import (
    Bar,
    BarChart,
    Distribution,
    Funnel,
    PanelChart,
    Point,
    Rating,
    Trend,
    for_paper,
)
from portal.core.charts.drawing import fitted, text_width
from portal.core.charts.paper import tint
from portal.core.charts.scale import Axis, round_marks, shown
from tests.core.documents.printing import printing_app

SVG = "{http://www.w3.org/2000/svg}"
APP = printing_app()

FUNNEL = Funnel(
    "Applications by stage",
    "applications",
    (Bar("Applied", 412), Bar("Screened", 180), Bar("Interview", 48), Bar("Hired", 0)),
)
BARS = BarChart("Sources", "applications", (Bar("Referral", 7, stressed=True), Bar("Board", 21)))
TREND = Trend(
    "First contact resolution",
    "FCR",
    (Point("Jan", 0.71), Point("Feb", None), Point("Mar", 0.75), Point("Apr", 0.83)),
    target=0.8,
    percent=True,
)
BANDS = Distribution("QA scores", "scorecards", "Score", (Bar("70–79", 9), Bar("80–89", 21)))
PANEL = PanelChart(
    "Ratings",
    (
        Rating("Listening", "Elif Şahin", 4),
        Rating("Listening", "Kenji Mori", 4),
        Rating("Problem solving", "Elif Şahin", 2),
        Rating("Problem solving", "Kenji Mori", 4),
        Rating("Empathy", "Elif Şahin", None),
        Rating("Empathy", "Kenji Mori", 5),
    ),
)
ALL = (FUNNEL, BARS, TREND, BANDS, PANEL)
EMPTY = (
    Funnel("Empty", "people", ()),
    BarChart("Empty", "people", ()),
    Trend("Empty", "FCR", ()),
    Distribution("Empty", "people", "Score", ()),
    PanelChart("Empty", ()),
)


@pytest.fixture(autouse=True)
def context() -> Iterator[None]:
    with APP.app_context(), force_locale("en"):
        yield


def parsed(chart: Any, width: int = 400) -> Any:
    return lxml.etree.fromstring(str(chart.svg(width)))


def texts(chart: Any) -> list[str]:
    return [node.text for node in parsed(chart).iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", ALL + EMPTY, ids=lambda chart: type(chart).__name__)
def test_each_chart_is_named_and_described(chart: Any) -> None:
    root = parsed(chart)

    assert root[0].tag == f"{SVG}title"
    assert root[0].text == chart.title
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text
    assert root.get("role") == "img"


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("width", [320, 400, 600])
def test_nothing_is_drawn_outside_the_frame(chart: Any, width: int) -> None:
    root = parsed(chart, width)
    height = float(root.get("viewBox").split()[3])

    assert root.find(f".//{SVG}text") is not None
    for node in root.iter(f"{SVG}text"):
        size, x, y = float(node.get("font-size")), float(node.get("x")), float(node.get("y"))
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor")]
        left = x - share * text_width(node.text, size)
        assert left >= -1, node.text
        assert left + text_width(node.text, size) <= width + 1, node.text
        assert 0 < y <= height, node.text
    for node in root.iter(f"{SVG}rect"):
        assert float(node.get("x")) + float(node.get("width")) <= width + 1
        assert float(node.get("y")) + float(node.get("height")) <= height + 1
        assert float(node.get("height")) >= 0


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_no_style_attribute_stands_in_the_way_of_the_content_policy(chart: Any) -> None:
    assert "style" not in str(chart.svg())


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_on_paper_every_colour_is_plain_and_the_accent_is_the_organisations(chart: Any) -> None:
    paper = for_paper(str(chart.svg()), "#7a2e5d")

    assert "var(" not in paper
    assert "#7a2e5d" in paper
    assert 'font-family="App Sans, App JP"' in paper


def test_text_about_variables_is_left_alone() -> None:
    assert for_paper('<p>="var(--ink, blue)"</p>', "#7a2e5d") == '<p>="var(--ink, blue)"</p>'


def test_what_people_typed_is_text_and_not_markup() -> None:
    chart = BarChart("<b>Who</b> & why", "<i>", (Bar("<script>alert(1)</script>", 3),))

    svg = str(chart.svg())

    assert "<script" not in svg
    assert "<b>" not in svg
    assert texts(chart)[0] == "<script>alert(1)</script>"


def test_a_funnel_shows_each_stage_against_the_one_before() -> None:
    assert FUNNEL.rows() == [
        ("Stage", "applications", "Of the stage before", "Of all"),
        ("Applied", "412", "–", "100%"),
        ("Screened", "180", "43.7%", "43.7%"),
        ("Interview", "48", "26.7%", "11.7%"),
        ("Hired", "0", "0%", "0%"),
    ]
    assert "180 · 43.7%" in texts(FUNNEL)


def test_a_stage_after_an_empty_one_has_no_share() -> None:
    rows = Funnel("F", "people", (Bar("A", 3), Bar("B", 0), Bar("C", 0))).rows()

    assert [row[2] for row in rows[1:]] == ["–", "0%", "–"]


def test_bars_are_as_long_as_their_values() -> None:
    widths = [
        float(node.get("width"))
        for node in parsed(BARS).iter(f"{SVG}rect")
        if "soft" not in node.get("fill")
    ]

    assert widths == pytest.approx([400 / 3, 400], rel=1e-3)


def test_an_unknown_value_leaves_a_gap_and_is_no_zero() -> None:
    assert ("Feb", "–", "80%") in TREND.rows()
    assert len(list(parsed(TREND).iter(f"{SVG}circle"))) == 3
    assert len(list(parsed(TREND).iter(f"{SVG}polyline"))) == 1
    assert "Target 80%" in " ".join(texts(TREND))


def test_a_trend_says_where_it_began_and_ended() -> None:
    assert parsed(TREND)[1].text == "From 71% in Jan to 83% in Apr."


def test_ratings_two_levels_apart_are_called_far_apart() -> None:
    assert "2 levels apart" in texts(PANEL)
    assert parsed(PANEL)[1].text == "Far apart: Problem solving."
    assert PANEL.rows() == [
        ("Competency", "Elif Şahin", "Kenji Mori", "Levels apart"),
        ("Listening", "4", "4", "0"),
        ("Problem solving", "2", "4", "2"),
        ("Empathy", "–", "5", "–"),
    ]


def test_not_observed_is_no_dot() -> None:
    assert len(list(parsed(PANEL).iter(f"{SVG}circle"))) == 5


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with force_locale("tr"):
        assert shown(0.437, percent=True) == "%43,7"
        assert shown(1234.5) == "1.234,5"
    with force_locale("es"):
        assert re.fullmatch(r"43,7\s%", shown(0.437, percent=True))
    assert shown(None) == "–"


@pytest.mark.parametrize(
    ("values", "zero", "marks"),
    [
        ([0, 9.5], True, (0, 2.5, 5, 7.5, 10)),
        ([0, 10], True, (0, 5, 10)),
        ([0, 1], True, (0, 1)),
        ([0.71, 0.83], False, (0.7, 0.75, 0.8, 0.85)),
        ([5, 5], True, (0, 2, 4, 6)),
        ([7], False, (6, 8)),
        ([-3, 4], True, (-4, -2, 0, 2, 4)),
    ],
)
def test_axes_have_round_marks_around_the_values(
    values: list[float], zero: bool, marks: tuple[float, ...]
) -> None:
    found = round_marks(values, zero=zero)

    assert found[0] <= min(values)
    assert found[-1] >= max(values)
    assert found == pytest.approx(marks)


def test_long_labels_are_cut_to_fit_in_any_script() -> None:
    for words in ("Müşteri Hizmetleri Temsilcisi", "カスタマーサービス・アソシエイト"):
        cut = fitted(words, 90)
        assert cut.endswith("…")
        assert text_width(cut) <= 90
    assert fitted("Short", 90) == "Short"


def test_an_axis_maps_its_ends() -> None:
    axis = Axis(1, 5, 24, 376)

    assert (axis.at(1), axis.at(3), axis.at(5)) == (24, 200, 376)


def test_a_tint_lies_between_the_colour_and_white() -> None:
    assert tint("#000000", 0.25) == "#bfbfbf"
    assert tint("#0f5c6e", 1) == "#0f5c6e"
