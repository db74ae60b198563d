package imaging

import "github.com/carnet-phr/carnet/app/ui"

func newCheck(env *ui.Env, title string, series []seriesRow) {}
