/* SPDX-License-Identifier: ISC */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

enum { STACK_SIZE = 1024 * 1024 }; /* of a worker; tools do not recurse */

enum stage { FREE, FULL, BUSY, DONE };

static struct {
	pthread_mutex_t lock;
	pthread_cond_t full;  /* a block is FULL, or there are no more */
	pthread_cond_t freed; /* a block is FREE */
	struct work *ring;
	enum stage *stage;
	size_t n;
	uint64_t taken;	 /* blocks that workers have taken */
	uint64_t filled; /* blocks read */
	uint64_t written;
	bool writing;
	bool ended;
	const struct filter *filter;
	void (*settle)(struct work *);
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER,
	   .full = PTHREAD_COND_INITIALIZER,
	   .freed = PTHREAD_COND_INITIALIZER };

/* Called and returns with the lock held. */
static void
write_ready(void)
{
	size_t i;

	if (pool.writing)
		return;
	pool.writing = true;
	while (pool.written < pool.filled && pool.stage[i = (size_t)(pool.written % pool.n)] == DONE) {
		pthread_mutex_unlock(&pool.lock);
		out_flush(&pool.ring[i].out);
		pool.settle(&pool.ring[i]);
		pthread_mutex_lock(&pool.lock);
		pool.stage[i] = FREE;
		pool.written++;
		pthread_cond_signal(&pool.freed);
	}
	pool.writing = false;
}

static void *
worker(void *unused)
{
	void *state = work_state(pool.filter);
	size_t i;

	(void)unused;
	pthread_mutex_lock(&pool.lock);
	for (;;) {
		while (pool.taken == pool.filled && !pool.ended)
			pthread_cond_wait(&pool.full, &pool.lock);
		if (pool.taken == pool.filled)
			break;
		i = (size_t)(pool.taken++ % pool.n);
		pool.stage[i] = BUSY;
		pthread_mutex_unlock(&pool.lock);
		work_block(&pool.ring[i], state);
		pthread_mutex_lock(&pool.lock);
		pool.stage[i] = DONE;
		write_ready();
	}
	pthread_mutex_unlock(&pool.lock);
	work_state_free(pool.filter, state);
	return NULL;
}

void
pool_run(struct in *in, size_t njob, const struct work_rules *rules, void (*settle)(struct work *))
{
	pthread_t *thread = mem_array(NULL, njob, sizeof(*thread));
	pthread_attr_t attr;
	size_t nthread, i;
	bool more = true;
	int error = 0;

	pool.filter = rules->filter;
	pool.settle = settle;
	pool.n = 2 * njob + 2;
	pool.ring = mem_array(NULL, pool.n, sizeof(*pool.ring));
	pool.stage = mem_array(NULL, pool.n, sizeof(*pool.stage));
	for (i = 0; i < pool.n; i++) {
		work_init(&pool.ring[i], rules);
		pool.stage[i] = FREE;
	}
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	for (nthread = 0; nthread < njob; nthread++) {
		error = pthread_create(&thread[nthread], &attr, worker, NULL);
		if (error != 0)
			break;
	}
	pthread_attr_destroy(&attr);
	if (nthread == 0)
		msg_die(EXIT_FAULT, "no worker: %s", strerror(error));
	while (more) {
		pthread_mutex_lock(&pool.lock);
		i = (size_t)(pool.filled % pool.n);
		while (pool.stage[i] != FREE)
			pthread_cond_wait(&pool.freed, &pool.lock);
		pthread_mutex_unlock(&pool.lock);
		more = in_next(in, &pool.ring[i].in);
		pthread_mutex_lock(&pool.lock);
		if (more) {
			pool.stage[i] = FULL;
			pool.filled++;
			pthread_cond_signal(&pool.full);
		} else {
			pool.ended = true;
			pthread_cond_broadcast(&pool.full);
		}
		pthread_mutex_unlock(&pool.lock);
	}
	for (i = 0; i < nthread; i++)
		pthread_join(thread[i], NULL);
	for (i = 0; i < pool.n; i++)
		work_free(&pool.ring[i]);
	free(pool.ring);
	free(pool.stage);
	free(thread);
}
