"""The environment is checked at start: a wrong value stops the program with one clear sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ocop.config.environment import parse_rate

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, **variables: str) -> tuple[int, str]:
    """Load the settings in a process of its own: exit code and the last line it said."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "OCOP_DATA_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", "import ocop.config.settings"],
        env={**known, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1].split(": ", 1)[-1]


SAID = [
    ({"DEBUG": "1", "DATABASE_URL": "nonsense"},
     'Environment variable "DATABASE_URL" invalid: Not a valid database URL.'),
    ({"DEBUG": "1", "DATABASE_URL": "mysql://a/b"}, "DATABASE_URL must begin with postgres:// or sqlite:///."),
    ({"DEBUG": "perhaps"}, 'Environment variable "DEBUG" invalid: Not a valid boolean.'),
    ({"DEBUG": "1", "OCOP_DEMO": "1", "OCOP_TODAY": "2024-13-40"},
     "OCOP_TODAY must be a day like 2024-03-01, not '2024-13-40'"),
    ({"DEBUG": "1", "OCOP_TODAY": "2024-03-01"},
     "OCOP_TODAY moves the clock and is allowed in demo mode only (OCOP_DEMO=1)."),
    ({"OCOP_DEMO": "1", "ALLOWED_HOSTS": "localhost,ocop.hatinh.gov.vn"},
     "OCOP_DEMO shows one-click personas and is refused on a real host (ocop.hatinh.gov.vn)."),
    ({"OCOP_DEMO": "1", "ALLOWED_HOSTS": "*"},
     "OCOP_DEMO shows one-click personas and is refused on a real host (*)."),
    ({"ALLOWED_HOSTS": "ocop.hatinh.gov.vn"}, "SECRET_KEY is not set: give a long random value in the environment."),
    ({"DEBUG": "1", "OCOP_SITE_URL": "ocop.hatinh.gov.vn"},
     "OCOP_SITE_URL must begin with http:// or https://, not 'ocop.hatinh.gov.vn'."),
    ({"DEBUG": "1", "OCOP_UPLOAD_MAX_MB": "0"}, "OCOP_UPLOAD_MAX_MB must be 1 or more, not 0."),
    ({"DEBUG": "1", "OCOP_METRICS_TOKEN": "short"},
     "OCOP_METRICS_TOKEN must be a random value of 20 characters or more."),
    ({"DEBUG": "1", "OCOP_METRICS_NETWORKS": "10.1.2.3/8"},
     "OCOP_METRICS_NETWORKS must be networks like 10.20.0.0/16, comma-separated: 10.1.2.3/8 has host bits set"),
    ({"DEBUG": "1", "OCOP_LOG_FORMAT": "xml"}, "OCOP_LOG_FORMAT must be json or text, not 'xml'."),
    ({"DEBUG": "1", "OCOP_DATA_DIR": "/proc/nothing"},
     "OCOP_DATA_DIR cannot be made: /proc/nothing (No such file or directory)."),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "sentence"), SAID, ids=[sentence[:30] for _, sentence in SAID])
def test_a_wrong_value_stops_the_start(tmp_path, variables, sentence):
    assert start(tmp_path, **variables) == (1, sentence)


@pytest.mark.parametrize(
    "variables",
    [
        {"OCOP_DEMO": "1"},
        {"OCOP_DEMO": "1", "OCOP_TODAY": "2024-03-01"},
        {"DEBUG": "1", "OCOP_DEMO": "1", "ALLOWED_HOSTS": "ocop.hatinh.gov.vn"},
        {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "ocop.hatinh.gov.vn", "DATABASE_URL": "postgres://a:b@c/d"},
    ],
)
def test_a_right_one_starts(tmp_path, variables):
    assert start(tmp_path, **variables) == (0, "")


@pytest.mark.parametrize(
    ("text", "limit"), [("", None), ("600/m", (600, 60)), ("10/s", (10, 1)), ("5000/h", (5000, 3600))]
)
def test_limits_are_read_from_the_environment(text, limit) -> None:
    assert parse_rate("OCOP_RATE_API", text) == limit


@pytest.mark.parametrize("text", ["600", "0/m", "x/m", "6/d", "-1/m", "/m", "6/"])
def test_a_wrong_limit_stops_the_start_and_names_the_variable(text) -> None:
    with pytest.raises(ValueError, match="OCOP_RATE_API must be a limit like 600/m"):
        parse_rate("OCOP_RATE_API", text)
