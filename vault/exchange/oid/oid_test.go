package oid_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestThereAndBack: what a URI is written as is read as that URI.
func TestThereAndBack(t *testing.T) {
	for _, uri := range []string{
		record.LOINC, record.SNOMED, record.CVX, record.ICD9CM, record.AbsentUnknownSystem, "urn:oid:1.2.3.4", "urn:uuid:6ba7b811-9dad-11d1-80b4-00c04fd430c8",
		"http://example.org/codes", "Local codes", "urn:oid:not.an.oid",
	} {
		root, named := oid.Of(uri)
		name := ""
		if named {
			name = uri
		}
		if got := oid.Named(root, name); got != uri || !named && !oid.Strict(root) && !oid.IsUUID(root) {
			t.Errorf("%s: written as %s, read as %s", uri, root, got)
		}
	}
	if root, named := oid.Of(""); root != "" || named {
		t.Errorf("nothing is written as %q", root)
	}
}

func TestOfURL(t *testing.T) {
	// RFC 9562, appendix A.4, has the namespace of names; the one of URLs is from
	// Python's uuid.uuid5(uuid.NAMESPACE_URL, "http://example.org/codes").
	if got := oid.OfURL("http://example.org/codes"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := oid.Named(want, "http://example.org/other"); got != "urn:uuid:"+want {
		t.Errorf("a UUID beside another name: got %s", got)
	}
}

func TestStrict(t *testing.T) {
	for s, want := range map[string]bool{"1.2.3": true, "2.16.840.1": true, "1.02.3": false, "1..2": false, "1.": false, "3.1": false, "1": false, "": false} {
		if got := oid.Strict(s); got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

const want = "4e67aad7-e98c-5b2d-81ae-da89f9b1f5e6"
