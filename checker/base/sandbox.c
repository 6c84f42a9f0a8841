// SPDX-License-Identifier: GPL-2.0-only
/* sandbox.c - rights that a child process gives up before it runs what is not trusted. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "light_child.h"
#include "sandbox.h"
#include "util.h"

/* --- Landlock */

/* The kernel's struct landlock_ruleset_attr, which grows: older headers end before `net`. */
struct ruleset {
	uint64_t fs;
	uint64_t net; /* from ABI 4 on */
};

#define TRUNCATE (UINT64_C(1) << 14) /* LANDLOCK_ACCESS_FS_TRUNCATE, from ABI 3 on */
#define NET_TCP 3 /* LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP */

#define WRITES                                                           \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
	 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | \
	 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |     \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |   \
	 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static long landlock_abi(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool sandbox_has_landlock(void)
{
	return landlock_abi() >= 1;
}

/* A ruleset that refuses what it handles; -1: the kernel has no such thing. */
static int ruleset_make(uint64_t fs, uint64_t net)
{
	struct ruleset r = { .fs = fs, .net = net };

	return (int)syscall(SYS_landlock_create_ruleset, &r, net ? sizeof(r) : sizeof(r.fs), 0);
}

/* Excepts a file, or what is below a directory. */
static void ruleset_allow(int rules, const char *path, uint64_t fs)
{
	struct landlock_path_beneath_attr below = { .allowed_access = fs,
						    .parent_fd = open(path, O_PATH | O_CLOEXEC) };

	if (below.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
	close(below.parent_fd);
}

/* Puts the rules into force and closes them. */
static bool ruleset_enforce(int rules)
{
	bool ok = rules >= 0 && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
		  !syscall(SYS_landlock_restrict_self, rules, 0);

	if (rules >= 0)
		close(rules);
	return ok;
}

bool sandbox_writes_off(void)
{
	uint64_t writes = landlock_abi() >= 3 ? WRITES | TRUNCATE : WRITES;
	int rules = ruleset_make(writes, 0);

	ruleset_allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE);
	return ruleset_enforce(rules);
}

bool sandbox_reads_only(const char *const *paths, size_t n)
{
	int rules = ruleset_make(LANDLOCK_ACCESS_FS_READ_FILE, 0);

	for (size_t i = 0; i < n; i++)
		ruleset_allow(rules, paths[i], LANDLOCK_ACCESS_FS_READ_FILE);
	return ruleset_enforce(rules);
}

/* --- network */

static bool put_line(const char *path, const char *line)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Keeps our user and group in a new user namespace, so that files have the owners that they had. */
static bool map_self(uid_t uid, gid_t gid)
{
	char users[32], groups[32];

	snprintf(users, sizeof(users), "%u %u 1", uid, uid);
	snprintf(groups, sizeof(groups), "%u %u 1", gid, gid);
	return put_line("/proc/self/setgroups", "deny") && put_line("/proc/self/uid_map", users) &&
	       put_line("/proc/self/gid_map", groups);
}

static enum network network_leave(void)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (!unshare(CLONE_NEWNET))
		return NETWORK_OFF;
	if (!unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return map_self(uid, gid) ? NETWORK_OFF : NETWORK_ON;
	if (landlock_abi() >= 4 && ruleset_enforce(ruleset_make(0, NET_TCP)))
		return NETWORK_NO_TCP;
	return NETWORK_ON;
}

static int try_to_leave(void *unused)
{
	(void)unused;
	_exit(network_leave());
}

enum network sandbox_network(void)
{
	static int known = -1;
	int status;
	pid_t pid;

	if (known >= 0)
		return (enum network)known;
	pid = light_child(try_to_leave, NULL);
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			pid = -1;
	known = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : NETWORK_ON;
	return (enum network)known;
}

/* Where it cannot be done nothing is tried: half of it would change the owners of files. */
void sandbox_network_off(void)
{
	if (sandbox_network() != NETWORK_ON)
		network_leave();
}
