"""Markdown: the fields its front matter states, and its words without their marks.

All patterns are linear in the text: what repeats is either possessive (`++`, given back never) or ends at
the mark that would start the next match.
"""

import json
import re

import yaml

from foreshock.gather.wording import one_line

LONGEST_FRONT_MATTER = 10_000
"""Characters; a long list of tags stays far below, a bomb of aliases does not."""
FIELDS = ("title", "outlet", "author", "url", "published", "date", "month")
"""What is read of front matter; other keys are ignored. `date` is what most programs call `published`."""

_front_matter = re.compile(
    r"""\A---[ \t]*\r?\n(?=["']?\w[\w-]*+["']?[ \t]*:)(.*?)^---[ \t]*(?:\r?\n|\Z)""", re.DOTALL | re.MULTILINE
)
_unquoted = re.compile(
    r"^(title|outlet|author)[ \t]*+:[ \t]++(?![\"'|>\[{&*!])(?=[^\r\n]*?: )([^\r\n]*+)", re.MULTILINE
)
"""A line of front matter whose value holds a colon and no quotes around it."""
_heading = re.compile(r"^#{1,6}[ \t]++", re.MULTILINE)

_remark = re.compile(r"<!--(?:[^-<]++|-(?!->)|<(?!!--))*+-->")
_struck = re.compile(r"~~(?=[^\s~])([^~\n]++)(?<=\S)~~[ \t]?")
_definition = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]{1,100}+)\]:[ \t]++\S++[^\n]*+\n?", re.MULTILINE)
"""Where a link leads that is written elsewhere as `[words][name]`."""
_referring = re.compile(r"\[(?!\^)([^\[\]]{1,1000}+)\]\[([^\[\]\n]{0,100}+)\]")
_escaped = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A character that would be a mark without the stroke before it."""
_target = (
    r"\[(?!\[\[)((?:[^\[\]]++|\[[^\[\]]*+\]){0,100}+)\]"  # the words, with one level of brackets in them
    r"\([ \t]{0,9}+(?:<[^<>\n]*+>|[^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"  # where to, (so) as well
    r"""(?:\s{1,9}+(?:"[^"\n]*+"|'[^'\n]*+'))?\s{0,9}+\)"""  # the title
)
_picture = re.compile("!" + _target)
_link = re.compile(_target)
# The mark comes first and what may not stand before it after: so the search leaps from mark to mark.
_stars = re.compile(r"\*\*(?<!\w\*\*)(?=[^\s*])([^*\n]++)(?<=\S)\*\*(?!\w)")
_star = re.compile(r"\*(?<![\w*]\*)(?=[^\s*])([^*\n]++)(?<=\S)\*(?![\w*])")
_lines = re.compile(r"__(?<!\w__)(?=[^\s_])([^_\n]++(?:(?<=\w)_(?=[^\W_])[^_\n]++)*+)(?<=\S)__(?!\w)")
_line = re.compile(r"_(?<!\w_)(?=[^\s_])([^_\n]++(?:(?<=\w)_(?=[^\W_])[^_\n]++)*+)(?<=\S)_(?!\w)")


class _FrontMatterLoader(yaml.BaseLoader):
    """YAML in which every value is a string as written, and which knows no aliases: a few of them, each
    holding the one before nine times, unfold to more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not taken here")
        return super().compose_node(parent, index)


def front_matter(source: str) -> tuple[dict[str, str | None], list[str], str]:
    """The fields that `source` states of itself, the names of those that are no plain value, and the rest.

    A rule at the top of a text that no `key:` follows is not front matter. Raises `ValueError`, in one
    line, for front matter that is not YAML or too long.
    """
    found = _front_matter.match(source)
    if found is None:
        return {}, [], source
    if len(found.group(1)) > LONGEST_FRONT_MATTER:
        raise ValueError(f"its front matter is longer than {LONGEST_FRONT_MATTER} characters")
    try:
        loaded = _loaded(found.group(1))
    except RecursionError as error:
        raise ValueError("its front matter is nested too deeply") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise ValueError(f"its front matter is not YAML ({one_line(error)})") from error
    if not isinstance(loaded, dict):
        return {}, [], source
    stated = {name: loaded[name] for name in FIELDS if name in loaded}
    fields = {name: _plain(value) for name, value in stated.items() if isinstance(value, str)}
    return fields, [name for name in stated if name not in fields], source[found.end() :]


def _loaded(words: str) -> object:
    """What front matter states. A title is often written with a colon, without the quotes that YAML asks for then."""
    try:
        return yaml.load(words, Loader=_FrontMatterLoader)
    except yaml.YAMLError:
        quoted = _unquoted.sub(lambda found: f"{found[1]}: {json.dumps(found[2].rstrip(), ensure_ascii=False)}", words)
        return yaml.load(quoted, Loader=_FrontMatterLoader)


def _plain(value: str) -> str | None:
    """The value, half characters replaced; null as YAML writes it is null."""
    return None if value in ("", "~", "null") else value.encode("utf-8", "replace").decode("utf-8")


def words_of(source: str) -> str:
    """The words of Markdown: headings, stress, links and pictures without their marks, without remarks and what is
    struck out, all else as it is."""
    text = _heading.sub("", _struck.sub("", _remark.sub("", source)))
    defined = {found[1].casefold() for found in _definition.finditer(text)}
    if defined:
        text = _definition.sub("", text)
        text = _referring.sub(
            lambda found: found[1] if (found[2] or found[1]).casefold() in defined else found[0], text
        )
    for pattern in (_picture, _link, _star, _stars, _star, _line, _lines):  # a link may hold a picture, a mark another
        text = pattern.sub(r"\1", text)
    return _escaped.sub(r"\1", text).strip() + "\n"
