# A classifier of digits, as Keras' guides write it. Its twin in TypeScript is ../keras.ts.
import keras
from keras.datasets import mnist
from keras.layers import Dense

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(-1, 784) / 255
x_test = x_test.reshape(-1, 784) / 255

keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((784,)),
    Dense(64, activation='relu'),
    Dense(64, activation='relu'),
    Dense(10, activation='softmax'),
])
model.summary()

model.compile(
    optimizer='adam',
    loss='sparse_categorical_crossentropy',
    metrics=['accuracy'],
)
model.fit(x_train, y_train, epochs=3, batch_size=64, validation_split=0.1)

loss, accuracy = model.evaluate(x_test, y_test)
print(f'test accuracy: {accuracy:.4f}')
