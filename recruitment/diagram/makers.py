"""How each plate is made from what was ordered. The module of a plate is loaded when the plate is made, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from recruitment.diagram.canvas.plate import Plate
    from recruitment.diagram.plates.files.pending import Pending
    from recruitment.law.editions import Books
    from recruitment.law.rulebook import Rulebook
    from recruitment.record.case import Case


@frozen(kw_only=True)
class Held:
    """A file as its plate is made from: by which rulebook, on which day, and what lies ahead.

    The id of the file stands on the plate where `titled` asks for it.
    """

    book: Rulebook
    case: Case
    today: date
    pending: Mapping[str, Pending]
    titled: bool = False


@frozen(kw_only=True)
class Order:
    """What a plate is made from: the rulebooks, the name of an edition, the language, and a file or none."""

    books: Books
    edition: str
    lang: str
    held: Held | None = None

    @property
    def book(self) -> Rulebook:
        """The rulebook of that name."""
        return self.books.named(self.edition)


def course(order: Order) -> Plate:
    """The whole course."""
    from recruitment.diagram.plates.course.plate import course_plate

    return course_plate(order.book, order.lang)


def stage(stage: int, order: Order) -> Plate:
    """One of the stages."""
    from recruitment.diagram.plates.stages.plate import stage_plate

    return stage_plate(order.book, stage, order.lang)


def lanes(order: Order) -> Plate:
    """Who acts, in lanes."""
    from recruitment.diagram.plates.lanes.plate import lanes_plate

    return lanes_plate(order.book, order.lang)


def limits(order: Order) -> Plate:
    """The limits of time."""
    from recruitment.diagram.plates.limits.plate import limits_plate

    return limits_plate(order.book, order.lang)


def ballot(order: Order) -> Plate:
    """The ballot."""
    from recruitment.diagram.plates.ballots.plate import ballot_plate

    return ballot_plate(order.book, order.lang)


def detours(order: Order) -> Plate:
    """Outcomes and detours."""
    from recruitment.diagram.plates.detours.plate import detours_plate

    return detours_plate(order.book, order.lang)


def refusal(order: Order) -> Plate:
    """A refused act of the example."""
    from recruitment.diagram.plates.refusals.plate import example_refusal, refusal_plate

    return refusal_plate(order.book, example_refusal(order.books, order.edition), order.lang)


def changes(order: Order) -> Plate:
    """The first edition beside the last."""
    from recruitment.diagram.plates.changes.plate import changes_plate

    return changes_plate(order.books.editions[0], order.books.editions[-1], order.lang)


def local(order: Order) -> Plate:
    """A local edition on top of a national one."""
    from recruitment.diagram.plates.local.plate import local_plate
    from recruitment.law.rulebook import national

    return local_plate(order.books.named(national(order.edition)), order.book, order.lang)


def file(order: Order) -> Plate:
    """The progress of a file."""
    from recruitment.diagram.plates.files.plate import file_plate

    held = order.held
    assert held is not None
    return file_plate(held.book, held.case, order.lang, held.today, titled=held.titled, pending=held.pending)
