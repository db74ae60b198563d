package dicom

// directoryClass is the class of a DICOMDIR (PS3.3, F; Media Storage Directory
// Storage).
const directoryClass = "1.2.840.10008.1.3.10"

const classRoot = "1.2.840.10008.5.1.4.1.1."

// classes are the storage classes for people (PS3.4, B.5; PS3.6, A), by what
// follows classRoot.
var classes = map[string]string{
	"1": "X-ray image (CR)", "1.1": "X-ray image", "1.1.1": "X-ray image, for processing", "1.2": "mammogram", "1.2.1": "mammogram, for processing",
	"1.3": "intraoral X-ray image", "1.3.1": "intraoral X-ray image, for processing", "2": "CT image", "2.1": "enhanced CT image", "2.2": "converted CT image",
	"3": "ultrasound film", "3.1": "ultrasound film", "4": "MR image", "4.1": "enhanced MR image", "4.2": "MR spectroscopy", "4.3": "enhanced MR colour image", "4.4": "converted MR image",
	"5": "nuclear medicine image", "6": "ultrasound image", "6.1": "ultrasound image", "6.2": "ultrasound volume", "6.3": "ultrasound photoacoustic image",
	"7": "secondary capture", "7.1": "secondary capture, one bit", "7.2": "secondary capture, grey", "7.3": "secondary capture, grey", "7.4": "secondary capture, colour",
	"8": "overlay", "9": "curve", "9.1.1": "12-lead ECG", "9.1.2": "ECG", "9.1.3": "ambulatory ECG", "9.1.4": "ECG, 32 bits", "9.2.1": "haemodynamic waveform", "9.3.1": "electrophysiology waveform",
	"9.4.1": "voice recording", "9.4.2": "audio recording", "9.5.1": "arterial pulse waveform", "9.6.1": "respiratory waveform", "9.6.2": "respiratory waveform, several channels",
	"9.7.1": "EEG", "9.7.2": "EMG", "9.7.3": "electrooculogram", "9.7.4": "sleep EEG", "9.8.1": "body position waveform",
	"10": "modality table", "11": "table of grey values", "11.1": "presentation state", "11.2": "colour presentation state", "11.3": "pseudo-colour presentation state", "11.4": "blending presentation state",
	"11.5": "presentation state (XA/XRF)", "11.6": "planar presentation state", "11.7": "volume presentation state", "11.8": "advanced blending presentation state",
	"12.1": "angiography", "12.1.1": "enhanced angiography", "12.2": "fluoroscopy", "12.2.1": "enhanced fluoroscopy", "12.3": "angiography, two planes",
	"13.1.1": "X-ray 3D angiography", "13.1.2": "X-ray 3D craniofacial image", "13.1.3": "breast tomosynthesis", "13.1.4": "breast projection image", "13.1.5": "breast projection image, for processing",
	"14.1": "intravascular OCT image", "14.2": "intravascular OCT image, for processing", "20": "nuclear medicine image", "30": "parametric map", "66": "raw data", "66.1": "spatial registration",
	"66.2": "spatial fiducials", "66.3": "deformable registration", "66.4": "segmentation", "66.5": "surface segmentation", "66.6": "tractography", "66.7": "label map segmentation",
	"67": "real world value mapping", "68.1": "surface scan mesh", "68.2": "surface scan point cloud", "77.1.1": "endoscopy image", "77.1.1.1": "endoscopy film", "77.1.2": "microscopy image", "77.1.2.1": "microscopy film",
	"77.1.3": "microscopy image with slide coordinates", "77.1.4": "photograph", "77.1.4.1": "video", "77.1.5.1": "photograph of the eye's fundus", "77.1.5.2": "photograph of the eye",
	"77.1.5.3": "stereometric relationship", "77.1.5.4": "OCT image of the eye", "77.1.5.5": "wide-field photograph of the eye", "77.1.5.6": "wide-field photograph of the eye, 3D", "77.1.6": "whole slide image", "77.1.7": "dermoscopic photograph",
	"78.1": "lensometry measurements", "78.2": "autorefraction measurements", "78.3": "keratometry measurements", "78.4": "subjective refraction", "78.5": "visual acuity measurements", "78.6": "spectacle prescription report",
	"78.7": "axial measurements of the eye", "78.8": "intraocular lens calculation", "79.1": "macular grid thickness report", "80.1": "visual field measurements", "81.1": "thickness map of the eye", "82.1": "corneal topography map",
	"88.1": "text report (trial)", "88.11": "basic text report", "88.22": "enhanced report", "88.33": "comprehensive report", "88.34": "comprehensive 3D report", "88.35": "extensible report", "88.40": "procedure log",
	"88.50": "mammography CAD report", "88.59": "selection of key images", "88.65": "chest CAD report", "88.67": "X-ray dose report", "88.68": "radiopharmaceutical dose report", "88.69": "colon CAD report",
	"88.70": "implantation plan report", "88.71": "acquisition context report", "88.72": "simplified adult echo report", "88.73": "patient dose report", "88.74": "planned imaging agent report", "88.75": "performed imaging agent report",
	"88.76": "waveform annotation report", "90.1": "content assessment results", "91.1": "microscopy annotations", "104.1": "PDF document", "104.2": "CDA document", "104.3": "3D model (STL)", "104.4": "3D model (OBJ)", "104.5": "3D model's material (MTL)",
	"128": "PET image", "128.1": "legacy converted PET image", "130": "enhanced PET image", "131": "basic structured display", "200.1": "CT performed procedure protocol", "200.2": "CT defined procedure protocol",
	"481.1": "radiotherapy image", "481.2": "radiotherapy dose", "481.3": "radiotherapy structure set", "481.4": "radiotherapy treatment record", "481.5": "radiotherapy plan", "481.6": "brachytherapy treatment record",
	"481.7": "radiotherapy treatment summary", "481.8": "radiotherapy ion plan", "481.9": "radiotherapy ion treatment record", "481.10": "radiotherapy physician intent", "481.11": "radiotherapy segment annotation",
	"501.1": "CT image for security", "601.1": "corneal topography",
}

