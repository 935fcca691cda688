"""An interview as JSON."""

from typing import Any

from rehearse.interview import Interview


def interview_json(interview: Interview) -> dict[str, Any]:
    return {
        "id": interview.id,
        "company": interview.company,
        "role": interview.role,
        "on": interview.on.isoformat() if interview.on else None,
        "who": interview.who,
        "went_well": [entry for entry in interview.went_well if entry],
        "questions": [
            {
                "text": asked.text,
                "hard": asked.hard,
                "why": list(asked.why) if asked.hard else [],
                "what_happened": asked.what_happened if asked.hard else "",
                "roughly_s": asked.roughly_s,
                "again": asked.again,
                "question_id": asked.question_id,
            }
            for asked in interview.asked
        ],
        "in_my_control": interview.in_my_control,
        "not_in_my_control": interview.not_in_my_control,
        "again_question_id": interview.again_question_id,
        "notes": interview.notes,
        "finished": not interview.at,
        "started_at": interview.started_at.isoformat(),
        "follow_up": interview.follow_up,
        "sent_on": interview.sent_on.isoformat() if interview.sent_on else None,
    }
