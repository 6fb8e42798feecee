"""Names: one thing one name, and one name one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import recruitment

HOMONYMS: dict[str, str] = {}
"""Public names that stand for two things in the package, each with the reason why it is left."""


def _public_names() -> dict[str, set[str]]:
    """Every public class and function that stands at the top of a module, with the modules that define it."""
    root = Path(recruitment.__file__).parent
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(root.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                found[node.name].add(path.relative_to(root).as_posix())
    return found


def test_no_public_name_stands_for_two_things() -> None:
    """A class or a function has a name that nothing else in the package has, but for those listed with a reason."""
    twice = {name: sorted(where) for name, where in _public_names().items() if len(where) > 1}
    assert twice.keys() == HOMONYMS.keys(), twice
    assert all(HOMONYMS.values())


def test_no_public_name_is_that_of_a_package() -> None:
    """What is imported from `recruitment` is never hidden by a package of the same name."""
    packages = {path.name for path in Path(recruitment.__file__).parent.iterdir() if path.is_dir()}
    assert not packages.intersection(recruitment.__all__)
