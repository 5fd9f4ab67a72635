# Cases of what works entry by entry: functions of one operand, broadcasting operators, comparisons and choices.
import torch
from golden import given, integers, normal, uniform
from torch.nn import functional

INFINITY = float('inf')
NAN = float('nan')
EDGES = [0.0, -0.0, 1e-40, -1e-40, 1e-30, 1.0, -1.0, 1e30, -1e30, 1e38, -1e38, INFINITY, -INFINITY]

# Each function of one operand: how PyTorch says it, its inputs by label, and its options.
FUNCTIONS = {
    'negate': torch.neg,
    'abs': torch.abs,
    'square': torch.square,
    'sqrt': torch.sqrt,
    'exp': torch.exp,
    'expm1': torch.expm1,
    'log': torch.log,
    'log1p': torch.log1p,
    'erf': torch.erf,
    'floor': torch.floor,
    'relu': functional.relu,
    'sigmoid': torch.sigmoid,
    'tanh': torch.tanh,
    'gelu': functional.gelu,
    'softplus': functional.softplus,
}

# Where a function is defined, if not everywhere, and where it is interesting.
RANGES = {
    'sqrt': (0.01, 9),
    'exp': (-20, 10),
    'expm1': (-20, 10),
    'log': (0.01, 20),
    'log1p': (-0.9, 20),
}


def unary(suite):
    for name, function in FUNCTIONS.items():
        low, high = RANGES.get(name, (-5, 5))
        suite.add(name, 'a scalar', function, [uniform(0.5, 1)])
        suite.add(name, 'its range', function, [uniform(low, high, 5, 13)])
        suite.add(name, 'edges', function, [given(EDGES)])
        suite.add(name, 'NaN', function, [given([NAN])], differentiate=False)
        tiny = uniform(0, 1e-3, 11) if name in ('sqrt', 'log') else uniform(-1e-3, 1e-3, 11)
        suite.add(name, 'near 0', function, [tiny])
    for name in ('exp', 'expm1', 'sigmoid', 'tanh', 'softplus'):
        suite.add(name, 'far out', FUNCTIONS[name], [given([-120, -100, -88, -50, -17, 0.5, 17, 50, 88])])
    for name in ('exp', 'expm1'):
        suite.add(name, 'overflow', FUNCTIONS[name], [given([88.5, 89, 100, 1000])], differentiate=False)
    for name in ('erf', 'gelu'):
        suite.add(name, 'far out', FUNCTIONS[name], [given([-20, -9, -4, -3.5, 3.5, 4, 9, 20])])
    for name in ('log', 'log1p'):
        near = uniform(0.99, 1.01, 11) if name == 'log' else uniform(-0.9999, -0.99, 11)
        suite.add(name, 'near 1' if name == 'log' else 'near -1', FUNCTIONS[name], [near])


def with_options(suite):
    def leaky(x):
        return functional.leaky_relu(x, 0.2)

    suite.add('leakyRelu', 'slope 0.2', leaky, [normal(4, 6)], {'slope': 0.2})
    suite.add('leakyRelu', 'edges', leaky, [given(EDGES)], {'slope': 0.2})
    suite.add('leakyRelu', 'the slope by default', functional.leaky_relu, [normal(9)])

    def clip(x):
        return x.clamp(-0.5, 1)

    suite.add('clip', 'between two bounds', clip, [normal(4, 6)], {'low': -0.5, 'high': 1})
    suite.add('clip', 'infinities', clip, [given([-INFINITY, INFINITY, 0])], {'low': -0.5, 'high': 1})
    # At a bound the gradient was passed on up to PyTorch 2.13, as here, and is 0 from 2.14 on; that of NaN differs too.
    bounds = given([-0.5, 1, NAN])
    suite.add('clip', 'at the bounds', clip, [bounds], {'low': -0.5, 'high': 1}, differentiate=False)

    for exponent in (-2, -1, -0.5, 0, 0.5, 1, 1.7, 2, 3, 4):
        label = f'to the power of {exponent}'
        suite.add('pow', label, lambda x, e=exponent: x**e, [uniform(0.1, 4, 3, 5)], {'exponent': exponent})
    for exponent in (-1, 0, 1, 2, 3):
        label = f'negative numbers to the power of {exponent}'
        suite.add('pow', label, lambda x, e=exponent: x**e, [uniform(-3, -0.1, 7)], {'exponent': exponent})
    for exponent in (-1, -0.5, 0, 0.5, 1, 1.5, 2, 3):
        edges = given([0, INFINITY, 1, 1e-20])
        label = f'edges to the power of {exponent}'
        suite.add('pow', label, lambda x, e=exponent: x**e, [edges], {'exponent': exponent})


OPERATORS = {
    'add': torch.add,
    'subtract': torch.subtract,
    'multiply': torch.multiply,
    'divide': torch.divide,
    'minimum': torch.minimum,
    'maximum': torch.maximum,
}

BROADCASTS = {
    'same shape': ((3, 5), (3, 5)),
    'a row to every row': ((3, 5), (5,)),
    'a column to every column': ((3, 5), (3, 1)),
    'both stretch': ((3, 1), (1, 4)),
    'a scalar': ((), (2, 3)),
    'axes in the middle': ((2, 1, 3, 1), (4, 1, 5)),
    'a channel to an image': ((2, 3, 4, 5), (3, 1, 1)),
}


def operators(suite):
    for name, operator in OPERATORS.items():
        for label, (a, b) in BROADCASTS.items():
            suite.add(name, label, operator, [normal(*a), uniform(0.5, 2, *b)])
    for name in ('minimum', 'maximum'):
        ties = [given([1, 2, 2, 0, INFINITY, -INFINITY]), given([1, 1, 2, -0.0, INFINITY, 1])]
        suite.add(name, 'ties', OPERATORS[name], ties)
        suite.add(name, 'NaN', OPERATORS[name], [given([NAN, 1, NAN]), given([1, NAN, NAN])], differentiate=False)
    suite.add('divide', 'by 0 and by infinity', torch.divide, [given([1, -1, 0, 2]), given([0, 0, 0, INFINITY])])


COMPARISONS = {
    'equal': torch.eq,
    'less': torch.lt,
    'lessEqual': torch.le,
    'greater': torch.gt,
    'greaterEqual': torch.ge,
}


def choices(suite):
    for name, comparison in COMPARISONS.items():
        edges = [given([1, 2, 2, 0, INFINITY, NAN, NAN]), given([2, 2, 1, -0.0, INFINITY, 1, NAN])]
        suite.add(name, 'edges', comparison, edges)
        suite.add(name, 'broadcast', comparison, [given([[1], [2], [3]]), given([3, 2, 1, 0])])
        suite.add(name, 'integers', comparison, [integers(-2, 3, 4, 5), integers(-2, 3, 5)])

    def where(condition, a, b):
        return torch.where(condition != 0, a, b)

    suite.add('where', 'same shape', where, [integers(0, 2, 3, 5), normal(3, 5), normal(3, 5)])
    suite.add('where', 'a condition for each row', where, [integers(-1, 2, 4, 1), normal(3), normal()])
    suite.add('where', 'NaN not chosen', where, [given([0, 1, 0], int), given([NAN, 1, INFINITY]), given([1, NAN, 2])])


def add_cases(suite):
    unary(suite)
    with_options(suite)
    operators(suite)
    choices(suite)