// className is the name of a storage class for people; "" for one that is not
// known.
func className(uid string) string {
	if len(uid) <= len(classRoot) || uid[:len(classRoot)] != classRoot {
		return ""
	}
	return classes[uid[len(classRoot):]]
}

// modalities are the words of PS3.16, CID 29 and CID 32 for the codes of
// Modality (0008,0060) that files carry.
var modalities = map[string]string{
	"AR": "Autorefraction", "AU": "Audio", "BI": "Biomagnetic imaging", "BMD": "Bone Mineral Densitometry", "CR": "Computed Radiography", "CT": "Computed Tomography",
	"DG": "Diaphanography", "DOC": "Document", "DX": "Digital Radiography", "ECG": "Electrocardiography", "EEG": "Electroencephalography", "ES": "Endoscopy", "EPS": "Cardiac Electrophysiology",
	"GM": "General Microscopy", "HD": "Hemodynamic Waveform", "IO": "Intra-oral Radiography", "IVOCT": "Intravascular Optical Coherence Tomography", "IVUS": "Intravascular Ultrasound",
	"KO": "Key Object Selection", "LS": "Laser Scan", "MG": "Mammography", "MR": "Magnetic Resonance", "NM": "Nuclear Medicine", "OCT": "Optical Coherence Tomography", "OP": "Ophthalmic Photography",
	"OPT": "Ophthalmic Tomography", "OPV": "Ophthalmic Visual Field", "OT": "Other", "PR": "Presentation State", "PT": "Positron emission tomography", "PX": "Panoramic X-Ray", "REG": "Registration",
	"RF": "Radiofluoroscopy", "RG": "Radiographic imaging", "RTDOSE": "Radiotherapy Dose", "RTIMAGE": "Radiotherapy Image", "RTPLAN": "Radiotherapy Plan", "RTRECORD": "Radiotherapy Treatment Record",
	"RTSTRUCT": "Radiotherapy Structure Set", "SEG": "Segmentation", "SM": "Slide Microscopy", "SR": "Structured Report Document", "TG": "Thermography", "US": "Ultrasound", "XA": "X-Ray Angiography", "XC": "External-camera Photography",
}
