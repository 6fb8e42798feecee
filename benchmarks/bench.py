"""Measure side by side: what the library does, and the barest way to the same end, in interleaved rounds of one run.

    python benchmarks/bench.py [--quick] [NAME...]

Every row is a ratio of two medians of the same run, so that it says little about the machine; the round of one is
followed at once by the round of the other, so that a slow moment meets both. No number here is asserted anywhere.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from attrs import evolve
from transitions import Machine

from recruitment import judge, load_rulebooks, open_case
from recruitment.audit.file_audit import FileAudit, audit_file
from recruitment.audit.report_data import Scope, Teller, line_of
from recruitment.engine.judging import replay_acts
from recruitment.engine.machine import RulebookMachine
from recruitment.formats.dossier.documents import read_file
from recruitment.formats.dossier.streams import Piece, read_piece
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.rulebooks.load import read_rulebooks
from recruitment.rulebooks.locate import rulebooks_folder

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parent.parent
DOSSIER = ROOT / "examples" / "dossiers" / "regular.json"
QUICK = "--quick" in sys.argv
MEMORY = os.urandom(1 << 20) * 64
"""More than the caches of a processor hold."""


class Row(NamedTuple):
    """One line of the table: a median in microseconds per unit, its baseline, and the budget for the ratio."""

    name: str
    unit: str
    micros: float
    against: str
    baseline: float | None
    budget: str = ""


def empty_caches() -> None:
    """Read so much memory that nothing of the last round is left in the processor's caches."""
    hashlib.blake2b(MEMORY).digest()


