"""Markdown: its marks go and its words stay, and front matter that is wrong is named in one line."""

import itertools
import time

import pytest

from foreshock.errors import ItemError, MalformedItem
from foreshock.gather.captures import capture_of
from foreshock.gather.parse import document_of
from foreshock.model.capture import Medium
from foreshock.model.document import Document

REPORT = "The army shelled the town on Monday."


def markdown(source: str | bytes) -> Document:
    content = source.encode() if isinstance(source, str) else source
    return document_of(capture_of("reports/a.md", content, Medium.MARKDOWN))


@pytest.mark.parametrize(
    "front_matter",
    [
        "published: 2023-13-45",
        "published: 2023-02-31",
        "published: [2023-06-25]",
        "title: " + "[" * 5000,
        "title: " + "{a: " * 2000,
        "title: [1,\noutlet: }\nauthor: *",
        "title: a: b: c\nauthor: *a",
        'title: "never closed',
        'title: "\\U99999999"',
        "title: \x07",
        "title: &a [x]\noutlet: *a",
        "a: &a [x]\n" + "\n".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in itertools.pairwise("abcdefgh")),
        "title: x\n" + "# and so on\n" * 1000,
    ],
)  # fmt: skip
def test_front_matter_that_is_wrong_is_named_in_one_line(front_matter: str) -> None:
    with pytest.raises(MalformedItem) as caught:
        markdown(f"---\n{front_matter}\n---\n{REPORT}\n")
    message = str(caught.value)
    assert message.startswith("reports/a.md: ")
    assert "\n" not in message
    assert len(message) < 400


def test_a_title_with_a_colon_needs_no_quotes() -> None:
    told = markdown(f'---\ntitle: Report 31: "Lipetsk"\noutlet: Ledger\npublished: 2023-06-25\n---\n\n{REPORT}\n')
    assert (told.title, told.outlet, str(told.published)) == ('Report 31: "Lipetsk"', "Ledger", "2023-06-25")


def test_a_wrong_day_is_quoted() -> None:
    with pytest.raises(ItemError, match="2023-13-45"):
        markdown(f"---\npublished: 2023-13-45\n---\n{REPORT}\n")


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("date: 2023-06-25", "2023-06-25"),
        ("date: 2023-06-25T08:30:00Z", "2023-06-25"),
        ('date: "2023-06-25 08:30:00 +0100"', "2023-06-25"),
        ("date: 2023-06", "2023-06-30"),
        ("date: 2023-06-25\npublished: 2023-06-24", "2023-06-24"),
        ("date:", "None"),
    ],
)
def test_the_date_of_front_matter_is_the_day_of_publication(stated: str, published: str) -> None:
    document = markdown(f"---\n{stated}\n---\n{REPORT}\n")
    assert str(document.published) == published
    assert document.notes == ()


@pytest.mark.parametrize("date", ["25 June 2023", "2023-13-45", "last Monday", "2023"])
def test_a_date_in_other_words_is_left_out_and_said(date: str) -> None:
    document = markdown(f"---\ndate: {date}\n---\n{REPORT}\n")
    assert document.published is None
    assert document.notes == ("the date in its front matter is not YYYY-MM-DD or YYYY-MM and is left out",)


def test_front_matter_is_found_behind_a_byte_order_mark() -> None:
    document = markdown(b"\xef\xbb\xbf---\r\ntitle: A title\r\npublished: 2023-06-25\r\n---\r\n" + REPORT.encode())
    assert (document.title, str(document.published)) == ("A title", "2023-06-25")
    assert document.text == REPORT + "\n"


def test_front_matter_may_end_the_file_or_hold_what_is_not_known() -> None:
    document = markdown(f"---\ntags: [a, b]\nlayout: {{wide: true}}\ntitle: 7\noutlet: yes\nauthor: ~\n---\n{REPORT}")
    assert (document.title, document.outlet, document.author) == ("7", "yes", None)
    assert document.notes == ()
    assert markdown("---\ntitle: x\n---").title == "x"


def test_a_field_that_is_no_plain_value_is_left_out_and_said() -> None:
    document = markdown(f"---\ntitle: A title\nauthor: [X, Y]\n---\n{REPORT}")
    assert document.author is None
    assert document.title == "A title"
    assert document.notes == ("the author in its front matter is not a plain value and is left out",)


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert markdown(f"---\n\n{REPORT}\n\n---\n\nMore.").text == f"---\n\n{REPORT}\n\n---\n\nMore.\n"
    assert markdown(f"---\n[[[[\n---\n{REPORT}").text.endswith(f"{REPORT}\n")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See [a](b(c)d) there", "See a there"),
        ("See [the report](https://a.example/x_(y)_z 'Title').", "See the report."),
        ("![A map](map.png) and [![alt](i.png)](http://x)", "A map and alt"),
        ("a note [[1]](#n1) here", "a note [1] here"),
        ("he [sic](as he wrote it) said", "he [sic](as he wrote it) said"),
        ("[sic] (he said)", "[sic] (he said)"),
        ("[over\ntwo lines](http://a)", "over\ntwo lines"),
        ("*one* **two** ***three*** _four_ __five__", "one two three four five"),
        ("**bold with *more* in it** and *the **other** way*", "bold with more in it and the other way"),
        ("2 * 3 * 4, snake_case_name, 5*3*2", "2 * 3 * 4, snake_case_name, 5*3*2"),
        ("_a file_name in it_", "a file_name in it"),
        ("# Heading\n\n## Another", "Heading\n\nAnother"),
        ("* one\n* two", "* one\n* two"),
        ("He left.<!-- check: he will be back -->", "He left."),
        ("~~Forty~~ Twelve were killed", "Twelve were killed"),
        ("~~~\ncode\n~~~", "~~~\ncode\n~~~"),
        ("It cost US\\$5 million, he said\\.", "It cost US$5 million, he said."),
        (
            "See [the report][r], [its annex][] and [one][none].\n\n[R]: http://a 'A'\n[its annex]: http://b",
            "See the report, its annex and [one][none].",
        ),
        ("He said so.[^1]\n\n[^1]: To Reuters.", "He said so.[^1]\n\n[^1]: To Reuters."),
    ],
)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert markdown(source).text == text + "\n"


@pytest.mark.parametrize(
    "piece",
    [
        "[", "*a ", "_a ", "_a", "**a ", "*a*", "[a](", "[a](b(", "[[a]", '[a](b "', "[a](b 'x", "[a](<b", "![",
        "***a", "a*", "[x[a]", "[](", "# "," ", "---\n", "[a]", "(", "[a](b ",
        "<!-- ", "<!--", "~~a", "~~", "[a][b", "[a]: ", "\\",
    ],
)  # fmt: skip
def test_a_million_marks_are_read_in_a_second(piece: str) -> None:
    source = piece * (1_000_000 // len(piece))
    began = time.process_time()
    markdown(f"x{source}")
    assert time.process_time() - began < 1


def test_a_long_run_after_a_mark_is_read_in_a_second() -> None:
    began = time.process_time()
    markdown("---\ntitle: x\n" + "[a](" + "b" * 1_000_000 + " *" + "c" * 1_000_000)
    assert time.process_time() - began < 1
