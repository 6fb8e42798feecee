"""Identity numbers that serve as ids of files: shown in part, and whole only where a file is exported."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"([0-9]{6})(?:([0-9]{8})([0-9]{3}[0-9Xx])|([0-9]{6})([0-9]{3}))", re.ASCII)


def masked_id(file: str) -> str:
    """The id as it is shown: of an identity number (18 places, or 15 of the old form) the day of birth is hidden.

    Any other id is shown whole. Two numbers can be alike when they are masked, so nothing is looked up by them.
    """
    found = _NUMBER.fullmatch(file)
    if found is None:
        return file
    region, born, rest, short_born, short_rest = found.groups()
    return f"{region}{'*' * len(born or short_born)}{rest or short_rest}"
