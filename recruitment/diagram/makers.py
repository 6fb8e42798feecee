"""How each plate is made from what was ordered. The module of a plate is loaded when the plate is made, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from recruitment.base.label import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from recruitment.diagram.canvas.plate import Plate
    from recruitment.diagram.plates.files.pending import Pending
    from recruitment.law.editions import Editions
    from recruitment.law.rulebook import Rulebook
    from recruitment.record.case import Case


@frozen(kw_only=True)
class FileOnDay:
    """A file as its plate is made from: by which rulebook, on which day, and what is ahead.

    The id of the file is on the plate where `titled` asks for it.
    """

    rulebook: Rulebook
    case: Case
    today: date
    pending: Mapping[str, Pending]
    titled: bool = False


@frozen(kw_only=True)
class PlateOrder:
    """What a plate is made from: the rulebooks, the name of an edition, the language, and a file or none."""

    editions: Editions
    edition: str
    lang: Lang
    held: FileOnDay | None = None

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook of that name."""
        return self.editions.named(self.edition)


def course(order: PlateOrder) -> Plate:
    """The whole course."""
    from recruitment.diagram.plates.course.plate import course_plate

    return course_plate(order.rulebook, order.lang)


def stage(stage: int, order: PlateOrder) -> Plate:
    """One of the stages."""
    from recruitment.diagram.plates.stages.plate import stage_plate

    return stage_plate(order.rulebook, stage, order.lang)


def lanes(order: PlateOrder) -> Plate:
    """Who acts, in lanes."""
    from recruitment.diagram.plates.lanes.plate import lanes_plate

    return lanes_plate(order.rulebook, order.lang)


def limits(order: PlateOrder) -> Plate:
    """The limits of time."""
    from recruitment.diagram.plates.limits.plate import limits_plate

    return limits_plate(order.rulebook, order.lang)


def ballot(order: PlateOrder) -> Plate:
    """The ballot."""
    from recruitment.diagram.plates.ballots.plate import ballot_plate

    return ballot_plate(order.rulebook, order.lang)


def detours(order: PlateOrder) -> Plate:
    """Outcomes and detours."""
    from recruitment.diagram.plates.detours.plate import detours_plate

    return detours_plate(order.rulebook, order.lang)


def refusal(order: PlateOrder) -> Plate:
    """A refused act of the example."""
    from recruitment.diagram.plates.refusals.content import example_refusal
    from recruitment.diagram.plates.refusals.plate import refusal_plate

    return refusal_plate(order.rulebook, example_refusal(order.editions, order.edition), order.lang)


def changes(order: PlateOrder) -> Plate:
    """The first edition next to the last."""
    from recruitment.diagram.plates.changes.plate import changes_plate

    return changes_plate(order.editions.rulebooks[0], order.editions.rulebooks[-1], order.lang)


def local(order: PlateOrder) -> Plate:
    """A local edition with its national one."""
    from recruitment.diagram.plates.local.plate import local_plate
    from recruitment.law.rulebook import national

    return local_plate(order.editions.named(national(order.edition)), order.rulebook, order.lang)


def file(order: PlateOrder) -> Plate:
    """The progress of a file."""
    from recruitment.diagram.plates.files.plate import file_plate

    held = order.held
    assert held is not None
    return file_plate(held.rulebook, held.case, order.lang, held.today, titled=held.titled, pending=held.pending)
