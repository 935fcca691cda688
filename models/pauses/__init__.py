"""Trains the network that finds pauses, on this project's own synthetic speech; see README.md."""
