package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colour names beyond those of Fyne.
const (
	ColorPanel  fyne.ThemeColorName = "carnetPanel"  // what stands on the page: cards, lists
	ColorSide   fyne.ThemeColorName = "carnetSide"   // navigation and top bar
	ColorMuted  fyne.ThemeColorName = "carnetMuted"  // second-rank words; readable (WCAG AA)
	ColorGood   fyne.ThemeColorName = "carnetGood"   // tints behind status words
	ColorCalm   fyne.ThemeColorName = "carnetCalm"   //
	ColorCare   fyne.ThemeColorName = "carnetCare"   //
	ColorAlarm  fyne.ThemeColorName = "carnetAlarm"  //
	ColorPlain  fyne.ThemeColorName = "carnetPlain"  //
	ColorBorder fyne.ThemeColorName = "carnetBorder" // around panels
)

// Theme is Carnet's look: a quiet teal on paper white or slate. The zero value
// follows the system's variant at normal text size.
type Theme struct {
	Look  Look
	Scale float32 // of text; 0 counts as 1
}

var _ fyne.Theme = Theme{}

// Color implements [fyne.Theme].
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.Look {
	case LookLight:
		variant = theme.VariantLight
	case LookDark:
		variant = theme.VariantDark
	}
	if c, ok := palette[name]; ok {
		if variant == theme.VariantDark {
			return c.dark
		}
		return c.light
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Icon implements [fyne.Theme].
func (Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements [fyne.Theme].
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	scale := t.Scale
	if scale == 0 {
		scale = 1
	}
	if s, ok := textSizes[name]; ok {
		return s * scale
	}
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

var textSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:           14,
	theme.SizeNameCaptionText:    12,
	theme.SizeNameHeadingText:    24,
	theme.SizeNameSubHeadingText: 16,
	theme.SizeNameInlineIcon:     18,
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameLineSpacing:     4,
	theme.SizeNameInputRadius:     7,
	theme.SizeNameButtonRadius:    7,
	theme.SizeNameSelectionRadius: 7,
	theme.SizeNameCardRadius:      10,
	theme.SizeNameDialogRadius:    12,
	theme.SizeNamePopupRadius:     8,
	theme.SizeNameMenuRadius:      8,
	theme.SizeNameScrollBar:       12,
	theme.SizeNameScrollBarSmall:  4,
	theme.SizeNameSplitThickness:  3,
}

type shade struct{ light, dark color.NRGBA }

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func rgba(v uint32, alpha uint8) color.NRGBA {
	c := rgb(v)
	c.A = alpha
	return c
}

// palette is every colour that Carnet sets.
var palette = map[fyne.ThemeColorName]shade{
	theme.ColorNameBackground:          {rgb(0xF5F7F7), rgb(0x14181A)},
	theme.ColorNameForeground:          {rgb(0x1C2529), rgb(0xE4EAEC)},
	theme.ColorNamePlaceHolder:         {rgb(0x66737A), rgb(0x97A4AA)},
	theme.ColorNameDisabled:            {rgb(0x98A3A8), rgb(0x66727A)},
	theme.ColorNamePrimary:             {rgb(0x1B6A72), rgb(0x6FBBC1)},
	theme.ColorNameForegroundOnPrimary: {rgb(0xFFFFFF), rgb(0x0B2629)},
	theme.ColorNameHyperlink:           {rgb(0x1B6A72), rgb(0x7CC4CA)},
	theme.ColorNameFocus:               {rgba(0x1B6A72, 0x30), rgba(0x6FBBC1, 0x40)},
	theme.ColorNameSelection:           {rgba(0x1B6A72, 0x24), rgba(0x6FBBC1, 0x33)},
	theme.ColorNameHover:               {rgba(0x1C2529, 0x0C), rgba(0xFFFFFF, 0x0D)},
	theme.ColorNamePressed:             {rgba(0x1C2529, 0x18), rgba(0xFFFFFF, 0x1C)},
	theme.ColorNameButton:              {rgb(0xE6EBEC), rgb(0x2A3337)},
	theme.ColorNameDisabledButton:      {rgb(0xEDF0F1), rgb(0x20272A)},
	theme.ColorNameInputBackground:     {rgb(0xFFFFFF), rgb(0x171C1F)},
	theme.ColorNameInputBorder:         {rgb(0x8C989E), rgb(0x66737A)},
	theme.ColorNameSeparator:           {rgb(0xE0E6E8), rgb(0x2B3337)},
	theme.ColorNameHeaderBackground:    {rgb(0xEEF2F3), rgb(0x1B2124)},
	theme.ColorNameMenuBackground:      {rgb(0xFFFFFF), rgb(0x20272B)},
	theme.ColorNameOverlayBackground:   {rgb(0xFFFFFF), rgb(0x1D2428)},
	theme.ColorNameScrollBar:           {rgba(0x1C2529, 0x55), rgba(0xFFFFFF, 0x55)},
	theme.ColorNameScrollBarBackground: {rgba(0x1C2529, 0x0A), rgba(0xFFFFFF, 0x0A)},
	theme.ColorNameShadow:              {rgba(0x000000, 0x20), rgba(0x000000, 0x88)},
	theme.ColorNameError:               {rgb(0xA92B23), rgb(0xF0A8A2)},
	theme.ColorNameForegroundOnError:   {rgb(0xFFFFFF), rgb(0x3B0C09)},
	theme.ColorNameWarning:             {rgb(0x8A5300), rgb(0xE6B973)},
	theme.ColorNameForegroundOnWarning: {rgb(0xFFFFFF), rgb(0x2C1B00)},
	theme.ColorNameSuccess:             {rgb(0x27663A), rgb(0x8CCB9D)},
	theme.ColorNameForegroundOnSuccess: {rgb(0xFFFFFF), rgb(0x0B2713)},

	ColorPanel:  {rgb(0xFFFFFF), rgb(0x1C2326)},
	ColorSide:   {rgb(0xEBF0F0), rgb(0x181D20)},
	ColorMuted:  {rgb(0x58656B), rgb(0x9FACB2)},
	ColorBorder: {rgb(0xDFE5E7), rgb(0x2B3438)},
	ColorGood:   {rgb(0xDCEDE1), rgb(0x1F3A28)},
	ColorCalm:   {rgb(0xDCEBED), rgb(0x1D383B)},
	ColorCare:   {rgb(0xF8EBD3), rgb(0x423215)},
	ColorAlarm:  {rgb(0xF8DEDB), rgb(0x3D2321)},
	ColorPlain:  {rgb(0xE9EDEE), rgb(0x2A3236)},
}

// Tint is the colour behind words of a tone.
func (t Tone) Tint() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColorPlain, ColorGood, ColorCalm, ColorCare, ColorAlarm}[t]
}

// Ink is the colour of words of a tone.
func (t Tone) Ink() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColorMuted, theme.ColorNameSuccess, theme.ColorNamePrimary, theme.ColorNameWarning, theme.ColorNameError}[t]
}
