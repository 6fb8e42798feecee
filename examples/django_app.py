"""Keep files and acts in the tables of a Django project (Django 5): the rules of this library, the storage of your own.

A `Record` is what there is to keep of an act that a ruling admits, a column a field; `replay` makes the case of a file
from its records again, without judging anything twice. There is no ledger here. So what the ledger guards is yours: the
rows are only ever added, one act at a time (`select_for_update`, and the unique pair of file and index), and who may
record what. In a project the two models stand in `models.py`, and the two functions in a view.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django
from django.conf import settings

folder = tempfile.TemporaryDirectory()
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(folder.name) / "db.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.db import connection, models, transaction  # noqa: E402 - settings come first

import recruitment  # noqa: E402
from recruitment import BadInput, Case, Conflict, File, Label, Record, Ruling  # noqa: E402
from recruitment.record.acts import Act, Apply, Talk  # noqa: E402
from recruitment.record.evidence import Talker  # noqa: E402

EDITIONS = recruitment.load_rulebooks()
TODAY = date(2026, 11, 20)  # a view says date.today(), in the zone of the unit


class Applicant(models.Model):
    """An applicant as the project knows her; `facts` are those that the file was opened with, and never change."""

    number = models.CharField(max_length=200, primary_key=True)
    name = models.CharField(max_length=50)
    facts = models.JSONField()

    class Meta:
        """The application whose table it is."""

        app_label = "members"

    def __str__(self) -> str:
        return str(self.number)


class Entry(models.Model):
    """An act of a file: the fields of `recruitment.Record`, who recorded it, and what else the project has to say."""

    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField()
    act = models.JSONField()
    edition = models.CharField(max_length=100)
    rulebook_hash = models.CharField(max_length=64)
    state = models.TextField()
    findings = models.JSONField()
    recorded_by = models.CharField(max_length=50)

    class Meta:
        """The application whose table it is, and that two acts never have one place."""

        app_label = "members"
        ordering = ("index",)
        constraints = (models.UniqueConstraint("applicant", "index", name="one_act_an_index"),)

    def __str__(self) -> str:
        return f"{self.applicant_id} {self.index}"


def case_of(applicant: Applicant) -> Case:
    """The file as it is now, from the project's own rows."""
    columns = applicant.entries.values("index", "act", "edition", "rulebook_hash", "state", "findings")
    return recruitment.replay(EDITIONS, recruitment.read_facts(applicant.facts), [Record(**row) for row in columns])


def record(number: str, act: Act, *, expected: int, user: str) -> Ruling:
    """Judge an act on a file, and keep it if it is admitted, with whatever else belongs into the transaction.

    `expected` is the number of acts that the page showed. Two who record at once are told so by it, or by the database.
    """
    with transaction.atomic():
        applicant = Applicant.objects.select_for_update().get(pk=number)
        case = case_of(applicant)
        if len(case.acts) != expected:
            raise Conflict(Label(zh="档案已变动，请重新查看", en="the file has moved; look at it again"), "moved")
        ruling = recruitment.judge(EDITIONS, case, act, today=TODAY)
        if ruling.admitted:
            kept = Record.of(EDITIONS, ruling, today=TODAY).data()
            Entry.objects.create(applicant=applicant, recorded_by=user, **kept)
    return ruling


@contextmanager
def tables() -> Iterator[None]:
    """The two tables, which a project makes by its migrations."""
    with connection.schema_editor() as editor:
        editor.create_model(Applicant)
        editor.create_model(Entry)
    try:
        yield
    finally:
        connection.close()
        folder.cleanup()


with tables():
    opened = File(id="2026-0006", born=date(2004, 2, 29))
    Applicant.objects.create(number=opened.id, name="申请人己", facts=recruitment.file_data(opened))

    letter = Apply(on=date(2026, 9, 1), tie="work", unit="with_organization", papers=("application_letter",))
    print("applied:", record("2026-0006", letter, expected=0, user="clerk").admitted)
    # prints: applied: True

    # An act that the rules refuse leaves no row, and says why.
    early = Talk(on=date(2026, 8, 20), talkers=(Talker(name="党员乙", role="branch_secretary"),))
    refused = record("2026-0006", early, expected=1, user="clerk")
    print("talked:", refused.admitted, [finding.rule.code for finding in refused.barring])
    # prints: talked: False ['order']

    talk = Talk(on=date(2026, 9, 20), talkers=(Talker(name="党员乙", role="branch_secretary"),))
    print("talked:", record("2026-0006", talk, expected=1, user="clerk").admitted)
    # prints: talked: True

    # Who looked at the file before that is told so.
    try:
        record("2026-0006", talk, expected=1, user="another clerk")
    except Conflict as conflict:
        print(conflict)
    # prints: the file has moved; look at it again

    # A form's text is no day: what is of the wrong kind is never judged.
    try:
        record("2026-0006", Talk(on="2026-09-20"), expected=2, user="clerk")  # type: ignore[arg-type] # on purpose
    except BadInput as bad:
        print(bad)
    # prints: on: '2026-09-20' is not a date; give date(2026, 9, 20)

    # What was found on the day is kept with the act, and is told in words at any time.
    applicant = Applicant.objects.get(pk="2026-0006")
    print(case_of(applicant).standing, [entry.act["act"] for entry in applicant.entries.all()])
    # prints: applicant ['apply', 'talk']
    row = applicant.entries.values("index", "act", "edition", "rulebook_hash", "state", "findings").last()
    prompt = next(found for found in Record(**row).read_findings(EDITIONS) if found.rule.code == "talk-within-1-month")
    print(recruitment.sentence(prompt, EDITIONS.named(row["edition"]), "en"))
    # prints: Met: somebody sent by the branch talks with the applicant within one month of receiving the application letter. Counted from 2026-09-01 (application submitted: day of receipt), so due by 2026-10-01; dated 2026-09-20.
