"""Calibrations of a library: what this person's microphones, rooms and recognisers hear of a text that is known."""

import json
import sqlite3
from datetime import datetime

from rehearse.measurement.calibration import LANGUAGE, Calibrated, Calibration
from rehearse.measurement.exact_json import from_json, to_json
from rehearse.storage.rows import text_column, utc_text
from rehearse.storage.tables import Tables
from rehearse.transcription.transcript import EngineIdentity


class CalibrationStore:
    """Part of a store. Every calibration stays; of one engine, model and microphone the latest is what counts."""

    _tables: Tables

    def keep_calibration(self, calibrated: Calibrated) -> None:
        """Raises ValueError for a time without a time zone."""
        self._tables.insert(
            "calibration",
            {
                "made_at": utc_text(calibrated.made_at),
                "device": text_column(calibrated.device),
                "engine_name": calibrated.engine.name,
                "engine_model": text_column(calibrated.engine.model),
                "engine_version": text_column(calibrated.engine.version),
                "record": json.dumps(to_json(calibrated.found), separators=(",", ":")),
            },
        )

    def calibration(self, engine: EngineIdentity, device: str = "") -> Calibrated | None:
        """The latest that tells something of what this engine hears; None where there is none.

        engine  by its name and model; in another language than that of the text a calibration tells nothing
        device  only with the microphone of this name; '' with any
        """
        if engine.language != LANGUAGE:
            return None
        latest = self._tables.read(
            _calibrated_of,
            """
            SELECT * FROM calibration WHERE (engine_name, engine_model) = (?, ?) AND (? = '' OR device = ?)
            ORDER BY made_at DESC, id DESC LIMIT 1
            """,
            engine.name,
            text_column(engine.model),
            text_column(device),
            text_column(device),
        )
        return latest[0] if latest else None


def _calibrated_of(row: sqlite3.Row) -> Calibrated | None:
    """None where the record cannot be read: it is made anew in a minute, and nothing else depends on it."""
    try:
        found = from_json(json.loads(row["record"]), Calibration)
    except ValueError:
        return None
    return Calibrated(
        made_at=datetime.fromisoformat(row["made_at"]),
        device=row["device"],
        engine=EngineIdentity(name=row["engine_name"], model=row["engine_model"], version=row["engine_version"]),
        found=found,
    )
