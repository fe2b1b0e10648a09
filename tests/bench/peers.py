#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A Python program behind the lines that peers.sh compares.

usage: peers.py extract PROGRAM FOLDER   HTML files of FOLDER to lines id text
       peers.py split PROGRAM [lines]    records to lines id n sentence; each line by itself
       peers.py tag PROGRAM              records to lines id type begin end mention (code points)
       peers.py align RECORDS            lines id n sentence, of splitters that change text, to such of its own bytes

Status 3: the program's module, or its data, is not installed.
"""
import os
import re
import sys

ESCAPE = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
PLAIN = {v: k for k, v in ESCAPE.items()}
BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|figure|figcaption|table|tr|td|th|pre|section|article|br|hr)\b", re.I)


def escaped(s):
    return re.sub(r"[\\\t\n\r]", lambda m: ESCAPE[m[0]], s)


def plain(s):
    return re.sub(r"\\[\\tnr]", lambda m: PLAIN[m[0]], s)


def records(file):
    for line in file:
        doc, tab, text = line.rstrip("\n").partition("\t")
        if tab:
            yield doc, plain(text)


# Each makes the function that is timed: of a page its text, of a text its sentences, of a text (type, begin, end).
def readability_lxml():
    import lxml.html
    import readability
    return lambda page: lxml.html.fromstring(BLOCK.sub(r"\n\g<0>", readability.Document(page).summary())).text_content()


def justext():
    import justext as j
    stop = j.get_stoplist("English")
    return lambda page: "\n".join(p.text for p in j.justext(page.encode(), stop, encoding="utf-8") if not p.is_boilerplate)


def trafilatura():
    from trafilatura import extract
    return lambda page: extract(page, include_comments=False) or ""


def nltk():
    import nltk as n
    n.sent_tokenize("Is its model here?")
    return n.sent_tokenize


def pysbd():
    import pysbd as p
    return p.Segmenter(language="en", clean=False).segment


def spacy_model():
    import spacy
    return spacy.load("en_core_web_sm")


def spacy_split():
    nlp = spacy_model()
    return lambda text: [s.text for s in nlp(text).sents]


def spacy_tag():
    nlp = spacy_model()
    types = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
    return lambda text: [(types[e.label_], e.start_char, e.end_char) for e in nlp(text).ents if e.label_ in types]


PROGRAMS = {
    "extract": {"readability-lxml": readability_lxml, "jusText": justext, "trafilatura": trafilatura},
    "split": {"NLTK": nltk, "pySBD": pysbd, "spaCy": spacy_split},
    "tag": {"spaCy": spacy_tag},
}


def align(text, sentences):
    """Text cut where the sentences begin; blanks do not count. A sentence that is not found goes to the one before."""
    solid = [i for i, c in enumerate(text) if not c.isspace()]
    flat = "".join(text[i] for i in solid)
    begins, at = [0], 0
    for s in sentences:
        s = "".join(s.split())
        found = flat.find(s, at, at + len(s) + 2000) if s else -1
        if found < 0:
            continue
        if found > 0 and solid[found] != begins[-1]:
            begins.append(solid[found])
        at = found + len(s)
    return [text[b:e] for b, e in zip(begins, begins[1:] + [len(text)])]


def main(kind, program, *rest):
    out = []
    if kind == "align":
        found = {}
        for line in sys.stdin:
            doc, _, sentence = line.rstrip("\n").split("\t")
            found.setdefault(doc, []).append(plain(sentence))
        with open(program, encoding="utf-8", newline="\n") as f:
            for doc, text in records(f):
                out += ["%s\t%d\t%s" % (doc, n, escaped(s)) for n, s in enumerate(align(text, found.get(doc, [])), 1)]
    else:
        try:
            run = PROGRAMS[kind][program]()
        except (ImportError, LookupError, OSError):
            return 3
        if kind == "extract":
            for name in sorted(os.listdir(rest[0])):
                with open(os.path.join(rest[0], name), encoding="utf-8", errors="replace") as f:
                    page = f.read()
                try:
                    text = run(page)
                except Exception:
                    text = ""
                out.append("%s\t%s" % (name, escaped(text)))
        for doc, text in records(sys.stdin) if kind != "extract" else ():
            if kind == "split":
                parts = filter(str.strip, text.split("\n")) if rest == ("lines",) else [text]
                out += ["%s\t%d\t%s" % (doc, n, escaped(s)) for n, s in enumerate((s for p in parts for s in run(p)), 1)]
            else:
                out += ["%s\t%s\t%d\t%d\t%s" % (doc, t, b, e, escaped(text[b:e])) for t, b, e in run(text)]
    sys.stdout.write("".join(line + "\n" for line in out))
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.exit(main(*sys.argv[1:]))
