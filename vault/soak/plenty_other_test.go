//go:build !linux

package soak_test

func plenty(string) bool { return false }
