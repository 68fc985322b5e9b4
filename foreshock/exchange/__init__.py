"""Exchange: the record in the formats that users of conflict data expect, one file a format, out and in."""
