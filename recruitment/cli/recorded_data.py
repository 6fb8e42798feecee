"""What is said of an act that was recorded, as plain data: one act or several at one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recruitment.cli.setting import Setting
from recruitment.forecast.status import status_of
from recruitment.presentation.json_data import limit_data, next_data, ruling_data

if TYPE_CHECKING:
    from recruitment.ledger.office import Decision


def recorded_data(setting: Setting, decision: Decision) -> dict[str, Any]:
    """An act that was recorded, how far the file has come, what is possible and what falls due."""
    editions = setting.editions
    view = status_of(editions, decision.case, today=setting.today)
    return {
        "recorded": True,
        **ruling_data(decision.ruling, editions),
        "index": decision.index,
        "seq": decision.seq,
        "standing": view.standing,
        "possible": [next_data(item, view.rulebook) for item in view.next],
        "due": [limit_data(due) for due in view.due],
    }
