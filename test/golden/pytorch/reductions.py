# Cases of what gathers an axis, or several, into one number, and of what runs along an axis.
import numpy as np
import torch
from golden import given, integers, normal
from torch.nn import functional

INFINITY = float('inf')
NAN = float('nan')

# Label, shape of the input, axes, and whether they are kept.
AXES = [
    ('all axes', (3, 4), 'all', False),
    ('the first axis', (3, 5), 0, False),
    ('the last axis, kept', (3, 5), -1, True),
    ('the middle axis', (2, 3, 4), 1, False),
    ('outer and inner axes', (2, 3, 4), (0, 2), True),
    ('all but channels', (2, 3, 4, 5), (0, 2, 3), False),
    ('a long axis', (3, 150), 1, False),
    ('a scalar', (), 'all', False),
]


def as_json(axes):
    return list(axes) if isinstance(axes, tuple) else axes


def add_axes(suite, name, reduce, options=None):
    """`reduce` takes the tensor, one axis or all as a tuple, and whether to keep them."""
    suffix = ''.join(f', {key} {value}' for key, value in (options or {}).items())
    for label, shape, axes, kept in AXES:
        every = tuple(range(len(shape))) if axes == 'all' else axes
        compute = lambda x, e=every, k=kept: reduce(x, e, k)
        told = {'axes': as_json(axes), 'keepDimensions': kept, **(options or {})}
        suite.add(name, label + suffix, compute, [normal(*shape)], told)


def extremes(suite):
    for name, reduce in (('max', torch.amax), ('min', torch.amin)):
        add_axes(suite, name, lambda x, axes, kept, f=reduce: f(x, axes, kept))
        sign = 1 if name == 'max' else -1
        ties = given([[sign, 3 * sign, 3 * sign], [3 * sign, 0, 3 * sign]])
        suite.add(name, 'ties of all axes', lambda x, f=reduce: f(x, ()), [ties], {'axes': 'all'})
        suite.add(name, 'ties of rows', lambda x, f=reduce: f(x, 1), [ties], {'axes': 1})
        cube = given(sign * np.array([[[1, 3], [3, 0]], [[3, 3], [2, 1]]]))
        suite.add(name, 'ties of outer and inner axes', lambda x, f=reduce: f(x, (0, 2)), [cube], {'axes': [0, 2]})
        nan = given([[1, NAN, 2], [1, 0, 2]])
        suite.add(name, 'NaN', lambda x, f=reduce: f(x, 1), [nan], {'axes': 1}, differentiate=False)

    for axis in (0, 1, -1):
        suite.add('argmax', f'axis {axis}', lambda x, a=axis: x.argmax(a), [normal(3, 5, 7)], {'axis': axis})
    suite.add('argmax', 'ties', lambda x: x.argmax(-1), [given([[1, 3, 3, 0], [2, 2, 2, 2], [-1, -3, -1, -1]])])


def statistics(suite):
    for correction in (0, 1, 0.5):
        for name, function in (('variance', torch.var), ('standardDeviation', torch.std)):
            for label, shape, axes, kept in AXES[:-1]:
                every = tuple(range(len(shape))) if axes == 'all' else axes
                options = {'axes': as_json(axes), 'correction': correction, 'keepDimensions': kept}
                compute = lambda x, f=function, e=every, c=correction, k=kept: f(x, e, correction=c, keepdim=k)
                suite.add(name, f'{label}, correction {correction}', compute, [normal(*shape)], options)
    far = [lambda random: 50 + random.standard_normal((3, 20))]
    suite.add('variance', 'far from 0', lambda x: x.var(1), far, {'axes': 1})
    for name, order in ((1, 1), (2, 2), ('max', INFINITY)):
        add_axes(suite, 'norm', lambda x, axes, kept, o=order: torch.linalg.vector_norm(x, o, axes, kept), {'order': name})
        zeros = given([[0, 0, 0], [0, 3, -3]])
        options = {'order': name, 'axes': 1}
        suite.add('norm', f'zeros, order {name}', lambda x, o=order: torch.linalg.vector_norm(x, o, 1), [zeros], options)


def along_an_axis(suite):
    for name, function in (
        ('cumulativeSum', torch.cumsum),
        ('logSumExp', torch.logsumexp),
        ('logSoftmax', torch.log_softmax),
    ):
        for axis in (0, 1, -1):
            draw = normal(3, 4, 9, scale=3)
            suite.add(name, f'axis {axis}', lambda x, f=function, a=axis: f(x, a), [draw], {'axis': axis})
        suite.add(name, 'a vector', lambda x, f=function: f(x, 0), [normal(21)])
    far = given([[1000, 0, -1000], [-200, -200, -201], [5, -INFINITY, 0]])
    for name, function in (('logSumExp', torch.logsumexp), ('logSoftmax', torch.log_softmax)):
        suite.add(name, 'far apart', lambda x, f=function: f(x, -1), [far])


def columns(suite):
    def gather(x, indices):
        return x.gather(-1, indices)

    suite.add('gatherColumns', 'some twice', gather, [normal(2, 3, 4), integers(0, 4, 2, 3, 5)])
    suite.add('gatherColumns', 'of a vector', gather, [normal(9), integers(0, 9, 4)])
    for k in (1, 4, 11):
        options = {'k': k, 'part': 'values'}
        suite.add('topK', f'the {k} largest', lambda x, k=k: x.topk(k).values, [normal(3, 11)], options)
        options = {'k': k, 'part': 'indices'}
        suite.add('topK', f'where the {k} largest are', lambda x, k=k: x.topk(k).indices, [normal(3, 11)], options)
    suite.add('oneHot', 'of rank two', lambda i: functional.one_hot(i, 5).double(), [integers(0, 5, 2, 6)], {'classes': 5})


def add_cases(suite):
    extremes(suite)
    statistics(suite)
    along_an_axis(suite)
    columns(suite)
    add_axes(suite, 'sum', lambda x, axes, kept: x.sum(axes, kept))
    add_axes(suite, 'mean', lambda x, axes, kept: x.mean(axes, kept))
    suite.add('sum', 'numbers of many sizes', lambda x: x.sum(1), [normal(2, 200, scale=1e4)], {'axes': 1})
