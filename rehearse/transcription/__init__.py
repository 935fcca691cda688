"""Sound to words with times: where speech is, where to cut it, the engines that hear it. Stores and shows nothing."""
