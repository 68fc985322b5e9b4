"""A few annotated documents of the corpus, as training takes them."""

import pytest


@pytest.fixture(scope="module")
def documents():  # type: ignore[no-untyped-def]
    from foreshock.read.windows import load_tokenizer
    from train.annotated import CORPUS, read_folder
    from train.examples import Prepared
    from train.train import MODEL

    tokenizer = load_tokenizer(MODEL / "tokenizer.json")
    return [Prepared(one, tokenizer) for one in read_folder(CORPUS / "documents")[:2]]


@pytest.fixture(scope="module")
def examples(documents):  # type: ignore[no-untyped-def]
    from foreshock.read.encoder import CLS, SEP

    return [example for document in documents for example in document.examples(CLS, SEP)][:3]
