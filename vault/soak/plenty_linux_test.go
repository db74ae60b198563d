package soak_test

import "syscall"

// plenty says that a file system has 4 GiB to spare.
func plenty(dir string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && s.Bavail*uint64(s.Bsize) > 4<<30
}
