"""Back-off of deliveries."""

from datetime import timedelta

# After the first, second, ... failed try. A mail server may be down over a weekend and nothing is lost.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
)
# A delivery that a killed worker had in hand is taken up again after this.
CLAIM = timedelta(minutes=10)

# Nothing waits longer than this: a moment further ahead was written by a clock that has been put back.
LONGEST = timedelta(days=2)
# After so many failures in a row the server of a channel is taken to be down: the rest waits for the next minute.
IN_A_ROW = 3


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after that many failed tries (1 or more); None: give up."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None
