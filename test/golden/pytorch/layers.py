# Cases of layers: inputs are what the layer takes, then its parameters, then its buffers, all in the order of their fields.
import torch
from golden import normal, uniform
from torch.nn import functional


def activations(suite):
    functions = {
        'Relu': functional.relu,
        'Gelu': functional.gelu,
        'Sigmoid': torch.sigmoid,
        'Tanh': torch.tanh,
        'Softmax': lambda x: x.softmax(-1),
    }
    for name, function in functions.items():
        suite.add(name, 'rows', function, [normal(3, 7)])
    suite.add('LeakyRelu', 'the slope by default', functional.leaky_relu, [normal(3, 7)])
    suite.add('LeakyRelu', 'slope 0.3', lambda x: functional.leaky_relu(x, 0.3), [normal(3, 7)], {'slope': 0.3})
    suite.add('Dropout', 'evaluation', lambda x: functional.dropout(x, 0.4, training=False), [normal(3, 7)], {'training': False})


def products(suite):
    def linear(x, weight, bias=None):
        return functional.linear(x, weight.T, bias)

    def add(label, shape, inputs, outputs, options=None):
        draws = [normal(*shape, inputs), normal(inputs, outputs), normal(outputs)]
        suite.add('Linear', label, linear, draws, {'inputs': inputs, 'outputs': outputs, **(options or {})})

    add('rows', (5,), 7, 3)
    add('of rank three', (2, 3), 6, 4)
    add('sparse inputs', (5,), 20, 8, {'sparseInput': True})

    def convolution(label, options, bias=True, **arguments):
        draws = [normal(2, 3, 6, 7), normal(4, 3, 3, 2)] + ([normal(4)] if bias else [])
        told = {'channels': 3, 'filters': 4, 'size': [3, 2], 'bias': bias, **options}
        suite.add('Conv2d', label, lambda *x: functional.conv2d(*x, **arguments), draws, told)

    convolution('rectangular', {})
    convolution('no bias', {}, bias=False)
    convolution('padding and strides', {'padding': [1, 0], 'stride': [2, 1]}, padding=(1, 0), stride=(2, 1))


def moves(suite):
    suite.add('Flatten', 'images', lambda x: x.flatten(1), [normal(2, 3, 4, 2)])
    for name, pool in (('MaxPool2d', functional.max_pool2d), ('AveragePool2d', functional.avg_pool2d)):
        suite.add(name, 'tiles', lambda x, p=pool: p(x, 2), [normal(2, 2, 6, 4)], {'size': 2})
        options = {'size': 3, 'stride': 2, 'padding': 1}
        suite.add(name, 'overlapping', lambda x, p=pool: p(x, 3, 2, 1), [normal(2, 2, 7, 6)], options)


def normalisations(suite):
    for label, shape in (('rows', (6, 4)), ('images', (3, 4, 2, 5)), ('far from 0', (8, 4))):
        x = (lambda random, s=shape: 30 + random.standard_normal(s)) if label == 'far from 0' else normal(*shape, scale=2)
        draws = [x, normal(4), normal(4), normal(4), uniform(0.3, 2, 4)]
        for training in (True, False):

            def batch(x, weight, bias, mean, variance, training=training):
                return functional.batch_norm(x, mean, variance, weight, bias, training, 0.2, 1e-3)

            told = {'channels': 4, 'momentum': 0.2, 'epsilon': 1e-3, 'training': training}
            mode = 'training' if training else 'evaluation'
            suite.add('BatchNorm', f'{label}, {mode}', batch, draws, told, constant=(3, 4))

    def by_default(x, weight, bias, mean, variance):
        return functional.batch_norm(x, mean, variance, weight, bias, True)

    draws = [normal(5, 3), normal(3), normal(3), normal(3), uniform(0.3, 2, 3)]
    suite.add('BatchNorm', 'momentum and epsilon by default', by_default, draws, {'channels': 3}, constant=(3, 4))

    for features, shape in (((7,), (4, 7)), ((3, 5), (2, 4, 3, 5))):
        draws = [normal(*shape, scale=2), normal(*features), normal(*features)]
        norm = lambda x, weight, bias, f=features: functional.layer_norm(x, f, weight, bias)
        suite.add('LayerNorm', f'{len(features)} axes', norm, draws, {'features': list(features)})


def quantised(suite):
    def rounded(weight, axis):
        scale = weight.abs().amax([a for a in range(weight.dim()) if a != axis]) / 127
        # PyTorch rounds to scales of float32 alone.
        zero = torch.zeros(scale.shape, dtype=torch.int32)
        near = torch.fake_quantize_per_channel_affine(weight.float(), scale.float(), zero, axis, -127, 127)
        return near.to(weight.dtype)

    draws = [normal(5, 20), normal(20, 6), normal(6)]
    linear = lambda x, weight, bias: x @ rounded(weight, 1) + bias
    suite.add('QuantisedLinear', 'rows', linear, draws, {'inputs': 20, 'outputs': 6}, constant=(1, 2))

    draws = [normal(2, 3, 5, 5), normal(4, 3, 3, 3), normal(4)]
    convolution = lambda x, weight, bias: functional.conv2d(x, rounded(weight, 0), bias, 2, 1)
    told = {'channels': 3, 'filters': 4, 'size': 3, 'stride': 2, 'padding': 1}
    suite.add('QuantisedConv2d', 'strides', convolution, draws, told, constant=(1, 2))


def add_cases(suite):
    activations(suite)
    products(suite)
    moves(suite)
    normalisations(suite)
    quantised(suite)
