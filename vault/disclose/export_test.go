package disclose

import "io"

// Damage has the file damaged on its way to the disk.
func (d *Delivery) Damage(f func(io.Writer) io.Writer) { d.damage = f }
