package labcsv

// role is what a column holds.
type role string

const (
	test      role = "test"
	code      role = "code"
	loincCode role = "loinc"
	value     role = "value"
	unit      role = "unit"
	rangeText role = "range"
	low       role = "low"
	high      role = "high"
	flag      role = "flag"
	date      role = "date"
	clock     role = "time"
	issued    role = "issued"
	specimen  role = "specimen"
	lab       role = "lab"
	comment   role = "comment"
	status    role = "status"
	panel     role = "panel"
	category  role = "category"
	method    role = "method"
	patient   role = "patient"
	family    role = "family"
	given     role = "given"
	birth     role = "birth"
	sex       role = "sex"
	patientID role = "patient-id"
	name      role = "name" // of the test or of the patient: the other columns decide
	ignored   role = "ignored"

	systolic  role = "systolic"
	diastolic role = "diastolic"
	pulse     role = "pulse"
	weight    role = "weight"
	glucose   role = "glucose"
	heat      role = "temperature"
	oxygen    role = "oxygen"
	height    role = "height"
)

// synonyms are the headings in English, German, French and Spanish, in lower
// case and without signs; a unit behind in brackets is taken off first.
var synonyms = map[role][]string{
	test: {
		"test", "test name", "testname", "lab test", "analyte", "analyte name", "component", "component name", "parameter", "exam", "examination", "description", "observation", "measurement", "test description", "assay", "marker", "biomarker",
		"analyt", "analyse", "untersuchung", "bezeichnung", "laborwert", "laborparameter", "messgröße", "messgroesse", "kenngröße", "kenngroesse",
		"examen", "paramètre", "parametre", "libellé", "libelle", "analyses", "dosage", "biomarqueur",
		"prueba", "análisis", "analisis", "analito", "parámetro", "parametro", "determinación", "determinacion", "estudio",
	},
	code:      {"code", "test code", "analyte code", "testcode", "kürzel", "kurzbezeichnung", "código", "codigo"},
	loincCode: {"loinc", "loinc code", "loinc num", "loinc number"},
	value: {
		"value", "result", "results", "test result", "result value", "observation value", "measured value", "reading", "numeric result",
		"wert", "ergebnis", "messwert", "resultat", "laborergebnis",
		"valeur", "résultat", "résultats", "resultats", "valeur mesurée",
		"valor", "resultado", "resultados",
	},
	unit: {"unit", "units", "uom", "unit of measure", "unit of measurement", "einheit", "einheiten", "maßeinheit", "masseinheit", "unité", "unite", "unités", "unites", "unidad", "unidades"},
	rangeText: {
		"reference range", "ref range", "reference interval", "reference", "normal range", "range", "normal values", "reference values", "ref interval", "biological reference interval", "standard range",
		"referenzbereich", "referenz", "normbereich", "normalbereich", "referenzwert", "referenzwerte", "normwert", "normwerte", "ref bereich", "referenzintervall",
		"valeurs de référence", "valeurs de reference", "intervalle de référence", "intervalle de reference", "valeurs normales", "norme", "normes", "référence", "valeurs usuelles",
		"rango de referencia", "valores de referencia", "intervalo de referencia", "valores normales", "rango", "referencia", "rango normal",
	},
	low: {
		"low", "ref low", "reference low", "low limit", "lower limit", "range low", "min", "minimum", "reference range low", "normal low",
		"untergrenze", "untere grenze", "unterer grenzwert", "referenz untergrenze", "borne inférieure", "borne inferieure", "limite inférieure", "limite inferieure", "límite inferior", "limite inferior", "mínimo", "minimo",
	},
	high: {
		"high", "ref high", "reference high", "high limit", "upper limit", "range high", "max", "maximum", "reference range high", "normal high",
		"obergrenze", "obere grenze", "oberer grenzwert", "referenz obergrenze", "borne supérieure", "borne superieure", "limite supérieure", "limite superieure", "límite superior", "limite superior", "máximo", "maximo",
	},
	flag: {
		"flag", "flags", "abnormal flag", "abnormal", "interpretation", "h/l", "abnormality", "result flag", "alert", "bewertung", "kennzeichen", "kennzeichnung", "markierung", "auffällig", "auffälligkeit", "interpretación", "indicateur", "interprétation", "anomalie", "alerte", "indicador", "interpretacion", "marca", "alerta",
	},
	date: {
		"date", "collected", "collection date", "collected date", "date collected", "specimen date", "specimen collected", "test date", "observation date", "datetime", "date time", "date/time", "timestamp", "effective date", "collected at", "collected on", "collection date/time", "collection time stamp", "measured at", "date of test", "sample date", "date taken", "date/time collected",
		"datum", "abnahmedatum", "entnahmedatum", "untersuchungsdatum", "probendatum", "probenahmedatum", "messdatum", "abnahme", "entnahme", "datum/uhrzeit", "zeitpunkt", "datum uhrzeit",
		"date de prélèvement", "date du prélèvement", "date prélèvement", "date de prelevement", "date du prelevement", "date prelevement", "date d'examen", "date de mesure", "prélevé le",
		"fecha", "fecha de extracción", "fecha de extraccion", "fecha de toma", "fecha de la muestra", "fecha muestra", "fecha de medición", "fecha y hora", "fecha de toma de muestra",
	},
	clock: {"time", "collection time", "collected time", "time collected", "uhrzeit", "zeit", "abnahmezeit", "entnahmezeit", "heure", "heure de prélèvement", "heure de prelevement", "hora", "hora de extracción"},
	issued: {
		"result date", "reported", "report date", "reported date", "date reported", "released", "release date", "verified", "verified date", "resulted", "date resulted", "issued", "befunddatum", "ergebnisdatum", "freigabedatum", "date du résultat", "date du resultat", "date de validation", "date de résultat", "fecha de resultado", "fecha del resultado", "fecha de informe", "fecha de validación", "fecha de validacion",
	},
	specimen: {"specimen", "specimen type", "specimen source", "sample", "sample type", "material", "probe", "probenmaterial", "untersuchungsmaterial", "probenart", "échantillon", "echantillon", "spécimen", "nature de l'échantillon", "muestra", "espécimen", "especimen", "tipo de muestra"},
	lab:      {"lab", "laboratory", "performing lab", "performing laboratory", "lab name", "laboratory name", "facility", "performed by", "labor", "laboratoire", "laboratorio", "source", "performing organization"},
	comment: {
		"comment", "comments", "note", "notes", "remark", "remarks", "result comment", "kommentar", "kommentare", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "hinweis", "notiz", "commentaire", "commentaires", "remarque", "remarques", "observations", "comentario", "comentarios", "observaciones", "notas", "nota",
	},
	status:    {"status", "result status", "statut", "estado"},
	panel:     {"panel", "panel name", "profile", "test group", "group", "order name", "order", "battery", "gruppe", "profil", "bereich", "bilan", "groupe", "perfil", "grupo"},
	category:  {"category", "kategorie", "catégorie", "categorie", "categoría", "categoria"},
	method:    {"method", "methode", "verfahren", "méthode", "método", "metodo"},
	patient:   {"patient", "patient name", "name of patient", "patientenname", "patientin", "nom du patient", "paciente", "nombre del paciente", "full name"},
	family:    {"last name", "family name", "surname", "nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos"},
	given:     {"first name", "given name", "vorname", "prénom", "prenom", "nombre"},
	birth:     {"birth date", "birthdate", "date of birth", "dob", "patient dob", "geburtsdatum", "geb datum", "geboren", "date de naissance", "né le", "fecha de nacimiento", "fecha nacimiento"},
	sex:       {"sex", "gender", "geschlecht", "sexe", "sexo"},
	patientID: {"patient id", "patientid", "patient number", "mrn", "medical record number", "patientennummer", "patienten id", "pat nr", "numéro patient", "id paciente", "número de historia"},
	name:      {"name"},
	ignored:   {"encounter", "row", "nr", "no", "#"},

	systolic:  {"systolic", "sys", "systolic bp", "systolic blood pressure", "bp systolic", "systolisch", "systolische", "systolischer blutdruck", "systolique", "pression systolique", "pas", "sistólica", "sistolica", "presión sistólica", "tension systolique"},
	diastolic: {"diastolic", "dia", "diastolic bp", "diastolic blood pressure", "bp diastolic", "diastolisch", "diastolische", "diastolischer blutdruck", "diastolique", "pression diastolique", "pad", "diastólica", "diastolica", "presión diastólica", "tension diastolique"},
	pulse:     {"pulse", "heart rate", "pulse rate", "hr", "bpm", "puls", "herzfrequenz", "pouls", "fréquence cardiaque", "pulso", "frecuencia cardíaca", "frecuencia cardiaca"},
	weight:    {"weight", "body weight", "gewicht", "körpergewicht", "poids", "poids corporel", "peso", "peso corporal"},
	glucose:   {"glucose", "blood glucose", "blood sugar", "glucose value", "glucose reading", "blutzucker", "blutzuckerwert", "glukose", "glycémie", "glycemie", "glucemia", "glucosa"},
	heat:      {"temperature", "body temperature", "temperatur", "körpertemperatur", "température", "temperatura"},
	oxygen:    {"spo2", "oxygen saturation", "sauerstoffsättigung", "saturation", "saturación", "o2 sat"},
	height:    {"height", "body height", "größe", "körpergröße", "taille", "talla", "altura", "estatura"},
}

// readings are the columns of a diary kept at home: one row, several readings.
var readings = []struct {
	role  role
	words string // "" for the column's own heading
	loinc string // of FHIR's vital signs profiles; "" where the heading does not decide it
}{
	{systolic, "Blood pressure", "85354-9"}, // with the diastolic column beside it
	{pulse, "", "8867-4"},
	{weight, "", "29463-7"},
	{glucose, "", ""},
	{heat, "", "8310-5"},
	{oxygen, "", ""},
	{height, "", "8302-2"},
}
