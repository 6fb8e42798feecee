"""The order of names that hold numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.base.natural import natural_key


@pytest.mark.parametrize(
    "names",
    [
        ["1", "2", "10", "0100"],
        ["2024-2", "2024-10", "2025-1"],
        ["第一党支部", "第二党支部", "第九党支部", "第十党支部", "第十一党支部", "第二十党支部", "第二十一党支部"],
        ["机关支部1", "机关支部２", "机关支部10"],
    ],
)
def test_numbers_in_names_are_ordered_as_numbers(names: list[str]) -> None:
    """Arabic and Chinese numbers alike, also full-width ones."""
    mixed = list(reversed(names))
    mixed.sort(key=natural_key)
    assert mixed == names


@given(st.lists(st.text(alphabet="第一二十百零支部0123456789aB-", max_size=40)))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    """Whatever stands in a name, the order is one, the same from either end."""
    keys = [natural_key(name) for name in names]
    assert sorted(keys) == sorted(keys, reverse=True)[::-1]
