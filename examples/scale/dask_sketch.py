#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
#
# dask_sketch.py scheduler articles.tsv - copies among articles, sketched by Dask workers.
#
#   dask_sketch.py tcp://scheduler:8786 articles.tsv > copies.tsv
#
# A task is a range of bytes of the file, which all workers see, rounded to lines; what a dead
# worker had is computed again. Results are taken in order: of two copies the earlier is the original.
import os
import subprocess
import sys

from distributed import Client

BLOCK = int(os.environ.get("BLOCK", 10_000_000))


def sketch(path, begin, end):
    """Sketches of the lines that begin in [begin, end)."""
    with open(path, "rb") as f:
        if begin > 0:
            f.seek(begin - 1)
            f.readline()
        lines = f.read(max(end - f.tell(), 0))
        if lines and not lines.endswith(b"\n"):
            lines += f.readline()
    return subprocess.run(["fingerprint"], input=lines, stdout=subprocess.PIPE, check=True).stdout


if __name__ == "__main__":
    path = os.path.abspath(sys.argv[2])
    size = os.path.getsize(path)
    with Client(sys.argv[1]) as client:
        tasks = [client.submit(sketch, path, at, min(at + BLOCK, size), retries=5, pure=False)
                 for at in range(0, size, BLOCK)]
        copies = subprocess.Popen(["find-copies"], stdin=subprocess.PIPE)
        for task in tasks:
            copies.stdin.write(task.result())
        copies.stdin.close()
        sys.exit(copies.wait())
