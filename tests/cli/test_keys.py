"""Keys that nobody asked for: they are not seen, and the terminal is as it was afterwards."""

import sys

import pytest
from at_a_terminal import interrupted


@pytest.fixture
def at_terminal(program):
    """at_terminal("print(7)") runs that at a terminal, with the keys at hand."""

    def start(text):
        imports = "import os, sys\nfrom rehearse.cli.keys import Keys, forget_typed_ahead, keys_unseen\n"
        return program(python=("-c", imports + text))

    return start


UNSEEN = """
with keys_unseen():
    print("BUSY", flush=True)
    typed = sys.stdin.readline()
print("DONE", typed.upper(), flush=True)
sys.stdin.readline()
"""


def test_what_is_typed_meanwhile_is_not_seen_and_is_still_there_afterwards(at_terminal):
    child = at_terminal(UNSEEN)
    child.expect("BUSY")
    child.sendline("hidden")
    child.expect("DONE HIDDEN")
    assert "hidden" not in child.before
    child.sendline("seen")
    child.expect("seen")


def test_the_terminal_is_as_it_was_after_an_error_too(at_terminal):
    child = at_terminal(
        "try:\n    with keys_unseen():\n        print('BUSY', flush=True)\n        input()\n        raise OSError\n"
        "except (OSError, KeyboardInterrupt):\n    print('DONE', flush=True)\ninput()\n"
    )
    child.expect("BUSY")
    assert not child.getecho()
    interrupted(child)
    child.expect("DONE")
    assert child.getecho()


def test_a_program_in_the_background_is_not_halted(at_terminal):
    child = at_terminal(
        "one = os.fork()\n"
        "if not one:\n    os.setpgid(0, 0)\n    with keys_unseen():\n        pass\n    os._exit(7)\n"
        "_, status = os.waitpid(one, os.WUNTRACED)\n"
        "print('HALTED' if os.WIFSTOPPED(status) else f'ENDED {os.WEXITSTATUS(status)}', flush=True)\n"
        "if os.WIFSTOPPED(status):\n    os.kill(one, 9)\n"
    )
    assert child.expect(["ENDED 7", "HALTED"]) == 0


@pytest.mark.parametrize(("how", "first"), [("", "b"), ("going_on=True", "a")])
def test_a_prompt_takes_no_key_from_before_it_and_a_dialog_that_goes_on_does(at_terminal, how, first):
    child = at_terminal(
        f"print('BUSY', flush=True)\nsys.stdin.readline()\nwith Keys({how}) as keys:\n"
        "    print('ASKED', flush=True)\n    print('GOT', keys.press(), flush=True)\n"
    )
    child.expect("BUSY")
    child.send("\na")
    child.expect("ASKED")
    child.send("b")
    child.expect(r"GOT (\w)")
    assert child.match[1] == first


def test_where_nobody_sits_there_is_nothing_to_hide(monkeypatch, tmp_path):
    from rehearse.cli.keys import forget_typed_ahead, keys_unseen

    with (tmp_path / "no terminal").open("w+") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with keys_unseen():
            forget_typed_ahead()
