"""Trains the tiny test model in models/tiny-test on this project's own synthetic speech; see models/tiny-test/README.md."""
