# Cases of matrix and other products: every transpose, and sizes that fill and leave over tiles of every width.
import torch
from golden import normal, sparse
from torch.nn import functional

SIZES = [(1, 1, 1), (7, 5, 9), (6, 8, 16), (13, 17, 33), (1, 40, 10), (32, 30, 1), (5, 150, 7), (32, 64, 10)]


def dense(suite):
    for m, k, n in SIZES:
        suite.add('matmul', f'{m} x {k} by {k} x {n}', torch.matmul, [normal(m, k), normal(k, n)])
    for m, k, n in ((5, 7, 3), (9, 20, 18)):
        sizes = f'{m} x {k} x {n}'
        suite.add('matmul', f'a transposed, {sizes}', lambda a, b: a.T @ b, [normal(k, m), normal(k, n)], {'transposeA': True})
        suite.add('matmul', f'b transposed, {sizes}', lambda a, b: a @ b.T, [normal(m, k), normal(n, k)], {'transposeB': True})
        both = {'transposeA': True, 'transposeB': True}
        suite.add('matmul', f'both transposed, {sizes}', lambda a, b: a.T @ b.T, [normal(k, m), normal(n, k)], both)


def mostly_zero(suite):
    suite.add('matmul', 'sparse', torch.matmul, [sparse(9, 20), normal(20, 13)], {'sparse': True})
    transposed = {'sparse': True, 'transposeA': True}
    suite.add('matmul', 'sparse transposed', lambda a, b: a.T @ b, [sparse(20, 9), normal(20, 13)], transposed)


def linear(suite):
    def add(label, shape, outputs, draw=normal, bias=True, **options):
        def compute(x, weight, bias=None):
            y = functional.linear(x, weight.T, bias)
            return y.relu() if options.get('activation') == 'relu' else y

        inputs = [draw(*shape), normal(shape[-1], outputs)] + ([normal(outputs)] if bias else [])
        suite.add('linear', label, compute, inputs, options)

    add('with bias', (5, 7), 3)
    add('without bias', (5, 7), 3, bias=False)
    add('of rank three', (2, 3, 6), 4)
    add('a vector', (6,), 4)
    add('outputs that fill tiles', (12, 20), 32)
    add('ten outputs', (32, 30), 10)
    add('relu', (6, 9), 17, activation='relu')
    add('relu without bias', (6, 9), 5, bias=False, activation='relu')
    add('sparse', (9, 30), 16, sparse, sparse=True)
    add('sparse, without bias', (9, 30), 5, sparse, bias=False, sparse=True)
    add('sparse, relu', (9, 30), 40, sparse, activation='relu', sparse=True)
    add('sparse, of rank three', (2, 4, 11), 8, sparse, sparse=True)


# Shapes of batches, and whether the operands are transposed.
BATCHES = [
    ('batches', (3, 2, 4), (3, 4, 5), False, False),
    ('two axes of batches', (2, 3, 4, 5), (2, 3, 5, 2), False, False),
    ('batches that broadcast', (2, 1, 2, 3), (4, 3, 2), False, False),
    ('one matrix for a batch', (2, 3, 4), (4, 5), False, False),
    ('a batch for one matrix', (2, 4), (3, 4, 2), False, False),
    ('batches, a transposed', (3, 4, 2), (3, 4, 5), True, False),
    ('batches, b transposed', (3, 2, 4), (3, 5, 4), False, True),
    ('batches, both transposed', (3, 4, 2), (3, 5, 4), True, True),
    ('one matrix for a batch, transposed', (2, 3, 4), (5, 4), False, True),
    ('a transposed matrix for a batch', (4, 2), (3, 4, 5), True, False),
]


def batched(suite):
    for label, a_shape, b_shape, a_transposed, b_transposed in BATCHES:

        def product(a, b, left=a_transposed, right=b_transposed):
            return (a.mT if left else a) @ (b.mT if right else b)

        options = {'transposeA': a_transposed, 'transposeB': b_transposed}
        suite.add('matmul', label, product, [normal(*a_shape), normal(*b_shape)], options)


EQUATIONS = [
    ('ij->ji', (2, 3)),
    ('ijk->j', (2, 3, 4)),
    ('ii->', (4, 4)),
    ('iji->ji', (3, 2, 3)),
    ('ij,jk->ik', (3, 4), (4, 5)),
    ('ji,kj->ki', (3, 2), (4, 3)),
    ('ba,ca', (3, 4), (2, 4)),
    ('ij,ij->', (3, 4), (3, 4)),
    ('ij,ij->i', (3, 4), (3, 4)),
    ('i,j->ji', (3,), (4,)),
    ('bhqd,bhkd->bhqk', (2, 2, 3, 2), (2, 2, 4, 2)),
    ('nchw,fchw->nf', (2, 2, 3, 2), (4, 2, 3, 2)),
    ('abij,jkb->kab', (2, 3, 2, 4), (4, 2, 3)),
    ('i,ij,j->', (3,), (3, 4), (4,)),
    ('ij,jk,kl->il', (2, 3), (3, 4), (4, 2)),
]


def einsum(suite):
    for equation, *shapes in EQUATIONS:
        inputs = [normal(*shape) for shape in shapes]
        suite.add('einsum', equation, lambda *x, e=equation: torch.einsum(e, *x), inputs, {'equation': equation})


def add_cases(suite):
    dense(suite)
    linear(suite)
    batched(suite)
    einsum(suite)
    mostly_zero(suite)
