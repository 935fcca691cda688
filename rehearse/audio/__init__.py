"""Sound in and out: files, microphone, crash-safe journal, playback. Knows nothing of words or measures."""
