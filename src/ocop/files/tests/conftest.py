"""Each test has a data folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.OCOP_DATA_DIR = tmp_path
