"""Views of a ledger for people who ask by SQL (Datasette, pandas): files, entries, findings, in plain columns.

They hold no name, no day of birth and no evidence, and an identity number that serves as a file's id is masked as
everywhere outside of an export. What joins them is `file_number`: the place in the ledger of the file's first act.
"""

# ruff: noqa: S608 - the only names put into statements are those of this module
from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

Dialect = Literal["sqlite", "postgres"]


@frozen
class _Words:
    """How a database says what the views ask."""

    identity: str
    """Whether the text {0} is an identity number of 18 places."""
    old_identity: str
    digits: str
    """Whether the text {0} has 15 digits in a row."""
    last: str
    """The last {1} characters of the text {0}."""
    value: str
    """The text at the path {1} of the JSON {0}."""
    dot: str
    no: str
    """How a value is compared that says no."""
    each: str
    """The entries of the JSON list {0}, as `each.value`."""


_WORDS: Final = {
    "sqlite": _Words(
        identity="length({0}) = 18 AND substr({0}, 1, 17) NOT GLOB '*[^0-9]*' AND substr({0}, 18) GLOB '[0-9Xx]'",
        old_identity="length({0}) = 15 AND {0} NOT GLOB '*[^0-9]*'",
        digits="{0} GLOB '*" + "[0-9]" * 15 + "*'",
        last="substr({0}, -{1})",
        value="json_extract({0}, '$.{1}')",
        dot=".",
        no="0",
        each="json_each({0}) AS each",
    ),
    "postgres": _Words(
        identity="{0} ~ '^[0-9]{{17}}[0-9Xx]$'",
        old_identity="{0} ~ '^[0-9]{{15}}$'",
        digits="{0} ~ '[0-9]{{15}}'",
        last="right({0}, {1})",
        value="({0})::json #>> '{{{1}}}'",
        dot=",",
        no="'false'",
        each="json_array_elements(({0})::json) AS each(value)",
    ),
}


def view_statements(dialect: Dialect) -> tuple[str, ...]:
    """The statements that make the views in a database of that kind."""
    words = _WORDS[dialect]

    def value(column: str, *path: str) -> str:
        return words.value.format(column, words.dot.join(path))

    def place(column: str, number: int) -> str:
        return words.value.format(column, f"at[{number}]" if dialect == "sqlite" else f"at,{number}")

    def said(column: str, key: str) -> str:
        return f"CASE WHEN {value(column, key)} IS NULL THEN 0 ELSE 1 END"

    def count(found: str) -> str:
        each = words.each.format("a.findings")
        return f"(SELECT count(*) FROM {each} WHERE {value('each.value', 'value')} = '{found}')"

    def masked(column: str) -> str:
        return (
            f"CASE WHEN {words.identity.format(column)} "
            f"THEN substr({column}, 1, 6) || '********' || substr({column}, 15) "
            f"WHEN {words.old_identity.format(column)} "
            f"THEN substr({column}, 1, 6) || '******' || substr({column}, 13) "
            # An id that has such a number in it; to find where takes more than SQL has everywhere.
            f"WHEN {words.digits.format(column)} "
            f"THEN substr({column}, 1, 3) || '******' || {words.last.format(column, 3)} ELSE {column} END"
        )

    files = f"""CREATE VIEW v_files AS SELECT
        (SELECT seq FROM acts WHERE file = f.id AND number = 0) AS file_number,
        {masked("f.id")} AS file,
        f.opened AS opened_on,
        {value("f.facts", "branch", "name")} AS branch,
        CASE {value("f.facts", "complete")} WHEN {words.no} THEN 0 ELSE 1 END AS complete,
        h.count AS entries,
        a.state AS state,
        {value("a.act", "act")} AS last_act,
        {value("a.act", "on")} AS last_act_on,
        a.recorded AS last_entered_on
        FROM files f JOIN heads h ON h.scope = 'file:' || f.id
        LEFT JOIN acts a ON a.file = f.id AND a.number = h.count - 1"""
    entries = f"""CREATE VIEW v_entries AS SELECT
        a.seq AS entry,
        (SELECT seq FROM acts WHERE file = a.file AND number = 0) AS file_number,
        {masked("a.file")} AS file,
        a.number AS act_index,
        {value("a.act", "act")} AS act,
        {value("a.act", "on")} AS act_on,
        {value("a.act", "outcome")} AS outcome,
        a.state AS state_after,
        a.edition AS edition,
        a.book AS rulebook_hash,
        a.recorded AS entered_on,
        a.moment AS entered_at,
        {count("unmet")} AS rules_unmet,
        {count("unknown")} AS rules_unknown
        FROM acts a"""
    findings = f"""CREATE VIEW v_findings AS SELECT
        a.seq AS entry,
        (SELECT seq FROM acts WHERE file = a.file AND number = 0) AS file_number,
        {masked("a.file")} AS file,
        CAST(coalesce({place("each.value", 2)}, CAST(a.number AS TEXT)) AS INTEGER) AS act_index,
        coalesce({place("each.value", 1)}, {value("a.act", "act")}) AS act,
        coalesce({place("each.value", 3)}, {value("a.act", "on")}) AS act_on,
        coalesce({place("each.value", 0)}, a.edition) AS edition,
        {value("each.value", "rule")} AS rule,
        {value("each.value", "value")} AS value,
        {value("each.value", "force")} AS force,
        {value("each.value", "first_day")} AS first_allowed_day,
        {value("each.value", "last_day")} AS last_allowed_day,
        {said("each.value", "on_trust")} AS on_trust,
        {said("each.value", "as_it_was")} AS as_it_was
        FROM acts a, {words.each.format("a.findings")}"""
    return files, entries, findings
