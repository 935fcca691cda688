"""Speech spans and a transcript to numbers. Pure: no device, model, clock, database or screen."""
