//go:build !linux

package soak_test

import "errors"

func disk() error { return errors.New("small disks are made on Linux alone") }
