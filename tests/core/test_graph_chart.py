"""The drawing of steps: layers, side paths, legend, the table beneath."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.charts import Graph, GraphEdge, GraphNode, for_paper

NODES = tuple(GraphNode(key, f"Role {key} & more") for key in range(1, 6))
EDGES = (
    GraphEdge(1, 2, "Up", up=True),
    GraphEdge(2, 3, "Up", up=True),
    GraphEdge(1, 3, "Up", up=True),
    GraphEdge(2, 4, "Sideways"),
    GraphEdge(3, 5, "Specialist"),
)


def test_every_place_and_kind_is_named(db_session: Any) -> None:
    drawing = str(Graph("Ladder", NODES, EDGES).svg())
    for text in ("Role 1 &amp; more", "Role 5 &amp; more", "Up", "Sideways", "Specialist"):
        assert text in drawing
    assert drawing.count('stroke-dasharray="6 4"') == 2
    assert "style=" not in drawing


def test_the_table_has_each_way(db_session: Any) -> None:
    rows = Graph("Ladder", NODES, EDGES).rows()
    assert len(rows) == 6
    assert rows[1] == ("Role 1 & more", "Up", "Role 2 & more")


def test_a_place_stands_above_everything_that_leads_up_to_it() -> None:
    assert Graph("Ladder", NODES, EDGES)._layers() == [[1], [2], [3]]
    assert Graph("Ladder", NODES, EDGES)._aside() == [5, 4]


def test_no_box_leaves_the_drawing_or_covers_another() -> None:
    graph = Graph("Ladder", NODES, EDGES)
    boxes = list(graph._places(graph._layers(), graph._aside(), 400, 300).values())
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= 400
        assert 0 <= box.y <= 300 - 44
    for one in boxes:
        for other in boxes:
            apart = (one.x + one.width <= other.x or other.x + other.width <= one.x
                     or abs(one.y - other.y) >= 44)  # fmt: skip
            assert one is other or apart


def test_without_ways_up_all_places_stand_side_by_side(db_session: Any) -> None:
    graph = Graph("Ladder", NODES[:2], (GraphEdge(1, 2, "Sideways"),))
    assert graph._layers() == [[1, 2]]
    assert "Role 2" in str(graph.svg())


def test_a_circle_of_ways_up_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="circle"):
        Graph("L", NODES, (*EDGES, GraphEdge(3, 1, "Up", up=True)))._layers()


def test_paper_gets_fixed_colours(db_session: Any) -> None:
    assert "var(" not in for_paper(str(Graph("Ladder", NODES, EDGES).svg()), "#0f5c6e")


def test_no_line_of_japanese_begins_with_a_long_mark(db_session: Any) -> None:
    nodes = (GraphNode(1, "シニアカスタマーリレーションマネージャー"), GraphNode(2, "Lead"))
    drawing = str(Graph("Ladder", nodes, (GraphEdge(2, 1, "Specialist"),)).svg(400))
    assert "リレー<" in drawing
    assert ">ー" not in drawing
