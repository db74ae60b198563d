package intake

import (
	"regexp"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
)

var (
	typeName  = regexp.MustCompile(`\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b`)
	typeCount = regexp.MustCompile(`^(?:(\d+) )?([A-Z][A-Za-z]+): `)
)

// plain puts the standard's names of entry types, which stand in remarks on
// what is not shown, into everyday words. Other words stay as they are.
func plain(text string) string {
	names := typeWords()
	if m := typeCount.FindStringSubmatch(text); m != nil && names[m[2]] != "" {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = 1
		}
		about := lang.L("{{.Entries}} about {{.What}}", map[string]any{"Entries": ui.Entries(n), "What": names[m[2]]})
		return about + ": " + text[len(m[0]):]
	}
	return typeName.ReplaceAllStringFunc(text, func(s string) string {
		if w, ok := names[s]; ok {
			return w
		}
		return s
	})
}

// typeWords are the types that a record's files hold and that are no entry of
// their own here.
func typeWords() map[string]string {
	return map[string]string{
		"Account": lang.L("accounts"), "Appointment": lang.L("appointments"), "AppointmentResponse": lang.L("answers to appointments"),
		"AuditEvent": lang.L("logging"), "Basic": lang.L("things of no known kind"), "Binary": lang.L("enclosed files"), "Claim": lang.L("bills"),
		"ClaimResponse": lang.L("answers to bills"), "Contract": lang.L("contracts"), "Coverage": lang.L("insurance cover"),
		"CoverageEligibilityRequest": lang.L("questions to insurers"), "CoverageEligibilityResponse": lang.L("answers of insurers"),
		"Endpoint": lang.L("technical addresses"), "ExplanationOfBenefit": lang.L("statements of insurers"), "Group": lang.L("lists of people"),
		"HealthcareService": lang.L("services of a clinic"), "InsurancePlan": lang.L("insurance plans"), "Invoice": lang.L("invoices"),
		"Location": lang.L("places"), "Medication": lang.L("medicines that other entries name"), "MessageHeader": lang.L("envelopes of messages"),
		"OperationOutcome": lang.L("technical messages"), "Organization": lang.L("organisations"), "Person": lang.L("people"),
		"Practitioner": lang.L("doctors and other professionals"), "PractitionerRole": lang.L("roles of professionals"), "Provenance": lang.L("origins"),
		"RelatedPerson": lang.L("relatives and contacts"), "Schedule": lang.L("schedules"), "Slot": lang.L("free times in schedules"),
		"Subscription": lang.L("subscriptions"), "Task": lang.L("tasks"),
	}
}
