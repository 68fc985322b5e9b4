"""Pages: their date is what the page says of itself, and their characters are those of a known charset."""

import datetime
import logging
import time
from collections.abc import Iterator

import pytest

from foreshock.gather.captures import capture_of
from foreshock.gather.parse import REPLACED, document_of
from foreshock.model.capture import Medium
from foreshock.model.day import as_known
from foreshock.model.document import Document
from foreshock.model.vocabulary import Granularity

BODY = "".join(
    f"<p>The army shelled the town on 4 March 2019, officials said. Paragraph {n} of the report tells of it.</p>"
    for n in range(6)
)


def page(head: str = "", body: str = BODY, encoding: str = "utf-8") -> Document:
    source = f"<html><head><title>Town shelled</title>{head}</head><body><article>{body}</article></body></html>"
    return document_of(capture_of("a.html", source.encode(encoding), Medium.PAGE))


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        f"<p>2019-03-04</p>{BODY}",
        f"<h1>Report of 4 March 2019</h1>{BODY}",
        f"<p>Published: 03/04/2019</p>{BODY}",
        f'<img src="/2019/03/04/town.jpg">{BODY}',
        f'{BODY}<p>See also <time datetime="2018-01-05">5 January 2018</time></p>',
        f"{BODY}<p>© 2021 The Courier, updated 2021-05-06 10:00:00</p>",
    ],
)
def test_a_date_in_the_text_is_no_publication_date(body: str) -> None:
    document = page(body=body)
    assert "shelled the town" in document.text
    assert document.published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta itemprop="copyrightYear" content="2020">',
        '<meta property="article:modified_time" content="2021-05-06T10:00:00Z">',
        '<meta name="last-modified" content="2021-05-06">',
        '<meta name="description" content="What happened on 2019-03-04 10:00:00 in the town">',
        '<meta property="article:published_time" content="soon">',
        '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2023-06-25"}, {"@type": '
        '"NewsArticle", "datePublished": "2019-01-05"}]</script>',
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": '
        '{"@type": "NewsArticle", "datePublished": "2019-01-05"}}]}</script>',
    ],
)
def test_what_is_not_the_day_of_publication_is_not_taken_for_it(head: str) -> None:
    assert page(head).published is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2023-06-25T21:14:00+00:00">', BODY),
        ('<meta name="DC.date.issued" content="2023-06-25">', BODY),
        ('<meta itemprop="datePublished" content="2023-06-25">', BODY),
        (
            '<script type="application/ld+json">'
            '{"@type": "NewsArticle", "dateModified": "2023-07-01", "datePublished" : "2023-06-25T08:00:00Z"}</script>',
            BODY,
        ),
        (
            '<script type="application/ld+json; charset=utf-8">{"@graph": [{"@type": "ItemList", "itemListElement": '
            '[{"@type": "NewsArticle", "datePublished": "2019-01-05"}]}, {"@type": "WebPage", "datePublished": '
            '"2020-02-02"}, {"@type": ["NewsArticle"], "datePublished": "2023-06-25T22:40:11Z"}]}</script>',
            BODY,
        ),
        (
            '<script type="application/ld+json">{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": '
            '"BlogPosting", "datePublished": "2023-06-26T09:10:00Z"}], "datePublished": "2023-06-25T22:00Z"}</script>',
            BODY,
        ),
        (
            '<script type="application/ld+json">{"@type": "WebPage", "mainEntity": {"@type": "Report", '
            '"datePublished": "2023-06-25"}}</script>',
            BODY,
        ),
        (
            '<script type="application/ld+json">{"headline": "The \n"order"", "datePublished": "2023-06-25"}</script>',
            BODY,
        ),
        ("", f'<abbr class="published" title="2023-06-25T21:00:00+01:00">9:00 PM</abbr>{BODY}'),
        ("", f'<time class="entry-date published" datetime="2023-06-25T08:00:00Z">June 25</time>{BODY}'),
        ("", f'<time itemprop="datePublished" datetime="2023-06-25">June 25</time>{BODY}'),
        ('<link rel="canonical" href="https://courier.example/2023/06/25/town-shelled/">', BODY),
        (
            '<link rel="canonical" href="https://courier.example/2019/03/04/town-shelled/">'
            '<meta property="article:published_time" content="2023-06-25">',
            BODY,
        ),
    ],
)
def test_a_date_that_the_page_states_is_found(head: str, body: str) -> None:
    document = page(head, body)
    assert document.published == datetime.date(2023, 6, 25)
    assert document.published_granularity is Granularity.DAY


