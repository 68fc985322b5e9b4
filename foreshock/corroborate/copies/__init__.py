"""Copies: which texts are one text, printed again or lightly rewritten."""
