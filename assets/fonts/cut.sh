#!/bin/sh
# Cuts the fonts of printed pages out of those of Debian 12: fonts-dejavu-core,
# fonts-droid-fallback. Needs fonttools (pyftsubset). README.md says why.
set -e
cd "$(dirname "$0")"
latin='U+0020-007E,U+00A0-024F,U+0250-02AF,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+0531-058F,U+10A0-10FF,U+1E00-1EFF,U+1F00-1FFF,U+2010-2027,U+202F-205F,U+2070-209C,U+20A0-20BF,U+2100-214F,U+2150-2189,U+2190-21FF,U+2200-22FF,U+2300,U+2308-230B,U+25A0-25FF,U+2610-2612,U+2640,U+2642,U+2713-2717,U+27E6-27EB,U+FB00-FB04,U+FFFD'
semitic='U+0591-05F4,U+FB1D-FB4F,U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC,U+200C-200F,U+25CC'
east='U+00B7,U+2018-201D,U+2026,U+2E80-2FDF,U+3000-33FF,U+3400-4DBF,U+4E00-9FFF,U+AC00-D7A3,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF,U+1100-11FF,U+3130-318F'
dejavu=/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed
cut() { pyftsubset "$1" --output-file="$2" --no-hinting --name-IDs='*' --notdef-outline --recommended-glyphs "$3" "$4" --unicodes="$5"; }
for style in '' -Bold; do
  cut "$dejavu$style.ttf" "DejaVuSansCondensed$style.ttf" --layout-features='ccmp,init,medi,fina,isol,rlig,liga,calt,mark,mkmk' --drop-tables+=FFTM,kern "$latin,$semitic"
done
cut "$dejavu-Oblique.ttf" DejaVuSansCondensed-Oblique.ttf --layout-features='' --drop-tables+=FFTM,GDEF,GPOS,GSUB,kern "$latin"
cut /usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf DroidSansFallback.ttf --layout-features='' --drop-tables+=GDEF,GPOS,GSUB,vhea,vmtx "$east"
/usr/bin/python3 - <<'PYTHON'
from fontTools.ttLib import TTFont
for style in ['', '-Bold']:
    name = f'DejaVuSansCondensed{style}.ttf'
    font = TTFont(name)
    named = set(font.getBestCmap().values())
    private = {}
    for glyph in font.getGlyphOrder():
        if glyph not in named and glyph != '.notdef':
            private[0xE000 + len(private)] = glyph
    tables = [t for t in font['cmap'].tables if t.format == 4]
    for t in tables:
        t.cmap.update(private)
    font['cmap'].tables = [t for t in tables if t.platformID == 3][:1]
    font.save(name)
# A space, which the typeface lacks: the window draws one in the letters before it.
from fontTools.ttLib.tables._g_l_y_f import Glyph
font = TTFont('DroidSansFallback.ttf')
font['glyf']['space'] = Glyph()
font['hmtx']['space'] = (font['head'].unitsPerEm * 26 // 100, 0)
for t in font['cmap'].tables:
    if t.isUnicode():
        t.cmap[0x20] = t.cmap[0xA0] = 'space'
font.save('DroidSansFallback.ttf')
PYTHON
gzip -9 -n -f DroidSansFallback.ttf
