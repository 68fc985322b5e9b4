"""Words that every stage needs."""


def counted(number: int, noun: str) -> str:
    """`1 report`, `2 reports`, `1,200 statements`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
