"""The words of who has an open service within reach: what was found, and what has to be known of it."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.analyses.reach import Certainty, Question, Reach
from geoportal.web.finder.remarks import in_words
from geoportal.web.screens.analysis.reach_asked import UNITS, Asked
from geoportal.web.screens.finder.kinds import known_kinds
from geoportal.web.screens.finder.opening import Clock, moment_words
from geoportal.web.screens.visit import Visit

MOST_NAMED = 2  # kinds of service in a title
ORDER: tuple[Certainty, ...] = ("open", "disputed", "closed", "unknown")


def title(visit: Visit, question: Question) -> str:
    """What the answer is about: kinds of service, limit and moment."""
    limit = limit_words(visit, question.limit)
    return visit.say(
        "analysis.reach.title",
        kinds=_kinds(visit, question),
        within=visit.say("analysis.reach.within." + question.way, limit=limit),
        when=moment_words(visit, Clock(question.at, live=False)),
    )


def limit_words(visit: Visit, limit: float) -> str:
    """The limit without its unit."""
    return visit.say.number(limit, 0 if limit.is_integer() else 1)


def _kinds(visit: Visit, question: Question) -> str:
    if len(question.kinds) > MOST_NAMED:
        return visit.say("analysis.reach.several")
    known = known_kinds(visit)
    layers = visit.snapshot.collections
    titles = (known[one][0] if one in known else visit.into(layers[one].title) for one in question.kinds)
    return ", ".join(titles) or visit.say("analysis.reach.any")


def findings(visit: Visit, found: Reach) -> Iterator[str]:
    """Sentences, the share of people first."""
    say, whole, question = visit.say, found.whole, found.question
    if whole.share is None or whole.doubtful_share is None:
        yield say("analysis.reach.no_people", people=visit.into(question.people.title))
    else:
        yield say(
            "analysis.reach.some" if whole.reached else "analysis.reach.nobody",
            within=say("analysis.reach.within_first." + question.way, limit=limit_words(visit, question.limit)),
            share=say.number(whole.share, 1),
            count=say.number(whole.reached),
            of=say.number(whole.people or 0),
            who=_who(visit, question),
            region=visit.into(visit.site.region.name),
        )
        if whole.doubtful:
            share = say.number(whole.doubtful_share, 1)
            yield say("analysis.reach.doubtful", share=share, count=say.number(whole.doubtful))
    yield _counted(visit, found)
    if whole.nearest is not None:
        unit = UNITS[question.way]
        yield say("analysis.reach.nearest", nearest=say.number(whole.nearest, 1), unit=unit)


def _counted(visit: Visit, found: Reach) -> str:
    """How many places there are of each state, without those that there are none of."""
    say, counts = visit.say, {held: found.count(held) for held in ORDER}
    written = {held: say.number(count) for held, count in counts.items()}
    said = [say("analysis.reach.services", all=say.number(len(found.services)), **written)]
    said += [say("analysis.reach.disputed", count=written["disputed"])] if counts["disputed"] else []
    said += [say("analysis.reach.no_hours", count=written["unknown"])] if counts["unknown"] else []
    return " ".join(said)


def _who(visit: Visit, question: Question) -> str:
    if question.people.id == visit.site.search.population:
        return visit.say("analysis.reach.inhabitants")
    return visit.say("analysis.reach.group", title=visit.into(question.people.title))


def cautions(visit: Visit, asked: Asked, found: Reach) -> Iterator[str]:
    """What makes the answer less than certain."""
    yield from (in_words(remark, visit.say) for remark in asked.moment.remarks)
    if visit.snapshot.schematic:
        yield f"{visit.say('frame.schematic')} {visit.say('analysis.reach.schematic')}"
    if any(one.stale for one, held in found.services if held != "unknown"):
        notice = visit.site.finder.notice
        yield " ".join((visit.say("finder.old"), visit.into(notice) if notice else "")).strip()


def notes(visit: Visit, found: Reach) -> Iterator[str]:
    """Where people are taken to stand, and what is known of roads."""
    say, roads = visit.say, visit.snapshot.roads
    yield say("analysis.reach.seats", people=visit.into(found.question.people.title), period=found.period)
    if found.whole.unknown:
        yield say("analysis.reach.unknown", count=found.whole.unknown)
    if found.question.way != "air" and roads is not None:
        yield visit.into(roads.note)
        if found.off_road:
            yield say("analysis.reach.off_road", count=found.off_road)
