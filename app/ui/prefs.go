package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// Prefs are the choices kept on this computer outside the vault. They hold no
// name of a person, no file name and no fact: only how the window looks, when
// it locks, and in which folder the last vault lies.
type Prefs struct{ P fyne.Preferences }

// Look is light, dark, or as the system says.
type Look string

// The looks.
const (
	LookSystem Look = ""
	LookLight  Look = "light"
	LookDark   Look = "dark"
)

// Look is the chosen look.
func (p Prefs) Look() Look { return Look(p.P.String("look")) }

// SetLook keeps the look.
func (p Prefs) SetLook(l Look) { p.P.SetString("look", string(l)) }

// TextScale is how large text is: 1 is normal.
func (p Prefs) TextScale() float32 { return float32(p.P.FloatWithFallback("text scale", 1)) }

// SetTextScale keeps the text size.
func (p Prefs) SetTextScale(s float32) { p.P.SetFloat("text scale", float64(s)) }

// Language is the code of the chosen one of [Languages]; "" is the system's.
func (p Prefs) Language() string { return p.P.String("language") }

// SetLanguage keeps the language.
func (p Prefs) SetLanguage(code string) { p.P.SetString("language", code) }

// LockAfter is the idle time after which the vault locks itself; 0 is never.
func (p Prefs) LockAfter() time.Duration {
	return time.Duration(p.P.IntWithFallback("lock after minutes", 10)) * time.Minute
}

// SetLockAfter keeps the idle time.
func (p Prefs) SetLockAfter(d time.Duration) { p.P.SetInt("lock after minutes", int(d/time.Minute)) }

// LastVault is the folder that was opened last; "" when there is none.
func (p Prefs) LastVault() string { return p.P.String("last vault") }

// SetLastVault keeps the folder; "" forgets it.
func (p Prefs) SetLastVault(dir string) { p.P.SetString("last vault", dir) }

// ForgetDialogs removes what Fyne's file dialogs remember of the last folder.
func (p Prefs) ForgetDialogs() { p.P.RemoveValue("fyne:fileDialogLastFolder") }
