"""A first task from GUM: dependency trees and entities stand in for statements.

Every predicate becomes a trigger; its subject, object, agent, place, time and clause, and the speaker it is
attributed to, become roles. Kinds, types and contexts are unknown there and are left out of the loss. GUM's
texts are CC BY or CC BY-SA, its annotations CC BY 4.0 (Zeldes 2017); the model card credits it.
"""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from train.annotated import Annotated

SPEECH = frozenset(
    "say tell report claim announce add note warn state insist believe think argue write suggest explain confirm "
    "deny admit allege assert estimate testify declare reply recall maintain stress predict expect".split()
)
PREDICATE_RELATIONS = frozenset(
    ("root", "ccomp", "conj", "advcl", "acl:relcl", "parataxis", "xcomp", "csubj", "acl", "advcl:relcl")
)
MODIFIERS = frozenset(("det", "amod", "compound", "flat", "nummod", "nmod:poss", "case", "nmod:desc"))
HEDGES = frozenset(("will", "may", "might", "could", "'ll", "likely", "probably", "possibly", "perhaps"))
GENRES = ("news", "interview", "speech", "court", "bio", "voyage", "academic")


@dataclass
class Token:
    """One word of a tree with its code points in the rebuilt text."""

    number: int
    form: str
    lemma: str
    upos: str
    head: int
    relation: str
    entity: str
    start: int = 0
    end: int = 0
    children: list["Token"] = field(default_factory=list)


def _rebuild(lines: list[str]) -> tuple[str, list[list[Token]]]:
    """The text of a CoNLL-U file, a paragraph a line, and its sentences' tokens with offsets."""
    text = ""
    trees: list[list[Token]] = []
    tokens: list[Token] = []
    space = ""
    entities: list[str] = []
    skip_until = 0
    for line in lines:
        if line.startswith("# newpar"):
            space = "\n" if text else ""
        elif line.startswith("#"):
            continue
        elif not line.strip():
            if tokens:
                trees.append(tokens)
                tokens = []
                space = space or " "
            skip_until = 0
        else:
            columns = line.split("\t")
            identifier, misc = columns[0], columns[9]
            glue = "SpaceAfter=No" in misc
            if "-" in identifier:
                last = int(identifier.split("-")[1])
                text += space + columns[1]
                space = "" if glue else " "
                skip_until = last
                inside = (len(text) - len(columns[1]), len(text))
                continue
            if "." in identifier:
                continue
            number = int(identifier)
            token = Token(
                number, columns[1], columns[2].lower(), columns[3],
                int(columns[6]), columns[7], _entity(misc, entities),
            )  # fmt: skip
            if number <= skip_until:
                token.start, token.end = inside
            else:
                text += space + token.form
                token.start, token.end = len(text) - len(token.form), len(text)
                space = "" if glue else " "
            tokens.append(token)
    if tokens:
        trees.append(tokens)
    for tree in trees:
        by_number = {token.number: token for token in tree}
        for token in tree:
            if token.head in by_number:
                by_number[token.head].children.append(token)
    return text, trees


def _entity(misc: str, opened: list[str]) -> str:
    """The innermost entity type a token stands in; `opened` is carried from token to token."""
    found = re.search(r"Entity=([^|]+)", misc)
    closing = 0
    if found:
        for part in re.findall(r"\((?:\d+(?:\[[^\]]*\])?)-([a-z]+)|\)", found.group(1)):
            if part:
                opened.append(part)
        closing = found.group(1).count(")")
    innermost = opened[-1] if opened else ""
    for _ in range(min(closing, len(opened))):
        opened.pop()
    return innermost


