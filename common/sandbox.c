/* SPDX-License-Identifier: ISC */
#ifdef __linux__
#define _GNU_SOURCE /* O_PATH */
#endif
#include "sandbox.h"

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WATCHED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED /* the sanitizers open files of /proc at the end */
#endif

#if defined(WATCHED) || defined(NO_SANDBOX)

void
sandbox_enter(bool may_read, const char *dir)
{
	(void)may_read;
	(void)dir;
}

#elif defined(__linux__) && __has_include(<linux/landlock.h>)

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The rights of Landlock's first version, which every later one has. */
#define READ_RIGHTS ((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR))
#define WRITE_RIGHTS \
	((uint64_t)(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
		    LANDLOCK_ACCESS_FS_MAKE_REG))
#define OTHER_RIGHTS \
	((uint64_t)(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
		    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | \
		    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | \
		    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM))

static bool
allow(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = rights };
	bool done;

	beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return false;
	done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
	close(beneath.parent_fd);
	return done;
}

void
sandbox_enter(bool may_read, const char *dir)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs =
						  READ_RIGHTS | WRITE_RIGHTS | OTHER_RIGHTS };
	int rules;

	rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (rules < 0)
		return;
	if ((!may_read || allow(rules, "/", READ_RIGHTS)) &&
	    (dir == NULL || allow(rules, dir, READ_RIGHTS | WRITE_RIGHTS)) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		(void)syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}

#elif defined(__OpenBSD__)

#include <unistd.h>

void
sandbox_enter(bool may_read, const char *dir)
{
	if (may_read)
		(void)unveil("/", "r");
	if (dir != NULL)
		(void)unveil(dir, "rwc");
	(void)pledge(dir != NULL ? "stdio rpath wpath cpath flock"
		     : may_read	 ? "stdio rpath"
				 : "stdio",
		     NULL);
}

#else

void
sandbox_enter(bool may_read, const char *dir)
{
	(void)may_read;
	(void)dir;
}

#endif
