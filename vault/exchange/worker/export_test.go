package worker

import "time"

// Impatient has c wait for each file no longer than d.
func Impatient(c *Children, d time.Duration) { c.patience = d }
