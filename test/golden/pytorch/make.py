# Writes the golden files beside it; requirements.txt has what it needs. Run: python make.py
#
# A new operation, layer or optimiser gets cases in the module that it belongs to here, and its call in calls.ts, layers.ts or
# goldenTraining.test.ts; the tests fail until it has.
from pathlib import Path

import elementwise
import layers
import losses
import products
import reductions
import shapes
import torch
import windows
from golden import Suite
from training import write_training

FOLDER = Path(__file__).parent
FILES = {
    'operations.safetensors': (elementwise, shapes, reductions, products, windows, losses),
    'layers.safetensors': (layers,),
}


def main():
    torch.set_num_threads(1)
    for file, modules in FILES.items():
        suite = Suite()
        for module in modules:
            module.add_cases(suite)
        suite.write(FOLDER / file)
    write_training(FOLDER / 'training.safetensors')


if __name__ == '__main__':
    main()
