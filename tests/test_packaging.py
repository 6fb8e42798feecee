"""What is installed: its data, its names, its dependencies and its command, in a checkout, a wheel and a zip."""

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution, packages_distributions, version
from importlib.resources import files
from pathlib import Path

import pytest

import recruitment
from recruitment.diagram.output import fonts
from recruitment.law.edition_diff import difference
from recruitment.presentation.edition_page.page import edition_page
from recruitment.presentation.html_page import html_of
from recruitment.rulebooks.locate import dossiers_folder, rulebooks_folder

ROOT = Path(__file__).parent.parent
PACKAGE = Path(str(files("recruitment")))
SOURCES = sorted(PACKAGE.rglob("*.py"))
OURS = "member-development"
FONT = fonts.DISTRIBUTION


def run(code: str, folder: Path, *first: Path) -> subprocess.CompletedProcess[str]:
    """A new interpreter in `folder`, which looks into `first` before everything else."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    inherited = [str(Path(path).resolve()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    found = os.pathsep.join([*map(str, first), *inherited])
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", **({"PYTHONPATH": found} if found else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def normal(name: str) -> str:
    """The name of a distribution as an index spells it, cut from a requirement."""
    found = re.match(r"[\w.-]+", name)
    assert found is not None, name
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def hashes() -> list[str]:
    """The content hash of every edition, as this process reads it."""
    return [rulebook.content_hash for rulebook in recruitment.load_rulebooks().rulebooks]


ASK = "import recruitment; print(*(book.content_hash for book in recruitment.load_rulebooks().rulebooks))"


# ------------------------------------------------------------------------------------------- data


def test_the_rulebooks_are_found_from_any_folder(tmp_path: Path) -> None:
    """A new interpreter in an empty folder reads the same rulebooks."""
    done = run(ASK, tmp_path)
    assert (done.stderr, done.stdout.split()) == ("", hashes())


def test_a_zip_holds_all_that_a_ruling_needs(tmp_path: Path) -> None:
    """Code and data in one zip, as a wheel is one, are read without being unpacked; a page is written from there."""
    archive = tmp_path / "house.zip"
    with zipfile.ZipFile(archive, "w") as house:
        for source in (*SOURCES, *sorted(PACKAGE.rglob("assets/*"))):
            house.write(source, source.relative_to(PACKAGE.parent))
        for name, found in (("workflows", rulebooks_folder()), ("dossiers", dossiers_folder())):
            folder = Path(str(found))
            for path in sorted(folder.rglob("*.*")):
                house.write(path, Path("recruitment", name, path.relative_to(folder)))
    where = "import recruitment; from recruitment.rulebooks import locate;"
    where += " print(recruitment.__file__, locate.dossiers_folder());"
    done = run(where + ASK, tmp_path, archive)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0].count(str(archive)) == 2
    assert done.stdout.splitlines()[1].split() == hashes()
    diff = ["rules", "diff", "2014", "2026", "--lang", "en", "--format", "html"]
    done = run(f"from recruitment.cli.main import main; main({diff})", tmp_path, archive)
    assert (done.returncode, done.stderr) == (0, "")
    page = html_of(edition_page(difference(*recruitment.load_rulebooks().rulebooks), "en"))
    assert done.stdout == page


def test_a_damaged_install_never_reads_a_strangers_folder(tmp_path: Path) -> None:
    """A package without its data says so, though another's `workflows` and `examples` stand beside it."""
    keep_out = shutil.ignore_patterns("__pycache__", "workflows", "dossiers")
    shutil.copytree(PACKAGE, tmp_path / "recruitment", ignore=keep_out)
    shutil.copytree(str(rulebooks_folder()), tmp_path / "workflows")
    shutil.copytree(str(dossiers_folder()), tmp_path / "examples" / "dossiers")
    for call, missing in (
        ("recruitment.load_rulebooks()", "index.toml"),
        ("recruitment.rulebooks.locate.dossiers_folder()", "regular.json"),
    ):
        done = run(f"import recruitment.rulebooks.locate; {call}", tmp_path, tmp_path)
        assert done.returncode == 1
        last = done.stderr.splitlines()[-1]
        assert last.startswith("recruitment.base.errors.RulebookError: ")
        assert last.endswith(f"{missing} is missing from this installation; install it again")


