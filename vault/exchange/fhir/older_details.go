package fhir

import "strings"

// allergyStatus: DSTU2 says in one code what R4 says in two.
func allergyStatus(o *part, name string) {
	s := o.take(name)
	switch s.text() {
	case "active", "inactive", "resolved":
		o.set("clinicalStatus", s)
	default: // unconfirmed, confirmed, refuted, entered-in-error, and what is not known
		o.set("verificationStatus", s)
	}
}

// certainty keeps how sure it is that the substance caused the reaction.
func certainty(o *part, _ string) {
	for _, r := range o.get("reaction").each() {
		if c := r.take("certainty").text(); c != "" {
			remarked(r, "cause: "+c)
		}
	}
}

func reactionComments(o *part, _ string) {
	for _, r := range o.get("reaction").each() {
		remarked(r, r.take("comment").text())
	}
}

// reportedVaccine: reported by someone else is what R4 calls no primary source.
func reportedVaccine(o *part, name string) {
	r := o.take(name)
	if o.get("primarySource") != nil {
		return
	}
	switch r.text() {
	case "true":
		o.set("primarySource", &part{kind: 'f', raw: []byte("false")})
	case "false":
		o.set("primarySource", &part{kind: 't', raw: []byte("true")})
	}
}

// explained splits Immunization.explanation into why and why not.
func explained(o *part, name string) {
	e := o.take(name)
	o.add("reasonCode", e.take("reason").each()...)
	o.rename("reasonNotGiven", "statusReason")
	if why := e.take("reasonNotGiven"); why != nil {
		o.set("reasonNotGiven", why)
		firstReason(o, "reasonNotGiven")
	}
}

// protocols: the doses of a series. A dose that does not count says so.
func protocols(o *part, name string) {
	all := o.take(name).each()
	for _, p := range all {
		p.rename("doseSequence", "doseNumberPositiveInt")
		p.rename("seriesDoses", "seriesDosesPositiveInt")
		if s := conceptWords(p.get("doseStatus")); s != "" {
			remarked(o, "dose status: "+s)
		} else if c := p.get("doseStatus").get("coding").each(); len(c) > 0 {
			remarked(o, "dose status: "+c[0].get("code").text())
		}
	}
	o.add("protocolApplied", all...)
}

// indications are the reasons of a visit by reference.
func indications(o *part, name string) {
	for _, i := range o.take(name).each() {
		o.add("diagnosis", objectOf("condition", i))
	}
}

func roles(o *part, _ string) {
	for _, d := range o.get("diagnosis").each() {
		d.rename("role", "use")
	}
}

func relativesSex(o *part, name string) {
	if sex := o.take(name); o.get("sex") == nil {
		o.set("sex", conceptPart(sex.text()))
	}
}

func relativesOnset(o *part, _ string) {
	for _, c := range o.get("condition").each() {
		c.rename("onsetQuantity", "onsetAge")
	}
}

// createdContent: when the document itself was made belongs to its content; it
// also dates the entry where nothing else does.
func createdContent(o *part, name string) {
	made := o.take(name)
	for _, c := range o.get("content").each() {
		if a := c.get("attachment"); a.get("creation") == nil && a != nil {
			a.set("creation", stringOf(made.text()))
		}
	}
	if o.get("date") == nil && o.get("indexed") == nil {
		o.set("date", made)
	}
}

func docStatus(o *part, name string) {
	c := o.take(name)
	for _, k := range c.get("coding").each() {
		if code := k.get("code").text(); code != "" {
			o.set(name, stringOf(code))
			return
		}
	}
	o.set(name, stringOf(conceptWords(c)))
}

// goalStatus: one code of DSTU2 and STU3 says what R4 says in two. "sustaining",
// "on-target" and the like are goals that are worked on.
func goalStatus(o *part, name string) {
	s := o.take(name).text()
	switch s {
	case "in-progress", "sustaining", "on-target", "ahead-of-target", "behind-target":
		o.set("lifecycleStatus", stringOf("active"))
		o.set("achievementStatus", conceptPart(s))
	case "achieved":
		o.set("lifecycleStatus", stringOf("completed"))
		o.set("achievementStatus", conceptPart(s))
	default:
		o.set("lifecycleStatus", stringOf(s))
	}
}

func described(o *part, name string) { o.set(name, conceptPart(o.take(name).text())) }

func goalTargets(o *part, name string) {
	due := o.take(name)
	if name == "targetDate" {
		o.add("target", objectOf("dueDate", due))
	} else {
		o.add("target", objectOf("dueDuration", due))
	}
}

// firstAuthor: R4 has one author and calls the others contributors.
func firstAuthor(o *part, name string) {
	all := o.take(name).each()
	for i, a := range all {
		if i == 0 {
			o.set(name, a)
		} else {
			o.add("contributor", a)
		}
	}
}

// prohibited is what R4 calls doNotPerform (hazard 8).
func prohibited(o *part, _ string) {
	for _, a := range o.get("activity").each() {
		d := a.get("detail")
		if d.take("prohibited").says() {
			d.set("doNotPerform", &part{kind: 't', raw: []byte("true")})
		}
	}
}

// udi is words in DSTU2 and an object in STU3.
func udi(o *part, name string) {
	u := o.take(name)
	if u.kind == '"' {
		o.add("udiCarrier", objectOf("carrierHRF", u))
		return
	}
	if n := u.take("name"); n != nil {
		o.add("deviceName", objectOf("name", n))
	}
	o.add("udiCarrier", u)
}

// studyIdentity: the study's UID and accession number became identifiers.
func studyIdentity(o *part, name string) {
	if name == "uid" {
		id := objectOf("system", stringOf("urn:dicom:uid"))
		id.set("value", stringOf("urn:oid:"+bareOID(o.take(name).text())))
		o.add("identifier", id)
		return
	}
	id := o.take(name)
	coding := objectOf("system", stringOf("http://terminology.hl7.org/CodeSystem/v2-0203"))
	coding.set("code", stringOf("ACSN"))
	if id != nil && id.kind == '{' {
		id.set("type", objectOf("coding", listOf(coding)))
		o.add("identifier", id)
	}
}

// seriesIdentity: UIDs without the prefix of an address, and SOP classes as
// codings.
func seriesIdentity(o *part, _ string) {
	for _, s := range o.get("series").each() {
		bareUID(s)
		for _, i := range s.get("instance").each() {
			bareUID(i)
			if class := i.get("sopClass"); class != nil && class.kind == '"' {
				i.set("sopClass", objectOf("code", stringOf("urn:oid:"+bareOID(class.text()))))
			}
		}
	}
}

func bareUID(p *part) {
	if u := p.get("uid"); u != nil && u.kind == '"' && strings.HasPrefix(u.text(), "urn:oid:") {
		p.set("uid", stringOf(bareOID(u.text())))
	}
}

func bareOID(s string) string { return strings.TrimPrefix(s, "urn:oid:") }

// questions makes items of the groups and questions of DSTU2.
func questions(o *part, name string) {
	var items []*part
	for _, g := range o.take(name).each() {
		items = append(items, itemOf(g))
	}
	o.add("item", items...)
}

// itemOf is a group as an item; its questions and groups are items inside it.
func itemOf(g *part) *part {
	g.rename("title", "text")
	for _, list := range []string{"group", "question"} {
		for _, inner := range g.take(list).each() {
			g.add("item", itemOf(inner))
		}
	}
	for _, a := range g.get("answer").each() {
		for _, inner := range a.take("group").each() {
			a.add("item", itemOf(inner))
		}
	}
	return g
}
