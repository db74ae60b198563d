package record

// KindDevice is the kind of [Device].
const KindDevice Kind = "Device"

// Device is an implant or other device of the patient (FHIR Device and
// DeviceUseStatement, C-CDA Product Instance).
type Device struct {
	Status       string    `json:"status,omitempty"` // active, inactive, entered-in-error, unknown
	Type         Concept   `json:"type,omitzero"`
	Name         string    `json:"name,omitempty"`
	UDI          string    `json:"udi,omitempty"`
	Manufacturer string    `json:"manufacturer,omitempty"`
	ModelNumber  string    `json:"modelNumber,omitempty"`
	SerialNumber string    `json:"serialNumber,omitempty"`
	LotNumber    string    `json:"lotNumber,omitempty"`
	Made         Date      `json:"made,omitempty"`
	Expires      Date      `json:"expires,omitempty"`
	Used         When      `json:"used,omitzero"` // since when it is in or on the patient
	BodySite     Concept   `json:"bodySite,omitzero"`
	Reason       []Concept `json:"reason,omitempty"`
	Note         []string  `json:"note,omitempty"`
	Text         Narrative `json:"text,omitempty"`   // the source's own formatted text of the whole entry
	Absent       bool      `json:"absent,omitempty"` // the source says that there is no such device
}

// Kind implements [Resource].
func (*Device) Kind() Kind { return KindDevice }

var deviceStanding = map[string]Standing{
	"active": Current, "completed": Past, "inactive": Past, "on-hold": Past, "stopped": Past, "intended": Intended,
	"entered-in-error": InError, "nullified": InError, "unknown": Uncertain,
}

// Summary implements [Resource].
func (d *Device) Summary() Summary {
	s := Summary{Title: d.Type.String(), When: d.Used, Codes: d.Type.Coding, Status: d.Status, Standing: statusMeaning(d.Status, deviceStanding)}
	if s.Title == "" {
		s.Title = d.Name
	}
	if s.Title == "" {
		s.Title = joinStatus(d.Manufacturer, d.ModelNumber)
	}
	if s.Title == "" {
		s.Title = "Device that the source does not name"
	}
	if d.Absent {
		s.Title = "Not present: " + s.Title
		if s.Standing != InError {
			s.Standing = NotSo
		}
	}
	return s
}

// Details implements [Resource].
func (d *Device) Details() []Detail {
	var r rows
	r.add("Device", d.Type.String())
	r.add("Name", d.Name)
	r.add("Status", d.Status)
	r.when("In use", d.Used)
	r.add("Body site", d.BodySite.String())
	r.add("Because of", joinConcepts(d.Reason))
	r.add("Manufacturer", d.Manufacturer)
	r.add("Model", d.ModelNumber)
	r.add("Serial number", d.SerialNumber)
	r.add("Lot number", d.LotNumber)
	r.when("Made", d.Made)
	r.when("Expires", d.Expires)
	r.add("Unique device identifier", d.UDI)
	r.add("Text", d.Text.Plain())
	r.all("Note", d.Note)
	codeRows(&r, d.Type)
	return r
}

// Validate implements [Resource].
func (*Device) Validate() []Issue { return nil }

func (*Device) sealed() {}
