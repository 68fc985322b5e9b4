"""Reads the geoparsing corpora beside the checkout: LGL, GeoWebNews and ReLocaR. Nothing of them enters the project."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Toponym:
    """One annotated mention: `[start, end)` into its article, GeoNames id, coordinates in degrees, role where given."""

    start: int
    end: int
    text: str
    geonameid: int
    lat: float
    lon: float
    country: str | None = None
    literal: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Article:
    """One text with its annotated mentions that carry a GeoNames id; `unsure` are the spans of the others."""

    id: str
    text: str
    toponyms: tuple[Toponym, ...]
    unsure: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One ReLocaR sentence: its text, the marked mention, and whether it is read literally."""

    text: str
    start: int
    end: int
    literal: bool


def _number(element: ElementTree.Element, path: str) -> float:
    return float(element.findtext(path) or "nan")


def lgl(path: Path) -> list[Article]:
    """The Local-Global Lexicon: 588 articles."""
    articles = []
    for number, article in enumerate(ElementTree.parse(path).getroot().iter("article")):
        text = article.findtext("text") or ""
        found = [
            Toponym(
                start=int(_number(toponym, "start")),
                end=int(_number(toponym, "end")),
                text=toponym.findtext("phrase") or "",
                geonameid=int(tag.get("geonameid") or 0),
                lat=_number(tag, "lat"),
                lon=_number(tag, "lon"),
                country=tag.findtext("country"),
            )
            for toponym in article.iter("toponym")
            if (tag := toponym.find("gaztag")) is not None
        ]
        unsure = [
            (int(_number(toponym, "start")), int(_number(toponym, "end")))
            for toponym in article.iter("toponym")
            if toponym.find("gaztag") is None
        ]
        identity = f"lgl-{article.get('docid') or number}"
        articles.append(Article(id=identity, text=text, toponyms=tuple(found), unsure=tuple(unsure)))
    return articles


LITERAL = {"Literal", "Mixed", "Literal_Modifier", "Coercion", "Embedded_Literal"}
METONYMIC = {"Metonymic", "Non_Literal_Modifier", "Demonym", "Homonym", "Language", "Embedded_Non_Lit"}


def gwn(path: Path) -> list[Article]:
    """GeoWebNews: 200 articles; mentions with a GeoNames id, less two whose offsets are wrong."""
    articles = []
    for article in ElementTree.parse(path).getroot().iter("article"):
        identity, text = f"gwn-{article.get('file')}", article.findtext("text") or ""
        found, unsure = [], []
        for toponym in article.iter("toponym"):
            geonameid = toponym.findtext("geonamesID") or ""
            start, end = int(_number(toponym, "start")), int(_number(toponym, "end"))
            if not geonameid.isdigit() or text[start:end] != toponym.findtext("extractedName"):
                unsure.append((start, end))
                continue
            reading = toponym.findtext("type")
            found.append(
                Toponym(
                    start=start,
                    end=end,
                    text=text[start:end],
                    geonameid=int(geonameid),
                    lat=_number(toponym, "latitude"),
                    lon=_number(toponym, "longitude"),
                    literal=True if reading in LITERAL else False if reading in METONYMIC else None,
                )
            )
        articles.append(Article(id=identity, text=text, toponyms=tuple(found), unsure=tuple(unsure)))
    return articles


def relocar(path: Path) -> list[Sample]:
    """ReLocaR: one sentence a sample, one marked mention."""
    samples = []
    for sample in ElementTree.parse(path).getroot().iter("sample"):
        mark = sample.find("loc")
        if mark is None:
            continue
        before, name, after = sample.text or "", mark.text or "", mark.tail or ""
        samples.append(
            Sample(
                text=before + name + after,
                start=len(before),
                end=len(before) + len(name),
                literal=mark.get("reading") == "lit",
            )
        )
    return samples
