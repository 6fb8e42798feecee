"""Embed the library in a web application: JSON in, JSON out, one ledger for all threads.

`POST /files/ID` takes an act as a dossier spells it, and under `expected` how many acts the caller has seen in the file:
over a network an answer can be lost and a request sent twice. The answer is 200 with the standing it led to, 422 with every
finding that refused it, 409 where the file has moved since the caller looked, 404 for a file that does not exist, 400
for what cannot be read and 503 where the ledger cannot be used. The server is the standard library's, listens on this machine only, and closes itself.
"""

import json
import tempfile
import threading
from datetime import date
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import recruitment
from recruitment import Ledger, Office, read_act
from recruitment.presentation.findings.sentences import data
from recruitment.record.acts import Apply, File

TODAY = date(2026, 11, 20)  # a real handler says date.today()


def answer(office: Office, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """The whole of the application: the status and the answer to a request, whatever the framework."""
    file = path.removeprefix("/files/")
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        return 400, {"error": "send one act as a JSON object"}
    expected = asked.pop("expected", None)
    if expected is None:
        return 400, {"error": "say under expected how many acts the file held when you looked"}
    try:
        decision = office.advance(file, read_act(asked), today=TODAY, expected=expected, recorded_by="web")
    except recruitment.Conflict as conflict:
        return 409, {"error": conflict.en}
    except recruitment.UnknownFile as unknown:
        return 404, {"error": unknown.en}
    except recruitment.BadInput as bad:
        return 400, {"error": bad.en}
    except recruitment.LedgerError as fault:
        return 503, {"error": fault.en}
    if decision.recorded:
        return 200, {"number": decision.index, "standing": decision.case.standing}
    rulebook = office.editions.named(decision.ruling.edition)
    return 422, {"findings": [data(finding, rulebook) for finding in decision.ruling.barring]}


class Handler(BaseHTTPRequestHandler):
    """Nothing but the way in and the way out."""

    office: Office

    def do_POST(self) -> None:
        """Answer a request."""
        status, found = answer(self.office, self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
        content = json.dumps(found, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name there
        """Say nothing: the ledger remembers who recorded what."""


def post(server: ThreadingHTTPServer, path: str, act: object) -> tuple[int, Any]:
    """Ask the server as another application would."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    try:
        connection.request("POST", path, json.dumps(act))
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db", create=True) as ledger:
    Handler.office = Office(ledger, recruitment.load_rulebooks())
    Handler.office.open(
        File(id="2026-0005", name="申请人戊", born=date(2003, 5, 4)),
        Apply(on=date(2026, 9, 1), tie="study", unit="with_organization", papers=("application_letter",)),
        today=TODAY,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        talk = {
            "act": "talk",
            "on": "2026-09-20",
            "talkers": [{"name": "党员乙", "role": "branch_secretary"}],
            "expected": 1,
        }

        # An act that the rules admit is recorded.
        print(*post(server, "/files/2026-0005", talk))
        # prints: 200 {'number': 1, 'standing': 'applicant'}

        # The same request once more, as a client sends it that has lost the answer: the file has moved, look again.
        print(*post(server, "/files/2026-0005", talk))
        # prints: 409 {'error': '2026-0005: the file holds 2 acts and 1 were expected; nothing was written, look at it again and try again'}

        # The same act by somebody who has looked is refused, and the answer says why.
        status, found = post(server, "/files/2026-0005", {**talk, "expected": 2})
        print(status, [(finding["rule"], finding["value"]) for finding in found["findings"]])
        print(found["findings"][0]["en"])
        # prints: 422 [('once', 'unmet')]
        # prints: Not met: it was already done on 2026-09-20; correct that entry if it is wrong.

        # What cannot be read is answered with the place and a way out.
        print(*post(server, "/files/2026-0005", {"act": "tlak", "on": "2026-09-20", "expected": 2}))
        # prints: 400 {'error': "act: 'tlak' is not an act; did you mean talk?"}
        print(*post(server, "/files/2026-0005", {**talk, "expected": "2"}))
        # prints: 400 {'error': "expected: '2' is no integer; say how many acts the file held when you looked"}
        print(*post(server, "/files/2026-0005", {"act": "talk", "on": "2026-09-20"}))
        # prints: 400 {'error': 'say under expected how many acts the file held when you looked'}
        print(*post(server, "/files/2026-0005", ["talk"]))
        # prints: 400 {'error': 'send one act as a JSON object'}
        print(*post(server, "/files/2026-0055", talk))
        # prints: 404 {'error': '2026-0055: there is no such file in the ledger; did you mean 2026-0005?'}
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
