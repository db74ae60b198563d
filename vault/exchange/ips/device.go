package ips

import "github.com/carnet-phr/carnet/vault/record"

var deviceWords = map[string]string{"completed": "inactive", "stopped": "inactive", "on-hold": "inactive"}

// deviceType is the type a device is written as: a Device, or, where there is
// more to say than what it is, its use with the Device inside
// (https://hl7.org/fhir/R4/deviceusestatement.html). One entry of the record
// stays one entry. Neither can say that a device is not there: such a statement
// is a Basic entry in words.
func (w *writer) deviceType(d *record.Device) string {
	switch {
	case d.Absent:
		return "Basic"
	case w.summary || !d.Used.Empty() || !d.BodySite.Empty() || len(d.Reason) > 0:
		return "DeviceUseStatement"
	}
	return "Device"
}

func (r *resource) device(d *record.Device) {
	switch r.kind {
	case "Basic":
		r.statement(d.Summary().Title, negatedURL, nonEmpty(d.Name, d.Type.String()), d.Details())
	case "DeviceUseStatement":
		r.deviceUse(d)
	default:
		r.deviceBody(&r.element, d)
	}
	r.noteAll("", d.Note)
}

// deviceBody puts what a device is.
func (r *resource) deviceBody(e *element, d *record.Device) {
	switch {
	case deviceStatus.has(d.Status):
		e.token("status", d.Status)
	case deviceWords[d.Status] != "":
		r.note("Status in the source", d.Status)
		e.token("status", deviceWords[d.Status])
	default:
		r.note("Status in the source", d.Status)
	}
	if d.UDI != "" {
		e.list("udiCarrier", obj("carrierHRF", d.UDI))
	}
	e.text("manufacturer", d.Manufacturer)
	e.date("manufactureDate", d.Made)
	e.date("expirationDate", d.Expires)
	e.text("lotNumber", d.LotNumber)
	e.text("serialNumber", d.SerialNumber)
	if d.Name != "" {
		e.list("deviceName", obj("name", d.Name, "type", "user-friendly-name"))
	}
	e.text("modelNumber", d.ModelNumber)
	e.put("type", concept(d.Type))
	e.put("patient", r.w.to(r.w.patient))
}

// deviceUse is the statement of use. Its status has no "unknown": what the
// source does not state is marked as absent. IPS requires a time.
func (r *resource) deviceUse(d *record.Device) {
	inside := obj("resourceType", "Device", "id", "device")
	r.deviceBody(inside, d)
	r.list("contained", inside)
	switch {
	case deviceUseStatus.has(d.Status):
		r.token("status", d.Status)
	case d.Status == "inactive":
		r.token("status", "completed")
	default:
		r.missing("status")
	}
	r.subject("subject")
	r.required("timing", d.Used, withPeriod)
	if byPatient(r.rec) {
		r.put("source", r.w.to(r.w.patient))
	}
	r.put("device", obj("reference", "#device", "display", d.Summary().Title))
	r.list("reasonCode", concepts(d.Reason)...)
	r.put("bodySite", concept(d.BodySite))
}
