"""The network of answers: what its student starts from, what it is taught, and that what is exported says the same."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")


def network(layers: int = 12):  # type: ignore[no-untyped-def]
    from transformers import MPNetConfig, MPNetModel

    from train.answers_network import CrossEncoder

    torch.manual_seed(1)
    config = MPNetConfig(
        hidden_size=32, num_hidden_layers=layers, num_attention_heads=2, intermediate_size=48, vocab_size=30527
    )
    return CrossEncoder(MPNetModel(config, add_pooling_layer=False)).eval()


ROWS = [[101, 2000 + n, 2100, 102, 102, 2200 + n, *range(2300, 2300 + n), 102] for n in range(40)]


def test_a_student_starts_from_every_other_layer_of_its_teacher() -> None:
    from train.answers_network import STUDENT_LAYERS

    teacher = network()
    student = teacher.student()
    assert len(student.bert.encoder.layer) == 6 and len(teacher.bert.encoder.layer) == 12
    for mine, number in zip(student.bert.encoder.layer, STUDENT_LAYERS, strict=True):
        theirs = teacher.bert.encoder.layer[number].state_dict()
        assert all(torch.equal(value, theirs[name]) for name, value in mine.state_dict().items())


def test_an_answer_does_not_depend_on_what_else_is_in_the_batch() -> None:
    from train.answers_network import padded

    model = network(2)
    with torch.no_grad():
        together = model(padded(ROWS, model.device))
        alone = torch.cat([model(padded([row], model.device)) for row in ROWS])
    assert torch.allclose(together, alone, atol=1e-5)


def test_labels_and_teachers_weigh_as_they_should() -> None:
    from train.answers_network import BESIDE_TEACHERS, lesson_loss
    from train.examples import IGNORED

    logits, taught = torch.randn(4, 3), torch.randn(4, 3)
    labels = torch.tensor([0, 2, IGNORED, IGNORED])
    nobody = torch.full((4,), IGNORED)
    by_teachers = lesson_loss(logits, nobody, taught)
    assert torch.allclose(by_teachers, -(taught.softmax(-1) * logits.log_softmax(-1)).sum(-1).mean())
    by_labels = lesson_loss(logits[:2], labels[:2]) / 2
    assert torch.allclose(lesson_loss(logits, labels, taught), by_teachers + BESIDE_TEACHERS * by_labels)


def test_higher_layers_learn_faster_and_every_weight_learns_once() -> None:
    from train.answers_network import Plan, rates

    model = network(3)
    groups = rates(model, Plan(epochs=1, batch=8, rate=1e-4, decay=0.5, seed=1))
    assert [group["lr"] for group in groups] == pytest.approx([1e-4, 5e-5, 2.5e-5, 1.25e-5, 2e-4])
    weights = [id(weight) for group in groups for weight in group["params"]]
    assert sorted(weights) == sorted(id(weight) for weight in model.parameters())


def test_it_learns_what_it_is_taught() -> None:
    from train.answers_network import Lessons, Plan, fit, logits_of

    model = network(2)
    labels = torch.tensor([number % 2 for number in range(len(ROWS))])
    rows = [[101, 2000 + label, 102, 102, 2100 + number, 102] for number, label in enumerate(labels.tolist())]
    said: list[str] = []
    fit(model, Lessons(rows, labels), Plan(epochs=12, batch=8, rate=2e-3, decay=1.0, seed=1), said.append)
    assert len(said) == 12
    assert (logits_of(model, rows).argmax(dim=1) == labels).float().mean() > 0.9


def further(kept: float):  # type: ignore[no-untyped-def]
    """A network, and the same after it learned on, of which it kept that share."""
    from train.answers_further import Further, learn_on
    from train.answers_network import Lessons

    model = network(4)
    labels = torch.tensor([number % 2 for number in range(len(ROWS))])
    torch.manual_seed(5)
    said: list[str] = []
    learn_on(model, Lessons(ROWS, labels), Further(layers=2, batch=8, rate=1e-2, kept=kept, seed=1), said.append)
    assert len(said) == 1
    return network(4), model


def test_only_the_upper_layers_and_the_head_learn_on() -> None:
    before, after = further(kept=0.0)
    was = before.state_dict()
    moved = {name for name, value in after.state_dict().items() if not torch.equal(value, was[name])}
    upper = ("bert.encoder.layer.2.", "bert.encoder.layer.3.", "head.")
    assert all(any(name.startswith(part) for name in moved) for part in upper)
    assert all(name.startswith(upper) for name in moved)
    assert all(weight.requires_grad for weight in after.parameters()), "it can be trained as a whole again"


def test_what_learned_on_is_averaged_with_what_it_was() -> None:
    before, after = further(kept=0.0)
    _, averaged = further(kept=0.2)
    was, learned = before.state_dict(), after.state_dict()
    for name, value in averaged.state_dict().items():
        assert torch.allclose(value, 0.2 * was[name] + 0.8 * learned[name], atol=1e-6), name
    _, same = further(kept=1.0)
    assert all(torch.equal(value, was[name]) for name, value in same.state_dict().items())


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_what_is_exported_says_what_was_trained_by_a_smaller_vocabulary(tmp_path: Path) -> None:
    import onnxruntime
    from tokenizers import Tokenizer

    from foreshock.ledger.answers import Question, joined
    from foreshock.read.windows import load_tokenizer
    from train.answers import MODEL
    from train.answers_export import PIECES, export
    from train.answers_network import padded

    model, whole = network(2), load_tokenizer(MODEL / "tokenizer.json")
    question = Question(
        "the army will fall", "They say the army will fall", "The army fell at 5 o'clock – Tatmadaw", ""
    )
    export(model, MODEL / "tokenizer.json", question.pair, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers-tokenizer.json", "answers.onnx"]
    cut = Tokenizer.from_file(str(tmp_path / "answers-tokenizer.json"))
    assert cut.get_vocab_size() == PIECES
    ours, theirs = joined(cut, question), joined(whole, question)
    assert [cut.id_to_token(piece) for piece in ours] == [whole.id_to_token(piece) for piece in theirs]
    session = onnxruntime.InferenceSession(str(tmp_path / "answers.onnx"))
    logits = torch.from_numpy(session.run(["logits"], {"ids": padded([ours], model.device).numpy()})[0])
    with torch.no_grad():
        wanted = model(padded([theirs], model.device))
    assert logits.shape == (1, 3) and torch.allclose(logits, wanted, atol=0.02)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_the_model_that_ships_can_be_taken_up_again_as_a_network(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    from foreshock.ledger.answers import Answering, Question, joined
    from train.answers import MODEL
    from train.answers_network import padded
    from train.answers_resumed import resumed

    question = Question("Ber will fall by June", "They say that Ber will fall by June.", "Ber fell on Sunday.", "")
    model, kept = resumed(MODEL)
    pieces = joined(Tokenizer.from_file(str(MODEL / "answers-tokenizer.json")), question)
    with torch.no_grad():
        happened, failed, _ = model(padded([[kept[piece] for piece in pieces]], model.device)).softmax(dim=-1)[0]
    [told] = Answering(MODEL).answers([question])
    assert told.happened > 0.9 and abs(float(happened) - told.happened) < 0.1
    assert abs(float(failed) - told.failed) < 0.1


def test_a_small_vocabulary_keeps_letters_first_then_what_is_used() -> None:
    from train.answers_export import kept_pieces

    vocabulary = {"[PAD]": 0, "[unused1]": 1, "[UNK]": 2, "a": 3, "ж": 4, "the": 5, "army": 6, "##ed": 7, "##é": 8}
    assert kept_pieces(vocabulary, {6}, 5) == [0, 2, 3, 6, 8]
    assert kept_pieces(vocabulary, {6}, 7) == [0, 2, 3, 5, 6, 7, 8]
