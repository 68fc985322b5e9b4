"""Learning on from the model of answers that ships: what is read back is that model, and so is what is written."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("transformers", reason="the train extra is not installed")

QUESTION = ("The northern army will enter Lipetsk", "The northern army entered Lipetsk on Thursday.")


@pytest.fixture(scope="module")
def back():  # type: ignore[no-untyped-def]
    from train.answers import MODEL
    from train.answers_further import read_back

    return read_back(MODEL).eval()


@pytest.mark.slow
def test_what_is_read_back_answers_as_the_model_that_ships(back) -> None:  # type: ignore[no-untyped-def]
    from foreshock.ledger.outcomes.answers import Question, joined, shipped
    from foreshock.read.windows import load_tokenizer
    from train.answers import MODEL

    thing, told = QUESTION
    question = Question(thing, "", told, "")
    with torch.no_grad():
        chances = back(torch.tensor([joined(load_tokenizer(MODEL / "tokenizer.json"), question)])).softmax(dim=-1)[0]
    [answer] = shipped().answers([question.bare])
    assert float(chances[0]) > 0.5 < answer.happened
    assert abs(float(chances[0]) - answer.happened) < 0.15


@pytest.mark.slow
def test_weights_that_begin_anywhere_in_their_cells_round_to_the_same(back) -> None:  # type: ignore[no-untyped-def]
    from train.answers import MODEL
    from train.answers_bits import matrices, rounded
    from train.answers_further import read_back

    loose = read_back(MODEL, seed=1)
    for one, other in zip(matrices(back.bert.encoder).values(), matrices(loose.bert.encoder).values(), strict=True):
        assert torch.equal(rounded(one)[0], rounded(other)[0])
        begun = other.parametrizations["weight"].original / other.parametrizations["weight"][0].step
        assert float((begun - begun.round()).detach().abs().mean()) > 0.15


@pytest.mark.slow
def test_what_has_learned_nothing_is_written_as_it_was(back, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    import onnx
    from onnx import numpy_helper

    from train.answers import MODEL
    from train.answers_further import move_half, write

    move_half(back, back)
    write(back, MODEL, tmp_path)
    old, new = (
        {one.name: numpy_helper.to_array(one) for one in onnx.load(folder / "answers.onnx").graph.initializer}
        for folder in (MODEL, tmp_path)
    )
    assert old.keys() == new.keys()
    for name, values in old.items():
        assert np.allclose(values.astype(float), new[name].astype(float), atol=1.01 if "quantized" in name else 1e-5), (
            name
        )
