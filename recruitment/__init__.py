"""Member development: 5 stages and 25 procedures as rulebooks, a state machine that says why, and a ledger.

The public names. They are loaded when they are first used, so that a command that needs few of them starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recruitment.base.errors import BadInput as BadInput
    from recruitment.base.errors import Conflict as Conflict
    from recruitment.base.errors import LedgerError as LedgerError
    from recruitment.base.errors import NotWritten as NotWritten
    from recruitment.base.errors import RecruitmentError as RecruitmentError
    from recruitment.base.errors import RulebookError as RulebookError
    from recruitment.base.errors import UnknownFile as UnknownFile
    from recruitment.base.label import Label as Label
    from recruitment.base.label import Lang as Lang
    from recruitment.diagram.api import picture as picture
    from recruitment.diagram.output.showing import Picture as Picture
    from recruitment.engine.bound import BoundCase as BoundCase
    from recruitment.engine.corrections import judge_correction as judge_correction
    from recruitment.engine.findings import Finding as Finding
    from recruitment.engine.judging import first_lawful_day as first_lawful_day
    from recruitment.engine.judging import judge as judge
    from recruitment.engine.judging import review as review
    from recruitment.engine.ruling import Ruling as Ruling
    from recruitment.formats.dossier.documents import act_data as act_data
    from recruitment.formats.dossier.documents import file_data as file_data
    from recruitment.formats.dossier.documents import read_act as read_act
    from recruitment.formats.dossier.documents import read_facts as read_facts
    from recruitment.law.editions import Editions as Editions
    from recruitment.law.rulebook import Rulebook as Rulebook
    from recruitment.ledger.office import Decision as Decision
    from recruitment.ledger.office import Office as Office
    from recruitment.ledger.reader import LedgerEntry as LedgerEntry
    from recruitment.ledger.records import Record as Record
    from recruitment.ledger.records import replay as replay
    from recruitment.ledger.settings import LedgerSettings as LedgerSettings
    from recruitment.ledger.settings import change_settings as change_settings
    from recruitment.ledger.settings import settings_in_force as settings_in_force
    from recruitment.ledger.stores.sqlite import Ledger as Ledger
    from recruitment.presentation.findings.sentences import sentence as sentence
    from recruitment.presentation.forms import form as form
    from recruitment.record.acts import Act as Act
    from recruitment.record.acts import File as File
    from recruitment.record.case import Case as Case
    from recruitment.record.case import open_case as open_case
    from recruitment.record.evidence import UNKNOWN as UNKNOWN
    from recruitment.rulebooks.load import load_rulebooks as load_rulebooks

_HOMES = {
    "Case": "record.case",
    "Picture": "diagram.output.showing",
    "picture": "diagram.api",
    "BadInput": "base.errors",
    "Conflict": "base.errors",
    "LedgerError": "base.errors",
    "NotWritten": "base.errors",
    "RecruitmentError": "base.errors",
    "RulebookError": "base.errors",
    "UnknownFile": "base.errors",
    "Label": "base.label",
    "Lang": "base.label",
    "UNKNOWN": "record.evidence",
    "Act": "record.acts",
    "File": "record.acts",
    "Finding": "engine.findings",
    "Ledger": "ledger.stores.sqlite",
    "Record": "ledger.records",
    "replay": "ledger.records",
    "file_data": "formats.dossier.documents",
    "read_facts": "formats.dossier.documents",
    "act_data": "formats.dossier.documents",
    "Decision": "ledger.office",
    "LedgerEntry": "ledger.reader",
    "Office": "ledger.office",
    "LedgerSettings": "ledger.settings",
    "change_settings": "ledger.settings",
    "settings_in_force": "ledger.settings",
    "form": "presentation.forms",
    "load_rulebooks": "rulebooks.load",
    "Editions": "law.editions",
    "Rulebook": "law.rulebook",
    "Ruling": "engine.ruling",
    "first_lawful_day": "engine.judging",
    "open_case": "record.case",
    "judge": "engine.judging",
    "review": "engine.judging",
    "read_act": "formats.dossier.documents",
    "sentence": "presentation.findings.sentences",
    "judge_correction": "engine.corrections",
    "BoundCase": "engine.bound",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - names only, each with its home above


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'recruitment' has no attribute {name!r}")
    return getattr(import_module(f"recruitment.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