@pytest.fixture
def latest_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands where each day begins last, a day or more behind the earliest clocks."""
    monkeypatch.setenv("TZ", "Etc/GMT+12")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("latest_clock")
@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('<meta name="citation_publication_date" content="2023/05">', "2023-05"),
        ('<meta name="dc.date" content="2023-05">', "2023-05"),
        ('<meta name="dc.date" content="05/2023">', "2023-05"),
        ('<meta name="date" content="May 2023">', "2023-05"),
        ('<meta name="date" content="Sept. 2023">', "2023-09"),
        ('<meta name="date" content="2023-05-00">', "2023-05"),
        ('<script type="application/ld+json">{"@type": "Report", "datePublished": "2023-05"}</script>', "2023-05"),
        ('<meta name="dc.date" content="2023-05"><meta name="pubdate" content="2023-05-17">', "2023-05-17"),
        ('<meta name="dc.date" content="2023-05"><meta name="pubdate" content="2023-06-17">', "2023-05"),
        ('<meta name="dc.date" content="2023-W20">', None),
        ('<meta name="dc.date" content="2023">', None),
        ('<meta name="dc.date" content="2099-05">', None),
        ('<meta name="date" content="Wed, 17 May 2023 10:00:00 GMT">', "2023-05-17"),
        ('<meta name="date" content="20230517">', "2023-05-17"),
        ('<meta name="date" content="20230517101500">', "2023-05-17"),
        ('<meta name="date" content="May 5, 2023">', "2023-05-05"),
    ],
)
def test_a_page_that_states_its_month_alone_has_no_day(head: str, told: str | None) -> None:
    """Neither the first of the month, before anybody can have read it, nor the day on which it was taken in."""
    document = page(head)
    known = document.published and document.published_granularity
    assert (document.published and as_known(document.published, known)) == told


def test_a_page_from_where_the_next_day_has_begun_has_its_day_and_one_of_the_future_none() -> None:
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14)))
    assert page(f'<meta property="article:published_time" content="{now.isoformat()}">').published == now.date()
    later = now + datetime.timedelta(days=2)
    assert page(f'<meta property="article:published_time" content="{later.isoformat()}">').published is None


def test_marked_times_that_disagree_say_nothing() -> None:
    times = "".join(f'<time class="entry-date" datetime="2023-06-{day}">June</time>' for day in (11, 25))
    assert page(body=times + BODY).published is None


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "utf-7", "unicode_escape", "base64", "nonsense"])
def test_a_charset_that_is_none_is_not_believed(charset: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    document = page(f"<meta charset={charset}>", body="<p>The governor of Córdoba resigned.</p>" + BODY)
    assert "Córdoba" in document.text
    assert document.notes == ()


@pytest.mark.parametrize(
    ("charset", "encoding", "words"),
    [
        ("windows-1251", "cp1251", "Армия обстреляла город"),
        ("iso-8859-1", "cp1252", "The governor’s “order”"),
        ("Shift_JIS", "shift_jis", "軍は町を砲撃した"),
    ],
)
def test_a_charset_of_the_web_is_read(charset: str, encoding: str, words: str) -> None:
    document = page(f'<meta charset="{charset}">', body=f"<p>{words}.</p>{BODY}", encoding=encoding)
    assert words in document.text
    assert document.notes == ()


def test_bytes_that_belie_the_charset_are_said_and_read() -> None:
    source = f"<html><head><meta charset=utf-8></head><body><p>C\xf3rdoba.</p>{BODY}</body></html>"
    document = document_of(capture_of("a.html", source.encode("latin-1"), Medium.PAGE))
    assert "C�rdoba" in document.text
    assert document.notes == (REPLACED,)
