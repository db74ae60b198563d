package hl7v2_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestHostileText holds made-up attacks to their end: an answer within the time
// that any one file may take, and no more than a few words about each.
func TestHostileText(t *testing.T) {
	const slowest = 30 * time.Second // for one file; these take a fraction of a second, unless the cost grows faster than the file
	repeated := func(segment string, n int) string { return strings.Repeat(segment+"\r", n) }
	for name, content := range map[string]string{
		"escapes":         string(lab(`OBX|1|FT|1^A^L||` + strings.Repeat(`\q\`, 500_000) + `||||||F`)),
		"open escapes":    string(lab(`OBX|1|FT|1^A^L||` + strings.Repeat(`\ `, 500_000) + `||||||F`)),
		"line breaks":     string(lab(`OBX|1|FT|1^A^L||` + strings.Repeat(`\.sp99\`, 50_000) + `||||||F`)),
		"repetitions":     string(lab(`OBX|1|NM|1^A^L||` + strings.Repeat(`1~`, 9_000) + `||||||F`)),
		"names":           string(message(msh, "PID|1||1||"+strings.Repeat("A^B~", 2_000)+"||19610403|F")),
		"one text":        string(lab()) + repeated("OBX|1|TX|1^A^L||line||||||F", 50_000),
		"results":         string(lab()) + repeated("OBX|1|NM|1^A^L||4,1||||||F", 20_000),
		"messages":        repeated(msh+"\r"+pid, 1) + strings.Repeat(header("ORU^R01")+"\rPID|1||1||A^B\r", 1),
		"lines":           string(lab("OBX|1|TX|1^A^L||x")) + strings.Repeat("broken\r", 200_000),
		"notes":           string(lab()) + repeated("NTE|1||x", 50_000),
		"people":          string(message(msh, pid)) + repeated("PV1|1|I|W", 20_000),
		"unknown":         string(message(msh, pid)) + repeated("ZZZ|1", 90_000),
		"a large file":    string(lab("OBX|1|ED|1^A^L||x^application^pdf^Base64^" + strings.Repeat("QUJD", 1_000_000) + "||||||F")),
		"numbers":         string(lab("OBX|1|NM|1^A^L||" + strings.Repeat("9", 1_000_000) + "|mg|" + strings.Repeat("9", 30_000) + "-1||||F")),
		"sub-identifiers": string(lab()) + repeated("OBX|1|NM|1^A^L|1|4||||||F", 20_000),
	} {
		start := time.Now()
		i := bring(t, name, []byte(content))
		if d := time.Since(start); d > slowest {
			t.Errorf("%s took %v", name, d)
		}
		if i.report.Read == 0 {
			t.Errorf("%s: nothing was counted", name)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct{ name, content, told string }{
		{"segments", string(message(msh, pid)) + strings.Repeat("ZZZ|1\r", 100_000), "more than 100000 segments"},
		{"fields", string(message(msh, pid)) + strings.Repeat("ZZZ"+strings.Repeat("|", 200)+"\r", 5_000), "more than 1000000 fields"},
		{"components", string(message(msh, pid, "ZZZ|"+strings.Repeat("^", 10_001))), "ZZZ[1]-1: has more parts"},
	} {
		i := bring(t, "a.hl7", []byte(tt.content))
		if i.report.Refused != 1 || i.report.Read != 1 || !i.told(tt.told) || len(i.records) != 0 {
			t.Errorf("%s: got %+v", tt.name, i.report)
		}
	}
}

// TestManyMessages: a file of many messages about one person is one person's.
func TestManyMessages(t *testing.T) {
	var b strings.Builder
	for n := range 200 {
		fmt.Fprintf(&b, "MSH|^~\\&|LAB|Example Lab|APP|ME|20210304101112||ORU^R01|%d|P|2.5.1\r%s\rOBR|1||F-%d^LAB|1^A^L|||20210304\rOBX|1|NM|1^A^L||%d||||||F\r", n, pid, n, n)
	}
	i := bring(t, "a.hl7", []byte(b.String()))
	if i.held || len(of[*record.Patient](i)) != 1 || len(of[*record.Observation](i)) != 200 {
		t.Errorf("held %v, %d persons, %d results", i.held, len(of[*record.Patient](i)), len(of[*record.Observation](i)))
	}
}
