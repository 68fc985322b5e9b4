"""Events: which reports tell of one act, and which documents of one story, joined and kept up to date."""
