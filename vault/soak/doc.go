// Package soak holds no code, only tests that try to break a vault: processes
// killed at any moment, files damaged in every way, disks that fill up, and a
// search for plain text in all that a vault leaves behind.
//
// Each runs in small with the other tests, and for as long as one likes by
// hand:
//
//	make soak-kill N=2000 SEED=7
//	make soak-damage N=10000 SEED=7
//	make soak-full
//
// A run is repeated with its seed: the acts and the damage are the same, the
// moments at which a process is killed are not.
package soak
