"""How a sound check went, in words: what was heard, and what to do about it. Pure."""

import sys

from rehearse.audio.devices import why_silent
from rehearse.measurement.sound_check import Sound, SoundCheck
from rehearse.presentation.wording import capitalised

#: Something to say that has all kinds of sounds in it, and that nobody minds saying.
SENTENCE = "I would like to tell you about the work I enjoyed most."


OUTPUT_GONE = "The loudspeaker or headphones went away."
OUTPUT_GONE_TRY_AGAIN = f"{OUTPUT_GONE} Try again once they are back."


def sound_heard(check: SoundCheck, platform: str = sys.platform) -> tuple[str, str]:
    """What was heard, and what to do next, '' where all is well."""
    reason = why_silent(platform)
    above_db = check.above_noise_db
    return {
        Sound.EMPTY: (
            "nothing came from it",
            "Is it switched on and plugged in firmly? Try another one:  rehearse devices",
        ),
        Sound.SILENT: ("only silence comes from it: no sound at all", capitalised(reason)),
        Sound.NO_VOICE: (
            "there is sound, but no voice, or one too quiet to make out",
            "Come closer, or turn its level up. Is it the microphone you mean? See: rehearse devices",
        ),
        Sound.TOO_LOUD: (
            f"your voice is too loud for it{_figures(check)}: the sound is distorted",
            "Move back a little, or turn its level down in the sound settings.",
        ),
        Sound.TOO_QUIET: (
            f"it hears you, but very quietly{_figures(check)}",
            "Come closer, or turn its level up in the sound settings.",
        ),
        Sound.NOISY: (
            f"your voice is only {above_db or 0.0:.0f} dB above the noise around it{_figures(check)}",
            "Find a quieter place, or come closer: in noise, pauses are hard to tell from words.",
        ),
        Sound.GOOD: (f"it hears you well{_figures(check)}", ""),
    }[check.sound]


def _figures(check: SoundCheck) -> str:
    """' (voice -23 dB, noise -61 dB)', of those the ones that are known."""
    named = (("voice", check.level_dbfs), ("noise", check.noise_floor_dbfs))
    known = [f"{name} {level:.0f} dB" for name, level in named if level is not None]
    return f" ({', '.join(known)})" if known else ""
