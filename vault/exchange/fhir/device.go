package fhir

import "github.com/carnet-phr/carnet/vault/record"

func device(it *item) record.Resource {
	v := it.res
	d := deviceOf(it, v)
	d.Text = narrativeOf(v.Get("text"))
	it.system(v.Get("owner"))
	return d
}

func deviceOf(it *item, v value) *record.Device {
	d := &record.Device{
		Status: deviceStatus(v.TextOf("status")), Type: conceptOf(v.Get("type")), Manufacturer: v.TextOf("manufacturer"), ModelNumber: v.TextOf("modelNumber"),
		SerialNumber: v.TextOf("serialNumber"), LotNumber: v.TextOf("lotNumber"), Made: it.date(v.Get("manufactureDate"), "manufactureDate"),
		Expires: it.date(v.Get("expirationDate"), "expirationDate"), Note: it.notes(v.Get("note")),
	}
	for _, n := range v.Each("deviceName") {
		if d.Name == "" || n.TextOf("type") == "user-friendly-name" {
			d.Name = n.TextOf("name")
		}
	}
	udi := v.Get("udiCarrier").First()
	if d.UDI = udi.TextOf("carrierHRF"); d.UDI == "" {
		d.UDI = udi.TextOf("deviceIdentifier")
	}
	if d.UDI == "" {
		d.UDI = v.TextOf("distinctIdentifier")
	}
	for _, c := range conceptsOf(v.Get("statusReason")) {
		d.Note = append(d.Note, "reason for the status: "+c.String())
	}
	return d
}

// deviceUse reads a DeviceUseStatement; the device it names is shown with it.
func deviceUse(it *item) record.Resource {
	v := it.res
	d := &record.Device{}
	ref := it.ref(v.Get("device"))
	if c := it.contained(ref.raw); ref.raw != "" && ref.raw[0] == '#' && c.Exists() {
		d = deviceOf(it, c)
	}
	d.Status, d.Used, d.BodySite = v.TextOf("status"), it.when("timing"), conceptOf(v.Get("bodySite"))
	d.Reason, d.Note, d.Text = it.reasons(), append(d.Note, it.notes(v.Get("note"))...), narrativeOf(v.Get("text"))
	if d.Name == "" {
		d.Name = v.Path("device", "display").Text()
	}
	it.by(v.Get("source"))
	it.fill(ref, func(_ *index, t *target) {
		if t.draft == nil {
			return
		}
		if o, ok := t.draft.resource.(*record.Device); ok && t.typ == "Device" {
			d.Type, d.UDI, d.Manufacturer, d.ModelNumber = o.Type, o.UDI, o.Manufacturer, o.ModelNumber
			d.SerialNumber, d.LotNumber, d.Made, d.Expires = o.SerialNumber, o.LotNumber, o.Made, o.Expires
			if d.Name == "" {
				d.Name = o.Name
			}
		}
	})
	return d
}

// deviceStatus is a code of R4; DSTU2 has others for the same.
func deviceStatus(code string) string {
	switch code {
	case "available":
		return "active"
	case "not-available":
		return "inactive"
	}
	return code
}
