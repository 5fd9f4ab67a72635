# Cases of convolution and pooling of images.
from golden import given, normal
from torch.nn import functional


def same_padding(lengths, reaches, strides):
    """Padding for ceil(length / stride) places, the odd entry last, in the order of `functional.pad`."""
    sides = []
    for length, reach, stride in zip(lengths, reaches, strides):
        total = max((-(-length // stride) - 1) * stride + reach - length, 0)
        sides.append((total // 2, total - total // 2))
    return (*sides[1], *sides[0])


def convolutions(suite):
    def add(label, images, weights, options, bias=True, **arguments):
        inputs = [normal(*images), normal(*weights, scale=0.4)] + ([normal(weights[0])] if bias else [])
        suite.add('conv2d', label, lambda *x: functional.conv2d(*x, **arguments), inputs, options)

    add('several images, channels and filters', (2, 3, 6, 7), (5, 3, 3, 3), {})
    add('channels and filters that fill tiles', (1, 8, 7, 9), (16, 8, 3, 3), {'padding': 1}, padding=1)
    add('no bias', (2, 1, 5, 5), (2, 1, 3, 3), {}, bias=False)
    add('padding of rows alone', (1, 2, 5, 6), (3, 2, 3, 2), {'padding': [2, 0]}, padding=(2, 0))
    add('strides', (2, 2, 8, 9), (3, 2, 3, 3), {'stride': [2, 3]}, stride=(2, 3))
    add('a stride longer than the window', (1, 2, 7, 7), (2, 2, 2, 2), {'stride': 3}, stride=3)
    dilated = {'dilation': [2, 3], 'padding': 1, 'stride': [1, 2]}
    add('dilation', (1, 2, 7, 9), (2, 2, 3, 2), dilated, dilation=(2, 3), padding=1, stride=(1, 2))
    add('a window of one entry', (2, 3, 4, 4), (4, 3, 1, 1), {})
    add('a window of the whole image', (2, 2, 4, 5), (3, 2, 4, 5), {})
    add('same', (2, 2, 5, 6), (3, 2, 3, 3), {'padding': 'same'}, padding='same')
    add('same, an even window', (1, 1, 4, 7), (2, 1, 2, 4), {'padding': 'same'}, padding='same')

    def strided(x, weight):
        padded = functional.pad(x, same_padding((7, 8), (3, 5), (2, 2)))
        return functional.conv2d(padded, weight, stride=2)

    inputs = [normal(1, 2, 7, 8), normal(3, 2, 3, 5)]
    suite.add('conv2d', 'same, strides', strided, inputs, {'padding': 'same', 'stride': 2})


POOLINGS = [
    ('windows that tile the image', (2, 2, 4, 10), {'size': 2}),
    ('an odd image', (1, 2, 5, 9), {'size': 2}),
    ('windows that overlap', (1, 2, 6, 5), {'size': 3, 'stride': [1, 2]}),
    ('padding', (2, 1, 5, 6), {'size': [3, 2], 'stride': 2, 'padding': 1}),
    ('the whole image', (2, 3, 4, 5), {'size': [4, 5]}),
]


def poolings(suite):
    for name, pool in (('maxPool2d', functional.max_pool2d), ('averagePool2d', functional.avg_pool2d)):
        for label, shape, options in POOLINGS:
            arguments = (options['size'], options.get('stride'), options.get('padding', 0))
            suite.add(name, label, lambda x, p=pool, a=arguments: p(x, *a), [normal(*shape)], options)
        outside = float('-inf') if name == 'maxPool2d' else 0

        def same(x, pool=pool, outside=outside):
            return pool(functional.pad(x, same_padding((5, 8), (3, 3), (2, 2)), value=outside), 3, 2)

        suite.add(name, 'same', same, [normal(1, 2, 5, 8)], {'size': 3, 'stride': 2, 'padding': 'same'})
    ties = given([[[[1, 1, 2, 0], [1, 1, 2, 2], [0, 0, 5, 5], [0, 0, 5, 5]]]])
    suite.add('maxPool2d', 'ties', lambda x: functional.max_pool2d(x, 2), [ties], {'size': 2})
    suite.add('maxPool2d', 'ties, overlapping', lambda x: functional.max_pool2d(x, 3, 1), [ties], {'size': 3, 'stride': 1})
    nan = given([[[[1, 2], [float('nan'), 0]]]])
    suite.add('maxPool2d', 'NaN', lambda x: functional.max_pool2d(x, 2), [nan], {'size': 2}, differentiate=False)


def add_cases(suite):
    convolutions(suite)
    poolings(suite)
