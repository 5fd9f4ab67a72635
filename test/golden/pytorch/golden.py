# What the golden scripts share: inputs drawn from a seed, PyTorch's answers in float64, and the file they go to.
import json
import platform
import zlib

import numpy as np
import safetensors
import torch
from safetensors.numpy import save_file

# How far entries may be off, relative to the largest of their array: the same as in golden.ts.
TOLERANCE = 4e-6


def normal(*shape, scale=1.0):
    """Normal numbers; like all inputs here, a function of the case's random generator."""
    return lambda random: scale * random.standard_normal(shape)


def uniform(low, high, *shape):
    return lambda random: random.uniform(low, high, shape)


def sparse(*shape):
    """Normal numbers, two thirds of them 0."""
    return lambda random: random.standard_normal(shape) * (random.random(shape) < 1 / 3)


def integers(low, high, *shape):
    return lambda random: random.integers(low, high, shape)


def given(numbers, dtype=float):
    return lambda _: np.array(numbers, dtype)


class Suite:
    """Cases of one file; each draws from a generator of its own, so that a new case changes no other."""

    def __init__(self):
        self.cases = []
        self.arrays = {}
        self.refused = []

    def add(self, name, label, function, inputs, options=None, *, differentiate=True, constant=()):
        """
        Keeps PyTorch's answer to a call, and what was asked; `options` are for the caller in TypeScript.

        The answer is the value of `function`, and, if that is of floats, random weights of its entries and the gradients of
        the weighted sum by every input of floats. Inputs whose places are in `constant` have no gradient; the function may
        change them, and what it leaves is kept. A case that PyTorch itself misses in float32 is refused: it would ask for
        more than the type can hold.
        """
        random = np.random.default_rng(zlib.crc32(f'{name}/{label}'.encode()))
        operands = [torch.from_numpy(rounded(np.asarray(draw(random)))) for draw in inputs]
        kind = {'differentiate': differentiate, 'constant': constant}
        weights = random.uniform(-1, 1, 100_000).astype(np.float32)
        answer = answer_of(function, operands, torch.float64, weights, **kind)
        for part, array in answer_of(function, operands, torch.float32, weights, **kind).items():
            if not close(array, answer[part]):
                self.refused.append(f'{name}, {label}: {part}')
        answer.update({f'input{i}': operand.numpy() for i, operand in enumerate(operands)})
        for part, array in answer.items():
            key = f'{name}/{label}/{part}'
            assert key not in self.arrays, f'two cases are named {name}, {label}'
            self.arrays[key] = array
        self.cases.append({'name': name, 'label': label, 'options': options or {}})

    def write(self, path):
        assert not self.refused, f'float32 cannot hold {self.refused}'
        write(path, self.arrays, {'cases': self.cases})


def answer_of(function, operands, dtype, weights, differentiate, constant):
    """Value, weights, gradients and changed constants, by name, computed in a type of floats."""
    copies = [operand.to(dtype if operand.is_floating_point() else torch.int64, copy=True) for operand in operands]
    variables = [i for i, copy in enumerate(copies) if copy.is_floating_point() and i not in constant]
    for i in variables:
        copies[i].requires_grad_(differentiate)
    value = function(*copies)
    answer = {'value': rounded(value.detach().numpy())}
    if value.requires_grad:
        share = torch.from_numpy(weights[: value.numel()].reshape(tuple(value.shape)))
        (value * share).sum().backward()
        answer['weights'] = share.numpy()
        for i in variables:
            gradient = torch.zeros_like(copies[i]) if copies[i].grad is None else copies[i].grad
            answer[f'gradient{i}'] = rounded(gradient.numpy())
    answer.update({f'after{i}': rounded(copies[i].numpy()) for i in constant})
    return answer


def rounded(array):
    """Floats as float32, anything else as int32."""
    with np.errstate(over='ignore'):
        stored = array.astype(np.float32 if np.issubdtype(array.dtype, np.floating) else np.int32)
    return np.ascontiguousarray(stored).reshape(array.shape)


def close(actual, expected):
    """Whether numbers are the expected ones, up to the tolerance."""
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=0)
    with np.errstate(invalid='ignore'):
        near = np.abs(actual - expected) <= TOLERANCE * scale
    return np.all(near | (actual == expected) | (np.isnan(actual) & np.isnan(expected)))


def write(path, arrays, contents):
    """Writes a file; its metadata, as one text of JSON so that the bytes are always the same, are contents and versions."""
    versions = {
        'python': platform.python_version(),
        'torch': torch.__version__,
        'numpy': np.__version__,
        'safetensors': safetensors.__version__,
    }
    save_file(arrays, path, {'golden': json.dumps({'versions': versions, **contents})})
    path.chmod(0o644)
