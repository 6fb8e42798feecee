#!/usr/bin/env bash
# Holds the built wheel to what a stranger gets: the sources are gone, and other packages called `diagrams` and
# `workflows` live next door. Takes the interpreter that has `build`: .ci/wheel_test.sh .venv-dev/bin/python
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(realpath --no-symlinks "${1:?name the python that has build}")
unset PYTHONPATH RECRUITMENT_DB RECRUITMENT_TODAY
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
neighbours=(diagrams llama-index-workflows)

say() { echo "   $*"; }
# pip on a machine with package folders tells of those that do not hold a package; that is no news.
pip_in() { "$1/bin/python" -m pip "${@:2}" 2> >(grep -v "^WARNING: Location " >&2); }

say "build the sdist, and from it the wheel"
"$python" -m build --outdir "$work/dist" . > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
wheel=$(echo "$work"/dist/*.whl)
sdist=$(echo "$work"/dist/*.tar.gz)

say "see what they hold: all our code and data, and nothing else"
"$python" - "$wheel" "$sdist" <<'PYTHON'
import subprocess, sys, tarfile, tomllib, zipfile
from pathlib import Path

wheel, sdist = zipfile.ZipFile(sys.argv[1]).namelist(), tarfile.open(sys.argv[2]).getnames()
info = Path(sys.argv[1]).name.rsplit("-", 3)[0] + ".dist-info/"
here = [path for path in Path().rglob("*") if path.is_file() and "__pycache__" not in path.parts]
at = lambda top: {str(path) for path in here if str(path).startswith(top + "/")}
moved = {"workflows/": "recruitment/workflows/", "examples/dossiers/": "recruitment/dossiers/"}
expected = at("recruitment")
for old, new in moved.items():
    expected |= {new + path.removeprefix(old) for path in at(old.rstrip("/"))}
found = {name for name in wheel if not name.startswith(info)}
assert found == expected, f"the wheel differs from the checkout in {sorted(found ^ expected)}"
for name in ("recruitment/py.typed", "recruitment/workflows/index.toml", "recruitment/dossiers/regular.json"):
    assert name in found, f"the wheel lacks {name}"
assert info + "licenses/LICENSE" in wheel, "the wheel lacks the licence"
assert not [name for name in found if name.startswith("recruitment/workflows/") and name.endswith(".py")]
top = Path(sys.argv[2]).name.removesuffix(".tar.gz") + "/"
for name in ("LICENSE", "README.md", "pyproject.toml", "tests/test_packaging.py", "examples/01_rule_on_values.py"):
    assert top + name in sdist, f"the sdist lacks {name}"
stray = [name for name in sdist if name.endswith((".db", ".pyc")) or "/.venv" in name]
assert not stray, f"the sdist holds {stray}"
PYTHON

say "take the tests away from the sources"
away="$work/away"
mkdir "$away"
for part in tests examples docs diagrams benchmarks pyproject.toml README.md README.zh.md DESIGN.md CHANGELOG.md; do
    if [ -e "$part" ]; then cp -r "$part" "$away/"; fi
done
find "$away" -name __pycache__ -prune -exec rm -rf {} +
cd "$away"

# The bytes of both neighbours, in one line.
neighbours_in() {
    "$1/bin/python" - "${neighbours[@]}" <<'PYTHON'
import hashlib, sys
from importlib.metadata import distribution

total = hashlib.sha256()
for name in sys.argv[1:]:
    files = sorted(f for f in distribution(name).files if not {"..", "__pycache__"} & {*f.parts} and ".dist-info" not in f.parts[0])
    assert files, name
    for file in files:
        path = file.locate()
        total.update(f"{file}\n".encode() + (path.read_bytes() if path.exists() else b"is gone"))
print(total.hexdigest())
PYTHON
}

together='import diagrams, workflows, recruitment; diagrams.Diagram, workflows.Workflow; recruitment.load_rulebooks()'

say "the wheel alone: version, rulebooks, demo, and no engine to draw with"
"$python" -m venv "$work/ours-first"
pip_in "$work/ours-first" install -q "$wheel"
"$work/ours-first/bin/recruitment" --version
"$work/ours-first/bin/python" -W error -c 'import recruitment; recruitment.load_rulebooks()'
"$work/ours-first/bin/recruitment" demo --lang en --into "$work/demo-alone" > "$work/demo.log" || { cat "$work/demo.log"; exit 1; }

say "ours first, then the neighbours"
pip_in "$work/ours-first" install -q "${neighbours[@]}"
pip_in "$work/ours-first" check
"$work/ours-first/bin/python" -c "$together"
whole=$(neighbours_in "$work/ours-first")

say "the neighbours first, then ours"
"$python" -m venv "$work/ours-last"
pip_in "$work/ours-last" install -q "${neighbours[@]}"
before=$(neighbours_in "$work/ours-last")
[ "$whole" = "$before" ] || { echo "ours has changed a neighbour's files"; exit 1; }
pip_in "$work/ours-last" install -q "$wheel[test]"
pip_in "$work/ours-last" check
"$work/ours-last/bin/python" -c "$together"
[ "$(neighbours_in "$work/ours-last")" = "$before" ] || { echo "ours has changed a neighbour's files"; exit 1; }

say "the quick tests, on the wheel"
"$work/ours-last/bin/python" - <<'PYTHON'
import recruitment, sys
assert recruitment.__file__.startswith(sys.prefix), f"the tests would see {recruitment.__file__}"
PYTHON
"$work/ours-last/bin/pytest" -q -n 2 -m "not slow"

say "the demo, with an engine to draw with"
"$work/ours-last/bin/recruitment" demo --lang zh --into "$work/demo-whole" > "$work/demo.log" || { cat "$work/demo.log"; exit 1; }

say "without ours, the neighbours stand as they stood"
pip_in "$work/ours-last" uninstall -q -y member-development
[ "$(neighbours_in "$work/ours-last")" = "$before" ] || { echo "our leaving has changed a neighbour's files"; exit 1; }
cd "$work"
"$work/ours-last/bin/python" - <<'PYTHON'
import diagrams, workflows
from importlib.util import find_spec

assert diagrams.Diagram and workflows.Workflow
assert find_spec("recruitment") is None, "something of ours has stayed"
PYTHON

say "the wheel as a zip, not installed"
PYTHONPATH="$wheel" "$work/ours-last/bin/python" -W error -c "
import recruitment; from recruitment.cli.main import main
assert '.whl' in recruitment.__file__
recruitment.load_rulebooks(); main(['demo', '--lang', 'en', '--into', '$work/demo-zip'])" > "$work/demo.log" || { cat "$work/demo.log"; exit 1; }

say "without the neighbours, ours stands as it stood"
pip_in "$work/ours-first" uninstall -q -y "${neighbours[@]}"
"$work/ours-first/bin/python" -W error -c 'import recruitment; recruitment.load_rulebooks()'
"$work/ours-first/bin/recruitment" demo --lang zh --into "$work/demo-last" > "$work/demo.log" || { cat "$work/demo.log"; exit 1; }
