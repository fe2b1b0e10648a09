#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Make lists/*.txt, the part of the gazetteer that comes from other people's data.

Reads what these Debian packages install: wordnet-base (WordNet licence), unicode-cldr-core
(Unicode licence), iso-codes (LGPL 2.1+), libgeonames-common (GeoNames, CC BY 4.0),
python3-fake-factory (MIT).
The result is committed; nothing of this is needed to build.
"""
import gettext, glob, json, os, re, runpy, sys, unicodedata
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
lists = {k: set() for k in 'country city region nature place person first last org demonym'.split()}


def latin(s):
    return all(ord(c) < 0x250 or unicodedata.combining(c) or 0x1E00 <= ord(c) < 0x1F00 or c in '’‘ʻʼ–' for c in s)


def add(kind, name):
    name = re.sub(r'\s*[\(\[].*?[\)\]]', '', name).replace('’', "'").strip(' ,;*†')
    if not name or not latin(name) or not any(c.isupper() for c in name) or len(name) < 3 or len(name) > 48:
        return
    if name.count(' ') > 4 or '/' in name or any(c.isdigit() for c in name):
        return
    lists[kind].add(name)


# WordNet: instances, and capitalised adjectives and peoples
LEX = {'15': 'place', '18': 'person', '14': 'org', '17': 'nature', '06': 'place'}
hyper, names, lexf = {}, {}, {}
for line in open('/usr/share/wordnet/data.noun', encoding='latin-1'):
    if line.startswith(' '):
        continue
    f = line.split(' | ')[0].split()
    n = int(f[3], 16)
    names[f[0]] = [f[4 + 2 * i].replace('_', ' ') for i in range(n)]
    lexf[f[0]] = f[1]
    rest = f[4 + 2 * n:]
    k = int(rest[0])
    hyper[f[0]] = [(rest[1 + 4 * i], rest[2 + 4 * i]) for i in range(k) if rest[1 + 4 * i] in ('@', '@i')]


def chain(s):
    out = set()
    for _, h in hyper.get(s, ()):
        out |= set(names.get(h, ())) | chain(h)
    return out


for s, ws in names.items():
    inst = any(k == '@i' for k, _ in hyper[s])
    kind = LEX.get(lexf[s])
    if kind is None:
        continue
    up = [w for w in ws if w[0].isupper()]
    if inst:
        above = chain(s)
        if kind == 'place':
            if above & {'city', 'town', 'municipality', 'capital', 'national capital', 'port', 'urban center', 'village'}:
                kind = 'city'
            elif above & {'country', 'state'}:
                kind = 'country' if 'country' in above and 'state' not in above else 'place'
            elif above & {'district', 'territory', 'province', 'state', 'American state', 'county', 'administrative district'}:
                kind = 'region'
        for w in up:
            add('last' if kind == 'person' and ' ' not in w else kind, w)
            if kind == 'person':
                p = w.split()
                if len(p) > 1 and p[0].isalpha() and p[-1][0].isupper():
                    add('last', p[-1])
                    if len(p[0]) > 2:
                        add('first', p[0])
    elif kind == 'person':
        above = chain(s)
        if above & {'inhabitant', 'American', 'European', 'Asian', 'African', 'religious person', 'native', 'person of color', 'ethnic group'}:
            for w in up:
                add('demonym', w)
    elif kind == 'org':
        for w in up:
            if ' ' in w:
                add('org', w)
for line in open('/usr/share/wordnet/data.adj', encoding='latin-1'):
    if not line.startswith(' '):
        f = line.split()
        for i in range(int(f[3], 16)):
            w = re.sub(r'\(.*', '', f[4 + 2 * i]).replace('_', ' ')
            if w[0].isupper() and ' ' not in w and w.lower() != w and not w.isupper():
                add('demonym', w)

# CLDR
CL = '/usr/share/unicode/cldr/common/'
en = ET.parse(CL + 'main/en.xml')
for t in en.iter('territory'):
    ty, text = t.get('type'), t.text or ''
    if ty and len(ty) == 2 and ty not in ('EU', 'EZ', 'UN', 'QO', 'ZZ'):
        for p in text.split(' & ') if ty in ('AG', 'BA', 'TT', 'KN', 'ST', 'TC', 'WF', 'PM', 'VC', 'SJ', 'HM', 'GS') else [text]:
            add('country', p)
        add('country', text)
for z in en.iter('exemplarCity'):
    add('city', z.text or '')
for s in ET.parse(CL + 'subdivisions/en.xml').iter('subdivision'):
    add('region', s.text or '')
# ISO 3166
for o in json.load(open('/usr/share/iso-codes/json/iso_3166-1.json'))['3166-1']:
    for k in ('name', 'official_name', 'common_name'):
        if ',' not in o.get(k, ','):
            add('country', o[k])
for o in json.load(open('/usr/share/iso-codes/json/iso_3166-2.json'))['3166-2']:
    add('region', o['name'])
# GeoNames cities
for k, v in gettext.GNUTranslations(open('/usr/share/locale/en/LC_MESSAGES/geonames.mo', 'rb'))._catalog.items():
    if isinstance(k, str) and k.isdigit():
        add('city', v)
# first and family names of the locales written in Latin letters
for d in glob.glob('/usr/lib/python3/dist-packages/faker/providers/person/*/__init__.py'):
    sys.path.insert(0, '/usr/lib/python3/dist-packages')
    import importlib
    try:
        m = importlib.import_module('faker.providers.person.' + d.split('/')[-2]).Provider
    except Exception:
        continue
    for a in dir(m):
        v = getattr(m, a)
        if isinstance(v, dict):
            v = list(v)
        if not isinstance(v, (list, tuple)) or not v or not isinstance(v[0], str):
            continue
        kind = 'first' if a.startswith('first_') else 'last' if a.startswith('last_') else None
        if kind:
            for w in v:
                if ' ' not in w and len(w) < 20 and w.isalpha():
                    add(kind, w)

demonyms = {'Republican'} | {w for l in open(os.path.join(HERE, 'facts', 'demonyms.tsv'), encoding='utf-8') if l[0] != '#' for w in l.rstrip('\n').split('\t')[2:]}
for k in 'city region nature place'.split():  # rivers Canadian and Republican
    lists[k] -= demonyms
lists['city'] -= lists['country']
lists['place'] -= lists['country'] | lists['city'] | lists['region']
lists['nature'] -= lists['city']
lists['last'] -= {'The', 'Great'}
for k, v in lists.items():
    with open(os.path.join(HERE, 'lists', k + '.txt'), 'w', encoding='utf-8') as f:
        for w in sorted(v):
            f.write(w + '\n')
    print(k, len(v))
