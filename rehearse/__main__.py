"""`python -m rehearse`."""

from rehearse.cli import run

if __name__ == "__main__":
    run()
