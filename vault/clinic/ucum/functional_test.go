package ucum_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// The cases of this file are facts taken from the UCUM functional tests of 11
// October 2018 (UcumFunctionalTests.xml, maintained by Grahame Grieve, copyright
// 2008-2009 Grahame Grieve and other contributors, Eclipse Public License 1.0),
// validation, conversion and multiplication; each unit stands once. Display names
// are not made here.

const valid = `m /m 10*3/ul 10*-3/ul 10*+3/ul m[H2O] 10*23 rad2 m3.kg-1.s-2 4.[pi].10*-7.N/A2 rad2{a} {a}.rad2{b} 1{c} {e} % dB[10.nV]
[cup_us] [foz_br] [ft_i] [in_i] [yd_i] [gal_br] [lb_av] [oz_av] [pt_br] [qt_br] [sft_i] [sin_i] [syd_i] [tbs_us] [tsp_us] [mi_us]
1/d 1/min a cm cm2 cm3 d dg dl g g/d g/l h kg l mm m2 meq mg mg/d min ml ml/s mm[Hg] mm2 mm3 mmol mmol/l mo mol ms mU ng nl pg/ml s U U/l ug ug/min ul umol umol/l wk deg km
/[HPF] /[LPF] /L /mL /mmol [APL'U] [GPL'U] [IU] [IU]/d [IU]/L [IU]/mL [MPL'U] 10*12/L 10*6/L 10*9/L Cel cm/s fL fmol/L g/g g/L kU/L L/L m[IU]/L mg/g mg/L mg/mg mg/mL mL mL/d mL/min mm/h
mmol/d mmol/g mmol/kg mmol/L mmol/mmol mU/L ng/d ng/g ng/L ng/mL nmol/d nmol/g nmol/h/mL nmol/L nmol/mmol nmol/nmol pg pg/mL pmol/d pmol/g pmol/h/mg pmol/h/mL pmol/L pmol/mmol
U/d U/g U/kg U/L U/mL u[IU]/mL ug/d ug/g ug/L ug/mL um/s umol/2.h umol/d umol/g umol/L umol/mmol umol/umol
[arb'U] dyn.s/(cm5.m2) [iU]/mL mL/h [bdsk'U] dyn.s/cm5 K/W {bsa} cm[H2O] kg{body_wt} cal cm[H2O].s/L kg/m2 mmol/(8.h.kg) {cfu} cm[H2O]/(s.m) kg/h mmol/(8.h) [drp] dB[SPL] L/(8.h) mmol/(kg.h) [ka'U] REM L/h
mmol/h kcal g{creat} ng/(8.h) kcal/(8.h) g{hgb} ng/(8.h.kg) kcal/d g{tit_nit} ms/s ng/(kg.h) kcal/h g{tot_prot} Ms ng/h [knk'U] g{wet_tis} meq/(8.h) osm [mclg'U] g.m/m2{hb} meq/(8.h.kg) osm/kg {od} g.m/{hb}
meq/(kg.h) osm/L pH g/(8.h) meq/h pA [ppb] g/(8.kg.h) mg/(8.h) Pa [ppm] g/(kg.h) mg/(8.h.kg) [pptr] g/h mg/(kg.h) S [ppth] [in_us] mg/h [todd'U] [in_i'Hg] m[iU]/mL ug/(8.h.kg) /[arb'U] [iU] mL/{hb}.m2 ug/(kg.h)
[HPF] [iU]/d mL/(8.h) ug/h /{tot} [iU]/h mL/(8.h.kg) u[iU] /[iU] [iU]/kg mL/{hb} 10*3{rbc} [iU]/L mL/(kg.h) 10.L/(min.m2) [iU]/min mL/cm[H2O] bar L.s mmol/(kg.d) ueq /kg Bq g/m2 L/(min.m2) mg/(kg.d) mmol/(kg.min)
ng/m2 g/min L/d mg/(kg.min) ng/min ug/(kg.d) /m3 Gy L/kg ug/(kg.min) /min cm2/s L/min mg/dL mmol/m2 ng/s hL L/s mg/kg mmol/min nkat ug/dL dB J/L lm mol/(kg.s) nm kat mg/m2 mol/kg nmol/s ug/kg 1/mL eq kat/kg m/s2
mg/m3 mol/L ns 10*12/L eV kat/L mg/min mol/m3 Ohm ug/m2 10*3/L m2/s mol/s Ohm.m 10*3/mL fg kg.m/s m3/s mL/(kg.d) mosm/L ukat 10*3/mm3 kg/(s.m2) mbar mL/(kg.min) pg/L um fmol kg/L mbar.s/L mL/(min.m2) mV 10*6/mL
kg/m3 pkat 10*6/mm3 g.m kg/min meq/(kg.d) mL/kg pm g/(kg.d) kg/mol meq/(kg.min) mL/m2 pmol umol/min 10*9/mL g/(kg.min) kg/s meq/d mL/mbar ng/(kg.d) ps us 10*9/mm3 kPa meq/kg ng/(kg.min) pt uV 10.L/min g/dL ks
meq/L mL/s Sv V a/m g/kg L meq/min ng/kg t Wb`

