"""What the desk's forms share: how much of a body is read, and how another site's form is told from our own."""

import hmac
import secrets
from urllib.parse import parse_qs

from fastapi import HTTPException, Request

MOST_FIELDS = 30
"""More than any form of these pages has."""
LARGEST_FORM = 10_000
"""Bytes: nothing reads more of a body than a form of these pages can have."""
TOKEN = secrets.token_urlsafe(24)
"""What every form of this run of the desk carries."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form sent from a page of this desk, the first value of each.

    Another site's page, which a reader's browser may be made to send, cannot know the token and is refused with 403.
    The Origin header would not do: with `Referrer-Policy: no-referrer` browsers send `null` from our own pages too.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, "This is more than the form can hold.")
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "This has more fields than any form of the desk.") from error
    given = {name: values[0] for name, values in fields.items()}
    if not hmac.compare_digest(given.get("token", "").encode(), TOKEN.encode()):
        raise HTTPException(403, "Only the desk's own forms are obeyed; load the page again.")
    return given
