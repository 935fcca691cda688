"""The tiny model's own tokenizer: one token for each word or sign of its sentences, single bytes for all else."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import ByteLevel

SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIME_STEP_S = 0.02
TIME_COUNT = 1501


class Vocabulary:
    """Token numbers in the order that Whisper needs: text, specials, and the time stamps last.

    texts  everything that is to have tokens of its own, as it is written after a space
    """

    def __init__(self, texts: Iterable[str]) -> None:
        splitter = ByteLevel(add_prefix_space=False, use_regex=True)
        pieces = (piece for text in texts for piece, _ in splitter.pre_tokenize_str(" " + text))
        self.text = [*sorted(ByteLevel.alphabet()), *dict.fromkeys(p for p in pieces if len(p) > 1)]
        times = [f"<|{step * TIME_STEP_S:.2f}|>" for step in range(TIME_COUNT)]
        self.tokens = [*self.text, *SPECIALS, *times]
        ids = {token: number for number, token in enumerate(self.tokens)}
        self.end, self.start, self.previous = ids[SPECIALS[0]], ids[SPECIALS[1]], ids[SPECIALS[5]]
        self.no_speech, self.no_times = ids[SPECIALS[6]], ids[SPECIALS[7]]
        self.first_time = ids[times[0]]
        self._encoded: dict[str, list[int]] = {}
        self._tokenizer = Tokenizer.from_str(json.dumps(self._description()))

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, text: str) -> list[int]:
        """Tokens of words, as they stand after others."""
        if text not in self._encoded:
            self._encoded[text] = self._tokenizer.encode(" " + text, add_special_tokens=False).ids
        return self._encoded[text]

    def time(self, seconds: float) -> int:
        return self.first_time + min(TIME_COUNT - 1, max(0, round(seconds / TIME_STEP_S)))

    def save(self, folder: Path) -> None:
        text = json.dumps(self._description(), ensure_ascii=False)
        (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")

    def _description(self) -> dict[str, Any]:
        added = [
            {"id": len(self.text) + number, "content": content, "special": number < len(SPECIALS)}
            | {"normalized": False, "single_word": False, "lstrip": False, "rstrip": False}
            for number, content in enumerate(self.tokens[len(self.text) :])
        ]
        bytes_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        model = {"type": "BPE", "vocab": {token: number for number, token in enumerate(self.text)}, "merges": []}
        return {
            "version": "1.0",
            "added_tokens": added,
            "pre_tokenizer": bytes_level,
            "decoder": bytes_level,
            "model": model | {"ignore_merges": True},
        }
