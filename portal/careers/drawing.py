"""The ladder as a chart, for pages and papers."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.careers.models import LadderVersion
from portal.careers.states import EdgeKind
from portal.core.charts import Graph, GraphEdge, GraphNode
from portal.core.i18n import words


def drawn(version: LadderVersion) -> Graph:
    """All roles of a ladder from the lowest level up, and the steps between them."""
    roles = {role.id: role for edge in version.edges for role in (edge.from_role, edge.to_role)}
    ordered = sorted(roles.values(), key=lambda role: (role.level, role.id))
    return Graph(
        _("Career ladder"),
        tuple(GraphNode(role.id, words(role.title)) for role in ordered),
        tuple(
            GraphEdge(
                edge.from_role_id, edge.to_role_id, str(edge.kind.label), edge.kind is EdgeKind.UP
            )
            for edge in version.edges
        ),
    )
