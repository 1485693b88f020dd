"""What `manage.py serve` starts the web server with."""

import os

from ocop.kit import metrics
from ocop.kit.management.commands.serve import DRAIN, STOP_AFTER, web_server


def test_one_process_counts_for_itself_and_gets_time_to_finish(settings, monkeypatch, tmp_path):
    settings.OCOP_DATA_DIR = tmp_path
    monkeypatch.setenv("WEB_PROCESSES", "1")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.delenv(metrics.SHARED, raising=False)
    command = web_server("127.0.0.1", 8001)
    given = dict(zip(command[3::2], command[4::2], strict=False))
    assert (given["--host"], given["--port"], given["--workers"]) == ("127.0.0.1", "8001", "1")
    assert float(command[command.index("--workers-kill-timeout") + 1]) == DRAIN < STOP_AFTER
    assert metrics.SHARED not in os.environ


def test_several_processes_count_together_from_zero(settings, monkeypatch, tmp_path):
    settings.OCOP_DATA_DIR = tmp_path
    folder = tmp_path / "metrics" / "8001"
    folder.mkdir(parents=True)
    (folder / "counter_77.db").write_bytes(b"of a process of yesterday")
    monkeypatch.setenv("WEB_PROCESSES", "3")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv(metrics.SHARED, "")
    command = web_server("127.0.0.1", 8001)
    assert command[command.index("--workers") + 1] == "3"
    assert (os.environ[metrics.SHARED], list(folder.iterdir())) == (str(folder), [])
