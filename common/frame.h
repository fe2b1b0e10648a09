/* SPDX-License-Identifier: ISC */
/*
 * The frame that every filter runs in: options, input, workers, order of
 * output, progress, exit status. A filter is a table of its options and a
 * function from a record to output.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "msg.h"
#include "option.h"
#include "out.h"
#include "rec.h"

struct filter {
	const char *name;
	const char *about;  /* one line: what it does */
	const char *reads;  /* fields in, as in "id ... text" */
	const char *writes; /* fields out */

	bool html; /* it reads HTML too: a page as an operand is no mistake */

	const struct option_row *options; /* its own, up to one with name NULL; NULL: none */

	/* An option of the table was given. A bad argument is a msg_die(EXIT_USAGE, ...). */
	void (*option)(int key, const char *arg);

	/*
	 * A folder that the run works in, set by its options (NULL in it: none).
	 * After ready no file can be opened but operands and what is in there, sandbox.h.
	 */
	const char *const *dir;

	/* All options were read, no input yet: load files, check what does not go together. */
	void (*ready)(void);

	/*
	 * Work that reads no input, without the right to open
	 * files; -1: none was asked for, else the exit status.
	 */
	int (*alone)(void);

	/*
	 * The work. state is state_size bytes, zero at first, one for each
	 * worker; drop frees what a state holds. Records come in input order
	 * within a worker; with in_sequence one state sees them all, in order.
	 */
	size_t state_size;
	void (*record)(void *state, struct rec *, struct out *);
	void (*drop)(void *state);

	/*
	 * Set by its options (NULL: never): judge records by groups, in.h. What is kept of a
	 * group's records is judged by group_end, behind the last of them; so is a raw document.
	 */
	const bool *by_id;
	void (*group_end)(void *state, struct out *);

	const char *note; /* set before input is read: what frame_note counts, for the message on it */

	bool in_sequence;
	void (*finish)(void *state, struct out *); /* after the last record; in_sequence only */
};

/* Were operands given, or a list of them? For ready, where the work reads no input. */
bool frame_has_operands(void);

/* All of main: returns the exit status. */
int frame_main(const struct filter *, int argc, char *argv[]);

/*
 * Write all whole records so far, and before them the messages: who reads both is told first what
 * is wrong with the input. For finish, before what could end the program.
 */
void frame_flush(struct out *);

/*
 * Report a faulty record: "tool: file:line: what"; without a record, a fault that
 * belongs to none: "tool: what". Counted; makes the exit
 * status 1, and with --strict ends the run after the output of the records before it.
 */
void frame_fault(struct out *, const struct rec *, const char *fmt, ...) MSG_FORMAT(3, 4);

/*
 * The record is as the filter's note says. That is no fault: it is told once at the end, with the
 * first such record's place and how many there were.
 */
void frame_note(struct out *, const struct rec *);

#endif
