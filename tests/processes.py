"""Finding a process of the program from outside, as only Linux lets one."""

from pathlib import Path


def hearing_process(program: int) -> int:
    """The child of the program with this number that was spawned to hear; its other child only counts shared things."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            # It ended meanwhile.
            continue
        if parent == program and b"spawn_main" in command:
            return int(status.parent.name)
    raise AssertionError("no process of the program hears")
