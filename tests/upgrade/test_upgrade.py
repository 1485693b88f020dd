"""The release before, restored on the code of the day: migrated, whole, and work goes on where it stood.

The dumps beside this file are made by `python -m tools.upgrade dump` (docs/how-to/release.md).
"""

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tools.upgrade import FACTS, FOLDER, LARGEST, TODAY

from ocop.operations.tests.places import Place, empty_databases

pytestmark = [pytest.mark.slow, pytest.mark.engine]

PRESS = """
import json
from django.conf import settings
from django.test import Client
from ocop.accounts.models import User
from ocop.evaluation.actions import commune
from ocop.evaluation.models import Dossier
from ocop.recognition.models import Certificate
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
row = Dossier.objects.filter(state="submitted").order_by("pk").first()
commune.receive(row, by=User.objects.get(username="can-bo-phuc-trach"))
row.refresh_from_db()
star = Certificate.objects.public().filter(is_demo=True).order_by("pk").first()
page = Client().get(star.check_path)
print(json.dumps({
    "dossier": row.code, "state": row.state, "due": row.due_on is not None, "moves": row.moves.count(),
    "page": page.status_code, "named": star.product_name in page.content.decode(),
}))
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dump of the release before, unpacked: backup, facts.json, version.json."""
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(FOLDER / f"{connections['default'].vendor}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def place(
    before: Path, django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A place of today's code into which that backup was restored."""
    with empty_databases("upgraded") as (url,):
        found = Place(tmp_path_factory.mktemp("upgraded"), url)
        code, said = found.manage("restore", str(before / "backup"))
        assert code == 0, said
        assert "nhật ký nguyên vẹn" in said
        yield found


def answer_of(place: Place, question: str) -> dict[str, Any]:
    """What the code of today says in that place on the day of the dump."""
    code, said = place.manage("shell", "-v0", "-c", question, OCOP_DEMO="1", OCOP_TODAY=TODAY)
    assert code == 0, said
    return json.loads(said.splitlines()[-1])


def test_nothing_is_left_to_migrate_and_the_log_is_whole(place: Place) -> None:
    assert place.manage("migrate", "--check", "-v0") == (0, "")
    assert place.manage("verify_audit")[0] == 0


def test_dossiers_and_stars_stand_where_they_stood(place: Place, before: Path) -> None:
    known = json.loads((before / "facts.json").read_text(encoding="utf-8"))
    found = answer_of(place, FACTS)
    assert (len(known["dossiers"]), len(known["certificates"]) > 100) == (6, True)
    assert Counter(found["certificates"].values()) == Counter(known["certificates"].values())
    assert found == known


def test_reference_data_is_loaded_over_it_and_work_goes_on(place: Place) -> None:
    code, said = place.manage("load_reference", "--force")
    assert code == 0, said
    found = answer_of(place, PRESS)
    assert found == {
        "dossier": found["dossier"], "state": "commune_review", "due": True, "moves": 2, "page": 200, "named": True,
    }  # fmt: skip
    assert place.manage("verify_audit")[0] == 0


def test_the_dump_names_its_code_and_stays_small(before: Path) -> None:
    version = json.loads((before / "version.json").read_text(encoding="utf-8"))
    assert (sorted(version), len(version["commit"])) == (["commit", "version"], 40)
    assert [path.name for path in FOLDER.glob("*.xz") if path.stat().st_size > LARGEST] == []
