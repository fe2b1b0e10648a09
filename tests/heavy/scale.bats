# The near-duplicate job of examples/scale on three engines, with a worker killed in the middle of each run:
# the same lines as one process.

load heavy

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	# 600 records; every third copies an earlier one, cut or with an end of its own
	awk 'BEGIN {
		srand(11)
		for (i = 1; i <= 600; i++) {
			j = i
			if (i % 3 == 0) {
				j = 1 + int((i - 1) * rand())
				text[i] = substr(text[j], 1, 500 + int(500 * rand())) " and that was all"
			} else
				for (k = 0; k < 200; k++)
					text[i] = text[i] " " sprintf("%c%c%c%c", 97 + 26 * rand(), 97 + 26 * rand(), 97 + 26 * rand(), 97 + 26 * rand())
			printf "d%04d\tThis%s.\n", i, text[i]
		}
	}' >articles.tsv
	fingerprint <articles.tsv | find-copies >want.tsv
	# a fingerprint that takes its time, so that there is a middle to be killed in
	mkdir slow
	printf '#!/bin/sh\n: >"%s/started.$$"\nsleep 0.3\nexec "%s" "$@"\n' "$BATS_FILE_TMPDIR" "$(cd "$BIN" && pwd)/fingerprint" >slow/fingerprint
	chmod +x slow/fingerprint
}

setup() {
	scale=$TOP/examples/scale
	data=$BATS_FILE_TMPDIR
	cd "$BATS_TEST_TMPDIR" || return 1
	rm -f "$data"/started.*
	SLOW=$data/slow:$(cd "$BIN" && pwd):$PATH
}

teardown() {
	# shellcheck disable=SC2086
	[[ -z ${started:-} ]] || kill -9 $started 2>/dev/null || true
}

# wait until N blocks were begun
begun() {
	local i
	for ((i = 0; i < 600; i++)); do
		[[ $(find "$data" -name 'started.*' | wc -l) -lt $1 ]] || return 0
		sleep 0.05
	done
	echo "only $(find "$data" -name 'started.*' | wc -l) blocks were begun"
	return 1
}

same() {
	[[ $(awk -F'\t' '$2 != "-"' "$data/want.tsv" | wc -l) -gt 150 ]] && cmp "$1" "$data/want.tsv"
}

@test "scale: GNU parallel over ssh, one machine killed" {
	needs parallel sshd ssh ssh-keygen
	[[ $(id -u) != 0 ]] || mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f key
	chmod 700 .
	started=
	local host port=22022
	for host in one two; do
		port=$((port + 1))
		ssh-keygen -q -t ed25519 -N '' -f "host.$host"
		"$(command -v sshd)" -D -e -f /dev/null -p $port -h "$PWD/host.$host" -o ListenAddress=127.0.0.1 \
			-o AuthorizedKeysFile="$PWD/key.pub" -o StrictModes=no -o PermitRootLogin=yes -o UsePAM=no -o MaxStartups=100 \
			-o PidFile=none -o SetEnv="PATH=$SLOW" 2>"sshd.$host" &
		started="$started $!"
		printf 'Host %s\nHostName 127.0.0.1\nPort %s\nIdentityFile %s\n' $host $port "$PWD/key"
	done >config
	printf 'StrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n' | cat - config >config2
	sleep 0.5
	ssh -F "$PWD/config2" one true
	ssh -F "$PWD/config2" two true
	HOME=$PWD SSH="ssh -F $PWD/config2" BLOCK=20k TMPDIR=$PWD "$scale/parallel.sh" "$data/articles.tsv" one,two >out 2>err &
	local run=$!
	begun 4
	# the machine two is gone: its listener and its sessions
	local two=${started##* }
	pkill -9 -P "$two" || true
	kill -9 "$two"
	wait $run || { cat err; false; }
	same out
}

@test "scale: a Slurm array, one node killed" {
	needs slurmctld slurmd sbatch scontrol
	local n host
	host=$(hostname -s)
	mkdir state spool1 spool2
	cat >slurm.conf <<-END
	ClusterName=test
	SlurmctldHost=$host(127.0.0.1)
	SlurmctldPort=26817
	SlurmUser=$(id -un)
	SlurmdUser=$(id -un)
	AuthType=auth/none
	CryptoType=crypto/none
	CredType=cred/none
	ProctrackType=proctrack/linuxproc
	TaskPlugin=task/none
	SchedulerType=sched/builtin
	SelectType=select/cons_tres
	ReturnToService=2
	SlurmdTimeout=5
	SlurmctldTimeout=10
	KillWait=1
	MinJobAge=60
	MpiDefault=none
	StateSaveLocation=$PWD/state
	SlurmdSpoolDir=$PWD/spool%n
	SlurmctldPidFile=$PWD/ctld.pid
	SlurmdPidFile=$PWD/%n.pid
	SlurmctldLogFile=$PWD/ctld.log
	SlurmdLogFile=$PWD/%n.log
	NodeName=1 NodeHostname=$host NodeAddr=127.0.0.1 Port=26818 CPUs=1
	NodeName=2 NodeHostname=$host NodeAddr=127.0.0.1 Port=26819 CPUs=1
	PartitionName=all Nodes=1,2 Default=YES State=UP
	END
	sed -i '/CryptoType/d' slurm.conf
	export SLURM_CONF=$PWD/slurm.conf
	chmod 755 .
	slurmctld -D -f "$SLURM_CONF" >ctld.out 2>&1 &
	started=$!
	for n in 1 2; do
		slurmd -D -N $n -f "$SLURM_CONF" >slurmd$n.out 2>&1 &
		started="$started $!"
	done
	for ((n = 0; n < 100; n++)); do
		[[ $(sinfo -h -o %T 2>/dev/null) == idle ]] && break
		sleep 0.1
	done
	[[ $(sinfo -h -o %T) == idle ]] || { sinfo; tail -5 ctld.log 1.log ./*.out; false; }
	PATH=$SLOW "$scale/slurm.sh" "$data/articles.tsv" "$PWD/shared" 20 >out 2>err &
	local run=$!
	begun 4
	local two=${started##* }
	pkill -9 -P "$two" || true
	kill -9 "$two"
	wait $run || { cat err; PATH=$SLOW "$scale/slurm.sh" "$data/articles.tsv" "$PWD/shared" 20 >out 2>err; }
	same out
}

@test "scale: Dask, one worker killed" {
	needs dask-scheduler dask-worker
	/usr/bin/python3 -c 'import distributed' 2>/dev/null || skip 'python3-distributed is not installed'
	export DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT=10s
	local n
	PATH=/usr/bin:$PATH dask-scheduler --host 127.0.0.1 --port 28786 --no-dashboard >scheduler 2>&1 &
	started=$!
	for n in 1 2; do
		mkdir "w$n"
		PATH=$data/slow:/usr/bin:$SLOW dask-worker tcp://127.0.0.1:28786 --nthreads 1 --no-nanny --no-dashboard --local-directory "$PWD/w$n" >worker$n 2>&1 &
		started="$started $!"
	done
	BLOCK=20000 PATH=/usr/bin:$SLOW python3 "$scale/dask_sketch.py" tcp://127.0.0.1:28786 "$data/articles.tsv" >out 2>err &
	local run=$!
	begun 4
	kill -9 "${started##* }"
	wait $run || { cat err; false; }
	same out
}
