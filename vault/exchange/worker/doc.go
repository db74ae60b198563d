// Package worker runs the formats' tasks in a child process: the same program,
// started again. A file that makes a parser fault, hang or use up the memory
// costs that file, and not the vault.
//
// The laws of the child:
//
//   - It gets one file's bytes after the other through a pipe, and gives back
//     what the task wrote. It has no key, no vault, no environment and no file
//     of its own to write.
//   - It limits itself before it reads a byte: 1 GiB of memory, 20 seconds of
//     processor time for each file, no file that it writes, no core file. The
//     parent ends it when one file takes longer than its time, or when more
//     comes back than was asked for.
//   - After a fault, a limit or a thousand files it is ended and started anew.
//     It ends by itself when its parent is gone.
//
// How far the system helps: on Linux the limits are the kernel's (setrlimit) and
// the child can gain no rights (PR_SET_NO_NEW_PRIVS). On Windows a job object
// holds memory and ends the child with its parent. macOS does not enforce a
// limit of memory; there, as everywhere, a watch in the child ends it when the
// memory of Go goes past the limit. On no system is the child kept from reading
// files that the user may read: what protects them is that the parsers are
// written in a memory-safe language and that the program makes no network connection.
package worker
