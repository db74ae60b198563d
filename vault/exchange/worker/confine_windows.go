package worker

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// confine does nothing: the parent's job object holds this process.
func confine() error { return nil }

// allowCPU does nothing: the parent ends a child that takes too long.
func allowCPU() error { return nil }

// confineChild puts the child into a job object: its memory is limited, it can
// start no process, and it ends with its parent.
func confineChild(p *os.Process) (after func(), err error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return nil, err
	}
	after = func() { windows.CloseHandle(job) }
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{ProcessMemoryLimit: memoryLimit}
	limits.BasicLimitInformation.ActiveProcessLimit = 1
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY | windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS |
		windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		var handle windows.Handle
		handle, err = windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(p.Pid))
		if err == nil {
			err = windows.AssignProcessToJobObject(job, handle)
			windows.CloseHandle(handle)
		}
	}
	if err != nil {
		after()
		return nil, err
	}
	return after, nil
}

// environment is what a program needs to start at all.
func environment() []string { return []string{"SystemRoot=" + os.Getenv("SystemRoot")} }

func workingDir() string { return "" }
