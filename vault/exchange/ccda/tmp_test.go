package ccda_test
import ("testing";"strings";"time";"context";"testing/fstest";"github.com/carnet-phr/carnet/vault/exchange";"github.com/carnet-phr/carnet/vault/exchange/ccda")
func TestTmp(t *testing.T){
 run:=func(name string, b []byte){ s:=time.Now(); err:=ccda.Format.Import(context.Background(), exchange.Source{Name:"x",FS:fstest.MapFS{"x":{Data:b}},Path:"x"}, &drop{}); t.Log(name,len(b)>>20,"MiB",time.Since(s),err) }
 var obs []string; for range 20000 { obs=append(obs, problemOf("","","")) }
 run("one concern", document(sec("11450-4","x",concernOf("active",obs...))))
 run("entries", document(sec("11450-4","x",obs...)))
 var res []string; for range 20000 { res=append(res, resultOf(`<value xsi:type="PQ" value="1"/>`,"")) }
 run("battery", document(sec("30954-2","x",batteryOf(res...))))
 auth:=strings.Repeat("<author><assignedAuthor><assignedPerson><name>A</name></assignedPerson></assignedAuthor></author>",20000)
 run("authors", []byte(strings.Replace(string(document(sec("11450-4","x",obs...))),"<custodian>",auth+"<custodian>",1)))
 deep2:=strings.Repeat(`<organizer classCode="CLUSTER" moodCode="EVN"><code code="1" displayName="x"/><component>`,110)+`<act><code code="1"/></act>`+strings.Repeat(`</component></organizer>`,110)
 ds:=[]string{}; for range 300 {ds=append(ds,deep2)}
 run("deep organizers", document(sec("30954-2","x",ds...)))
 quote:=`<content ID="q">`+strings.Repeat("word ",100000)+`</content>`
 var qs []string; for range 20000 {qs=append(qs,`<observation classCode="OBS" moodCode="EVN"><code code="1"><originalText><reference value="#q"/></originalText></code></observation>`)}
 run("quotes", document(sec("1-1",quote,qs...)))
 var secs []string; for range 20000 {secs=append(secs, sec("1-1","x"))}
 run("sections", document(secs...))
}
