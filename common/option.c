/* SPDX-License-Identifier: ISC */
#include "option.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "rec.h"
#include "u8.h"

void
option_help(struct buf *b, const struct option_row *row)
{
	size_t from;

	for (; row != NULL && row->name != NULL; row++) {
		from = b->n;
		if (row->key < OPTION_LONG)
			buf_printf(b, "  -%c, ", row->key);
		else
			buf_printf(b, "      ");
		buf_printf(b, "--%s", row->name);
		if (row->arg != NULL)
			buf_printf(b, "=%s", row->arg);
		do
			buf_byte(b, ' ');
		while (b->n - from < 30);
		buf_printf(b, "%s\n", row->help);
	}
}

unsigned long long
option_number(const char *name, const char *arg, unsigned long long min, unsigned long long max)
{
	unsigned long long v;
	unsigned shift = 0;
	char *end;

	errno = 0;
	v = strtoull(arg, &end, 10);
	switch (*end) {
	case 'G':
	case 'g':
		shift += 10;
		/* FALLTHROUGH */
	case 'M':
	case 'm':
		shift += 10;
		/* FALLTHROUGH */
	case 'K':
	case 'k':
		shift += 10;
		end++;
		break;
	default:
		break;
	}
	if (!ascii_digit(arg[0]) || *end != '\0' || errno != 0 || v > max >> shift || v << shift < min)
		msg_die(EXIT_USAGE, "--%s: %s: want a number from %llu to %llu", name, arg, min, max);
	return v << shift;
}

static size_t
count_rows(const struct option_row *row)
{
	size_t n = 0;

	while (row != NULL && row[n].name != NULL)
		n++;
	return n;
}

/* What users of other tools type first, between spaces, and what does it here. */
static const char *const elsewhere[][2] = {
	{ " -0 -z --null --zero-terminated ",
	  "records end with LF; names of files that end with NUL come by --files0-from=-" },
	{ " -H --header --headers ", "records have no line of headings; tail -n +2 takes one off" },
	{ " -o --output ", "output goes to standard output: use >" },
	{ " --verbose ", "--progress tells how far the run has come" },
	{ " -q --quiet --silent ", "messages go to standard error: 2>/dev/null drops them" },
	{ " -P -T --parallel --threads --workers ", "--jobs says how many threads work" },
	{ " -R --recursive ", "find FOLDER -type f -print0 writes a list for --files0-from=-" },
	{ " -d -f -F --delimiter --field --fields --ifs --ofs --output-delimiter --separator ",
	  "fields are separated by TABs; the first is the id, the last the text" },
	{ " -l --lang --language ", "texts are taken for English" },
	{ " --csv ", "records are lines of fields separated by TABs; for CSV "
		     "mlr --icsv --otsv --headerless-csv-output cut -o -f id,text writes them" },
	{ " --format --json --jsonl --ndjson --output-format ",
	  "records are lines of fields separated by TABs; " JSON_TO_RECORDS },
};

/*
 * What stands in the place of an option that no row has; name
 * is as it was typed, up to a "=", letter its letter or 0.
 */
static const char *
option_here(const char *name, int letter, const struct option *row)
{
	char key[32];
	size_t i;

	for (; letter != 0 && row->name != NULL; row++)
		if (row->val == letter) /* it is one of ours, without its argument */
			return NULL;
	if (letter != 0)
		snprintf(key, sizeof(key), " -%c ", letter);
	else
		snprintf(key, sizeof(key), " %.*s ", (int)strcspn(name, "="), name);
	for (i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		if (strstr(elsewhere[i][0], key) != NULL)
			return elsewhere[i][1];
	return NULL;
}

int
option_read(int argc, char *argv[], const struct option_set set[2])
{
	size_t nfirst = count_rows(set[0].rows), n = nfirst + count_rows(set[1].rows), i, at = 0;
	struct option *row = mem_array(NULL, n + 1, sizeof(*row));
	char *letters = mem_array(NULL, 2 * n + 1, 1);
	const struct option_row *o;
	const char *here;
	int c;

	for (i = 0; i < n; i++) {
		o = i < nfirst ? &set[0].rows[i] : &set[1].rows[i - nfirst];
		row[i] = (struct option){ o->name, o->arg != NULL ? required_argument : no_argument, NULL,
					  o->key };
		if (o->key < OPTION_LONG) {
			letters[at++] = (char)o->key;
			if (o->arg != NULL)
				letters[at++] = ':';
		}
	}
	letters[at] = '\0';
	row[n] = (struct option){ 0 };
	while ((c = getopt_long(argc, argv, letters, row, NULL)) != -1) {
		if (c == '?') { /* getopt_long has said why */
			here = option_here(argv[optind - 1], optopt, row);
			msg_die(EXIT_USAGE, "%s%ssee %s --help", here != NULL ? here : "",
				here != NULL ? "; " : "", msg_tool());
		}
		for (i = 0; row[i].val != c; i++)
			;
		if (row[i].has_arg == required_argument && *optarg == '\0') /* a variable that was not set */
			msg_die(EXIT_USAGE, "--%s: its argument is empty", row[i].name);
		set[i < nfirst ? 0 : 1].set(c, optarg);
	}
	free(row);
	free(letters);
	return optind;
}

void
option_list(struct buf *b, const char *path)
{
	FILE *f = fopen(path, "rb");
	const size_t at = b->n;
	size_t n;

	if (f == NULL)
		msg_die(EXIT_USAGE, "%s: %s", path, strerror(errno));
	while ((n = fread(buf_room(b, 1 << 16), 1, 1 << 16, f)) > 0)
		b->n += n;
	if (ferror(f))
		msg_die(EXIT_USAGE, "%s: %s", path, strerror(errno));
	fclose(f);
	if (b->n - at >= 3 && memcmp(b->p + at, "\357\273\277", 3) == 0) {
		b->n -= 3;
		memmove(b->p + at, b->p + at + 3, b->n - at);
	}
}
