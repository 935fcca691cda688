"""Answer the interview question that went badly again, aloud, until it is short and clear."""

__version__ = "0.1.0"
