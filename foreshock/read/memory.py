"""Where memory runs out for a network: onnxruntime says so in words of its own, by an error of no class of its own."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def memory_told() -> Iterator[None]:
    """Raise `MemoryError` where onnxruntime, in here, says that it could not allocate what it needs."""
    try:
        yield
    except Exception as error:
        if "alloc" in str(error):  # std::bad_alloc, or its arena's "Failed to allocate memory for requested buffer"
            raise MemoryError("memory ran out for a network") from error
        raise
