"""The toolbox's own background tasks."""

import logging

from ocop.kit.jobs.loads import load_demo
from ocop.kit.jobs.retry import retrying_task

logger = logging.getLogger(__name__)


@retrying_task(tries=2, limit=3600)
def fill_demo() -> None:
    """Load the demo steps that may come after serving began."""
    load_demo(logger.info, background=True)
