# Training: losses of a classifier under every optimiser, learning rates under every schedule, and clipped gradients.
#
# Images, labels and weights are functions of integers, which training.ts computes too, so that no more than losses are stored.
import numpy as np
import torch
from golden import write
from torch.nn import functional
from torch.optim import lr_scheduler

IMAGES, BATCH, STEPS = 640, 32, 100
PIXELS, CLASSES = 784, 10
LAYERS = [(PIXELS, 64), (64, 64), (64, CLASSES)]


def hashed(numbers):
    """A well mixed 32-bit number of each (Wellons' lowbias32), over 2^32: from 0 to below 1."""
    x = np.asarray(numbers, np.uint32)
    x = (x ^ (x >> 16)) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> 15)) * np.uint32(0x846CA68B)
    return (x ^ (x >> 16)).astype(np.float64) / 2**32


def digits():
    """Images of mostly zeros: each class has strokes of its own, of which an image lacks some; and labels, some wrong."""
    index = np.arange(IMAGES)
    classes = (hashed(0x10000000 + index) * CLASSES).astype(np.int64)
    wrong = hashed(0x20000000 + index) < 0.1
    labels = np.where(wrong, (classes + 1) % CLASSES, classes)
    pixel = np.arange(PIXELS)
    strokes = hashed(0x30000000 + classes[:, None] * PIXELS + pixel) < 0.25
    shown = hashed(0x40000000 + index[:, None] * PIXELS + pixel)
    level = np.floor(256 * hashed(0x50000000 + index[:, None] * PIXELS + pixel)) / 255
    return np.where(strokes & (shown < 0.7), level, 0).astype(np.float32), labels


def initial_parameters():
    """Weights [inputs, outputs] within Glorot's bounds, and biases close to 0, both from integers."""
    parameters = []
    for layer, (inputs, outputs) in enumerate(LAYERS):
        start = 0x60000000 + (layer << 24)
        bound = np.sqrt(6 / (inputs + outputs))
        weight = (2 * hashed(start + np.arange(inputs * outputs)) - 1) * bound
        bias = (2 * hashed(start + 0x800000 + np.arange(outputs)) - 1) * 0.1
        parameters += [weight.reshape(inputs, outputs), bias]
    return [torch.tensor(p.astype(np.float32), dtype=torch.float64, requires_grad=True) for p in parameters]


# How close to 0 a rectifier's input may come. Closer, rounding to float32 may put it on the other side, and the two runs part.
NEAREST = 1e-6


