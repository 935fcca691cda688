"""The program in a process of its own, with a home of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def child_json(home: Path, *arguments: str, **environment: str) -> Any:
    """The JSON that another process of the program writes with that home."""
    environment = {"REHEARSE_HOME": str(home), "REHEARSE_CONFIG": str(home.parent / "settings.toml"), **environment}
    command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
    done = subprocess.run(
        command, env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return json.loads(done.stdout)
