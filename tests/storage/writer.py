"""Another rehearse: opens the library named and adds questions to it, saying the number of each once it is kept.

python writer.py DATABASE COUNT NAME
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from rehearse.question import QuestionDraft
from rehearse.storage.store import Store

database, count, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
with Store.open(database, database.parent / "recordings") as store:
    for number in range(count):
        added = store.add_question(QuestionDraft(text=f"{name} {number}?"), datetime(2026, 11, 3, tzinfo=UTC))
        sys.stdout.write(f"{added.id}\n")
        sys.stdout.flush()
