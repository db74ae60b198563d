// Package healthcard reads SMART Health Cards
// (https://spec.smarthealth.cards/): a .smart-health-card file, the text of a QR
// code in one or several parts, a signed card by itself, or what a FHIR server's
// $health-cards-issue gives. The facts inside are FHIR R4 and are read by the
// format that is handed to [New].
//
// The laws of this package:
//
//   - A card says "verified" only where its signature agrees with a key that was
//     given with the files; no key is ever fetched, and none is built in.
//   - Nothing of a card is filed whose signature does not agree with the key that
//     it names: it was changed, or is not genuine.
//   - What an issuer has revoked is shown as withdrawn, never as current.
//   - A SMART Health Link leads to the network, which Carnet never uses: it is
//     kept and told.
package healthcard
