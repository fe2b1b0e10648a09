// SPDX-License-Identifier: ISC
//
// peers.mjs extract|split|tag PROGRAM [FOLDER|lines] - a JavaScript program behind the lines that peers.sh compares.
//
//   an extractor   reads the HTML files of FOLDER     writes id text
//   a splitter     reads records                      writes id n sentence; it gets each line alone with "lines"
//   a tagger       reads records                      writes id type begin end mention, in code points
//
// Status 3: its packages are not found beside this file in node_modules. A document that a program fails
// on has no text, no sentence but itself, and no names.
import fs from "node:fs";
import path from "node:path";

const ESCAPE = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const escaped = (s) => s.replace(/[\\\t\n\r]/g, (c) => ESCAPE[c]);
const plain = (s) => s.replace(/\\([\\tnr])/g, (_, c) => ({ "\\": "\\", t: "\t", n: "\n", r: "\r" })[c]);

// Text of an HTML fragment, blocks apart; `parse` makes a document of a string.
const BLOCK = /<(?:\/|)(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|figure|figcaption|table|tr|td|th|pre|section|article|br|hr)\b/gi;
const text = (parse, html) => parse(`<html><body>${html.replace(BLOCK, "\n$&")}</body></html>`).body.textContent;

async function dom() {
	const { parseHTML } = await import("linkedom");
	return (html) => parseHTML(html).document;
}

// name -> what makes, of a page, a promise of its text
const extractors = {
	async readability() {
		const { Readability } = await import("@mozilla/readability");
		const { JSDOM, VirtualConsole } = await import("jsdom");
		const quiet = new VirtualConsole();
		const parse = await dom();
		return (html) => {
			const window = new JSDOM(html, { url: "https://example.org/page", virtualConsole: quiet }).window;
			const article = new Readability(window.document).parse();
			window.close();
			return article ? text(parse, article.content) : "";
		};
	},
	async defuddle() {
		const { Defuddle } = await import("defuddle/node");
		const parse = await dom();
		return async (html) => text(parse, (await Defuddle(parse(html), "https://example.org/page", { useAsync: false })).content);
	},
	async "article-extractor"() {
		const { extractFromHtml } = await import("@extractus/article-extractor");
		const parse = await dom();
		return async (html) => {
			const article = await extractFromHtml(html, "https://example.org/page");
			return article && article.content ? text(parse, article.content) : "";
		};
	},
};

// name -> what makes sentences of a text
const splitters = {
	async sbd() {
		const { default: sbd } = await import("sbd");
		return (t) => sbd.sentences(t);
	},
	async sentencex() {
		const { segment } = await import("sentencex");
		return (t) => segment("en", t);
	},
	async "wink-nlp"() {
		const { default: winkNLP } = await import("wink-nlp");
		const { default: model } = await import("wink-eng-lite-web-model");
		const nlp = winkNLP(model, ["sbd"]);
		return (t) => nlp.readDoc(t).sentences().out();
	},
	async compromise() {
		const { default: nlp } = await import("compromise/one");
		return (t) => nlp(t).json({ terms: false }).map((s) => s.text);
	},
	async "Intl.Segmenter"() {
		const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
		return (t) => Array.from(segmenter.segment(t), (s) => s.segment);
	},
};

// name -> what makes [type, begin, end] in UTF-16 units of a text
const taggers = {
	async compromise() {
		const { default: nlp } = await import("compromise");
		return (t) => {
			const doc = nlp(t);
			const found = [];
			for (const [type, names] of [["PER", doc.people()], ["LOC", doc.places()], ["ORG", doc.organizations()]])
				for (const { offset, text: mention } of names.json({ offset: true, terms: false })) {
					const begin = offset.start + t.slice(offset.start).search(/[^\s"'“”‘’(]/);
					const end = begin + mention.replace(/^[\s"'“”‘’(]+/, "").replace(/([^\s]\.[A-Za-z]\.)|(?:[’']s)?[\s.,;:!?"'“”‘’)]*$/g, "$1").length;
					found.push([type, begin, end]);
				}
			return found;
		};
	},
};

function* records() {
	const input = fs.readFileSync(0, "utf8");
	for (const line of input.split("\n")) {
		const tab = line.indexOf("\t");
		if (tab > 0)
			yield [line.slice(0, tab), plain(line.slice(tab + 1))];
	}
}

async function attempt(what, otherwise) {
	try {
		return await what();
	} catch (e) {
		return otherwise;
	}
}

const [kind, program, how] = process.argv.slice(2);
const parts = (t) => (how === "lines" ? t.split(/\n+/).filter((l) => l.trim()) : [t]);
const make = { extract: extractors, split: splitters, tag: taggers }[kind]?.[program];
if (!make) {
	console.error(`peers.mjs: ${kind} ${program}: not known`);
	process.exit(2);
}
let run;
try {
	run = await make();
} catch (e) {
	if (e.code !== "ERR_MODULE_NOT_FOUND")
		throw e;
	process.exit(3);
}
console.log = console.info = console.warn = console.error = () => {};
const out = [];
if (kind === "extract")
	for (const id of fs.readdirSync(how).sort()) {
		const html = fs.readFileSync(path.join(how, id), "utf8");
		out.push(`${id}\t${escaped(await attempt(() => run(html), ""))}`);
	}
else
	for (const [id, t] of records())
		if (kind === "split")
			(await attempt(() => parts(t).flatMap(run), [t])).forEach((s, i) => out.push(`${id}\t${i + 1}\t${escaped(s)}`));
		else
			for (const [type, begin, end] of await attempt(() => run(t), [])) {
				const points = (n) => Array.from(t.slice(0, n)).length;
				out.push(`${id}\t${type}\t${points(begin)}\t${points(end)}\t${escaped(t.slice(begin, end))}`);
			}
process.stdout.write(out.length ? out.join("\n") + "\n" : "");
