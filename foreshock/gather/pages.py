"""Web pages: the charset that they, or their servers, declare."""

import codecs
import re

CHARSETS = frozenset(
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 "
    "cp1255 cp1256 cp1257 cp1258 gb2312 gbk gb18030 big5 big5hkscs euc_jp iso2022_jp shift_jis cp932 euc_kr "
    "cp949".split()
)
"""The charsets of the WHATWG Encoding Standard, as Python names them. Its UTF-16 is left out: a page that can
say so in ASCII is not in it, and the standard reads such a page as UTF-8."""
_AS_WINDOWS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""What the standard reads instead, since pages that declare the former are written in the latter."""

_declared = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE)
_parameter = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE | re.ASCII)


def charset_of(content: bytes) -> str:
    """The charset that a page declares in its head, as Python names it; UTF-8 where it declares none."""
    found = _declared.search(content[:2048])
    return (_known(found.group(1).decode("ascii")) if found else None) or "utf-8"


def charset_in(header: str) -> str | None:
    """The charset in a Content-Type header, as Python names it; null where it gives none that is known."""
    found = _parameter.search(header)
    return _known(found.group(1)) if found else None


def _known(stated: str) -> str | None:
    try:
        name = codecs.lookup(stated).name
    except LookupError:
        return None
    name = _AS_WINDOWS.get(name, name)
    return name if name in CHARSETS else None
