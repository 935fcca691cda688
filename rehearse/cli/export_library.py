"""`export --format json`: everything that is in the library, and `import` has it back elsewhere."""

from collections.abc import Mapping
from pathlib import Path

import click

from rehearse import __version__
from rehearse.cli.place_for_file import check_folder
from rehearse.cli.session import Session
from rehearse.cli.steps_bar import steps_bar
from rehearse.errors import StorageFailed
from rehearse.presentation import wording
from rehearse.storage.exporting import Exporter, Written, sound_folder
from rehearse.storage.library_tables import OF_INTERVIEWS

#: So many are named one by one.
_NAMED = 5


def export_library(
    session: Session, what: str | None, output: Path | None, *, with_sound: bool, interviews: bool, yes: bool
) -> None:
    """The library, or the question meant, to the file or to stdout; with_sound needs a file.

    interviews  of the whole library: whether they go along
    """
    if output is None and with_sound:
        raise click.UsageError("--with-sound puts the recordings beside a file. Name it: -o library.json --with-sound")
    if output is not None:
        _check_place(session, output, with_sound=with_sound, yes=yes)
    unseen = output is None and session.output.is_terminal
    with session.store() as store, steps_bar(session, "Writing", shown=not unseen) as on_entries:
        exporter = Exporter(
            store,
            question_id=store.find_question(what).id if what else None,
            with_interviews=interviews,
            made_at=session.now(),
            made_by=f"rehearse {__version__}",
            on_entries=on_entries,
        )
        if output is not None:
            exporter.write(output, with_sound=with_sound)
        else:
            for piece in exporter.pieces():
                click.echo(piece, nl=False)
    _tell(session, exporter.written, output, with_sound=with_sound)
    _tell_of_interviews(session, exporter.written, left_out=not interviews)


def _check_place(session: Session, output: Path, *, with_sound: bool, yes: bool) -> None:
    """Goes on where nothing stands there, or the person gives it up."""
    folder = sound_folder(output)
    check_folder(output)
    there = [str(output)] if output.exists() else []
    if with_sound and folder.exists():
        # Whatever else somebody keeps there is not ours to replace.
        if not folder.is_dir() or any(each.suffix not in (".wav", ".flac") for each in folder.iterdir()):
            raise StorageFailed(
                f"{folder} holds other things than recordings.", "Choose another name for the file, with -o."
            )
        there.append(f"all that is in {folder}")
    if there:
        session.confirm(
            f"{' and '.join(there)} {'is' if len(there) == 1 else 'are'} there already. Replace it?",
            yes=yes,
            otherwise="To replace it, add --yes.",
        )


def _tell(session: Session, written: Written, output: Path | None, *, with_sound: bool) -> None:
    if output is not None:
        counts = [wording.count(written.counts[f"{each}s"], each) for each in ("question", "attempt")]
        session.note(f"Saved: {output} ({', '.join(counts)}). Only you can read it.")
        if with_sound:
            session.note(f"{wording.count(written.sounds, 'recording')}: {sound_folder(output)}")
        elif written.sounds:
            session.note("It names the recordings and does not hold them. To have them beside it: --with-sound")
        session.note(f"To have it elsewhere:  rehearse import {output}")
    if gone := written.missing:
        which = f"Attempt{'' if len(gone) == 1 else 's'} {_first(list(map(str, gone)))}"
        session.note(f"{which}: the recording is not there any more; words and numbers are written.")
    if written.damaged:
        session.note(f"Left out, as it cannot be read: {_first(written.damaged)}.")
        if any(" of attempt " in each for each in written.damaged):
            session.note("To have it again:  rehearse transcribe ATTEMPT")


def _tell_of_interviews(session: Session, written: Written, *, left_out: bool) -> None:
    """Always said, also where the document goes to a pipe: whom it is handed to is up to the person."""
    if told := _interviews(written.counts):
        session.note(f"In it: {told}, with names of companies and people. To leave that out:  --no-interviews")
    if written.waiting:
        files = wording.count(
            written.waiting, "recording that a debrief names is", "recordings that a debrief names are"
        )
        session.note(f"{files} not brought in yet: not in it, and to be named again elsewhere.")
    if left_out and (told := _interviews(written.kept)):
        session.note(f"Left out: {told}.")
    if named := written.naming:
        which, seem, them = ("Question", "seems", "it") if len(named) == 1 else ("Questions", "seem", "them")
        session.note(
            f"{which} {_first(list(map(str, named)))} still {seem} to tell of your interviews: "
            "by a company, a person you met, or a note from a debrief."
        )
        session.note(f"Look through {them} before you hand the file on.")


def _interviews(counts: Mapping[str, int]) -> str:
    """'2 interviews and your next one', '' for none."""
    held, next_one = (counts.get(table.section, 0) for table in OF_INTERVIEWS)
    names = [wording.count(held, "interview")] if held else []
    return " and ".join(names + (["your next one" if held else "your next interview"] if next_one else []))


def _first(names: list[str]) -> str:
    """'1', '1, 2 and 5', '1, 2, 3, 4, 5 and 7 more'."""
    named = [*names[:_NAMED], *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])]
    return wording.listed(named)
