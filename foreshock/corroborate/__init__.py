"""Corroboration: copies of one text, events that several texts report, and how far each is confirmed."""
