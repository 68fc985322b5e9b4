"""A capture's identity: the SHA-256 of its bytes, whatever their name."""

import hashlib

from foreshock.model.capture import Capture, Fetch, Medium


def capture_of(origin: str, content: bytes, medium: Medium, fetch: Fetch | None = None) -> Capture:
    """The capture of these bytes; `fetch` says how they came over the net, where they did.

    They alone decide its identity: where two files hold the same bytes, the first that is taken wins, though
    a `.txt` and a `.md` of them would make different documents.
    """
    digest = hashlib.sha256(content).hexdigest()
    return Capture(origin=origin, content=content, sha256=digest, medium=medium, fetch=fetch)