def losses(make):
    """The loss of each step, before it; refuses an optimiser under which a rectifier comes too close to its corner."""
    images, labels = (torch.from_numpy(array) for array in digits())
    images = images.double()
    parameters = initial_parameters()
    optimiser = make(parameters)
    recorded, nearest = [], np.inf
    for step in range(STEPS):
        chosen = (step * BATCH + torch.arange(BATCH)) % IMAGES
        x = images[chosen]
        for layer in range(len(LAYERS)):
            x = x @ parameters[2 * layer] + parameters[2 * layer + 1]
            if layer < len(LAYERS) - 1:
                nearest = min(nearest, x.detach().abs().min().item())
                x = x.relu()
        loss = functional.cross_entropy(x, labels[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        recorded.append(loss.item())
    assert nearest > NEAREST, f'a rectifier comes as close as {nearest}: choose another learning rate'
    return np.array(recorded)


# PyTorch's optimiser and options, and the name and options of the same thing in TypeScript.
OPTIMISERS = {
    'gradient descent': (torch.optim.SGD, {'lr': 0.12}, 'GradientDescent', {'learningRate': 0.12}),
    'SGD, weight decay': (
        torch.optim.SGD,
        {'lr': 0.12, 'weight_decay': 0.01},
        'Sgd',
        {'learningRate': 0.12, 'weightDecay': 0.01},
    ),
    'momentum': (torch.optim.SGD, {'lr': 0.022, 'momentum': 0.9}, 'Sgd', {'learningRate': 0.022, 'momentum': 0.9}),
    'momentum, dampening, weight decay': (
        torch.optim.SGD,
        {'lr': 0.1, 'momentum': 0.8, 'dampening': 0.5, 'weight_decay': 0.01},
        'Sgd',
        {'learningRate': 0.1, 'momentum': 0.8, 'dampening': 0.5, 'weightDecay': 0.01},
    ),
    'Nesterov': (
        torch.optim.SGD,
        {'lr': 0.024, 'momentum': 0.9, 'nesterov': True},
        'Sgd',
        {'learningRate': 0.024, 'momentum': 0.9, 'nesterov': True},
    ),
    'Nesterov, weight decay': (
        torch.optim.SGD,
        {'lr': 0.022, 'momentum': 0.9, 'nesterov': True, 'weight_decay': 0.01},
        'Sgd',
        {'learningRate': 0.022, 'momentum': 0.9, 'nesterov': True, 'weightDecay': 0.01},
    ),
    'Adam': (torch.optim.Adam, {}, 'Adam', {}),
    'Adam, all options': (
        torch.optim.Adam,
        {'lr': 2.6e-3, 'betas': (0.8, 0.99), 'eps': 1e-5, 'weight_decay': 0.01},
        'Adam',
        {'learningRate': 2.6e-3, 'beta1': 0.8, 'beta2': 0.99, 'epsilon': 1e-5, 'weightDecay': 0.01},
    ),
    'AdamW': (torch.optim.AdamW, {}, 'AdamW', {}),
    'AdamW, weight decay': (
        torch.optim.AdamW,
        {'lr': 2e-3, 'weight_decay': 0.5},
        'AdamW',
        {'learningRate': 2e-3, 'weightDecay': 0.5},
    ),
    'RMSprop': (torch.optim.RMSprop, {'lr': 1.1e-3}, 'RmsProp', {'learningRate': 1.1e-3}),
    'RMSprop, momentum, weight decay': (
        torch.optim.RMSprop,
        {'lr': 2e-4, 'momentum': 0.9, 'alpha': 0.9, 'eps': 1e-6, 'weight_decay': 0.01},
        'RmsProp',
        {'learningRate': 2e-4, 'momentum': 0.9, 'decay': 0.9, 'epsilon': 1e-6, 'weightDecay': 0.01},
    ),
    'RMSprop, centred': (
        torch.optim.RMSprop,
        {'lr': 1e-3, 'centered': True, 'eps': 1e-3},
        'RmsProp',
        {'learningRate': 1e-3, 'centred': True, 'epsilon': 1e-3},
    ),
}


def warmed(optimiser):
    """A line up to the rate of a cosine, then the cosine."""
    rising = lr_scheduler.LinearLR(optimiser, start_factor=0.25, total_iters=8)
    falling = lr_scheduler.CosineAnnealingLR(optimiser, T_max=30)
    return lr_scheduler.SequentialLR(optimiser, [rising, falling], milestones=[8])


# PyTorch's schedule and its steps, and the name and arguments of the same thing in TypeScript.
SCHEDULES = {
    'step': (lambda o: lr_scheduler.StepLR(o, 7, 0.5), 40, 'stepDecay', [0.3, {'every': 7, 'factor': 0.5}]),
    'exponential': (lambda o: lr_scheduler.ExponentialLR(o, 0.9), 40, 'exponentialDecay', [0.3, {'factor': 0.9}]),
    'cosine': (
        lambda o: lr_scheduler.CosineAnnealingLR(o, 30, 0.01),
        31,
        'cosineDecay',
        [0.3, {'steps': 30, 'minimum': 0.01}],
    ),
    'warm-up': (warmed, 38, 'warmUp', [{'cosineDecay': [0.3, {'steps': 30}]}, {'steps': 8, 'from': 0.25}]),
    'one cycle': (lambda o: lr_scheduler.OneCycleLR(o, 0.3, total_steps=50), 50, 'oneCycle', [0.3, {'steps': 50}]),
    'one cycle of lines': (
        lambda o: lr_scheduler.OneCycleLR(
            o, 0.3, total_steps=40, pct_start=0.25, anneal_strategy='linear', div_factor=10, final_div_factor=100
        ),
        40,
        'oneCycle',
        [0.3, {'steps': 40, 'rise': 0.25, 'shape': 'linear', 'startDivisor': 10, 'endDivisor': 100}],
    ),
}


def rates(make, steps):
    """The learning rate of each step."""
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=0.3)
    scheduler = make(optimiser)
    recorded = []
    for _ in range(steps):
        recorded.append(optimiser.param_groups[0]['lr'])
        optimiser.step()
        scheduler.step()
    return np.array(recorded)


def clipped(clip, maximum):
    """Gradients before and after, one vector and one matrix."""
    random = np.random.default_rng(5)
    before = [random.standard_normal(shape).astype(np.float32) for shape in ((7,), (3, 4))]
    parameters = [torch.zeros(array.shape, dtype=torch.float64) for array in before]
    for parameter, array in zip(parameters, before):
        parameter.grad = torch.from_numpy(array).double()
    clip(parameters, maximum)
    return before, [parameter.grad.numpy().astype(np.float32) for parameter in parameters]


CLIPS = [
    ('clipGradientNorm', torch.nn.utils.clip_grad_norm_, 0.7),
    ('clipGradientNorm', torch.nn.utils.clip_grad_norm_, 100.0),
    ('clipGradientValue', torch.nn.utils.clip_grad_value_, 0.7),
]


def write_training(path):
    arrays, classifiers, schedules, clips = {}, [], [], []
    for label, (optimiser, arguments, name, options) in OPTIMISERS.items():
        arrays[f'losses/{label}'] = losses(lambda p, o=optimiser, a=arguments: o(p, **a))
        classifiers.append({'label': label, 'name': name, 'options': options})
    for label, (make, steps, name, arguments) in SCHEDULES.items():
        arrays[f'rates/{label}'] = rates(make, steps)
        schedules.append({'label': label, 'name': name, 'arguments': arguments})
    for name, clip, maximum in CLIPS:
        label = f'{name} {maximum:g}'
        before, after = clipped(clip, maximum)
        for i, (old, new) in enumerate(zip(before, after)):
            arrays[f'clip/{label}/before{i}'], arrays[f'clip/{label}/after{i}'] = old, new
        clips.append({'label': label, 'name': name, 'maximum': maximum})
    write(path, arrays, {'classifiers': classifiers, 'schedules': schedules, 'clips': clips})