def test_the_rulebooks_hold_no_code() -> None:
    """No Python stands among the rulebooks or the dossiers: they are data, and an editable install refuses it."""
    for folder in (rulebooks_folder(), dossiers_folder()):
        assert sorted(Path(str(folder)).rglob("*.py")) == []


# ------------------------------------------------------------------------------------------- names


def test_the_distribution_says_what_it_is() -> None:
    """Name, version, licence and the command of the installed distribution are those of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = distribution(OURS)
    assert (found.metadata["Name"], found.version) == (project["name"], project["version"])
    assert found.metadata["License-Expression"] == "MIT"
    (command,) = found.entry_points.select(group="console_scripts")
    assert (command.name, command.value) == ("recruitment", project["scripts"]["recruitment"])
    assert callable(command.load())


def test_the_types_are_shipped() -> None:
    """py.typed stands beside the code, so that type checkers of hosts read our annotations."""
    assert (files("recruitment") / "py.typed").is_file()


def test_every_public_name_is_what_it_says() -> None:
    """Each name of `__all__` loads, a star import brings exactly these, and type checkers are told of the same."""
    brought: dict[str, object] = {}
    exec("from recruitment import *", brought)
    del brought["__builtins__"]
    assert sorted(brought) == sorted(recruitment.__all__)
    assert all(getattr(recruitment, name) is value for name, value in brought.items())
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    (checking,) = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for node in checking.body if isinstance(node, ast.ImportFrom)]
    told = {alias.asname or alias.name: node.module or "" for node in imports for alias in node.names}
    assert sorted(told) == sorted(recruitment.__all__)
    for name, home in told.items():
        assert getattr(importlib.import_module(home), name) is brought[name]


@pytest.mark.slow
def test_every_module_loads_by_itself(tmp_path: Path) -> None:
    """Each module can be the first that is imported: no circle needs another to come before it."""
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in SOURCES]
    names = [name.removesuffix(".__init__") for name in names]
    alone = f"""
import importlib, sys
for name in {names!r}:
    for loaded in [key for key in sys.modules if key.partition(".")[0] == "recruitment"]:
        del sys.modules[loaded]
    importlib.import_module(name)
"""
    done = run(alone, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


# ------------------------------------------------------------------------------------------- dependencies


def imported() -> dict[str, set[str]]:
    """Every top-level module from outside that the code imports by a statement, with the files that do."""
    found: dict[str, set[str]] = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{source.name} imports by dots"
                assert node.module is not None
                names = [node.module]
            else:
                continue
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(source.name)
    return {name: where for name, where in found.items() if name not in sys.stdlib_module_names | {"recruitment"}}


def test_what_is_imported_is_what_is_declared() -> None:
    """Each foreign module comes from a declared dependency, and each declared dependency is imported.

    The time zones are data that `zoneinfo` finds by itself, where a system has none of its own.
    """
    required = [line for line in (distribution(OURS).requires or ()) if "extra ==" not in line]
    declared = {normal(line) for line in required}
    owners = packages_distributions()
    found = imported()
    used = {normal(owner) for name in found if name not in BY_EXTRA for owner in owners[name]}
    assert used | {"tzdata"} == declared
    assert {name: found.get(name) for name in BY_EXTRA} == BY_EXTRA


BY_EXTRA = {"psycopg": {"postgres.py"}}
"""What only an extra brings, and the one module that imports it, itself loaded where somebody asks for it."""


def test_every_dependency_has_a_lower_bound() -> None:
    """No dependency is taken at any version, and no host is kept from a newer; only the pictures' font is pinned."""
    for line in distribution(OURS).requires or ():
        name, _, extra = line.partition(";")
        judges = "extra == 'dev'" in extra
        font = normal(name) == FONT and "extra ==" in extra
        assert normal(name) == OURS or ">=" in name or (judges and "~=" in name) or (font and "==" in name), line
        assert judges or font or not re.search(r"[<~!]|==", name), line


def test_the_version_is_told_by_the_command(tmp_path: Path) -> None:
    """`recruitment --version` says the version that is installed."""
    ask = "import sys; from recruitment.cli.main import main; sys.argv[1:] = ['--version']; main()"
    done = run(ask, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"recruitment {version(OURS)}\n", "")