def rounds(
    *runs: Callable[[], object], number: int, before: Callable[[], object] = lambda: gc.collect(0)
) -> list[float]:
    """Give the median time in seconds of each run, over `number` interleaved rounds after one that is not counted.

    `before` is called before each run and is not timed.
    """
    times: list[list[float]] = [[] for _ in runs]
    for run in runs:
        run()
    for _ in range(max(3, number // 10) if QUICK else number):
        for taken, run in zip(times, runs, strict=True):
            before()
            start = time.perf_counter()
            given = run()
            # A run that has to prepare what it measures gives back the time that counts.
            taken.append(given if isinstance(given, float) else time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


class Bare:
    """The barest model: a state, and one guard that compares two days."""

    __slots__ = ("limit", "on", "state")

    def __init__(self) -> None:
        self.state, self.on, self.limit = "0", date(2024, 5, 2), date(2024, 5, 1)

    def judge(self) -> bool:
        """Compare two days."""
        return self.on >= self.limit


class Regular:
    """The regular dossier of 27 acts, each with the case that it is asked on, and a bare machine as long."""

    def __init__(self) -> None:
        self.editions = load_rulebooks()
        self.data = json.loads(DOSSIER.read_text("utf-8"))["files"][0]
        self.file, acts = read_file(self.data)
        self.acts = list(acts)
        self.asked, self.steps, self.findings = [], [], 0
        case = open_case(self.editions, self.file)
        for act in self.acts:
            ruling = judge(self.editions, case, act, today=TODAY)
            self.asked.append((case, act))
            self.steps.append((act, ruling.edition))
            self.findings += len(ruling.findings)
            case = ruling.following(self.editions)
        length = len(self.acts)
        machine = Machine(model=None, states=[str(n) for n in range(length + 1)], initial="0", auto_transitions=False)
        for n in range(length):
            machine.add_transition(f"e{n}", str(n), str(n + 1), conditions=["judge"])
        self.events = [machine.events[f"e{n}"] for n in range(length)]

    def triggers(self) -> None:
        """Trigger each event of the bare machine once."""
        model = Bare()
        for event in self.events:
            event.trigger(model)

    def rulings(self) -> None:
        """Rule on each act on its case."""
        for case, act in self.asked:
            judge(self.editions, case, act, today=TODAY)

    def replayed(self) -> None:
        """Replay the whole file."""
        replay_acts(self.editions, self.file, self.steps)


def ruling() -> list[Row]:
    """Compare one ruling with every finding, and one bare trigger: hot, and with what it touches out of the caches."""
    regular = Regular()
    count = len(regular.acts)
    unit = f"ruling of one act ({regular.findings / count:.1f} findings)"
    rows = []
    for name, number, before in (("hot", 1000, lambda: gc.collect(0)), ("cold", 60, empty_caches)):
        ours, bare = rounds(regular.rulings, regular.triggers, number=number, before=before)
        per_act = ours / count * 1e6
        rows.append(Row("ruling", f"{unit}, {name}", per_act, "bare trigger, one guard", bare / count * 1e6, "≤ 3"))
    return rows


def replaying() -> list[Row]:
    """Compare the replay of a file of 27 acts, and as many bare triggers."""
    regular = Regular()
    ours, bare = rounds(regular.replayed, regular.triggers, number=1000)
    count = len(regular.acts)
    return [Row("replay", f"replay of {count} acts", ours * 1e6, f"{count} bare triggers", bare * 1e6, "≤ 3")]


def _rows(path: Path) -> tuple[list[Any], list[Any], str, str]:
    """Read what the ledger wrote: rows of files and acts, and the insertion of an act and of a file."""
    with sqlite3.connect(path) as db:
        files = db.execute("SELECT * FROM files").fetchall()
        acts = db.execute("SELECT * FROM acts ORDER BY seq").fetchall()
    db.close()
    act = f"INSERT INTO acts VALUES ({', '.join('?' * len(acts[0]))})"
    return files, acts, act, f"INSERT INTO files VALUES ({', '.join('?' * len(files[0]))})"


def _raw(path: Path, like: Path) -> sqlite3.Connection:
    """Make a database with the tables of a ledger and without its triggers, WAL, synchronous FULL."""
    with sqlite3.connect(like) as made:
        query = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND name IN ('files', 'acts')"
        tables = [sql for (sql,) in made.execute(query)]
    made.close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    for sql in tables:
        db.execute(sql)
    return db


def step() -> list[Row]:
    """Compare one durable step, and raw SQLite selecting and inserting the same rows with the same care."""
    regular = Regular()
    with tempfile.TemporaryDirectory() as folder:
        like, path = Path(folder, "ledger.db"), Path(folder, "raw.db")
        with Ledger.open(like, create=True) as ledger:
            office = Office(ledger, regular.editions)
            office.import_files([(regular.file, regular.acts)], today=TODAY)
            files, acts, insert, insert_file = _rows(like)
            db = _raw(path, like)
            seq = [0]

            def ours() -> float:
                file = evolve(regular.file, id=f"{regular.file.id}-{seq[0]}")
                office.open(file, regular.acts[0], today=TODAY)
                start = time.perf_counter()
                for act in regular.acts[1:]:
                    office.advance(file.id, act, today=TODAY)
                return time.perf_counter() - start

            def raw() -> float:
                seq[0] += 1
                file = f"{regular.file.id}-{seq[0]}"
                db.execute(insert_file, (file, *files[0][1:]))
                db.execute(insert, (None, file, *acts[0][2:]))
                start = time.perf_counter()
                for row in acts[1:]:
                    db.execute("BEGIN IMMEDIATE")
                    db.execute("SELECT facts FROM files WHERE id = ?", (file,)).fetchall()
                    query = "SELECT act, state, edition FROM acts WHERE file = ? ORDER BY number"
                    db.execute(query, (file,)).fetchall()
                    db.execute(insert, (None, file, *row[2:]))
                    db.execute("COMMIT")
                return time.perf_counter() - start

            mine, bare = rounds(ours, raw, number=60)
            db.close()
    count = len(regular.acts) - 1
    return [Row("step", "durable step", mine / count * 1e6, "raw sqlite3, FULL", bare / count * 1e6, "≤ 2.5")]


def importing() -> list[Row]:
    """Compare the ruled import of many files, and `executemany` of the same rows."""
    regular = Regular()
    many = 20 if QUICK else 200
    with tempfile.TemporaryDirectory() as folder:
        like, turn = Path(folder, "like.db"), [0]
        with Ledger.open(like, create=True) as ledger:
            Office(ledger, regular.editions).import_files([(regular.file, regular.acts)], today=TODAY)
        files, acts, insert, insert_file = _rows(like)
        given = [(evolve(regular.file, id=f"f-{n}"), regular.acts) for n in range(many)]

        def ours() -> float:
            turn[0] += 1
            with Ledger.open(Path(folder, f"{turn[0]}.db"), create=True) as ledger:
                office = Office(ledger, regular.editions)
                start = time.perf_counter()
                report = office.import_files(given, today=TODAY)
                taken = time.perf_counter() - start
            assert report.written
            return taken

        def judged() -> float:
            with Ledger.open(Path(folder, f"dry-{turn[0]}.db"), create=True) as ledger:
                office = Office(ledger, regular.editions)
                start = time.perf_counter()
                report = office.import_files(given, today=TODAY, dry_run=True)
                taken = time.perf_counter() - start
            assert report.admitted
            return taken

        def raw() -> float:
            db = _raw(Path(folder, f"raw-{turn[0]}.db"), like)
            kept = [(f"f-{n}", *files[0][1:]) for n in range(many)]
            rows = [(None, f"f-{n}", *act[2:]) for n in range(many) for act in acts]
            start = time.perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.executemany(insert_file, kept)
            db.executemany(insert, rows)
            db.execute("COMMIT")
            taken = time.perf_counter() - start
            db.close()
            return taken

        turn[0] -= 1
        mine, dry, bare = rounds(ours, judged, raw, number=12)
    unit = f"ruled import of a file ({many / mine:.0f} files/s)"
    write = (mine - dry) / many * 1e6
    return [
        Row("import", unit, mine / many * 1e6, "executemany", bare / many * 1e6, "≥ 500 files/s"),
        Row("import", "its write path: import less dry run", write, "executemany", bare / many * 1e6, "≤ 3"),
    ]


def starting() -> list[Row]:
    """Compare the start of the installed command, and of Python with nothing to do."""
    command_path = Path(sysconfig.get_path("scripts"), "recruitment")
    if not command_path.is_file():
        print("start is left out: the command is not installed beside this Python")
        return []
    begin = [str(command_path)]
    regular = Regular()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        # Bytecode is written once, by the round that is not counted, wherever the package may not be written to.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
        with Ledger.open(path, create=True) as ledger:
            Office(ledger, regular.editions).import_files([(regular.file, regular.acts)], today=TODAY)

        def command(*words: str) -> Callable[[], object]:
            return lambda: subprocess.run(words, check=True, capture_output=True, cwd=folder, env=environment)

        shown = [*begin, "show", regular.file.id, "--db", str(path), "--today", TODAY.isoformat()]
        bare, helped, show = rounds(
            command(sys.executable, "-c", "pass"), command(*begin, "--help"), command(*shown), number=20
        )
    return [
        Row("start", "recruitment --help", helped * 1e6, "python -c pass", bare * 1e6),
        Row("start", "recruitment show", show * 1e6, "python -c pass", bare * 1e6),
    ]


def loading() -> list[Row]:
    """Measure the reading of all rulebooks and the building of one machine."""
    rulebook = load_rulebooks().rulebooks[-1]
    read, built = rounds(lambda: read_rulebooks(rulebooks_folder()), lambda: RulebookMachine(rulebook), number=20)
    return [
        Row("load", "load all rulebooks", read * 1e6, "", None),
        Row("load", "build one machine", built * 1e6, "", None),
    ]


def reading() -> list[Row]:
    """Compare the strict reading of a dossier, and the reading of its JSON alone."""
    regular = Regular()
    text = json.dumps(regular.data, ensure_ascii=False)
    ours, bare = rounds(lambda: read_file(json.loads(text)), lambda: json.loads(text), number=300)
    return [Row("read", f"read a file of {len(regular.acts)} acts", ours * 1e6, "json.loads", bare * 1e6)]


def auditing() -> list[Row]:
    """Compare the audit of a file, from its JSON to every finding, and the reading of its JSON alone."""
    regular = Regular()
    text = json.dumps(regular.data, ensure_ascii=False)
    piece, scope, teller = Piece("files[0]", text), Scope(today=TODAY), Teller(regular.editions)

    def found() -> FileAudit:
        entry, faults = read_piece(piece)
        assert entry is not None
        assert not faults
        return audit_file(regular.editions, *entry, today=TODAY)

    audited, told, bare = rounds(found, lambda: line_of(found(), scope, teller), lambda: json.loads(text), number=300)
    return [
        Row("audit", f"JSON to every finding ({1 / audited:.0f} files/s)", audited * 1e6, "json.loads", bare * 1e6,
            "≥ 800 files/s"),
        Row("audit", f"and what is shown, in words ({1 / told:.0f} files/s)", told * 1e6, "json.loads", bare * 1e6),
    ]  # fmt: skip


BENCHES: dict[str, Callable[[], list[Row]]] = {
    "ruling": ruling,
    "replay": replaying,
    "step": step,
    "import": importing,
    "start": starting,
    "load": loading,
    "read": reading,
    "audit": auditing,
}


def main() -> None:
    """Run the benchmarks that are named, or all, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="a tenth of the rounds: to see that it runs")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(BENCHES))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; known are {', '.join(BENCHES)}")
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, SQLite {sqlite3.sqlite_version}"
    )
    print(f"{date.today():%Y-%m-%d}\n")  # noqa: DTZ011 - the day of the run, where it runs
    print("| benchmark | what | µs | against | µs | ratio | budget |\n|---|---|--:|---|--:|--:|---|")
    for name, bench in BENCHES.items():
        if not given.names or name in given.names:
            for row in bench():
                base = "" if row.baseline is None else f"{row.baseline:,.1f}"
                ratio = "" if row.baseline is None else f"{row.micros / row.baseline:.2f}"
                cells = (row.name, row.unit, f"{row.micros:,.1f}", row.against, base, ratio, row.budget)
                print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