const invalid = `m/ 10+3/ul rad2{錠} {a}rad2{b} {|}1 iU molv [BETH'U] [iIU] [iIU]/d [iIU]/L [iIU]/mL g/12h g/48h g/4h g/6h g/72h m[iIU]/L mg/12h mL/10h mL/12h mL/2h mL/4h mL/5h mL/6h mL/72h mL/8h
mmol/12h mmol/5h mmol/6h mmol/kg[H20] U/12h U/1h U/2h u[iIU]/mL cm[H20] ug(8.h) ug(8hr)`

func TestFunctionalValidation(t *testing.T) {
	for _, code := range strings.Fields(valid) {
		u, err := ucum.Parse(code)
		if err != nil || u.String() != code {
			t.Errorf("%s: got %q, %v", code, u, err)
		}
	}
	for _, code := range append(strings.Fields(invalid), "") {
		if _, err := ucum.Parse(code); err == nil {
			t.Errorf("%s: is read, and is no unit", code)
		}
	}
}

// TestFunctionalConversion: the outcomes are rounded to the digits that stand
// there (3-113, 3-118, …); those of 3-122 to 3-124 are exact in the table's pi.
func TestFunctionalConversion(t *testing.T) {
	const pi = "0.0000012566370614359172953850573533118011536788677597500423283899778369"
	for _, c := range []struct {
		id, value, from, to, want string
		digits                    int // after the point, -1 for all
	}{
		{"3-101", "6.3", "m", "m", "6.3", -1},
		{"3-102", "6.3", "mm", "m", "0.0063", -1},
		{"3-103", "6.3", "mm", "cm", "0.63", -1},
		{"3-104", "6.3", "s.m-1", "s/m", "6.3", -1},
		{"3-105", "6.3", "s.mm-1", "s.m-1", "6300", -1},
		{"3-106", "6.3", "s.mm-2", "s.m-2", "6300000", -1},
		{"3-108", "6.3", "s/m/g", "s.m-1.g-1", "6.3", -1},
		{"3-109", "6.3", "ms/m/g", "s.m-1.g-1", "0.0063", -1},
		{"3-110", "6.3", "s/mm/g", "s.m-1.g-1", "6300", -1},
		{"3-111", "6.3", "s/m/mg", "s.m-1.g-1", "6300", -1},
		{"3-111a", "6.3", "s/m.mg", "s.m-1.g", "0.0063", -1},
		{"3-112", "6.3", "ms/m", "s/m", "0.0063", -1},
		{"3-113", "6.3", "4.s/m", "s/m", "25", 0},
		{"3-114", "6.30", "4.s/m", "s/m", "25.2", -1},
		{"3-115", "6.3", "s/4/m", "s/m", "1.6", 1},
		{"3-116", "6.3", "s/mm", "s/m", "6300", -1},
		{"3-117", "6.3", "ms/mm", "s/m", "6.3", -1},
		{"3-118", "6.30", "[in_i]", "m", "0.160", 3},
		{"3-119", "6.300", "[in_i]", "cm", "16.0", 1},
		{"3-120", "6.3", "g.m.s-2.A-2", "g.m.C-2", "6.3", -1},
		{"3-121", "1", "10*-7.s", "s", "1e-7", -1},
		{"3-122", "1", "4.[pi].10*-7.s", "s", pi + "2", -1},
		{"3-123", "1", "4.[pi].10*-7.N", "N", pi + "2", -1},
		{"3-124", "1", "[mu_0]", "g.m.C-2", "0.0012566370614359172953850573533118011536788677597500423283899778369" + "2", -1},
		{"3-125", "1", "m[Hg]", "g.s-2.m-1", "133322000", -1},
		{"3-126", "1", "S", "g-1.m-2.C2.s", "0.001", -1},
		{"3-127", "1", "[ly]", "cm", "946073047258080000", -1},
		{"3-128", "1", "1/[ly]", "cm-1", "1.0570008340246e-18", 31},
		{"3-129", "1.2", "g.m", "m.g", "1.2", -1},
	} {
		got, err := ucum.Convert(rat(t, c.value), unit(t, c.from), unit(t, c.to))
		if err != nil {
			t.Errorf("%s: %v", c.id, err)
			continue
		}
		want := rat(t, c.want)
		if c.digits >= 0 {
			if g, w := got.FloatString(c.digits), want.FloatString(c.digits); g != w {
				t.Errorf("%s: got %s, want %s", c.id, g, w)
			}
		} else if got.Cmp(want) != 0 {
			t.Errorf("%s: got %s, want %s", c.id, got, want)
		}
	}
}

// TestFunctionalMultiplication: 1.5 g times 2 m is 3.0 g.m.
func TestFunctionalMultiplication(t *testing.T) {
	if !unit(t, "g.m").Same(unit(t, "m.g")) || unit(t, "g").Comparable(unit(t, "g.m")) {
		t.Error("the product of g and m is not g.m")
	}
}

func unit(t testing.TB, code string) ucum.Unit {
	t.Helper()
	u, err := ucum.Parse(code)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return u
}

func rat(t testing.TB, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%s is no number", s)
	}
	return r
}
