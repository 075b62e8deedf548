"""Which groups of a survey may be shown, so that no small one can be worked out from the others.

Primary suppression hides groups with fewer than ``minimum`` answers. Complementary suppression
hides more of them wherever a total minus what is shown beneath it would still tell of fewer: then
the smallest group shown beneath goes too, until the remainder is nobody or large enough. In a tree
the remainders of the groups shown are all that can be worked out from them by adding and
subtracting, so nothing smaller than ``minimum`` can, neither its number nor its mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from typing import Final, TypeVar

Key = TypeVar("Key", bound=Hashable)
Place = TypeVar("Place", bound=Hashable)

MOST_WEIGHT: Final = 50
"""How often a sum may count one group; real ones need once or twice."""


def visible_groups(counts: Mapping[Key, int], minimum: int) -> set[Key]:
    """The groups of one partition to show beside the total of them all.

    With fewer than ``minimum`` in all there is no total either, and no group.
    """
    total = sum(counts.values())
    return set() if total < minimum else _shown_beneath(total, counts, minimum)


def visible_in_tree(
    counts: Mapping[Key, int], parents: Mapping[Key, Key | None], minimum: int
) -> set[Key]:
    """The groups of a tree to show; each count includes all that lies beneath.

    What a group has beyond its parts, such as the lead of several teams, counts as a remainder
    like any other. Beneath a hidden group everything is hidden. Several roots are trees of their
    own: give them one parent where their sum is shown as well.
    """
    beneath: dict[Key | None, dict[Key, int]] = {}
    for key, parent in parents.items():
        beneath.setdefault(parent, {})[key] = counts[key]
    shown = {key for key, count in beneath.get(None, {}).items() if count >= minimum}
    waiting = list(shown)
    while waiting:
        key = waiting.pop()
        parts = _shown_beneath(counts[key], beneath.get(key, {}), minimum)
        shown |= parts
        waiting += parts
    return shown


def _shown_beneath(total: int, parts: Mapping[Key, int], minimum: int) -> set[Key]:
    """The parts of a shown total that leave a remainder of nobody, or of enough."""
    shown = sorted(
        (key for key, count in parts.items() if count >= minimum),
        key=lambda key: (parts[key], str(key)),
    )
    remainder = total - sum(parts[key] for key in shown)
    while shown and 0 < remainder < minimum:
        remainder += parts[shown.pop(0)]
    return set(shown)


def smallest_derivable(
    shown: Collection[frozenset[Place]], sizes: Mapping[Place, int], *, seconds: float = 2.0
) -> int | None:
    """How many stand in the smallest set that adding and subtracting ``shown`` can single out.

    For groups that cut across one another, as sites do with teams: where a site holds one team and
    one person more, the difference tells of that person. ``sizes`` says how many answered in each
    of the smallest parts groups are made of. A set can be singled out if some weights of the shown
    groups add up to 1 within it and to 0 elsewhere; the smallest is found by integer programming.
    ``None`` if nothing can be singled out. What is not settled in ``seconds`` counts as one person.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    # Parts that lie in the same groups can't be told apart: they count as one.
    together: Counter[tuple[bool, ...]] = Counter()
    for place, size in sizes.items():
        together[tuple(place in group for group in shown)] += size
    parts = [(inside, size) for inside, size in together.items() if size and any(inside)]
    if not parts:
        return None
    inside = np.array([one for one, _size in parts], dtype=float)
    amounts = np.array([size for _one, size in parts], dtype=float)
    number, groups = inside.shape
    weighed = np.hstack([np.eye(number), -inside])
    cost = np.concatenate([amounts, np.zeros(groups)])
    found = milp(
        cost,
        constraints=[LinearConstraint(weighed, 0, 0), LinearConstraint(cost, 1, np.inf)],
        integrality=np.concatenate([np.ones(number), np.zeros(groups)]),
        bounds=Bounds(
            np.concatenate([np.zeros(number), np.full(groups, -MOST_WEIGHT)]),
            np.concatenate([np.ones(number), np.full(groups, MOST_WEIGHT)]),
        ),
        options={"time_limit": seconds},
    )
    return round(found.fun) if found.status == 0 else 1


def safe_to_add(
    wanted: Collection[Key],
    shown: Collection[Key],
    members: Mapping[Key, frozenset[Place]],
    sizes: Mapping[Place, int],
    minimum: int,
) -> set[Key]:
    """As many groups of ``wanted`` as can stand beside ``shown`` without telling of fewer.

    The smallest are given up first.
    """

    def size(key: Key) -> tuple[int, str]:
        return sum(sizes[place] for place in members[key]), str(key)

    left = sorted(wanted, key=size)
    while left:
        least = smallest_derivable([members[key] for key in (*shown, *left)], sizes)
        if least is None or least >= minimum:
            break
        left.pop(0)
    return set(left)
