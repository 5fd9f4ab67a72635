# Cases of what moves entries about: other shapes, parts, orders of axes, joins and borders.
import numpy as np
import torch
from golden import given, integers, normal
from torch.nn import functional


def views(suite):
    suite.add('reshape', 'two axes to three', lambda x: x.reshape(2, 3, 4), [normal(4, 6)], {'shape': [2, 3, 4]})
    suite.add('reshape', 'to a scalar', lambda x: x.reshape(()), [normal(1, 1)], {'shape': []})

    def transpose(label, shape, axes):
        suite.add('transpose', label, lambda x: x.permute(axes), [normal(*shape)], {'axes': axes})

    transpose('a matrix', (5, 9), [1, 0])
    transpose('rows and columns of images', (2, 3, 4, 5), [0, 1, 3, 2])
    transpose('channels last', (2, 3, 4, 5), [0, 2, 3, 1])
    transpose('axes in a circle, one from the end', (2, 3, 1, 4), [-1, 0, 1, 2])
    suite.add('transpose', 'all axes reversed by default', lambda x: x.permute(2, 1, 0), [normal(2, 3, 4)])

    def part(label, shape, index, selections):
        suite.add('slice', label, lambda x: x[index], [normal(*shape)], {'selections': selections})

    part('rows', (5, 3), np.s_[1:4], [{'from': 1, 'to': 4}])
    part('an entry of one axis', (3, 7, 2), np.s_[-1], [-1])
    part('steps of an inner axis', (3, 7, 2), np.s_[:, 1::3], ['all', {'from': 1, 'step': 3}])
    part('from the end', (4, 6), np.s_[-3:-1, -2:], [{'from': -3, 'to': -1}, {'from': -2}])
    part('a single entry', (2, 3), np.s_[1, -2], [1, -2])
    suite.add('slice', 'backwards', lambda x: x.flip(1)[:, ::2], [normal(2, 6)], {'selections': ['all', {'step': -2}]})

    def diagonal(label, shape, first, second):
        suite.add('diagonal', label, lambda x: x.diagonal(0, first, second), [normal(*shape)], {'axes': [first, second]})

    diagonal('a square', (4, 4), -2, -1)
    diagonal('a wide matrix for each of three', (3, 2, 5), -2, -1)
    diagonal('outer axes', (3, 2, 3), 0, 2)

    suite.add('squeeze', 'all axes of one entry', torch.squeeze, [normal(1, 3, 1, 2)])
    suite.add('squeeze', 'one of them', lambda x: x.squeeze(-1), [normal(1, 3, 1)], {'axes': -1})
    suite.add('expandDims', 'in front', lambda x: x.unsqueeze(0), [normal(2, 3)], {'axis': 0})
    suite.add('expandDims', 'at the end', lambda x: x.unsqueeze(-1), [normal(2, 3)], {'axis': -1})


def joins(suite):
    def concat(label, axis, *shapes):
        inputs = [normal(*shape) for shape in shapes]
        suite.add('concat', label, lambda *x: torch.cat(x, axis), inputs, {'axis': axis})

    concat('rows', 0, (2, 3), (1, 3), (4, 3))
    concat('columns', -1, (3, 2), (3, 5))
    concat('channels of images', 1, (2, 1, 3, 3), (2, 4, 3, 3))

    for axis in (0, 1, -1):
        stacked = [normal(2, 3), normal(2, 3), normal(2, 3)]
        suite.add('stack', f'along axis {axis}', lambda *x, a=axis: torch.stack(x, a), stacked, {'axis': axis})

    suite.add('pad', 'one width for all sides', lambda x: functional.pad(x, (1, 1, 1, 1)), [normal(2, 3)], {'widths': 1})
    uneven = {'widths': [0, [1, 2], [0, 3]], 'value': -1.5}
    suite.add('pad', 'a width for each side', lambda x: functional.pad(x, (0, 3, 1, 2), value=-1.5), [normal(2, 2, 3)], uneven)


def rows(suite):
    def gather(x, indices):
        return x.index_select(0, indices)

    suite.add('gatherRows', 'in any order, some twice', gather, [normal(5, 7), given([4, 0, 0, 3, 4, 4], int)])
    suite.add('gatherRows', 'of rank three', gather, [normal(6, 2, 3), integers(0, 6, 8)])
    suite.add('gatherRows', 'single numbers', gather, [normal(6), integers(0, 6, 4)])


def add_cases(suite):
    views(suite)
    joins(suite)
    rows(suite)
