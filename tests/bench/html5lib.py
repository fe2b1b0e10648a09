#!/usr/bin/env python3
"""Runs the tokenizer tests of html5lib-tests.

usage: html5lib.py PROGRAM DIR

PROGRAM is built from html5lib.c; DIR holds the .test files (html5lib-tests,
tokenizer). Prints passed and all tests by file. Tests whose input is no text
(lone surrogates) are left out; NUL in text comes through, as the standard's
tokenizer has it. With -v the failures are shown.
"""
import glob, json, os, re, subprocess, sys

STATES = {'Data state': 0, 'RCDATA state': 1, 'RAWTEXT state': 2, 'Script data state': 3, 'PLAINTEXT state': 4,
          'CDATA section state': 5}


def unescape(x):
    return re.sub(r'\\u([0-9a-fA-F]{4})', lambda m: chr(int(m.group(1), 16)), x) if isinstance(x, str) else x


def surrogates(s):
    s = s.encode('utf-16', 'surrogatepass').decode('utf-16', 'surrogatepass')
    return s


def deep(x, fn):
    if isinstance(x, str):
        return fn(x)
    if isinstance(x, list):
        return [deep(y, fn) for y in x]
    if isinstance(x, dict):
        return {deep(k, fn): deep(v, fn) for k, v in x.items()}
    return x


def joined(tokens):
    out = []
    for t in tokens:
        if t == 'ParseError':
            continue
        if t[0] == 'Character' and out and out[-1][0] == 'Character':
            out[-1] = ['Character', out[-1][1] + t[1]]
        else:
            out.append(list(t))
    return out


def main():
    verbose = '-v' in sys.argv
    args = [a for a in sys.argv[1:] if a != '-v']
    cases, lines, left_out = [], [], 0
    for path in sorted(glob.glob(args[1] + '/*.test')):
        for test in json.load(open(path)).get('tests', []):
            text, want = test['input'], test['output']
            if test.get('doubleEscaped'):
                text, want = unescape(text), deep(want, unescape)
            for state in test.get('initialStates', ['Data state']):
                try:
                    raw = surrogates(text).encode()
                except UnicodeEncodeError:
                    left_out += 1
                    continue
                cases.append((os.path.basename(path), test['description'], joined(want)))
                lines.append('%d\t%s\t%s\n' % (STATES[state], test.get('lastStartTag', ''), raw.hex()))
    got = subprocess.run([args[0]], input=''.join(lines).encode(), stdout=subprocess.PIPE, check=True).stdout
    count = {}
    kinds = ('StartTag', 'EndTag', 'Comment', 'Character', 'DOCTYPE')
    for (name, what, want), line in zip(cases, got.decode().splitlines()):
        tokens = deep(json.loads(line), lambda s: s if s in kinds else bytes.fromhex(s).decode())
        try:
            want = deep(want, surrogates)
        except UnicodeEncodeError:
            pass
        ok = tokens == want
        c = count.setdefault(name, [0, 0])
        c[0] += ok
        c[1] += 1
        if not ok and verbose:
            print(name, what, '\n  want', want, '\n  got ', tokens)
    for name, (ok, n) in sorted(count.items()):
        print('%-32s %5d of %5d' % (name, ok, n))
    ok, n = sum(c[0] for c in count.values()), sum(c[1] for c in count.values())
    print('%-32s %5d of %5d, %.2f %%; %d left out' % ('all', ok, n, 100 * ok / n, left_out))


if __name__ == '__main__':
    main()
