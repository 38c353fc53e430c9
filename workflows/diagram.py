"""A journey drawn: stops on a line, verbs between them, short cuts dotted. An SVG for the page, a text for the shell."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from workflows.journey import Journey, StageKind
from workflows.spans_in_words import promise_in_words, uncapitalised
from workflows.track import Link, Track, steps_aside, track
from workflows.typography import with_right_spaces

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH, LEFT, LAST = 1120, 10, 1000
RADIUS, LETTER, CAPITAL = 8.5, 6.5, 7.8
LOWEST_ARC, ARC_GAP, LABEL_GAP = 42, 14, 26


@dataclass(frozen=True)
class Arc:
    link: Link
    height: int  # above the line, in pixels
    label: str = ""


def svg(journey: Journey, language: str) -> str:
    """Classes only, no style; everything that comes from the journey is escaped."""
    way = track(journey)
    arcs = arcs_of(way, language)
    level = 24 + max((arc.height for arc in arcs), default=10)
    foot = level + 88
    name = f"map-{journey.name}"
    return "".join([
        f'<svg xmlns="{NAMESPACE}" class="a-draw a-map" viewBox="0 0 {WIDTH} {foot + 32}" width="{WIDTH}" height="{foot + 32}"',
        f' role="img" aria-labelledby="{escape(name)}">',
        f'<title id="{escape(name)}">{written(summary(journey, language), language)}</title>',
        *short_cuts(arcs, way, level, language),
        *line(way, level, foot),
        *stops(journey, way, level, language),
        *verbs(way, level, language),
        text("is-hint", LEFT + 9, foot + 20, aside_in_words(journey, language), language),
        "</svg>",
    ])  # fmt: skip


def between(way: Track) -> float:
    return (LAST - LEFT) / max(len(way.stops) - 1, 1)


def place(way: Track, number: int) -> int:
    return LEFT + round(number * between(way))


def arcs_of(way: Track, language: str) -> tuple[Arc, ...]:
    """Short ones below, long ones above; the label of a step over its highest arc."""
    height, arcs = LOWEST_ARC, []
    links = sorted(way.short_cuts, key=lambda link: (abs(link.end - link.start), link.step.name, link.start))
    for number, link in enumerate(links):
        last = all(later.step.name != link.step.name for later in links[number + 1 :])
        arcs.append(Arc(link, height, uncapitalised(link.step.label[language]) if last else ""))
        height += LABEL_GAP if last else ARC_GAP
    return tuple(arcs)


def short_cuts(arcs: tuple[Arc, ...], way: Track, level: int, language: str) -> Iterator[str]:
    for arc in arcs:
        start, end, top = place(way, arc.link.start), place(way, arc.link.end), level - arc.height
        bend = 30 if end > start else -30
        if arc.label:
            yield text("is-hint", (start + end) // 2, top - 8, arc.label, language, "middle")
        yield (
            f'<g class="is-short"><path d="M{start} {level - 14}C{start} {top + 8} {start + bend} {top} '
            f'{start + 2 * bend} {top}H{end - 2 * bend}C{end - bend} {top} {end} {top + 8} {end} {level - 16}"/>'
            f'<path d="M{end - 6} {level - 23}l6 8 6-8"/></g>'
        )


def line(way: Track, level: int, foot: int) -> Iterator[str]:
    """Dotted as long as one rests, solid from the first open stage on."""
    first = next((n for n, stage in enumerate(way.stops) if stage.kind is not StageKind.RESTING), 0)
    if first:
        yield f'<g class="is-short"><path d="M{place(way, 0)} {level}H{place(way, first)}"/></g>'
    yield f'<g class="is-way"><path d="M{place(way, first)} {level}H{place(way, len(way.stops) - 1)}"/></g>'
    rails = "".join(f"M{place(way, number)} {level + 10}V{foot}" for number in range(len(way.stops)))
    yield f'<g class="is-rail"><path d="{rails}M{LEFT} {foot}H{WIDTH}"/></g>'


def stops(journey: Journey, way: Track, level: int, language: str) -> Iterator[str]:
    for number, stage in enumerate(way.stops):
        x, y = place(way, number), level + 14
        room = min(between(way), WIDTH - x)
        yield f'<circle class="is-stop" cx="{x}" cy="{level}" r="{RADIUS}"/>'
        for words in wrapped(stage.label[language], room, CAPITAL):
            yield text("is-name", x + 9, y := y + 16, words, language)
        for words in wrapped(promise_in_words(journey, stage, language), room, LETTER):
            yield text("is-hint", x + 9, y := y + 17, words, language)


def verbs(way: Track, level: int, language: str) -> Iterator[str]:
    for start in sorted({link.start for link in way.neighbours}):
        labels = [uncapitalised(link.step.label[language]) for link in way.neighbours if link.start == start]
        middle = (place(way, start) + place(way, start + 1)) // 2
        yield text("is-verb", middle, level - 12, " · ".join(labels), language, "middle")


def wrapped(words: str, room: float, letter: float) -> list[str]:
    """At most two lines, no wider than the distance to the next stop."""
    return wrap(words, max(int((room - 2 * RADIUS) / letter), 12))[:2]


def text(kind: str, x: int, y: int, words: str, language: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{written(words, language)}</text>'


def written(words: str, language: str) -> str:
    return escape(with_right_spaces(words, language))


def summary(journey: Journey, language: str) -> str:
    way = track(journey)
    names = ", ".join(stage.label[language] for stage in way.stops)
    said = {"fr": "{title} : {names}. {aside}", "en": "{title}: {names}. {aside}"}[language]
    return said.format(title=journey.label[language], names=names, aside=aside_in_words(journey, language)).strip()


def aside_in_words(journey: Journey, language: str) -> str:
    away, back = (
        ", ".join(uncapitalised(step.label[language]) for step in steps)
        for steps in steps_aside(journey, track(journey).aside)
    )
    if not away:
        return ""
    start = {"fr": "À côté de la ligne : ", "en": "Beside the line: "}[language] + away
    return start + ({"fr": " ; et retour : ", "en": "; and back: "}[language] + back if back else "") + "."


def as_text(journey: Journey, language: str) -> str:
    """The same for a terminal: one stop a line, the steps out of it below."""
    lines = [journey.label[language], ""]
    for stage in (*track(journey).stops, *track(journey).aside):
        promise = promise_in_words(journey, stage, language)
        lines.append(f"{MARKS[stage.kind]} {stage.label[language]}" + (f" ({promise})" if promise else ""))
        for step in journey.steps_from(stage.name):
            target = journey.by_stage.get(step.target)
            where = target.label[language] if target else {"fr": "où il en était", "en": "where it was"}[language]
            lines.append(f"│   {step.label[language]} → {where}")
    return with_right_spaces("\n".join(lines), language) + "\n"


MARKS = {StageKind.OPEN: "●", StageKind.RESTING: "○", StageKind.FINAL: "■"}
