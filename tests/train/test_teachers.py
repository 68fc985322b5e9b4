"""Several teachers answer together, and an open text is asked about what they find in it."""

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")


@pytest.mark.slow
def test_a_batch_holds_every_trigger_of_its_windows(examples) -> None:  # type: ignore[no-untyped-def]
    from train.batches import collate

    batch = collate(examples).to(torch.device("cpu"))
    assert len(batch.row) == sum(len(example.targets) for example in examples) > 0
    for number, example in enumerate(examples):
        length = example.inputs.shape[1]
        assert batch.ids[number, :length].tolist() == example.inputs[0].tolist()
        assert batch.mask[number].sum() == length
        firsts = batch.first[batch.row == number].tolist()
        assert firsts == [target.first for target in example.targets]
        assert all(batch.trigger[number, first] == 1 for first in firsts)


@pytest.mark.slow
def test_two_teachers_answer_with_the_mean_of_their_logits(examples) -> None:  # type: ignore[no-untyped-def]
    from train.batches import collate
    from train.distil import answers
    from train.network import HIDDEN, STUDENT, Reader

    torch.manual_seed(1)
    batch = collate(examples)
    one, two = Reader(size=STUDENT).eval(), Reader(size=STUDENT).eval()
    both, first, second = (answers(teachers, batch, HIDDEN) for teachers in ([one, two], [one], [two]))
    assert torch.allclose(both.tokens, (first.tokens + second.tokens) / 2, atol=1e-5)
    assert both.statements and first.statements and second.statements
    for mean, a, b in zip(both.statements, first.statements, second.statements, strict=True):
        assert torch.allclose(mean, (a + b) / 2, atol=1e-4)


def test_a_window_without_annotation_is_asked_about_the_triggers_that_the_teachers_find(examples) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from train.batches import collate
    from train.distil import answers, found_triggers
    from train.network import HIDDEN, STUDENT, Reader

    torch.manual_seed(1)
    batch = replace(collate(examples), annotated=False)
    teacher = Reader(size=STUDENT).eval()
    said = answers([teacher], batch, HIDDEN)
    wanted = found_triggers(said.tokens, batch)
    assert wanted
    assert list(zip(*(place.tolist() for place in said.places), strict=True)) == wanted
    lengths = batch.mask.sum(dim=1)
    assert all(1 <= first <= last < lengths[row] - 1 for row, first, last in wanted)