def _subtree(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        yield from _subtree(child)


def _span(text: str, tokens: list[Token]) -> dict[str, Any]:
    words = [token for token in tokens if token.upos != "PUNCT"] or tokens
    start, end = min(token.start for token in words), max(token.end for token in words)
    return {"start": start, "end": end, "text": text[start:end]}


def _phrase(text: str, head: Token, with_case: bool = False) -> dict[str, Any]:
    """The minimal noun phrase around `head`: its own words and light modifiers before it, flat names after."""
    parts = [head]
    for child in head.children:
        light = child.relation in MODIFIERS and (child.relation != "case" or child.form in ("'s", "’s"))
        if (light and child.number < head.number) or child.relation.startswith("flat"):
            parts += [t for t in _subtree(child) if t.relation not in ("acl:relcl", "appos", "punct")]
        elif with_case and child.relation == "case":
            parts.append(child)
    return _span(text, parts)


def _child(token: Token, *relations: str) -> Token | None:
    return next((child for child in token.children if child.relation in relations), None)


def _attribution(text: str, token: Token, parents: dict[int, Token]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Source and cue of the clause headed by `token`, from a speech verb over it or *according to* in it."""
    node = token
    for _ in range(3):
        parent = parents.get(node.head)
        if parent is None:
            break
        speech = parent if parent.lemma in SPEECH and node.relation in ("ccomp", "parataxis", "conj") else None
        if speech is not None and node.relation != "conj":
            subject = _child(speech, "nsubj")
            if subject is not None:
                return _phrase(text, subject), _span(text, [speech])
        if node.relation != "conj":
            break
        node = parent
    aside = _child(token, "parataxis")
    if aside is not None and aside.lemma in SPEECH and (subject := _child(aside, "nsubj")) is not None:
        return _phrase(text, subject), _span(text, [aside])
    for child in token.children:
        cue = next((c for c in child.children if c.relation == "case" and c.lemma in ("accord", "according")), None)
        if cue is not None:
            return _phrase(text, child), _span(text, [cue, *cue.children])
    return None


def _statement(text: str, token: Token, parents: dict[int, Token]) -> dict[str, Any]:
    trigger = [token] + [child for child in token.children if child.relation == "compound:prt"]
    attributed = _attribution(text, token, parents)
    outside = {"punct", "parataxis", "mark", "cc", "conj", "discourse"}
    clause = [token] + [t for child in token.children if child.relation not in outside for t in _subtree(child)]
    actors, recipients, place, time, likelihood = [], [], None, None, None
    subject_of = token
    while subject_of.relation in ("conj", "xcomp") and not any(
        child.relation.startswith("nsubj") for child in subject_of.children
    ):
        parent = parents.get(subject_of.head)
        if parent is None:
            break
        subject_of = parent
    for child in subject_of.children:
        if child.relation in ("nsubj", "nsubj:outer"):
            actors += [child, *(c for c in child.children if c.relation == "conj")]
        elif child.relation == "nsubj:pass":
            recipients += [child, *(c for c in child.children if c.relation == "conj")]
    for child in token.children:
        if child.relation in ("obj", "iobj"):
            recipients += [child, *(c for c in child.children if c.relation == "conj")]
        elif child.relation == "obl:agent":
            actors.append(child)
        elif child.relation.startswith(("obl", "advmod")):
            if child.entity == "place" and child.upos in ("NOUN", "PROPN"):
                place = place or _phrase(text, child)
            elif child.entity == "time" or child.relation in ("obl:tmod", "obl:unmarked"):
                time = time or _phrase(text, child, with_case=True)
        if child.lemma in HEDGES or child.form.lower() in HEDGES:
            likelihood = likelihood or _span(text, [child])
    negative = any(
        child.lemma in ("not", "never", "no") and child.relation in ("advmod", "det") for child in token.children
    )
    whole = _span(text, clause + trigger)
    people = [t for t in actors + recipients if t.upos in ("NOUN", "PROPN", "PRON")]
    return {
        **whole,
        "trigger": _span(text, trigger),
        "kind": None,
        "polarity": "negative" if negative else "positive",
        "sources": [{**attributed[0], "source_kind": "person"}] if attributed else [],
        "cue": attributed[1] if attributed else None,
        "actors": [_phrase(text, t) for t in actors if t in people],
        "recipients": [_phrase(text, t) for t in recipients if t in people],
        "place": place,
        "time": time,
        "likelihood": likelihood,
    }


def _is_predicate(token: Token, parents: dict[int, Token]) -> bool:
    if token.relation.split(":")[0] not in {r.split(":")[0] for r in PREDICATE_RELATIONS}:
        return False
    if token.lemma in SPEECH and any(c.relation in ("ccomp", "parataxis") for c in token.children):
        return False
    parent = parents.get(token.head)
    if token.relation == "parataxis" and token.lemma in SPEECH and parent is not None:
        return False
    return token.upos == "VERB" or any(child.relation == "cop" for child in token.children)


def gum_documents(archive: Path) -> list[Annotated]:
    """GUM's documents of the useful genres as pseudo-annotated texts, by name."""
    documents = []
    with tarfile.open(archive) as tar:
        members = sorted((m for m in tar.getmembers() if m.name.endswith(".conllu")), key=lambda member: member.name)
        for member in members:
            name = Path(member.name).stem
            handle = tar.extractfile(member)
            if handle is None or name.split("_")[1] not in GENRES:
                continue
            text, trees = _rebuild(handle.read().decode("utf-8").splitlines())
            rows = []
            for tree in trees:
                parents = {token.number: token for token in tree}
                rows += [_statement(text, token, parents) for token in tree if _is_predicate(token, parents)]
            documents.append(Annotated(name=name, text=text, statements=tuple(rows)))
    return documents
