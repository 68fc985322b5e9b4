"""The network of answers: what four bits a weight keep of it, how it learns, that its export says the same."""

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


def test_a_student_is_its_teacher_on_sixteen_steps() -> None:
    from train.answers_bits import HIGHEST, LOWEST, matrices, rounded

    teacher = network(2)
    student = teacher.student()
    own, theirs = matrices(student.bert.encoder), matrices(teacher.bert.encoder)
    assert len(own) == len(theirs) == 12
    for name, one in own.items():
        numbers, step = rounded(one)
        assert numbers.min() >= LOWEST and numbers.max() <= HIGHEST and torch.equal(numbers, numbers.round())
        assert torch.allclose(one.weight, numbers * step[:, None])
        near = (one.weight - theirs[name].weight).abs()
        assert near.mean() < 0.25 * theirs[name].weight.abs().mean()


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


@pytest.mark.slow
def test_in_four_bits_it_learns_too_and_its_steps_with_it() -> None:
    from train.answers_bits import matrices, rounded
    from train.answers_network import Lessons, Plan, fit, logits_of

    model = network(2).student()
    before = [rounded(one)[1].clone() for one in matrices(model.bert.encoder).values()]
    labels = torch.tensor([number % 2 for number in range(len(ROWS))])
    rows = [[101, 2000 + label, 102, 102, 2100 + number, 102] for number, label in enumerate(labels.tolist())]
    said: list[str] = []
    fit(model, Lessons(rows, labels), Plan(epochs=12, batch=8, rate=2e-3, decay=1.0, seed=1), said.append)
    assert (logits_of(model, rows).argmax(dim=1) == labels).float().mean() > 0.9
    after = [rounded(one)[1] for one in matrices(model.bert.encoder).values()]
    assert any(not torch.equal(was, now) for was, now in zip(before, after, strict=True))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_what_is_exported_says_what_was_trained_by_a_smaller_vocabulary(tmp_path: Path) -> None:
    import onnxruntime
    from tokenizers import Tokenizer

    from foreshock.ledger.outcomes.answers import Question, joined
    from foreshock.read.windows import load_tokenizer
    from train.answers import MODEL
    from train.answers_export import PIECES, export
    from train.answers_network import padded

    model, whole = network(2).student().eval(), load_tokenizer(MODEL / "tokenizer.json")
    question = Question(
        "the army will fall", "They say the army will fall", "The army fell at 5 o'clock – Tatmadaw", ""
    )
    with torch.no_grad():
        wanted = model(padded([joined(whole, question)], model.device))
    export(model, MODEL / "tokenizer.json", question.pair, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers-tokenizer.json", "answers.onnx"]
    cut = Tokenizer.from_file(str(tmp_path / "answers-tokenizer.json"))
    assert cut.get_vocab_size() == PIECES
    ours, theirs = joined(cut, question), joined(whole, question)
    assert [cut.id_to_token(piece) for piece in ours] == [whole.id_to_token(piece) for piece in theirs]
    session = onnxruntime.InferenceSession(str(tmp_path / "answers.onnx"))
    logits = torch.from_numpy(session.run(["logits"], {"ids": padded([ours], model.device).numpy()})[0])
    assert logits.shape == (1, 3) and torch.allclose(logits, wanted, atol=0.02)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_a_matrix_takes_half_a_byte_a_weight(tmp_path: Path) -> None:
    import onnx
    from onnx import numpy_helper

    from train.answers import MODEL
    from train.answers_bits import matrices, rounded
    from train.answers_export import export

    model = network(2).student().eval()
    numbers = [rounded(one)[0] for one in matrices(model.bert.encoder).values()]
    export(model, MODEL / "tokenizer.json", ["Ber fell"], tmp_path)
    held = onnx.load(str(tmp_path / "answers.onnx")).graph.initializer
    packed = [numpy_helper.to_array(one) for one in held if one.name.endswith("_packed")]
    assert sorted(one.nbytes for one in packed) == sorted(one.numel() // 2 for one in numbers)
    first = packed[0].reshape(len(numbers[0]), -1)
    assert ((first & 15).astype(int) - 8 == numbers[0].numpy()[:, ::2]).all()
    assert ((first >> 4).astype(int) - 8 == numbers[0].numpy()[:, 1::2]).all()


def test_a_small_vocabulary_keeps_letters_first_then_what_is_used() -> None:
    from train.answers_export import kept_pieces

    vocabulary = {"[PAD]": 0, "[unused1]": 1, "[UNK]": 2, "a": 3, "ж": 4, "the": 5, "army": 6, "##ed": 7, "##é": 8}
    assert kept_pieces(vocabulary, {6}, 5) == [0, 2, 3, 6, 8]
    assert kept_pieces(vocabulary, {6}, 7) == [0, 2, 3, 5, 6, 7, 8]
