package ccda_test
import ("os";"testing";"strings";"time";"context";"testing/fstest";"github.com/carnet-phr/carnet/vault/exchange";"github.com/carnet-phr/carnet/vault/exchange/ccda")
func TestTmp(t *testing.T){
 for _,p:=range []string{"/work/shared/data/apple-health/DERIVED_export_cda_vitals.xml","/work/shared/data/apple-health/candace_salinas/apple_health_export/export_cda.xml"} {
  b,_:=os.ReadFile(p); i:=bring(t,"x.xml",b); t.Log(p,len(b),i.report.Kinds,i.report.Issues)
 }
 run:=func(name string, b []byte){ s:=time.Now(); err:=ccda.Format.Import(context.Background(), exchange.Source{Name:"x",FS:fstest.MapFS{"x":{Data:b}},Path:"x"}, &drop{}); t.Log(name,len(b)>>20,"MiB",time.Since(s),err) }
 var obs []string; for range 20000 { obs=append(obs, problemOf("","","")) }
 run("one concern", document(sec("11450-4","x",concernOf("active",obs...))))
 run("entries", document(sec("11450-4","x",obs...)))
 var res []string; for range 20000 { res=append(res, resultOf(`<value xsi:type="PQ" value="1"/>`,"")) }
 run("battery", document(sec("30954-2","x",batteryOf(res...))))
 auth:=strings.Repeat("<author><assignedAuthor><assignedPerson><name>A</name></assignedPerson></assignedAuthor></author>",20000)
 run("authors", []byte(strings.Replace(string(document(sec("11450-4","x",obs...))),"<custodian>",auth+"<custodian>",1)))
 deep:=strings.Repeat(`<act classCode="ACT" moodCode="EVN"><code code="1" displayName="x"/><entryRelationship typeCode="COMP">`,110)+`<act><code code="1"/></act>`+strings.Repeat(`</entryRelationship></act>`,110)
 var ds []string; for range 300 {ds=append(ds,deep)}
 run("deep", document(sec("1-1","x",ds...)))
 deep2:=strings.Repeat(`<organizer classCode="CLUSTER" moodCode="EVN"><code code="1" displayName="x"/><component>`,110)+`<act><code code="1"/></act>`+strings.Repeat(`</component></organizer>`,110)
 ds=nil; for range 300 {ds=append(ds,deep2)}
 run("deep organizers", document(sec("30954-2","x",ds...)))
 deep3:=strings.Repeat(`<act classCode="ACT" moodCode="EVN"><code code="CONC"/><entryRelationship typeCode="SUBJ">`,110)+problemOf("","","")+strings.Repeat(`</entryRelationship></act>`,110)
 ds=nil; for range 300 {ds=append(ds,deep3)}
 run("deep concerns", document(sec("11450-4","x",ds...)))
 wide:=strings.Repeat(`<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN"><code code="1" displayName="x"/><value xsi:type="ST">y</value></observation></entryRelationship>`,20000)
 run("wide", document(sec("1-1","x",`<act classCode="ACT" moodCode="EVN"><code code="1"/>`+wide+`</act>`)))
 run("wide med", document(sec("10160-0","x",medicationOf(`moodCode="EVN"`,"active","",wide))))
 quote:=`<content ID="q">`+strings.Repeat("word ",100000)+`</content>`
 var qs []string; for range 20000 {qs=append(qs,`<observation classCode="OBS" moodCode="EVN"><code code="1"><originalText><reference value="#q"/></originalText></code></observation>`)}
 run("quotes", document(sec("1-1",quote,qs...)))
}
