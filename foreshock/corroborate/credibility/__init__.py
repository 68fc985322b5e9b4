"""How far events, claims and sources are believed: digits by rule, letters by people."""
