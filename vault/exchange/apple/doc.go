// Package apple reads what an iPhone gives when one exports all data of Apple
// Health: export.xml, and the electrocardiograms beside it. The clinical records
// and the export_cda.xml of the same folder belong to other formats; [Index]
// says what each file is.
//
// export.xml is streamed: it is met with gigabytes and tens of millions of
// Records. What a phone or watch measures all day (heart rate, steps, energy,
// oxygen saturation, …) is put together by day and source; what is measured now
// and then (weight, blood pressure, glucose, …) is filed one by one. Nothing is
// ever added up across sources: the phone and the watch count the same steps.
//
// The laws of this package:
//
//   - Every element under HealthData is one item of the receipt.
//   - Dates keep the offset that was written; a day is the day as written.
//   - Units stay as written. A share of one, which HealthKit writes with the
//     unit "%", is shown as a percentage with a note (0.97 % is 97 %).
//   - The source's name, its device and whether the reading was typed in stand
//     with every record: a phone may hold readings of other people's devices.
//   - What Carnet itself worked out (sums, means) says so.
package apple
