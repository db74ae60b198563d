// Package seal holds all cryptography of a vault: what a passphrase costs, the
// slots that wrap the vault key, the subkeys derived from it, the sealing of
// values and the encryption of originals. It knows nothing of records.
//
// A vault has one random 32-byte [Key]. It is never stored bare: each [Slot]
// wraps it under a passphrase, a recovery key or for an age identity. Everything else is sealed
// under subkeys that [Key.Derive] gives, one for each purpose, so that no key
// is used for two things.
//
//	key := seal.NewKey()
//	slot, err := seal.NewPassphraseSlot(vaultID, key, passphrase, cost)
//	…
//	key, err := seal.OpenSlots(vaultID, slots, passphrase)
//	box, err := seal.NewBox(key.Derive(vaultID, "value"))
//	sealed := box.Seal(nil, associated, plain)
//
// Primitives: Argon2id (RFC 9106), HKDF-SHA256 (RFC 5869), XChaCha20-Poly1305,
// HMAC-SHA256, age v1 with an X25519 recipient (https://age-encryption.org/v1).
// vault/FORMAT.md gives every layout to the byte, with test vectors.
package seal
