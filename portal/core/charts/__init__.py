"""Small charts drawn as SVG: the same figure on a page and on paper, with the table it stands for.

A chart is a frozen dataclass. ``svg()`` draws it, ``rows()`` gives the table beneath, header first.
"""

from portal.core.charts.bars import Bar, BarChart, Funnel
from portal.core.charts.distribution import Distribution
from portal.core.charts.graph import Graph, GraphEdge, GraphNode
from portal.core.charts.organisation import Organisation, Seat, Successor, Unit
from portal.core.charts.panel import PanelChart, Rating
from portal.core.charts.paper import for_paper
from portal.core.charts.steps import Step, StepChain
from portal.core.charts.trend import Point, Trend

__all__ = [
    "Bar",
    "BarChart",
    "Distribution",
    "Funnel",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "Organisation",
    "PanelChart",
    "Point",
    "Rating",
    "Seat",
    "Step",
    "StepChain",
    "Successor",
    "Trend",
    "Unit",
    "for_paper",
]
