"""What the service writes to its log goes through the formatter that leaves personal data out."""

import logging
import logging.config
import sys

from ocop.config.settings import LOGGING
from ocop.kit.middleware import request_id


def test_the_log_of_the_service_is_scrubbed(capsys):
    real = {**LOGGING, "handlers": {"stderr": {**LOGGING["handlers"]["stderr"], "stream": sys.stderr}}}
    before = logging.getLogger().handlers[:], logging.getLogger().level
    request_id.set("r42")
    try:
        logging.config.dictConfig(real)
        logging.getLogger("ocop.trial").warning("text to %s failed", "0912 345 678")
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
        request_id.set("-")
    assert capsys.readouterr().err.endswith("WARNING ocop.trial [r42] text to […] failed\n")
