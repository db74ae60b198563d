package record

// Standing is what a record's status means for a reader: whether it may stand
// in a list of what is true now. It is worked out from what the source states
// and is [Unstated] where the source states nothing.
type Standing string

// The standings.
const (
	Unstated  Standing = ""           // no status in the source
	Current   Standing = "current"    // active now, or a result or event that happened
	Past      Standing = "past"       // resolved, stopped, completed, superseded
	Intended  Standing = "intended"   // planned, proposed, draft, on order
	NotSo     Standing = "not so"     // refuted, negated, not done, not taken, "do not take"
	InError   Standing = "in error"   // entered in error, withdrawn: history only, never exported
	Replaced  Standing = "replaced"   // a later statement took its place: history only, never exported as a value
	Held      Standing = "held"       // carries a modifier that we do not understand
	Uncertain Standing = "not stated" // the source says "unknown", or uses a status that we do not know
)

// History says whether a record of this standing is history alone: withdrawn, or
// replaced by a later statement. It stands in no list, trend, summary or export.
func (s Standing) History() bool { return s == InError || s == Replaced }

// statusMeaning looks a status up in a kind's own table; a status that the
// table lacks is Uncertain, never defaulted.
func statusMeaning(status string, table map[string]Standing) Standing {
	if status == "" {
		return Unstated
	}
	if s, ok := table[status]; ok {
		return s
	}
	return Uncertain
}
