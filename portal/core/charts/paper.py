"""The one change a chart needs for paper: colours in place of tokens, and the shipped fonts."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'="var\(--([\w-]+), (#[0-9a-f]{6})\)"')
_CHART = '<svg xmlns="http://www.w3.org/2000/svg" class="chart" '


def for_paper(html: str, accent: str) -> str:
    """Give each chart in a page fixed colours, with ``accent`` (``#rrggbb``) as the leading one.

    The PDF engine knows neither CSS variables nor the page's fonts inside SVG.
    """
    own = {"accent-fill": accent, "accent-soft": tint(accent, 0.09)}
    html = _TOKEN.sub(lambda found: f'="{own.get(found[1], found[2])}"', html)
    return html.replace(_CHART, f'{_CHART}font-family="App Sans, App JP" ')


def tint(colour: str, share: float) -> str:
    """A colour mixed with white, ``share`` of it left: ``#000000`` at 0.25 is ``#bfbfbf``."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)
