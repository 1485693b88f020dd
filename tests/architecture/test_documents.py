"""Documents agree with the code; no file knows of a place outside the project."""

import re
import subprocess

from django.conf import settings
from django.urls import reverse

from ocop.accounts.demo import PERSONAS
from ocop.kit import reference
from ocop.kit.reference import environment
from ocop.operations.surroundings import SECRET
from tests.architecture.layers import ROOT, ranks, source_files

TEXT = (
    ".py",
    ".md",
    ".html",
    ".js",
    ".css",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".lock",
    ".txt",
    ".sh",
    ".po",
)
# Put together here so that this file does not hold what it looks for.
OUTSIDE = re.compile(
    r"/(?:wor" + r"k|far" + r"m)/(?:main|shared|\.)|\.\./share" + r"d|\.librar" + r"y|/opt/(?:pypi|wheels)|"
    r"files\.pythonhosted|registry\.npmjs|pypi\.org|deb\.debian"
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|[Ll]orem ips" + r"um")


def project_files() -> list[str]:
    """Tracked files and new ones that are not ignored."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if (ROOT / name).is_file()]


def holding(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """`file: match` for every text file that holds the pattern."""
    found = []
    for name in project_files():
        if name.endswith(suffixes) or name in ("Makefile", ".ci/run"):
            match = pattern.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
            if match:
                found.append(f"{name}: {match.group(0)}")
    return found


def test_reference_is_the_one_of_this_code() -> None:
    assert reference.differences() == [], "run `make docs` and commit docs/reference"


def test_every_variable_is_explained() -> None:
    config = settings.BASE_DIR / "src" / "ocop" / "config"
    assert environment.unexplained(config) == [], "add it to ocop/kit/reference/environment.py: WHAT"


def test_no_file_knows_of_a_place_outside() -> None:
    assert holding(OUTSIDE, *TEXT) == []


def test_nothing_is_left_unfinished() -> None:
    assert holding(UNFINISHED, ".py", ".html", ".js", ".css", ".md") == []


def test_architecture_names_every_app() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    standing = {path.parent.name for path in (ROOT / "src" / "ocop").glob("*/apps.py")}
    assert {app for app in standing if not re.search(rf"\b{app}\b", text)} == set()
    assert standing <= set(ranks())


def test_glossary_words_are_words_of_the_code() -> None:
    code = re.sub(
        r"[_\s-]", "", "".join(path.read_text(encoding="utf-8") for path in source_files(".py"))
    ).lower()
    rows = re.findall(r"(?m)^\| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    unused = []
    for row in rows:
        words = [
            re.sub(r"[\s-]", "", word).lower() for word in re.split(r"[,:;()]| of ", row) if word.strip("- ")
        ]
        if words and row != "identifier" and not any(word in code for word in words):
            unused.append(row)
    assert unused == [], "terms of docs/glossary.md that the code does not use"


def test_documents_link_to_what_exists() -> None:
    links = [
        (name, target)
        for name in project_files()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#\s]+)", (ROOT / name).read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:")
    ]
    assert [
        f"{name}: {target}" for name, target in links if not ((ROOT / name).parent / target).exists()
    ] == []


def test_the_tour_of_the_readme_meets_people_whom_the_demo_shows():
    tour = re.findall(r"^\d\. .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    bold = [name for line in tour for name in re.findall(r"\*\*([^*,]+)", line)]
    named = {name for name in bold if name[0].isupper() and " " in name and not name.startswith("A ")}
    assert len(named) >= 5
    assert named - {persona.full_name for persona in PERSONAS} == set()


def test_the_guide_of_administrators_names_every_command_and_every_page_of_theirs() -> None:
    guide = (ROOT / "docs" / "huong-dan" / "quan-tri.md").read_text(encoding="utf-8")
    commands = {path.stem for path in (ROOT / "src" / "ocop").glob("*/management/commands/[a-z]*.py")}
    assert "serve" in commands
    assert {name for name in commands if not re.search(rf"`{name}[ `]", guide)} == set()
    names = "operations:state operations:settings audit:events accounts:people rulebook:settings rulebook:calendar"
    pages = [
        reverse(name) for name in [*names.split(), "rulebook:books", "kit:healthz", "operations:metrics"]
    ]
    assert [page for page in pages if f"`{page}`" not in guide] == []


def test_the_environment_of_a_server_names_only_variables_that_exist_and_holds_no_secret() -> None:
    lines = (ROOT / "deploy" / "ocop.env.sample").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    known = set(environment.variables(settings.BASE_DIR / "src" / "ocop" / "config"))
    assert set(given) - known == set()
    blank = {name for name, value in given.items() if "<" in value}
    assert SECRET - {"OCOP_OIDC_CLIENT_ID", "OCOP_OIDC_CLIENT_SECRET"} <= blank | {"DATABASE_URL"}
