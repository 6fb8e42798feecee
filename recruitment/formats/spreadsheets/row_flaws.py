"""What is said of a row that cannot be read as it is: a cell without a heading, two days, no day, several values."""

from __future__ import annotations

from recruitment.base.label import Label
from recruitment.formats.spreadsheets.cells import (
    Cell,
    Flaw,
    cell_text,
)
from recruitment.law.editions import Editions


def unheaded_cell(cell: Cell) -> Flaw:
    """A cell with something in a column that has no heading."""
    told = cell_text(cell) if not isinstance(cell, Flaw) else "?"
    return Flaw(
        Label(
            zh=f"{told} 所在列没有列名，请补上列名或删除",
            en=f"{told} has no heading; head the column, or take it out",
        ),
    )


def two_days(cell: Cell) -> Flaw:
    """A cell that holds two days where one is asked for."""
    return Flaw(
        Label(
            zh=f"{cell_text(cell)} 是起止两个日期，此列只写一个",
            en=f"{cell_text(cell)} gives two days where this column has one; keep one",
        ),
    )


def _name(code: str, editions: Editions) -> tuple[str, str]:
    act = editions.rulebooks[-1].by_code.get(code)
    number = act.number if act else 0
    name = act.label.zh if act else code
    return (f"第 {number} 项（{name}）", f"{code} ({number})") if number else (f"“{name}”", code)


def no_day(code: str, editions: Editions) -> Flaw:
    """Evidence of a procedure whose day the row does not give."""
    zh, en = _name(code, editions)
    return Flaw(Label(zh=f"{zh}没有日期，请先填写日期", en=f"{en} has no day; write its day first"))


def several_days(count: int, code: str, editions: Editions) -> Flaw:
    """Evidence of a procedure that the row gives several days."""
    zh, en = _name(code, editions)
    return Flaw(
        Label(
            zh=f"一格内有 {count} 个日期，{zh}只写一个，请只留一个，其余另行登记",
            en=f"{count} dates are in one cell, where {en} has one; keep one, and enter the others by themselves",
        ),
    )
