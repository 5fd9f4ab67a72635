# Cases of softmax and of the losses, with every reduction.
import numpy as np
import torch
from golden import given, integers, normal, uniform
from torch.nn import functional

REDUCTIONS = ('mean', 'sum', 'none')


def softmax(suite):
    for shape in ((5,), (3, 10), (2, 3, 17)):
        suite.add('softmax', f'rank {len(shape)}', lambda x: x.softmax(-1), [normal(*shape, scale=3)])
    suite.add('softmax', 'logits far apart', lambda x: x.softmax(-1), [given([[1000, 0, -1000], [-1e30, 0, 1], [5, 5, 5]])])


def shares(rows, classes):
    """Rows that sum to 1."""
    return lambda random: random.dirichlet(np.ones(classes), rows)


def cross_entropy(suite):
    def add(label, inputs, reduction='mean', smoothing=0.0):
        options = {'reduction': reduction} | ({'labelSmoothing': smoothing} if smoothing else {})
        suite.add(
            'crossEntropy',
            label,
            lambda x, t: functional.cross_entropy(x, t, reduction=reduction, label_smoothing=smoothing),
            inputs,
            options,
        )

    for reduction in REDUCTIONS:
        add(f'classes, {reduction}', [normal(7, 10, scale=2), integers(0, 10, 7)], reduction)
        add(f'shares of classes, {reduction}', [normal(6, 5, scale=2), shares(6, 5)], reduction)
        add(f'classes, smoothed, {reduction}', [normal(7, 4, scale=2), integers(0, 4, 7)], reduction, 0.1)
        add(f'shares, smoothed, {reduction}', [normal(4, 5, scale=2), shares(4, 5)], reduction, 0.3)
    add('one row', [normal(1, 3), given([2], int)])
    add('shares that do not sum to 1', [normal(4, 5), uniform(0, 1, 4, 5)])
    add('labels smoothed away', [normal(5, 3), integers(0, 3, 5)], smoothing=1.0)
    add('logits far apart', [given([[1000, 0, -1000], [200, 0, 199]]), given([2, 0], int)], 'none')
    add('shares, logits far apart', [given([[100, 0, -100], [80, 0, 79]]), given([[0, 0.5, 0.5], [0.1, 0.2, 0.7]])], 'none')
    add('sure and right', [given([[20, 0, 1], [0, -30, 30], [0, 1, 2]]), given([0, 2, 1], int)], 'none')


def entrywise(suite):
    losses = {
        'meanSquaredError': functional.mse_loss,
        'meanAbsoluteError': functional.l1_loss,
        'huber': functional.huber_loss,
    }
    for name, loss in losses.items():
        for reduction in REDUCTIONS:
            compute = lambda x, t, f=loss, r=reduction: f(x, t, reduction=r)
            suite.add(name, reduction, compute, [normal(3, 5), normal(3, 5)], {'reduction': reduction})
        equal = [given([1, 2, -1, 0]), given([1, 2.5, 1, -1])]
        suite.add(name, 'at the corners', lambda x, t, f=loss: f(x, t, reduction='none'), equal, {'reduction': 'none'})
    for delta in (0.3, 2):
        inputs = [normal(4, 5, scale=2), normal(4, 5)]
        options = {'reduction': 'none', 'delta': delta}
        compute = lambda x, t, d=delta: functional.huber_loss(x, t, reduction='none', delta=d)
        suite.add('huber', f'delta {delta}', compute, inputs, options)

    name, loss = 'binaryCrossEntropyWithLogits', functional.binary_cross_entropy_with_logits
    for reduction in REDUCTIONS:
        compute = lambda x, t, r=reduction: loss(x, t, reduction=r)
        suite.add(name, reduction, compute, [normal(3, 5, scale=3), uniform(0, 1, 3, 5)], {'reduction': reduction})
    far = [given([-200, -40, -5, 0, 5, 40, 200, 40, -40]), given([0, 0, 1, 0.5, 0, 1, 1, 0, 1])]
    suite.add(name, 'far out', lambda x, t: loss(x, t, reduction='none'), far, {'reduction': 'none'})


def add_cases(suite):
    softmax(suite)
    cross_entropy(suite)
    entrywise(suite)
