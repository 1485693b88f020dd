"""Reading the log: is the chain whole, which verbs occur."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ocop.audit.models import Event, Seal
from ocop.audit.rules import chain
from ocop.kit import clock, registry
from ocop.kit.flow import RECORDED_LABELS

# A transaction that is open for longer than this cannot exist; an event that turns up later between sealed ones
# was put there by hand.
LATE = timedelta(days=1)
MOVE_VERB = "flow.moved"
# Columns of a move row that change after it was written.
MOVE_MUTABLE = frozenset({"handled_at"})


def move_digest(move: models.Model) -> str:
    """The digest of a move row: every stored column that never changes."""
    content: dict[str, Any] = {}
    for field in move._meta.concrete_fields:
        if field.name not in MOVE_MUTABLE:
            value = getattr(move, field.attname)
            content[field.attname] = value if field.is_relation else field.to_python(value)
    return chain.digest_of(content)


def late_gaps() -> list[list[int]]:
    """Ids that sealed batches of the last day left out: their transactions may still have been open."""
    seals = list(Seal.objects.filter(at__gte=clock.now() - LATE).order_by("number"))
    if not seals:
        return []
    before = (
        Seal.objects.filter(number__lt=seals[0].number).aggregate(last=models.Max("last_event"))["last"] or 0
    )
    return chain.gaps_of([span for seal in seals for span in seal.ranges], above=before)


def in_ranges(ranges: list[list[int]]) -> models.Q:
    """The condition "id lies in one of the ranges"; never true for none."""
    condition = models.Q(pk__in=[])
    for first, last in ranges:
        condition |= models.Q(pk__gte=first, pk__lte=last)
    return condition


def _events_of(seal: Seal) -> Iterator[Event]:
    for first, last in sorted(seal.ranges):
        yield from Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").iterator(1000)


def _seal_problems(seal: Seal, previous: str) -> list[str]:
    """What is wrong with one seal and the events under it."""
    problems = []
    if seal.previous != previous:
        problems.append(f"Niêm phong {seal.number}: đứt chuỗi với niêm phong trước.")
    lines, expected = [], [i for first, last in sorted(seal.ranges) for i in range(first, last + 1)]
    for event in _events_of(seal):
        lines.append((event.pk, event.digest))
        if event.true_digest() != event.digest:
            problems.append(f"Sự kiện {event.pk}: nội dung đã bị sửa.")
    gone = sorted(set(expected) - {pk for pk, _ in lines})
    problems += [f"Sự kiện {pk}: đã bị xoá (niêm phong {seal.number})." for pk in gone]
    if not gone and chain.seal_digest(previous, seal.number, lines) != seal.digest:
        problems.append(f"Niêm phong {seal.number}: mã niêm phong không khớp các sự kiện.")
    return problems


def _move_problems() -> Iterator[str]:
    """Move rows that no longer are what the log says they were."""
    models_by_label: dict[str, type[models.Model] | None] = {}
    for event in Event.objects.filter(verb=MOVE_VERB).order_by("pk").iterator(1000):
        label = event.data.get("move_type", "")
        if label not in models_by_label:
            app, _, name = label.partition(".")
            kind = ContentType.objects.filter(app_label=app, model=name).first()
            models_by_label[label] = kind.model_class() if kind else None
        model = models_by_label[label]
        move = model._default_manager.filter(pk=event.data["move"]).first() if model else None
        if move is None:
            yield f"Sự kiện {event.pk}: không còn bước chuyển {label} {event.data.get('move')}."
        elif move_digest(move) != event.data["move_digest"]:
            yield f"Sự kiện {event.pk}: bước chuyển {label} {move.pk} đã bị sửa."


def verify(*, head: str = "") -> list[str]:
    """Every fault of the log in a sentence; an empty list when it is whole.

    Finds events that were changed, removed or put in between, seals that do not hold, and move rows that differ
    from their digest. `head` is a seal digest noted earlier (printed, filed): a log whose end was cut off and sealed
    anew no longer knows it.
    """
    problems: list[str] = []
    previous, number, covered = "", 0, []
    known_heads = set()
    for seal in Seal.objects.order_by("number").iterator(200):
        number += 1
        if seal.number != number:
            problems.append(f"Thiếu niêm phong {number}.")
            number = seal.number
        problems += _seal_problems(seal, previous)
        previous = seal.digest
        known_heads.add(seal.digest)
        covered += seal.ranges
    if head and head not in known_heads:
        problems.append(f"Không có niêm phong {head}: chuỗi đã bị cắt hoặc lập lại.")
    last = max((span[1] for span in covered), default=0)
    recent = late_gaps()
    for first, end in chain.gaps_of(covered):
        strangers = Event.objects.filter(pk__gte=first, pk__lte=end).exclude(in_ranges(recent))
        problems += [
            f"Sự kiện {pk}: được chèn vào sau khi niêm phong."
            for pk in strangers.order_by("pk").values_list("pk", flat=True)
        ]
    for event in (
        Event.objects.filter(models.Q(pk__gt=last) | in_ranges(recent)).order_by("pk").iterator(1000)
    ):
        if event.true_digest() != event.digest:
            problems.append(f"Sự kiện {event.pk}: nội dung đã bị sửa.")
    problems += _move_problems()
    return problems


def head() -> str:
    """The digest of the newest seal, to be noted outside the system; '' before the first."""
    return Seal.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def verbs() -> list[str]:
    """Every verb that occurs, for the filter."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def verb_words(verb: str) -> str:
    """What a verb says on screen; a verb of an older version of the system stands for itself."""
    known = registry.verbs.get(verb)
    return known.label if known else verb


def _step_words(event: Event) -> str:
    """The label of the step of a flow that an event of a move tells, in the words of the flow's table."""
    name, before = event.data.get("name"), event.data.get("from_state")
    for entry in registry.flows:
        for transition in entry.flow.transitions:
            if transition.name == name and before in transition.source:
                return str(transition.label)
    return RECORDED_LABELS.get(name, "")


def words_of(event: Event) -> str:
    """What happened, in Vietnamese: the verb's label, and for a move which step it was."""
    step = _step_words(event) if event.verb == MOVE_VERB else ""
    return f"{verb_words(event.verb)}: {step}" if step else verb_words(event.verb)
