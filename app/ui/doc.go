// Package ui is what every screen needs and no screen owns: the session's
// dependencies ([Env]), routes and pages, work off the UI goroutine ([Load],
// [Do]), errors in words ([Explain]), dates and sizes for people, and the theme.
//
// The laws of this package:
//
//   - All widgets live on the UI goroutine. Only async.go says go or fyne.Do.
//   - Words for an error are made in explain.go alone.
//   - Nothing about a person goes into preferences: see [Prefs].
package ui
