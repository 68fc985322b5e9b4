"""The reader that ships starts from the teacher, and what is exported says what was trained."""

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")


def test_a_student_of_the_whole_width_and_depth_would_be_the_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    from train import network

    monkeypatch.setattr(network, "STUDENT_LAYERS", tuple(range(network.WHOLE.layers)))
    monkeypatch.setattr(network, "STUDENT", network.WHOLE)
    teacher = network.Reader().eval()
    student = teacher.student().eval()
    ids = torch.arange(1000, 1024)[None]
    zeros = torch.zeros_like(ids)
    with torch.no_grad():
        for mine, theirs in zip(
            student.encoder(ids, zeros, zeros, zeros), teacher.encoder(ids, zeros, zeros, zeros), strict=True
        ):
            assert torch.allclose(mine, theirs, atol=1e-5)


def test_what_is_exported_says_what_was_trained() -> None:
    from train.export import ExportedEncoder, ExportedHeads
    from train.network import BOUNDARIES, SHAPES, SHIPPED, Reader

    student = Reader(size=SHIPPED).eval()
    ids = torch.arange(1000, 1040)[None]
    shape, boundary, quoted = ids % SHAPES, ids % BOUNDARIES, ids % 2
    sentence = torch.arange(40)[None] // 9
    first, last = torch.tensor([3, 9, 38]), torch.tensor([4, 9, 39])
    with torch.no_grad():
        trained = student.encoder(ids, shape, boundary, quoted)
        exported = ExportedEncoder(student.encoder).eval()(ids, shape, boundary, quoted)
        trained += student.heads(trained[0], sentence, torch.zeros_like(first), first, last)
        exported += ExportedHeads(student.heads).eval()(exported[0], sentence, first, last)
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(trained, exported, strict=True))


@pytest.mark.slow
def test_what_is_taken_away_is_what_the_answers_depend_on_least(documents, examples) -> None:  # type: ignore[no-untyped-def]
    from train.batches import collate
    from train.narrow import dependence, narrowed
    from train.network import Reader, Size

    whole = Reader(size=Size(layers=2, heads=12, feed_forward=64)).eval()
    idle_heads, idle_units = [1, 4, 7, 10], list(range(0, 64, 2))
    with torch.no_grad():
        for layer in whole.encoder.bert.encoder.layer:
            for head in idle_heads:
                layer.attention.output.dense.weight[:, 32 * head : 32 * head + 32] = 0
            layer.output.dense.weight[:, idle_units] = 0
    batch = collate(examples)
    small = narrowed(whole, Size(layers=2, heads=8, feed_forward=32), *dependence(whole, documents, [batch])).eval()
    with torch.no_grad():
        for mine, theirs in zip(small.encoder(*batch.inputs), whole.encoder(*batch.inputs), strict=True):
            assert torch.allclose(mine, theirs, atol=1e-5)


def test_what_equals_the_teacher_costs_nothing() -> None:
    from train.distil import hidden_loss, learned_token_loss

    logits, mask = torch.randn(2, 30, 13), torch.ones(2, 30)
    assert float(learned_token_loss(logits, logits, mask)) == pytest.approx(0, abs=1e-6)
    assert float(learned_token_loss(logits, torch.randn(2, 30, 13), mask)) > 0.1
    assert float(hidden_loss(logits, logits, mask)) == 0
