package entry

// Words are the texts of a form: its title, labels, hints and choices. They are what
// a translation needs; what can be wrong with a field stands in the sources as text.
func Words(k Kind) []string {
	out := []string{k.Title}
	for _, f := range k.Fields {
		out = append(out, f.Label)
		if f.Hint != "" && f.Type != Amount {
			out = append(out, f.Hint)
		}
		for _, c := range f.Choices {
			out = append(out, c.Words)
		}
	}
	return out
}
