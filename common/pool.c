/* SPDX-License-Identifier: ISC */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

enum { STACK_SIZE = 1024 * 1024 }; /* of a worker; tools do not recurse */

static struct {
	pthread_mutex_t reading; /* of in, filled, ended */
	struct in *in;
	uint64_t filled; /* blocks read */
	bool ended;

	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t freed; /* a block is free */
	size_t n;	      /* blocks */
	struct work **spare;  /* nspare that are free; the last to come goes first: it is in the cache */
	size_t nspare;
	struct work **done; /* by number modulo n: not yet written */
	uint64_t written;
	bool writing;

	const struct filter *filter;
} pool = { .reading = PTHREAD_MUTEX_INITIALIZER,
	   .lock = PTHREAD_MUTEX_INITIALIZER,
	   .freed = PTHREAD_COND_INITIALIZER };

/* Called with the lock held. */
static void
give_back(struct work *w)
{
	pool.spare[pool.nspare++] = w;
	pthread_cond_signal(&pool.freed);
}

/* The next block of the input and its number; NULL at the end. */
static struct work *
take(uint64_t *number)
{
	struct work *w;
	bool more;

	pthread_mutex_lock(&pool.lock);
	while (pool.nspare == 0)
		pthread_cond_wait(&pool.freed, &pool.lock);
	w = pool.spare[--pool.nspare];
	pthread_mutex_unlock(&pool.lock);

	pthread_mutex_lock(&pool.reading);
	more = !pool.ended && in_next(pool.in, &w->in);
	pool.ended = !more;
	*number = pool.filled;
	pool.filled += more;
	pthread_mutex_unlock(&pool.reading);
	if (more)
		return w;

	pthread_mutex_lock(&pool.lock);
	give_back(w);
	pthread_mutex_unlock(&pool.lock);
	return NULL;
}

/* Called and returns with the lock held. */
static void
write_ready(void)
{
	struct work *w;

	if (pool.writing)
		return;
	pool.writing = true;
	while ((w = pool.done[pool.written % pool.n]) != NULL) {
		pthread_mutex_unlock(&pool.lock);
		frame_flush(&w->out);
		pthread_mutex_lock(&pool.lock);
		pool.done[pool.written++ % pool.n] = NULL;
		give_back(w);
	}
	pool.writing = false;
}

static void *
worker(void *unused)
{
	void *state = work_state(pool.filter);
	struct work *w;
	uint64_t number;

	(void)unused;
	while ((w = take(&number)) != NULL) {
		work_block(w, state);
		pthread_mutex_lock(&pool.lock);
		pool.done[number % pool.n] = w;
		write_ready();
		pthread_mutex_unlock(&pool.lock);
	}
	work_state_free(pool.filter, state);
	return NULL;
}

void
pool_run(struct in *in, size_t njob, const struct work_rules *rules)
{
	pthread_t *thread = mem_array(NULL, njob, sizeof(*thread));
	pthread_attr_t attr;
	struct work *block;
	size_t nthread, i;

	pool.in = in;
	pool.filter = rules->filter;
	pool.n = 2 * njob + 2;
	block = mem_array(NULL, pool.n, sizeof(*block));
	pool.spare = mem_array(NULL, pool.n, sizeof(struct work *));
	pool.done = mem_array(NULL, pool.n, sizeof(struct work *));
	for (i = 0; i < pool.n; i++) {
		work_init(&block[i], rules);
		pool.spare[pool.nspare++] = &block[i];
		pool.done[i] = NULL;
	}
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	for (nthread = 0; nthread + 1 < njob; nthread++)
		if (pthread_create(&thread[nthread], &attr, worker, NULL) != 0)
			break;
	pthread_attr_destroy(&attr);
	(void)worker(NULL);
	for (i = 0; i < nthread; i++)
		pthread_join(thread[i], NULL);
	for (i = 0; i < pool.n; i++)
		work_free(&block[i]);
	free(block);
	free(pool.spare);
	free(pool.done);
	free(thread);
}
