package record

// Rank orders statements of one fact by one issuer: the higher one counts,
// whatever came when (HL7 table 0085, FHIR observation-status).
type Rank int

// The ranks.
const (
	RankRegistered Rank = iota
	RankPreliminary
	RankFinal     // and everything that has no such stages
	RankCorrected // corrected, amended, appended
	RankWithdrawn // deleted, of the wrong patient, entered in error
)

func rankOf(r Resource, s Summary) Rank {
	if s.Standing == InError {
		return RankWithdrawn
	}
	status := ""
	switch x := r.(type) {
	case *Observation:
		status = x.Status
	case *DiagnosticReport:
		status = x.Status
	case *DocumentReference:
		status = x.DocStatus
	}
	switch status {
	case "registered":
		return RankRegistered
	case "preliminary", "partial":
		return RankPreliminary
	case "corrected", "amended", "appended":
		return RankCorrected
	}
	return RankFinal
}
