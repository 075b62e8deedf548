"""What a survey found: figures of the groups that may be shown, and those of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import i18n
from portal.core.db import db
from portal.people.discretion import smallest_group
from portal.people.forms.choices import in_order
from portal.people.models import Site, Team
from portal.surveys import policy, queries
from portal.surveys.groups import ALL, Groups, answered, asked, groups_of, large_enough
from portal.surveys.models import Survey, SurveyQuestion
from portal.surveys.states import SurveyQuestionKind, TenureBand

GOOD = 4
"""From here on an answer of a scale is a favourable one."""

PROMOTER, DETRACTOR = 9, 6
"""Who recommends at least so much promotes, who recommends at most so much detracts."""


@dataclass(frozen=True)
class Figure:
    """How often each answer was given in a group."""

    question: SurveyQuestion
    times: dict[int, int]

    @property
    def answers(self) -> int:
        """How many have answered."""
        return sum(self.times.values())

    @property
    def mean(self) -> float:
        """The average of a scale or a recommendation."""
        return sum(value * times for value, times in self.times.items()) / self.answers

    @property
    def score(self) -> float:
        """What groups are compared by: average, eNPS, or the share of the first choice.

        The eNPS is the share of 9 and 10 less the share of 0 to 6, in points from -100 to 100
        (Reichheld, 2003).
        """
        if self.question.kind is SurveyQuestionKind.SCALE:
            return self.mean
        if self.question.kind is SurveyQuestionKind.RECOMMEND:
            promoters = self._share(lambda value: value >= PROMOTER)
            return 100 * (promoters - self._share(lambda value: value <= DETRACTOR))
        return self._share(lambda value: value == 0)

    @property
    def favourable(self) -> float:
        """The share of 4 and 5 on a scale."""
        return self._share(lambda value: value >= GOOD)

    def share(self, value: int) -> float:
        """The share of one answer."""
        return self.times.get(value, 0) / self.answers

    def _share(self, counts: Callable[[int], bool]) -> float:
        return sum(times for value, times in self.times.items() if counts(value)) / self.answers


@dataclass(frozen=True)
class Line:
    """One group at one question, with the same group in the survey before, if it was shown."""

    key: str
    group: str
    now: Figure
    before: Figure | None


@dataclass(frozen=True)
class Found:
    """All there is to say of a question; own words are only there for everyone together."""

    question: SurveyQuestion
    lines: list[Line]
    texts: list[str]
    too_few_texts: bool = False

    @property
    def overall(self) -> Line | None:
        """Everyone together, where the viewer may see it."""
        return next((line for line in self.lines if line.key == ALL), None)


Key = tuple[str, str]
"""Question and group."""


def found_by(survey: Survey, viewer: Account, earlier: Survey | None) -> list[Found]:
    """The results a viewer may see, question by question."""
    names = names_of(survey, viewer)
    now = _figures(survey, list(names))
    names = _without_echoes(names, {key: figure.answers for (_q, key), figure in now.items()})
    before = _figures(earlier, [*(names.keys() & _shown(earlier))]) if earlier else {}
    return [
        Found(
            question,
            [
                Line(key, name, now[question.key, key], before.get((question.key, key)))
                for key, name in names.items()
                if (question.key, key) in now
            ],
            *_texts(survey, question, viewer),
        )
        for question in survey.questions
    ]


def _without_echoes(names: dict[str, str], sizes: Mapping[str, int]) -> dict[str, str]:
    """Leave out teams that are everyone who was asked: they say the same once more."""
    whole = sizes.get(ALL)
    return {
        key: name for key, name in names.items()
        if not (key.startswith("team:") and ALL in names and sizes.get(key) == whole)
    }  # fmt: skip


def _figures(survey: Survey, keys: Sequence[str]) -> dict[Key, Figure]:
    questions = {one.id: one for one in survey.questions if one.is_counted}
    times: defaultdict[Key, dict[int, int]] = defaultdict(dict)
    for row in db.session.scalars(queries.tallies_of(list(questions), keys)):
        times[questions[row.question_id].key, row.grouping][row.value] = row.times
    by_key = {one.key: one for one in questions.values()}
    return {
        key: Figure(by_key[key[0]], found) for key, found in times.items() if any(found.values())
    }


def _texts(survey: Survey, question: SurveyQuestion, viewer: Account) -> tuple[list[str], bool]:
    """Own words in an order that says nothing, once there are enough of them."""
    if question.is_counted or not policy.sees_all_results(viewer):
        return [], False
    found = list(db.session.scalars(queries.texts_of(question.id)))
    if len(found) < least_of(survey) or ALL not in survey.counted:
        return [], True
    SystemRandom().shuffle(found)
    return found, False


def least_of(survey: Survey) -> int:
    """How many answers a group needs to be shown: what the survey promised, or more by now."""
    return max(survey.minimum, smallest_group())


def _shown(survey: Survey) -> set[str]:
    """The groups kept at its end, fewer where the organisation has come to hide more since."""
    kept = set(survey.counted)
    if (least := least_of(survey)) > survey.minimum:
        kept &= large_enough(groups_of(survey), answered, least)
    return kept


def names_of(survey: Survey, viewer: Account, keys: Iterable[str] | None = None) -> dict[str, str]:
    """The groups the viewer sees, in the order of the page, with their names."""
    shown = _shown(survey) if keys is None else set(keys)
    names: dict[str, str] = {}
    if policy.sees_all_results(viewer):
        names |= {ALL: _("Everyone asked")} if ALL in shown else {}
    for team, label in _labelled(_ids(shown, "team")):
        if policy.sees_all_results(viewer) or viewer.leads(team.path):
            names[f"team:{team.id}"] = label
    if policy.sees_all_results(viewer):
        sites = db.session.scalars(
            sa.select(Site).where(Site.id.in_(_ids(shown, "site"))).order_by(Site.city, Site.id)
        )
        names |= {
            f"site:{site.id}": _("Site: %(name)s", name=i18n.words(site.name)) for site in sites
        }
        bands = ((f"tenure:{band}", str(band.label)) for band in TenureBand)
        names |= {key: label for key, label in bands if key in shown}
    return names


def _labelled(team_ids: Sequence[int]) -> Iterator[tuple[Team, str]]:
    """Teams in the order of the tree, each with the names of those above it but for the root."""
    wanted = sa.select(Team.path).where(Team.id.in_(team_ids))
    above = {
        int(step) for path in db.session.scalars(wanted) for step in path.strip("/").split("/")
    }
    teams = {one.id: one for one in db.session.scalars(sa.select(Team).where(Team.id.in_(above)))}
    for team in in_order(list(teams.values())):
        if team.id in team_ids:
            way = [teams[int(step)] for step in team.path.strip("/").split("/")]
            yield team, " › ".join(i18n.words(one.name) for one in way[1:] or way)


def _ids(keys: Iterable[str], kind: str) -> list[int]:
    return [int(key.split(":")[1]) for key in keys if key.startswith(f"{kind}:")]


@dataclass(frozen=True)
class Part:
    """How many of a group have answered."""

    group: str
    asked: int
    answered: int

    @property
    def rate(self) -> float:
        """Their share."""
        return self.answered / self.asked


def participation(survey: Survey, viewer: Account) -> list[Part]:
    """How many have answered, in groups where enough are asked; while it is open only in all."""
    groups: Groups = groups_of(survey)
    if not groups.heads:
        return []
    large = large_enough(groups, asked, least_of(survey))
    names = names_of(survey, viewer, large if survey.is_over else large & {ALL})
    heads = {key: groups.head(key) for key in names}
    names = _without_echoes(names, {key: head.asked for key, head in heads.items()})
    return [Part(name, heads[key].asked, heads[key].answered) for key, name in names.items()]
