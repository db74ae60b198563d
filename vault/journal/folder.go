package journal

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
)

const partSuffix = ".part" // a file that is being written; never read

// syncDir makes names in a folder durable. Windows has no such call: there a
// rename is in the journal of NTFS.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// plainCause drops the path that the os package adds: the error names the file
// as the vault does.
func plainCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
