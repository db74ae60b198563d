package apple_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/apple"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// BenchmarkImport brings a made-up export into a sealed vault on disk, from
// reading to durable. APPLE_MB sets its size in MB (100). The peak is that of
// the whole process, without a KDF.
func BenchmarkImport(b *testing.B) {
	mb := 100
	if s := os.Getenv("APPLE_MB"); s != "" {
		var err error
		if mb, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	size, records := writeExport(b, filepath.Join(dir, "export.xml"), int64(mb)<<20)
	sources, err := exchange.Paths(filepath.Join(dir, "export.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	filed := 0
	for b.Loop() {
		b.StopTimer()
		v := vaulttest.Empty(b)
		b.StartTimer()
		batch, err := exchange.Import(context.Background(), v, []exchange.Format{apple.Format}, sources, exchange.Options{})
		if err != nil {
			b.Fatal(err)
		}
		receipt, err := batch.Commit(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		if r := receipt.Sources[0]; !r.Adds() || r.Refused > 0 || r.Kept > 0 || r.Read < records {
			b.Fatalf("%+v", r)
		}
		filed = receipt.Sources[0].Kinds["Observation"]
	}
	b.ReportMetric(float64(records), "records")
	b.ReportMetric(float64(filed), "filed")
	b.ReportMetric(peakMB(), "peak-MB")
}

// peakMB is the most memory the process held, 0 where the system does not tell.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1000
		}
	}
	return 0
}

// measured are what a watch and a phone measure all day, with how often in
// seconds; a real export has the same proportions.
var measured = []struct {
	typ, unit string
	source    string
	every     int
}{
	{"HeartRate", "count/min", watch, 240},
	{"ActiveEnergyBurned", "kcal", watch, 180},
	{"BasalEnergyBurned", "kcal", watch, 600},
	{"StepCount", "count", watch, 600},
	{"StepCount", "count", `sourceName="Maud’s iPhone" device="&lt;&lt;HKDevice: 0x28&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone12,1, software:16.1&gt;"`, 900},
	{"DistanceWalkingRunning", "km", watch, 600},
	{"PhysicalEffort", "kcal/hr·kg", watch, 600},
	{"OxygenSaturation", "%", watch, 3600},
	{"RespiratoryRate", "count/min", watch, 3600},
	{"HeartRateVariabilitySDNN", "ms", watch, 14_400},
	{"EnvironmentalAudioExposure", "dBASPL", watch, 1800},
	{"WalkingSpeed", "km/hr", watch, 7200},
	{"WalkingStepLength", "cm", watch, 7200},
	{"RestingHeartRate", "count/min", watch, 86_400},
	{"BodyMass", "kg", `sourceName="Scale"`, 86_400},
}

// writeExport writes a made-up export of about the given size, day after day of
// each type, as phones do: type by type over all years.
func writeExport(b *testing.B, name string, size int64) (written int64, records int) {
	b.Helper()
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	n, _ := w.WriteString(doctype + "<HealthData locale=\"en_GB\">\n" + owner)
	written = int64(n)
	const recordSize, perDay = 420, 1380 // bytes of a Record, Records of a day: about what the table gives
	days := max(1, int(size/recordSize/perDay))
	start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, m := range measured {
		for at := 0; at < days*86_400; at += m.every {
			stamp := start.Add(time.Duration(at) * time.Second).Format("2006-01-02 15:04:05 +0100")
			n, err := fmt.Fprintf(w, " <Record type=\"HKQuantityTypeIdentifier%s\" %s unit=%q creationDate=%q startDate=%q endDate=%q value=\"%d.%d\"/>\n", m.typ, m.source, m.unit, stamp, stamp, stamp, at%90, at/60%10)
			if err != nil {
				b.Fatal(err)
			}
			written += int64(n)
			records++
		}
	}
	n, _ = w.WriteString("</HealthData>\n")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return written + int64(n), records
}
