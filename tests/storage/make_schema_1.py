"""Makes schema-1.db: a library of version 1 with one question and one attempt, as rehearse 0.1 kept them.

Rows are written as they were then, not through the store of today. From the root: python tests/storage/make_schema_1.py
"""

import json
from contextlib import closing
from pathlib import Path

from rehearse.storage.connection import connect
from rehearse.storage.migrations import migrate

ROWS = (
    (
        "INSERT INTO question VALUES (1, ?, 45.0, 90.0, ?, ?, ?, '2026-11-03T17:00:00.000000+00:00', NULL)",
        (
            "Tell me about a conflict.",
            '["the disagreement in one sentence","what came of it"]',
            '["behaviour"]',
            "Rambled before the point.",
        ),
    ),
    (
        "INSERT INTO attempt VALUES (1, 1, '2026-11-03T18:30:15.250000+00:00', 0, '', 'USB microphone',"
        " '20261103-183015.wav', 16000, 2.5, 0)",
        (),
    ),
    (
        "INSERT INTO transcript VALUES (1, 'en', 'whisper', 'small.en', '1.2.1', ?, ?,"
        " '2026-11-03T18:30:20.000000+00:00')",
        ('{"beam_size":5}', '[["I",0.5,0.6,0.9],["asked",0.7,1.1,0.8],["him.",1.2,1.5,null]]'),
    ),
    ("INSERT INTO speech VALUES (1, 2.5, '[[0.5,1.5]]')", ()),
    (
        "INSERT INTO measures VALUES (1, 1, 1.0, 180.0, 0.0, 'whisper', 'small.en', ?)",
        (
            json.dumps(
                {
                    "recording_s": 2.5,
                    "answer_s": 1.0,
                    "response_latency_s": 0.5,
                    "tail_silence_s": 1.0,
                    "phonation_s": 1.0,
                    "word_count": 3,
                    "speech_rate_wpm": 180.0,
                    "articulation_rate_wpm": 180.0,
                    "silent_pause_count": 0,
                    "silent_pause_s": 0.0,
                    "median_pause_s": None,
                    "long_pause_count": 0,
                    "longest_pause_s": None,
                    "mean_length_of_run_words": 3.0,
                    "filler_count": 0,
                    "filled_pause_count": 0,
                    "discourse_marker_count": 0,
                    "fillers_per_min": 0.0,
                    "fillers_per_100_words": 0.0,
                    "fillers": [],
                    "pauses": [],
                    "repetitions": [],
                    "landing_s": None,
                    "new_after_landing_ratio": None,
                    "level_dbfs": -20.0,
                    "clipped": False,
                    "engine": {
                        "name": "whisper",
                        "model": "small.en",
                        "version": "1.2.1",
                        "options": {"beam_size": 5},
                    },
                    "measures_version": 1,
                }
            ),
        ),
    ),
)

database = Path(__file__).with_name("schema-1.db")
database.unlink(missing_ok=True)
with closing(connect(database)) as connection:
    migrate(connection, database, stop_before=2)
    for sql, values in ROWS:
        connection.execute(sql, values)
