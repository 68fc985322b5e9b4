"""What people decide about events, actors, places and sources: made, kept, and applied to what is shown."""
