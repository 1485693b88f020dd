"""What the pages on adding a register and a procedure show works: written down as an app, it passes every test.

A block whose first line names a file ("# models/store.py") becomes that file, "# enums.py, continued" goes on in it.
The app is installed beside the others in a process of its own, so that nothing of it stays.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools.check import environment

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
PAGES = ("add-a-register.md", "add-a-procedure.md")
BLOCK = re.compile(
    r"^```python\n# (?P<file>[\w/]+\.py)(?P<more>, continued)?\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
SETTINGS = """
import ocop
from ocop.config.settings_test import *

ocop.__path__.append({folder!r})
INSTALLED_APPS = [*INSTALLED_APPS, "ocop.stores"]
ROOT_URLCONF = "howto_urls"
"""
URLS = """
from django.urls import include, path
from ocop.config.urls import *
from ocop.config.urls import urlpatterns as known

urlpatterns = [path("", include("ocop.stores.urls")), *known]
"""


def written_down(folder: Path) -> list[str]:
    """The app of both pages, with the folders' `__init__.py`; answers the files."""
    found: dict[str, str] = {}
    for page in PAGES:
        for block in BLOCK.finditer((ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")):
            start = found.get(block["file"], "") + "\n\n" if block["more"] else ""
            found[block["file"]] = start + block["code"]
    for name, code in found.items():
        target = folder / "stores" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(code, encoding="utf-8")
    for place in {folder / "stores", *(one.parent for one in (folder / "stores").rglob("*.py"))}:
        (place / "__init__.py").touch()
    return sorted(found)


def test_the_app_of_the_pages_passes_the_tests_of_every_register(tmp_path: Path) -> None:
    files = written_down(tmp_path)
    assert files == [
        "actions.py", "apps.py", "enums.py", "models/__init__.py", "models/request.py", "models/store.py", "papers.py",
        "registers/__init__.py", "registers/request.py", "registers/store.py", "rules/store_requests.py",
        "tests/test_journey.py", "urls.py",
    ]  # fmt: skip
    (tmp_path / "howto_settings.py").write_text(SETTINGS.format(folder=str(tmp_path)), encoding="utf-8")
    (tmp_path / "howto_urls.py").write_text(URLS, encoding="utf-8")
    env = environment(DJANGO_SETTINGS_MODULE="howto_settings")
    env["PYTHONPATH"] = os.pathsep.join([str(tmp_path), env["PYTHONPATH"], str(ROOT)])
    pytest = [
        sys.executable, "-m", "pytest", "--nomigrations", "-p", "no:cacheprovider", "-n", "0", "--rootdir", str(ROOT),
        "--ds", "howto_settings", "-k", "cold_stores or store_requests or test_journey", "tests/registers",
        str(tmp_path / "stores" / "tests" / "test_journey.py"),
    ]  # fmt: skip
    done = subprocess.run(pytest, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "19 passed" in done.stdout
