"""Values to words and pictures. Never asks the store and never prints: the command line does."""
