package html_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
)

func TestHazard01EnteredInError(t *testing.T)       { sheettest.Hazard01(t, read(t)) }
func TestHazard02RefutedProblem(t *testing.T)       { sheettest.Hazard02(t, read(t)) }
func TestHazard03RefutedAllergy(t *testing.T)       { sheettest.Hazard03(t, read(t)) }
func TestHazard04NoKnownAllergy(t *testing.T)       { sheettest.Hazard04(t, read(t)) }
func TestHazard05NothingSaidIsNotNone(t *testing.T) { sheettest.Hazard05(t, read(t)) }
func TestHazard07DeniedProblem(t *testing.T)        { sheettest.Hazard07(t, read(t)) }
func TestHazard08NotDone(t *testing.T)              { sheettest.Hazard08(t, read(t)) }
func TestHazard09SourcesDisagree(t *testing.T)      { sheettest.Hazard09(t, read(t)) }
func TestHazard13OnlyActiveIsCurrent(t *testing.T)  { sheettest.Hazard13(t, read(t)) }
func TestHazard14IntentIsNotTaking(t *testing.T)    { sheettest.Hazard14(t, read(t)) }
func TestHazard17NoUnitInvented(t *testing.T)       { sheettest.Hazard17(t, read(t)) }
func TestHazard18Comparator(t *testing.T)           { sheettest.Hazard18(t, read(t)) }
func TestHazard19Decimals(t *testing.T)             { sheettest.Hazard19(t, read(t)) }
func TestHazard23NoValueHasReason(t *testing.T)     { sheettest.Hazard23(t, read(t)) }
func TestHazard30Focus(t *testing.T)                { sheettest.Hazard30(t, read(t)) }
func TestHazard31Family(t *testing.T)               { sheettest.Hazard31(t, read(t)) }
func TestHazard35DatePrecision(t *testing.T)        { sheettest.Hazard35(t, read(t)) }
func TestHazard37MonthNames(t *testing.T)           { sheettest.Hazard37(t, read(t)) }
func TestHazard39Held(t *testing.T)                 { sheettest.Hazard39(t, read(t)) }
func TestHazard43Subpotent(t *testing.T)            { sheettest.Hazard43(t, read(t)) }
func TestHazard49EnteredByPatient(t *testing.T)     { sheettest.Hazard49(t, read(t)) }
func TestHazard50Withheld(t *testing.T)             { sheettest.Hazard50(t, read(t)) }
func TestHazard51WhatAnExportStates(t *testing.T)   { sheettest.Hazard51(t, read(t)) }
