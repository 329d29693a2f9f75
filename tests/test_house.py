"""The house keeps its own rules: light imports, complete documentation, nothing of any one machine."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pursuit"
DOCS = ROOT / "docs"
ROOMS = sorted(path.stem for path in SOURCE.iterdir() if path.name[0] != "_" and path.suffix in {"", ".py"})
VENDORED = SOURCE / "report" / "static" / "vendor"
HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEAVY = {"django", "numba", "scipy", "highspy", "holidays", "jinja2", "python_calamine", "xlsxwriter"}
# written in pieces, so that this file does not hold what it looks for
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.~/])/" + rf"(?:{'|'.join(['work', 'root', 'home', 'Users'])})/\w",
            r"pypi\." + "org",
            "python" + r"hosted\.",
            r"registry\." + "npmjs",
            r"index-url[ =]+" + "http",
        ]
    )
)


def tracked() -> list[Path]:
    """Files under version control; all but what is made here, where there is none."""
    try:
        out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        found = [ROOT / name for name in out.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [p for p in ROOT.rglob("*") if not {".venv", "out", "__pycache__"} & set(p.parts)]
    return [path for path in found if path.is_file()]


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md" and VENDORED not in path.parents]


def imported_by(statement: str) -> set[str]:
    """Modules a fresh process holds after ``statement``."""
    code = f"{statement}; import sys, json; print(json.dumps(sorted(sys.modules)))"
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    return set(json.loads(out.stdout))


def test_importing_pursuit_is_light() -> None:
    """``import pursuit`` brings in nothing that computes, reads files or serves pages."""
    assert {name.split(".")[0] for name in imported_by("import pursuit")} & HEAVY == set()


def test_the_checker_stands_alone() -> None:
    """At run time too, the plan checker loads nothing of what makes plans."""
    loaded = imported_by("from pursuit.planning import check_plan, verify_plan")
    makers = ("pursuit.selection", "pursuit.scheduling", "pursuit.forecast", "pursuit.planning.m")
    assert [name for name in loaded if name.startswith(makers)] == []
    assert {name.split(".")[0] for name in loaded} & {"numba", "scipy", "highspy", "numpy"} == set()


def test_the_contract_knows_every_room() -> None:
    """The layers that the import check keeps are all rooms there are, in the order the architecture page draws."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c for c in settings["contracts"] if c["type"] == "layers")
    assert layers["exhaustive"]
    names = re.findall(r"\w+", " ".join(layers["layers"]))
    assert set(ROOMS) <= set(names)
    drawn = re.findall(r"^\| `(\w+)` \|", (DOCS / "architecture.md").read_text("utf-8"), re.MULTILINE)
    assert drawn == names


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for(room: str) -> None:
    """A room has a docstring, and each public name exists and is documented."""
    module = importlib.import_module(f"pursuit.{room}")
    assert module.__doc__
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name)
        if isinstance(value, type) or callable(value):
            assert value.__doc__, f"pursuit.{room}.{name} has no docstring"


def test_every_module_says_what_it_is_about() -> None:
    """Each source and test file begins with a docstring, and each test says in a sentence what it proves."""
    silent = []
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("test_*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        silent += [
            f"{path.relative_to(ROOT)}::{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and node.name.startswith("test_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


def links(page: Path) -> Iterator[str]:
    """Relative targets of a page's links and pictures."""
    text = FENCED.sub("", page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", text):
        link = target[0] or target[1]
        if not re.match(r"[a-z]+:|#", link):
            yield link.split("#")[0]


def test_links_lead_somewhere() -> None:
    """Every relative link and picture in the documentation is there."""
    broken = [
        (str(page.relative_to(ROOT)), link)
        for page in pages()
        for link in links(page)
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_no_page_is_an_orphan() -> None:
    """Each page under docs/ can be reached from docs/README.md in one step."""
    listed = {(DOCS / link).resolve() for link in links(DOCS / "README.md")}
    assert [p.name for p in pages() if p.parent == DOCS and p.name != "README.md" and p not in listed] == []


def outline(page: Path) -> list[int]:
    return [len(marks) for marks in HEADING.findall(FENCED.sub("", page.read_text("utf-8")))]


def test_both_languages_have_the_same_outline() -> None:
    """A Korean page has the headings of its English one, level by level."""
    for korean in (page for page in pages() if page.name.endswith(".ko.md")):
        english = korean.with_name(korean.name.replace(".ko.md", ".md"))
        assert english.exists(), f"{korean.name} has no English page"
        assert outline(korean) == outline(english), korean.name


@pytest.mark.parametrize("page", ["README.md", "docs/concepts.md", "docs/guide.md", "docs/plan-format.md"])
def test_what_a_user_reads_is_in_korean_too(page: str) -> None:
    """The pages a user needs exist in both languages."""
    assert (ROOT / page).with_suffix(".ko.md").exists()


def test_no_file_names_a_machine_or_an_index() -> None:
    """No tracked file holds a path of somebody's machine or the address of a package index."""
    found = []
    for path in tracked():
        if path.suffix in {".png", ".xlsx"} or VENDORED in path.parents:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_every_make_target_in_the_pages_exists() -> None:
    """A ``make`` command that a page tells is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {t for page in pages() for t in re.findall(r"(?:`|^)make ([a-z]+)", page.read_text("utf-8"), re.M)}
    assert told <= targets


def test_every_assumption_is_documented() -> None:
    """The concepts page names each assumption of the model with the number it has in the code, in both languages."""
    from pursuit.planning.model import assumptions

    numbers = {name: value for name, value in vars(assumptions).items() if name.isupper()}
    for page in ("concepts.md", "concepts.ko.md"):
        text = (DOCS / page).read_text("utf-8")
        told = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d.]+) \|", text, re.MULTILINE))
        assert {name: float(value) for name, value in told.items()} == numbers, page


@pytest.mark.parametrize("page", ["guide.md", "guide.ko.md"])
def test_the_guide_tells_every_command_and_option(page: str) -> None:
    """The guide's tables hold each command there is, and each option of ``plan`` with its default."""
    from typer.main import get_command

    from pursuit.cli import app
    from pursuit.planning import Settings

    text = (DOCS / page).read_text("utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert re.findall(r"^\| `pursuit ([\w-]+)", text, re.MULTILINE) == list(commands)
    told = dict(re.findall(r"^\| `(--[a-z-]+)` \|([^|]*)\|", text, re.MULTILINE))
    options = {p.opts[-1]: p for p in commands["plan"].params if p.param_type_name == "option"}
    assert told.keys() == options.keys() - {"--out"}
    for name, shown in told.items():
        default = options[name].default
        if default is None:
            default = getattr(Settings(), name[2:].replace("-", "_"), None) if name != "--lang" else None
        assert default is None or float(shown) == default, name


def fields(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every field of a JSON schema as ``decisions[].promise.p50``."""
    for name, part in schema.get("properties", {}).items():
        yield f"{path}{name}"
        yield from fields(part, f"{path}{name}.")
    if "items" in schema:
        yield from fields(schema["items"], f"{path.rstrip('.')}[].")
    for choice in schema.get("anyOf", ()):
        yield from fields(choice, path)


@pytest.mark.parametrize("page", ["plan-format.md", "plan-format.ko.md"])
def test_every_field_of_a_plan_is_documented(page: str) -> None:
    """The page on the plan format has a row for each field of the schema, and for nothing else."""
    schema = json.loads((SOURCE / "planning" / "plan.schema.json").read_text("utf-8"))
    told = re.findall(r"^\| `([^`]+)` \|", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert told == list(fields(schema))
