package clinic

// Usual is what is known of tests to every face, without any alias.
func Usual() Joining { return Joining{} }
