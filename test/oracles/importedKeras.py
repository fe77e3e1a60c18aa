"""
Decoders of Keras that double their maps by the nearest pixel, as its export to ONNX writes them, with what Keras makes of them.

    KERAS_BACKEND=tensorflow python -P test/oracles/importedKeras.py OUT

Into OUT go doubled (64 x 64 pixels, from 4 x 4 maps), cube (64 x 64 pixels, from 8 maps of 8 x 8) and grey (28 x 28 pixels, one colour): NAME.onnx, and
NAME.expected.safetensors with latents z and images [2, channels, height, width]. Weights are random, and so are the statistics of batch norms.
test/oracles/imported/keras was made by tensorflow-cpu 2.21.0, keras 3.15.1, tf2onnx 1.17.0 and onnx 1.23.2.
"""

import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers
from safetensors.numpy import save_file

latent = 16


def decoder(start, widths, colours):
    stack = [
        keras.Input((latent,)),
        layers.Dense(start * start * widths[0], use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        layers.Reshape((start, start, widths[0])),
    ]
    for width in widths[1:]:
        stack += [layers.UpSampling2D(), layers.Conv2D(width, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.LeakyReLU()]
    stack += [layers.UpSampling2D(), layers.Conv2D(colours, 5, padding="same", activation="tanh")]
    return keras.Sequential(stack)


def with_statistics(model, random):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            gamma, beta, mean, variance = layer.get_weights()
            near_one = lambda like: random.uniform(0.5, 1.5, like.shape)
            layer.set_weights([near_one(gamma), random.normal(0, 0.3, beta.shape), random.normal(0, 0.3, mean.shape), near_one(variance)])
    return model


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for name, sizes in {"doubled": (4, [8, 6, 6, 4], 3), "cube": (8, [8, 6, 4], 3), "grey": (7, [6, 4], 1)}.items():
    keras.utils.set_random_seed(1)
    random = np.random.default_rng(2)
    model = with_statistics(decoder(*sizes), random)
    z = random.normal(size=(2, latent)).astype("float32")
    images = np.asarray(model(z)).transpose(0, 3, 1, 2)
    model.export(out / f"{name}.onnx", format="onnx", verbose=False)
    save_file({"z": z, "images": np.ascontiguousarray(images)}, out / f"{name}.expected.safetensors")
