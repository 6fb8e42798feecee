"""Every edge of each edition's machine is taken by a lawful act, judged by library and articles side by side.

From an empty file on, each state that is reached is kept with the file that reached it, and every act with every
outcome is asked of it, on the first day that would do. So what the machine allows is exactly what can lawfully
happen, and no edge is there that the rules never let anybody take, save those named here.
"""

from __future__ import annotations

from collections import deque
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from oracle import Oracle
from strategies import evidence
from test_against_oracle import found

from recruitment import Case, first_lawful_day, judge, load_rulebooks, open_case
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.law.states import event_name, state_graph

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
START = {"2014": date(2019, 1, 31), "2026": date(2028, 1, 31)}
NEVER = {
    "2014": set(),
    # Since 2026 the higher committee agrees to a candidate: that he was filed is not enough.
    "2026": {"candidate_filing.filed"},
}


def asked(case: Case, oracle: Oracle, code: str, outcome: str, start: date) -> tuple[Any, dict[str, Any]]:
    """The ruling on the act with lawful evidence on the first day that would do, held against the articles."""
    last = max((act.on for act in case.happened), default=start)
    # Publicity takes three weeks, and a move, an inspection or a vote comes after what the file holds.
    on = last + timedelta(days=30 if code == "candidate_filing" else 1)
    for _ in range(4):
        data = evidence(code, outcome, on) | {"reason": "特殊情况"}
        act = read_act(data)
        ruling = judge(EDITIONS, case, act, today=TODAY)
        expected = {rule_: sorted(values) for rule_, values in oracle.judge(data, TODAY).items()}
        assert found(ruling) == expected, (case.state.name, data)
        assert ruling.admitted is oracle.admits(data, TODAY)
        if ruling.admitted:
            break
        day = first_lawful_day(EDITIONS, case, act, today=TODAY)
        if day is None or day <= on:
            break
        on = day
    return ruling, data


def arrived(case: Case, oracle: Oracle, start: date) -> tuple[Case, Oracle]:
    """The same file, the person having transferred in: only then is a conversion postponed."""
    ruling, data = asked(case, oracle, "transfer_in", "done", start)
    stands = deepcopy(oracle)
    stands.accept(data)
    return ruling.following(EDITIONS), stands


@pytest.mark.parametrize("edition", sorted(START))
def test_every_edge_is_taken_lawfully(edition: str) -> None:
    """Library and articles agree on each, and the edges taken are all that the chart has."""
    facts = {"id": "f-1", "name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}, "edition": edition}
    file, _ = read_file({**facts, "acts": []})
    chart = state_graph(EDITIONS.named(edition))
    case = open_case(EDITIONS, file)
    reached = {case.state.name: (case, Oracle(facts))}
    waiting, taken = deque(reached), set()
    while waiting:
        name = waiting.popleft()
        case, oracle = reached[name]
        for edge in chart.edges[name].values():
            if edge.act == "postpone_conversion":
                case, oracle = arrived(case, oracle, START[edition])
            ruling, data = asked(case, oracle, edge.act, edge.outcome.code, START[edition])
            if not ruling.admitted:
                continue
            taken.add((name, event_name(edge.act, edge.outcome.code)))
            after = ruling.following(EDITIONS)
            assert after.state.name == edge.target
            if edge.target not in reached:
                stands = deepcopy(oracle)
                stands.accept(data)
                assert after.standing == (stands.standing or "applicant")
                reached[edge.target] = (after, stands)
                waiting.append(edge.target)
    edges = {(state.name, event_name(edge.act, edge.outcome.code)) for state, edge in chart}
    assert {event for _, event in edges - taken} == NEVER[edition]
    assert not [event for _, event in taken if event in NEVER[edition]]
    assert set(reached) == set(chart.states)
