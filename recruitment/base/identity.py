"""Identity numbers that serve as ids of files: typed whole, shown in part, and shown whole only in an export."""

from __future__ import annotations

import re
from typing import Final

# Between letters or other digits it is no identity number but a part of something else, such as a digest.
_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z])([0-9]{6})(?:([0-9]{8})([0-9]{3}[0-9Xx])|([0-9]{6})([0-9]{3}))(?![0-9A-Za-z])"
)


def masked(text: str) -> str:
    """The text with the day of birth hidden in each identity number (18 places, or 15 of the old form).

    Two numbers can be alike when they are masked, so nothing is looked up by them.
    """
    return _NUMBER.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    region, born, rest, short_born, short_rest = found.groups()
    return f"{region}{'*' * len(born or short_born)}{rest or short_rest}"
