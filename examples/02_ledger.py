"""Keep files in a ledger: one SQLite file to which acts are only ever added.

A file is opened and advanced; an act that the rules refuse writes nothing; the ledger is closed and opened again and
the case is the same; a second application follows what was recorded, by its place in the whole ledger.
"""

import tempfile
from datetime import date
from pathlib import Path

import recruitment
from recruitment import Ledger, Office
from recruitment.record.acts import Activist, Apply, File, Talk
from recruitment.record.evidence import Meeting, Talker

editions = recruitment.load_rulebooks()
folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "ledger.db"
today = date(2026, 11, 20)


def meeting_of(present: int) -> Activist:
    """The branch committee, five strong, chooses the applicant as an activist on 5 October."""
    return Activist(
        on=date(2026, 10, 5),
        nominated_by=("members",),
        meeting=Meeting(body="branch_committee", members=5, present=present),
    )


with Ledger.open(path, create=True) as ledger:
    office = Office(ledger, editions)

    # A file is opened with its application: no file is without its first act.
    file = File(id="2026-0004", name="申请人丁", born=date(2004, 2, 29))
    letter = Apply(on=date(2026, 9, 1), tie="work", unit="with_organization", papers=("application_letter",))
    opened = office.open(file, letter, today=today, recorded_by="clerk")
    print("opened:", opened.recorded, "as index", opened.index)
    # prints: opened: True as index 0

    # Each step reads the file, rules on the act and appends it, in one transaction. `expected` is how many acts the
    # file held when the caller looked: without it, a request that is sent twice may be recorded twice.
    talk = Talk(on=date(2026, 9, 20), talkers=(Talker(name="党员乙", role="branch_secretary"),))
    talked = office.advance("2026-0004", talk, today=today, expected=1, recorded_by="clerk")
    print("talked:", talked.recorded, "as index", talked.index)
    # prints: talked: True as index 1

    # Two of five are no quorum. A refusal is a value, and nothing was written.
    refused = office.advance("2026-0004", meeting_of(2), today=today, expected=2)
    print("chosen:", refused.recorded, [finding.rule.code for finding in refused.ruling.barring])
    # prints: chosen: False ['branch-committee-quorum']

    # Somebody who saw another number of acts is told so, and may look again.
    try:
        office.advance("2026-0004", meeting_of(4), today=today, expected=1)
    except recruitment.Conflict as conflict:
        print(conflict)
    # prints: 2026-0004: the file holds 2 acts and 1 were expected; nothing was written, look at it again and try again

# Opened again, the file stands as it stood.
with Ledger.open(path) as ledger:
    office = Office(ledger, editions)
    case = office.case("2026-0004")
    print(case.standing, [act.code for act in case.acts])
    # prints: applicant ['apply', 'talk']

    # Four of five will do.
    chosen = office.advance("2026-0004", meeting_of(4), today=today, expected=2)
    print("chosen:", chosen.recorded, "and now", chosen.case.standing)
    # prints: chosen: True and now activist

    # Another application keeps the place up to which it has read, and asks for what came since.
    place = 0
    for entry in office.acts(since=place):
        print(entry.seq, entry.file, entry.index, entry.act.code, entry.act.on)
        place = entry.seq
    # prints: 1 2026-0004 0 apply 2026-09-01
    # prints: 2 2026-0004 1 talk 2026-09-20
    # prints: 3 2026-0004 2 activist 2026-10-05

    print("since", place, list(office.acts(since=place)))
    # prints: since 3 []

folder.cleanup()
