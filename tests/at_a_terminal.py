"""What tests ask of a program that was started at a pseudo-terminal."""

from typing import Any

import pytest


def ended(child: Any) -> int | None:
    """Its exit status, once it has ended by itself."""
    child.expect(pytest.importorskip("pexpect").EOF)
    child.close()
    return child.exitstatus  # type: ignore[no-any-return]
