"""Trains the tiny test model, on this project's own synthetic speech; see models/tiny-test/README.md."""
