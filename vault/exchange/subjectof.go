package exchange

import "github.com/carnet-phr/carnet/vault/record"

// About says whom all of a source is about, where what it says of that person is
// no statement to file: it finds the person, and adds nothing to what is known of
// them. A source that adds a Patient, or of which a list of files says the same,
// does not need it. A sink that is not the pipeline's takes no notice.
func About(sink Sink, p *record.Patient, ids []record.Identifier) {
	if c, ok := sink.(*collector); ok && c.member.Patient == nil {
		c.member.Patient, c.member.Identifiers = p, ids
	}
}
