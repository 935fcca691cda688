"""The program with its clock set, for tests and pictures of days that follow each other.

    python tests/with_clock.py 2026-11-24T18:05 practice 1

The clock goes on from that moment (UTC where it names no zone) as time passes.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

from rehearse.cli import run
from rehearse.cli.session import Session


def main() -> None:
    began_at, started = datetime.fromisoformat(sys.argv[1]), time.monotonic()
    began_at = began_at if began_at.tzinfo else began_at.replace(tzinfo=UTC)

    def now(_session: Session) -> datetime:
        return began_at + timedelta(seconds=time.monotonic() - started)

    Session.now = now  # type: ignore[method-assign]
    run(sys.argv[2:])


if __name__ == "__main__":
    main()
