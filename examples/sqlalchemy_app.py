"""Keep files and acts in tables of your own by SQLAlchemy 2: the rules of this library, the storage of an application.

A `Record` is what there is to keep of an act that a ruling admits, a column a field; `replay` makes the case of a file
from its records again, without judging anything twice. There is no ledger here. So what the ledger guards is yours: the
rows are only ever added, one act at a time (the primary key of file and index), and who may record what.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

import recruitment
from recruitment import Case, File, Record, Ruling
from recruitment.record.acts import Act, Apply, Talk
from recruitment.record.evidence import Talker

EDITIONS = recruitment.load_rulebooks()
TODAY = date(2026, 11, 20)  # an application says date.today(), in the zone of the unit


class Base(DeclarativeBase):
    """The tables of this application."""


class Entry(Base):
    """An act of a file: the fields of `recruitment.Record`, and the attachment that came with it."""

    __tablename__ = "entries"
    file: Mapped[str] = mapped_column(ForeignKey("applicants.number"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[dict[str, Any]] = mapped_column(JSON)
    edition: Mapped[str]
    rulebook_hash: Mapped[str]
    state: Mapped[str]
    findings: Mapped[list[Any]] = mapped_column(JSON)
    attachment: Mapped[str | None]

    def record(self) -> Record:
        """The row as the library reads it."""
        fields = ("index", "act", "edition", "rulebook_hash", "state", "findings")
        return Record(**{name: getattr(self, name) for name in fields})


class Applicant(Base):
    """An applicant; `facts` are those that the file was opened with, and never change."""

    __tablename__ = "applicants"
    number: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    entries: Mapped[list[Entry]] = relationship(order_by=Entry.index)

    def case(self) -> Case:
        """The file as it is now."""
        records = [entry.record() for entry in self.entries]
        return recruitment.replay(EDITIONS, recruitment.read_facts(self.facts), records)


def record(session: Session, number: str, act: Act, *, attachment: str | None = None) -> Ruling:
    """Judge an act on a file, and add it to the session if it is admitted; the caller commits."""
    applicant = session.get_one(Applicant, number)
    ruling = recruitment.judge(EDITIONS, applicant.case(), act, today=TODAY)
    if ruling.admitted:
        kept = Record.of(EDITIONS, ruling, today=TODAY).data()
        applicant.entries.append(Entry(attachment=attachment, **kept))
    return ruling


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
letter = Apply(on=date(2026, 9, 1), tie="work", unit="with_organization", papers=("application_letter",))
talk = Talk(on=date(2026, 9, 20), talkers=(Talker(name="党员乙", role="branch_secretary"),))

# The file and its first act are of one transaction, with a row of the application's own in it.
with Session(engine) as session, session.begin():
    opened = File(id="2026-0007", name="申请人庚", born=date(2004, 2, 29))
    session.add(Applicant(number=opened.id, facts=recruitment.file_data(opened)))
    print("applied:", record(session, opened.id, letter, attachment="letter.pdf").admitted)
    # prints: applied: True

# An act that the rules refuse adds nothing, and says why.
with Session(engine) as session, session.begin():
    refused = record(session, "2026-0007", letter)
    print("applied again:", refused.admitted, [finding.rule.code for finding in refused.barring])
    # prints: applied again: False ['once']

# Two who read the file before either has written: the second one's key is taken, and nothing of his is kept.
with Session(engine) as one, Session(engine) as other:
    for session in (one, other):
        print("talked:", record(session, "2026-0007", talk).admitted)
    # prints: talked: True
    # prints: talked: True
    one.commit()
    try:
        other.commit()
    except IntegrityError:
        print("the file has moved; look at it again")
    # prints: the file has moved; look at it again

# Read back in another session the case is what it was, and so is what was found on the day.
with Session(engine) as session:
    applicant = session.scalars(select(Applicant)).one()
    case = applicant.case()
    print(case.standing, [act.code for act in case.acts], [entry.attachment for entry in applicant.entries])
    # prints: applicant ['apply', 'talk'] ['letter.pdf', None]
    first = applicant.entries[0].record()
    for finding in first.read_findings(EDITIONS):
        print(finding.rule.code, finding.value)
    # prints: not-in-future met
    # prints: once met
    # prints: age-18 met
    # prints: right-organization met
    # prints: application-in-writing met
engine.dispose()
