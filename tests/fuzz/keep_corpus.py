"""Prints the inputs of a folder that have at most 1,024 bytes, each as a line of hexadecimal digits.

Usage: keep_corpus.py FOLDER [MOST]      (MOST: bytes of all together, the smallest first)
"""
import os
import sys

LONGEST = 1024


def main(folder, most="100000"):
    inputs = []
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            inputs.append(file.read())
    left = int(most)
    for data in sorted(set(inputs), key=lambda data: (len(data), data)):
        left -= len(data)
        if data and len(data) <= LONGEST and left >= 0:
            print(data.hex())


main(*sys.argv[1:])
